"""The page of figures: below what people wrote, one part at a time, drawn for light and dark."""

from pathlib import Path

import pytest
from lxml import etree

from bench.figures import Figure
from bench.linking import absent, drawing, page
from bench.linking.absent import within
from bench.linking.part import Part, Tabled

SCALE = drawing.Scale({"0": 0.0, "½": 0.5, "1": 1.0})
PICTURE = drawing.drawn("Found <all>", ("A", "B"), [("one", (0.5, None)), ("two", (2, -1))], SCALE)


def part(figure: str) -> Part:
    return Part(
        "About it.",
        "Data: seed 1.",
        [Figure("Found", figure, aim="≥ 1", is_reached=True)],
        [Tabled("All:", ("Set", "Share"), [("one", "0.5")])],
        {"found.svg": ("Found", PICTURE)},
    )


def test_a_part_is_written_below_what_people_wrote_and_again_in_its_place(tmp_path: Path) -> None:
    written = tmp_path / "matching.md"
    written.write_text("# By hand\n", "utf-8")
    page.write("public", "Public", part("0.1"), written)
    page.write("absent", "Absent", part("0.2"), written)
    page.write("public", "Public", part("0.3"), written)
    text = written.read_text("utf-8")
    assert text.startswith("# By hand\n")
    assert "0.1 |" not in text
    assert text.index("0.3 |") < text.index("0.2 |")
    assert "| one | 0.5 |" in text
    assert "--only public" in text
    assert (tmp_path / "found.svg").read_text("utf-8") == PICTURE


def test_the_share_of_absent_children_linked_says_beside_it_that_nobody_new_arrives() -> None:
    """What the page says is what the program writes when it measures again."""
    text = page.PAGE.read_text("utf-8")
    assert absent.ABOUT in text
    assert "nobody new arrives" in absent.ABOUT
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("| Absent children linked"))
    assert "nobody new arrives" in lines[at]
    assert lines[at + 1] == f"| {' | '.join(absent.WITH_ARRIVALS.cells())} |"


def test_a_drawing_is_an_svg_with_words_for_who_cannot_see_it() -> None:
    top = etree.fromstring(PICTURE.encode())
    said = {part.tag.rpartition("}")[2]: part.text for part in top}
    assert said["title"] == "Found <all>"
    assert said["desc"] == "one: A 0.5; two: A 2, B -1."
    assert "prefers-color-scheme" in str(said["style"])


def test_values_beyond_the_ends_lie_on_them() -> None:
    assert [SCALE.place(value) for value in (-1, 0.25, 2)] == [0.0, 0.25, 1.0]
    by_tens = drawing.Scale({"1": 1, "10": 10, "100": 100}, is_logarithmic=True)
    assert by_tens.place(10) == 0.5


def test_a_share_is_told_with_what_chance_may_have_done_to_it() -> None:
    """Wilson's bounds: 8 of 10 lie within .490 and .943; all of 10 within .722 and 1."""
    assert within(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert within(10, 10) == pytest.approx((0.722, 1.0), abs=0.001)
