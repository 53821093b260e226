"""Every figure that is shown in two places is one number: page, tile, PDF, sheet, command, Today.

The week is the one of `world`, made worse: a child in two files, a school that is late, one that is
only to be asked, and records that wait from two schools (P52, P54).
"""

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import html
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from onroll.audit.actions import acting
from onroll.casefile.queries import today
from onroll.reports import actions, layout, queries
from onroll.reports.content import Weekly, from_json
from onroll.reports.models import WeeklyReport
from onroll.reports.sheet import NAMES
from tests import files
from tests.people import People
from tests.reports.world import MONDAY, NEXT_MONDAY, THURSDAY, WEDNESDAY, World, leaver
from tests.world import school, take_in

pytestmark = pytest.mark.django_db
EXPECTED = {
    "unknown": 3,
    "home_education": 1,
    "abroad": 1,
    "gaps_closed": 1,
    "opened": 4,
    "closed": 1,
    "late": 2,
    "after_last_day": 1,
    "silent": 1,
    "refused": 1,
    "register": 5,
}
"""Worked out by hand; clocks and waiting records are counted from the lists."""


@pytest.fixture
def report(world: World) -> WeeklyReport:
    """Give the report of a week in which one child came in two files and two schools were late."""
    once_more = files.lost(
        leaver("Lateley", "Lena", left_on=date(2026, 10, 9), reason="MI"), made=WEDNESDAY.date()
    )
    take_in(once_more, "3102001_CTF_XXXXXXX_001.xml", at=THURSDAY)
    brook = school("3102004", "Mill Brook")
    told_next_day = files.pupil(
        surname="Brookley",
        forename="Benedict",
        born=date(2013, 10, 21),
        postcode="HA5 9ZZ",
        estab="2004",
        entry_on=date(2020, 9, 2),
        left_on=date(2026, 11, 17),
        reason="UK",
    )
    content = files.cml(told_next_day, made=WEDNESDAY.date(), estab=brook.establishment)
    take_in(content, "3102004_CML_310LLLL_001.xml", at=WEDNESDAY)
    with acting(actor="worker:reports"):
        made, _ = actions.issue_weekly(week_starts_on=MONDAY, at=NEXT_MONDAY)
    return made


@pytest.fixture
def weekly(report: WeeklyReport) -> Weekly:
    return from_json(report.content)


@pytest.fixture
def figures(weekly: Weekly) -> dict[str, int]:
    return {figure.code: figure.number for figure in weekly.figures}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def listed(section: Any) -> int:
    """Return what a list adds up to: its rows, or its figures where records are counted."""
    if section.code == "waiting":
        return sum(row[n] for row in section.rows for n in section.numeric)
    return len(section.rows)


def test_the_figures_are_those_counted_by_hand(figures: dict[str, int]) -> None:
    """P54: a school is late by the local policy or the law; told after the last day it is asked."""
    assert {code: figures[code] for code in EXPECTED} == EXPECTED


def test_every_list_adds_up_to_its_figure_and_names_a_child_once(
    weekly: Weekly, figures: dict[str, int]
) -> None:
    for section in layout.sections(weekly, with_children=True):
        assert (section.code, listed(section)) == (section.code, figures[section.code])
    for lines in (weekly.unknown, weekly.home_education, weekly.abroad, weekly.gaps_closed):
        assert len({line.child_id for line in lines}) == len(lines)
    for counts in (weekly.register_by_time, weekly.register_by_stage, weekly.register_by_year):
        assert sum(count.number for count in counts) == figures["register"]
    assert sum(count.number for count in weekly.opened_by_reason) == figures["opened"]
    assert sum(count.number for count in weekly.opened_by_change) == figures["opened"]
    assert sum(count.number for count in weekly.closed_by_outcome) == figures["closed"]
    assert sum(count.number for count in weekly.passed_by_clock) == figures["clocks"]


def test_where_leavers_went_is_counted_in_children_as_the_tiles_are(
    weekly: Weekly, figures: dict[str, int]
) -> None:
    """A child in two files is one child: in the drawing, its table, the sheet and the tile."""
    went = {count.code: count.number for count in weekly.leavers_by_effect}
    for code in ("unknown", "home_education", "abroad"):
        assert (code, went.get(code, 0)) == (code, figures[code])
    assert not went.keys() & {"case_opened", "case_joined", "moved_abroad"}
    (chart,) = (one for one in layout.charts(weekly) if one.code == "leavers")
    assert chart.counted == "Children"
    assert chart.counts == weekly.leavers_by_effect


