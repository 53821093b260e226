"""Drawings say what their tables say, and obey the pages' policy."""

import re
from datetime import date

import lxml.etree
import pytest

from onroll.govuk.charts import (
    Bar,
    Drop,
    Span,
    age_of_cases,
    bar_chart,
    timeline_drawing,
    waterfall_drawing,
)

SVG = "{http://www.w3.org/2000/svg}"
ON = date(2026, 3, 16)
SPANS = [
    Span("registered", "St Ann's", date(2024, 9, 3), date(2025, 10, 24)),
    Span("gap", "Nobody knows", date(2025, 10, 25)),
    Span("offered", "Northfield <School>", date(2026, 4, 20)),
]
BARS = [Bar("Abroad", 4, url="/abroad"), Bar("<Not> known & " + "long " * 20, 9, meaning="late")]
BANDS = ((0, "Under 2 weeks"), (14, "2 to 4 weeks"), (28, "Over 4 weeks"))
DRAWINGS = {
    "bars": bar_chart(BARS, name="leavers", title="Where <leavers> went", counted="Children"),
    "ages": age_of_cases([0, 13, 14, 27, 28, 400], bands=BANDS, late_from=28),
    "places": timeline_drawing(SPANS, on=ON),
    "no bars": bar_chart([], name="none", title="None", counted="Children"),
    "no places": timeline_drawing([], on=ON, name="nowhere"),
    "steps": waterfall_drawing(
        [Drop("Before", "one of many", -15.3), Drop("Sur<name>", "the same", 9.84)],
        name="steps",
        title="For and against",
        total=Drop("All together", "perhaps", -5.46),
        counted="Points",
        of="Compared",
    ),
    "no steps": waterfall_drawing(
        [], name="none", title="None", total=Drop("All", "", 0), counted="Points", of="What"
    ),
    "one day": timeline_drawing([Span("gap", "x", ON, ON)], on=ON, name="day"),
}


@pytest.fixture(params=DRAWINGS)
def svg(request):
    return lxml.etree.fromstring(DRAWINGS[request.param].svg)


def test_a_drawing_is_named_and_described(svg):
    ids = {each.get("id"): each for each in svg.iter() if each.get("id")}
    assert svg.get("role") == "img"
    assert ids[svg.get("aria-labelledby")].tag == f"{SVG}title"
    assert ids[svg.get("aria-describedby")].tag == f"{SVG}desc"


def test_a_drawing_has_no_style_the_policy_would_refuse(svg):
    names = {name for each in svg.iter() for name in each.attrib}
    assert "style" not in names
    assert not any(name.startswith("on") for name in names)
    assert not list(svg.iter(f"{SVG}style", f"{SVG}script"))


def test_nothing_is_drawn_outside_the_page(svg):
    for each in svg.iter(f"{SVG}rect", f"{SVG}svg"):
        start, width = each.get("x", "0"), each.get("width", "0")
        if start.endswith("%") and width.endswith("%"):
            assert float(start[:-1]) + float(width[:-1]) <= 101


def test_bars_are_as_long_as_what_they_count():
    widths = re.findall(r'width="([\d.]+)%" height="22"', DRAWINGS["bars"].svg)
    assert float(widths[0]) / float(widths[1]) == pytest.approx(4 / 9, abs=0.001)


def test_each_case_is_counted_in_one_band():
    assert [row[1] for row in DRAWINGS["ages"].table.rows] == [2, 2, 2]
    assert DRAWINGS["ages"].table.total == ("All", 6)


def test_the_table_leads_to_the_children_behind_a_figure():
    assert 'href="/abroad"' in DRAWINGS["bars"].table.rows[0][0]


def test_a_gap_is_hatched_and_named():
    drawing = DRAWINGS["places"]
    assert "url(#places-hatch)" in drawing.svg
    assert "Not known to be anywhere" in drawing.svg
    assert drawing.table.rows[1][3] == "Still"


def test_today_is_marked_when_something_lies_ahead():
    assert ">Today<" in DRAWINGS["places"].svg
    assert ">Today<" not in timeline_drawing(SPANS[:2], on=ON).svg


def test_a_place_still_held_runs_to_today():
    [gap] = [
        each
        for each in lxml.etree.fromstring(DRAWINGS["places"].svg).iter(f"{SVG}svg")
        if "Nobody knows" in (each.findtext(f"{SVG}title") or "")
    ]
    end = float(gap.attrib["x"][:-1]) + float(gap.attrib["width"][:-1])
    whole = (date(2026, 4, 20) - date(2024, 9, 3)).days + 1
    assert end == pytest.approx(((ON - date(2024, 9, 3)).days + 1) / whole * 100, abs=0.1)


def test_each_step_begins_where_the_last_one_ended():
    bars = re.findall(r'<rect x="([\d.]+)%" y="\d+" width="([\d.]+)%"', DRAWINGS["steps"].svg)
    before, surname, total = [(float(x), float(x) + float(width)) for x, width in bars]
    assert before == (0, 100)
    assert surname[0] == before[0]
    assert total == (surname[1], before[1])


def test_the_table_of_steps_has_the_figures_that_are_drawn():
    drawing = DRAWINGS["steps"]
    drawn = re.findall(r'font-weight="700">([+\N{MINUS SIGN}]?[\d.]+)</text>', drawing.svg)
    assert drawn == [row[2] for row in drawing.table.rows]
