"""Pages in other languages, narrow and wide: WCAG 2.2 AA, and mirrored where it must be."""

from collections.abc import Mapping

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from tests.browser.conftest import HEIGHT, WIDTHS, Tab
from tests.referrals.walk import CHILD, SAFE, WORRY, YOU
from tests.referrals.walk_at_work import CALM

IS_EMPTY = True
PAGES = (
    ("ar", "/"),
    ("ar", "/start/anyone/gone-missing/yes/"),
    ("ar", "/start/anyone/own-child/?sent=yes"),
    ("ta", "/"),
    ("ta", "/start/school/which/"),
    ("gu", "/refer/lost-link/"),
    ("pl", "/refer/"),
)


@pytest.mark.parametrize(("code", "path"), PAGES)
def test_a_page_in_another_language(site, code: str, path: str) -> None:
    tab = site.tab().open(f"/start/?language={code}").open(path)
    try:
        assert tab.page.locator("html").get_attribute("lang") == code
        assert tab.faults_at_each_width() == []
    finally:
        tab.open("/start/?language=en-gb").close()


@pytest.mark.parametrize("code", ["ar", "ta"])
def test_the_form_from_its_first_page_to_its_status(site, code: str) -> None:
    """Each page in error and filled in; the script that counts letters speaks the language."""
    tab, faults = site.tab().open(f"/refer/?language={code}"), []
    pages: tuple[Mapping[str, str], ...] = (
        {},
        SAFE,
        {"age": "99", "forename": CHILD["forename"]},
        {"age": "9"},
        {},
        YOU,
        {},
    )
    try:
        for answers in pages:
            _fill_in(tab, answers)
            faults += tab.faults_at_each_width()
            _press(tab, "main form button[type=submit]")
            assert tab.page.locator("html").get_attribute("lang") == code
        faults += tab.faults_at_each_width()
        for link in ("main a[href*='/refer/status/']", "main a[href$='/add/']"):
            _press(tab, link)
            faults += tab.faults_at_each_width()
        assert faults == []
        tab.page.locator("[name=text]").fill("م" * 7990)
        with translation.override(code):
            left = ngettext(
                "You have {number} character remaining",
                "You have {number} characters remaining",
                10,
            )
        tab.page.get_by_text(left.format(number=10)).first.wait_for()
    finally:
        tab.open("/start/?language=en-gb").close()


def _press(tab: Tab, what: str) -> None:
    with tab.page.expect_navigation():
        tab.page.locator(what).first.click()


def _fill_in(tab: Tab, answers: Mapping[str, str]) -> None:
    for name, said in answers.items():
        box = tab.page.locator(f"[name='{name}']")
        if box.first.get_attribute("type") == "radio":
            tab.page.locator(f"[name='{name}'][value='{said}']").check()
        else:
            box.fill(said)


@pytest.mark.parametrize("width", WIDTHS)
def test_arabic_is_read_from_the_right(site, width: int) -> None:
    tab = (
        site.tab(width=width).open("/start/?language=ar").open("/start/anyone/own-child/?sent=yes")
    )
    try:
        middle = width / 2
        tab.page.set_viewport_size({"width": width, "height": HEIGHT})
        for part in ("main .govuk-radios__input", ".govuk-back-link", ".govuk-warning-text__icon"):
            box = tab.page.locator(part).first.bounding_box()
            assert box["x"] > middle, part
    finally:
        tab.open("/start/?language=en-gb").close()


EDGES = """(part) => {
    const style = getComputedStyle(part);
    return [style.borderLeftWidth, style.borderRightWidth];
}"""


@pytest.mark.parametrize(("code", "edges"), [("ar", ["0px", "10px"]), ("pl", ["10px", "0px"])])
def test_the_bar_of_what_is_set_apart_stands_where_reading_begins(
    site, code: str, edges: list[str]
) -> None:
    tab = site.tab().open(f"/refer/?language={code}")
    try:
        _fill_in(tab, WORRY)
        _press(tab, "main form button[type=submit]")
        tab.open("/refer/")
        assert tab.page.locator(".govuk-inset-text").first.evaluate(EDGES) == edges
    finally:
        tab.open("/start/?language=en-gb").close()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_arabic_box_to_tick_and_its_mark_stand_on_the_right(site, width: int) -> None:
    tab = site.tab(width=width).open("/refer/professional/?language=ar")
    try:
        tab.page.set_viewport_size({"width": width, "height": HEIGHT})
        _fill_in(tab, CALM)
        _press(tab, "main form button[type=submit]")
        box = tab.page.locator("[name=nhs_number_unsure]")
        drawn = tab.page.locator("[name=nhs_number_unsure] + label").evaluate(
            """(label) => ["::before", "::after"].map(
                (part) => parseFloat(getComputedStyle(label, part).right))"""
        )
        assert box.bounding_box()["x"] > width / 2
        assert drawn == [2, 10]
    finally:
        tab.open("/start/?language=en-gb").close()
