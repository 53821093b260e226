"""What a tile of the day or the menu counts is what the page behind it shows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from onroll.cases.queries import merges_to_agree
from onroll.reports import queries
from tests import routes
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db


class Tile(NamedTuple):
    """One tile: its number, its words and the page it leads to."""

    number: int
    words: str
    url: str


@pytest.fixture
def world(db: None) -> routes.World:
    """Give a world with something on every list."""
    return routes.build()


def tiles(visitor: Visitor) -> Iterator[Tile]:
    for tile in visitor.open("/today/").page.find_class("onroll-stat"):
        number = int(tile.find_class("onroll-stat__number")[0].text_content())
        for link in tile.iter("a"):
            yield Tile(number, link.text_content(), str(link.get("href")))
    for link in visitor.page.iter("a"):  # a list that stands whole as one row of the day
        if whole := re.search(r"Open the list: (\d+) (.+)", " ".join(link.text_content().split())):
            yield Tile(int(whole.group(1)), whole.group(2), str(link.get("href")))


def shown(visitor: Visitor, tile: Tile) -> int:
    """Return how many the page behind a tile says it shows."""
    visitor.open(tile.url)
    assert visitor.status == 200
    text, _, part = visitor.text, *tile.url.partition("#")[1:]
    if part:
        heading = visitor.page.get_element_by_id(part).findtext(".//h2") or ""
        return last_number(heading)
    if tile.url.startswith("/cases/actions/"):
        return text.count("Write down what became of it")
    if tile.url.startswith("/cases/"):
        found = re.search(r"(\d+) cases?\b", text)
    elif tile.url.startswith("/files/"):
        found = re.search(r"Only files that came from .*?: (\d+)\.", text)
    elif tile.url.startswith("/forms/"):
        return text.count("Saved on")
    elif tile.url.startswith("/meetings/"):
        return text.count("Planned")
    elif tile.url.startswith("/break-glass/"):
        return text.count("To be reviewed by")
    elif tile.url.startswith("/case-audits/"):
        return text.count("Going on")
    elif tile.url.startswith("/complaints/"):
        return text.count("To be answered by")
    elif "merges" in tile.url:
        return text.count("Waits for a second person")
    else:
        current = visitor.page.xpath("//main//a[@aria-current='page']")
        words = current[-1].text_content() if current else ""
        if "(" not in words:  # a list that says no number shows its rows
            return len(visitor.page.xpath("//main//tbody/tr"))
        return last_number(words)
    assert found is not None, text
    return int(found.group(1))


def last_number(words: str) -> int:
    numbers = re.findall(r"\((\d+)\)", words)
    return int(numbers[-1]) if numbers else 0


def test_every_tile_says_what_the_page_behind_it_shows(world: routes.World) -> None:
    compared = set()
    for person in world.people.all():
        for tile in tiles(Visitor(person)):
            there = shown(Visitor(person), tile)
            assert (person.name, tile.words, there) == (person.name, tile.words, tile.number)
            compared.add(tile.url.partition("?")[0].partition("#")[0])
    assert compared >= {"/cases/", "/review/", "/referrals/", "/families/", "/sent-to-you/"}


def test_the_register_has_as_many_children_as_today_says(world: routes.World) -> None:
    max_ = Visitor(world.people.max)
    said = re.search(r"The register: (\d+) child", max_.open("/today/").text)
    assert said is not None
    all_open = Tile(int(said.group(1)), "the register", "/cases/")
    assert shown(max_, all_open) == all_open.number > 1


def test_the_menu_counts_what_the_page_of_review_adds_up_to(world: routes.World) -> None:
    for person in (world.people.olive, world.people.max, world.people.mo):
        visitor = Visitor(person).open("/review/")
        (door,) = [a for a in visitor.page.iter("a") if a.text_content().startswith("Review")]
        lists = [a for a in visitor.page.iter("a") if (a.get("href") or "").startswith("?list=")]
        whole = sum(last_number(link.text_content()) for link in lists)
        assert len(lists) == 5  # the fifth is of what is settled, and has no number
        in_menu = last_number(door.getparent().text_content())
        assert in_menu == whole + merges_to_agree(person).count() > 0


def test_the_week_of_today_is_the_week_so_far(world: routes.World) -> None:
    """Each figure of the table leads to the list it counts."""
    for person in (world.people.max, world.people.dee):
        visitor = Visitor(person).open("/today/")
        rows = {
            a.get("href"): int(a.getparent().getparent()[-1].text_content())
            for a in visitor.page.xpath("//main//table//a")
            if "/so-far/#" in (a.get("href") or "")
            and "onroll-stat__link" not in (a.get("class") or "")
        }
        assert len(rows) == 6
        so_far = visitor.open("/reports/weekly/so-far/")
        figures = {
            tile.find_class("onroll-stat__words")[0].text_content(): int(
                tile.find_class("onroll-stat__number")[0].text_content()
            )
            for tile in so_far.page.find_class("onroll-stat")
        }
        for href, number in rows.items():
            code = href.partition("#")[2]
            assert (code, figures[queries.FIGURES[code]]) == (code, number)