def test_a_report_of_before_still_says_that_it_counted_records(report: WeeklyReport) -> None:
    old = {k: v for k, v in report.content.items() if k != "leavers_counted"}
    (chart,) = (one for one in layout.charts(from_json(old)) if one.code == "leavers")
    assert chart.counted == "Records"


@pytest.mark.shows("accessibility.pdf", "policy.leaver_file")
def test_the_page_says_them_in_its_tiles_and_over_its_lists(
    client: Client, people: People, report: WeeklyReport, figures: dict[str, int]
) -> None:
    """P52, P54: what is late is the same number in the tile and over the list."""
    client.force_login(people.max)
    page: html.HtmlElement = html.fromstring(client.get(f"/reports/weekly/{report.ref}/").content)
    tiles = {
        tile.find_class("onroll-stat__words")[0].text_content(): int(
            tile.find_class("onroll-stat__number")[0].text_content()
        )
        for tile in page.find_class("onroll-stat")
    }
    assert tiles == {queries.FIGURES[code]: number for code, number in figures.items()}
    for part in page.iter("section"):
        code, heading = str(part.get("id")), part.findtext(".//h2") or ""
        if code in figures and code != "register":
            assert (code, number_in(heading)) == (code, figures[code])


@pytest.mark.shows("accessibility.pdf")
def test_the_pdf_says_them(
    client: Client, people: People, report: WeeklyReport, weekly: Weekly
) -> None:
    client.force_login(people.max)
    reader = PdfReader(BytesIO(client.get(f"/reports/weekly/{report.ref}/pdf/").content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for figure in weekly.figures:
        assert re.search(rf"(?<!\d){figure.number} {re.escape(figure.title)}", text), figure
    for section in layout.sections(weekly, with_children=True):
        assert section.heading in text


@pytest.mark.shows("accessibility.pdf")
def test_the_sheet_says_them(
    client: Client, people: People, report: WeeklyReport, weekly: Weekly, figures: dict[str, int]
) -> None:
    client.force_login(people.max)
    content = client.get(f"/reports/weekly/{report.ref}/sheet/").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = [row[:2] for row in book.get_sheet_by_name("Figures").to_python()]
    begin = rows.index(["This week", "Number"]) + 1
    told: dict[str, int] = dict(rows[begin : begin + len(weekly.figures)])
    assert told == {capital(figure.title): figure.number for figure in weekly.figures}
    at = rows.index(["Where the week’s leavers went", "Children"]) + 1
    went: dict[str, int] = dict(rows[at : at + len(weekly.leavers_by_effect)])
    assert went == {count.title: count.number for count in weekly.leavers_by_effect}
    for code in (
        "unknown",
        "home_education",
        "abroad",
        "gaps_closed",
        "opened",
        "closed",
        "clocks",
    ):
        heads, *rows = book.get_sheet_by_name(NAMES[code]).to_python()
        assert len(rows) == figures[code]
    heads, *rows = book.get_sheet_by_name(NAMES["late"]).to_python()
    yes = {head: sum(row[n] == "Yes" for row in rows) for n, head in enumerate(heads)}
    assert yes["Told us late"] == figures["late"]
    assert yes["To ask why after the last day"] == figures["after_last_day"]


def test_the_command_says_them(
    report: WeeklyReport, weekly: Weekly, figures: dict[str, int], monkeypatch, capsys
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    call_command("weekly", f"--week={MONDAY}")
    printed = capsys.readouterr().out
    for figure in weekly.figures:
        assert re.search(rf"{re.escape(figure.title)} +│ +{figure.number} ", printed), figure
    for section in layout.sections(weekly, with_children=True):
        assert (section.heading in printed) is bool(section.rows)
    out = StringIO()
    call_command("weekly", f"--week={MONDAY}", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert {figure["code"]: figure["number"] for figure in said["figures"]} == figures


def test_the_day_says_them_of_the_running_week(people: People, report: WeeklyReport) -> None:
    """At the end of that week's Friday, when its report was still the page of the week so far."""
    at = datetime(2026, 11, 20, 17, tzinfo=UTC)
    day = today(people.max, at=at)
    so_far = queries.weekly(starts_on=MONDAY, at=at)
    assert day.week
    assert day.week == {code: so_far.number(code) for code in day.week}
    assert len(day.ages or ()) == so_far.number("register")
    assert day.needs["silent"] == so_far.number("silent")


def number_in(heading: str) -> int:
    """Return the number at the end of a heading; a list with nothing in it has none."""
    found = re.search(r"\((\d+)\)$", heading)
    return int(found.group(1)) if found else 0
