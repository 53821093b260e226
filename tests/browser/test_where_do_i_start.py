"""From the home page to what to do, by keyboard alone, with and without scripts (P11, P14)."""

import pytest

from tests.browser.conftest import WIDTHS
from tests.browser.test_by_hand import enter, tab_to

IS_EMPTY = True
WAYS = {
    "A parent, relative, neighbour or anyone else": (
        ("No", "No", "I do not know"),
        "say what worries you",
    ),
    "Somebody who works with children or families": (
        ("No", "No", "Yes", "I do not know"),
        "Send the reasonable enquiry form",
    ),
    "Somebody who works at a school": (
        (*["No"] * 8, "Poor attendance of a child on roll", "Yes"),
        "Follow the attendance process.",
    ),
}


@pytest.mark.parametrize("asker", WAYS)
@pytest.mark.parametrize(("width", "scripts"), [(width, width == max(WIDTHS)) for width in WIDTHS])
def test_a_way_to_what_to_do_with_the_keyboard(site, width: int, scripts: bool, asker: str) -> None:
    answers, end = WAYS[asker]
    tab = site.tab(width=width, scripts=scripts).open("/")
    tab_to(tab.page, "Worried about a child? Start here")
    enter(tab.page)
    for answer in (asker, *answers):
        assert "ring 999" in tab.page.get_by_role("main").inner_text()
        radio = tab.page.get_by_label(answer, exact=True)
        tab_to(tab.page, tab.page.locator("main label").first.inner_text())
        for _ in range(tab.page.get_by_role("radio").count()):
            tab.page.keyboard.press("Space")
            if radio.is_checked():
                break
            tab.page.keyboard.press("ArrowDown")
        assert radio.is_checked()
        tab_to(tab.page, "Continue")
        enter(tab.page)
    assert end in tab.page.get_by_role("main").inner_text()
    if scripts:  # axe is one itself; `test_every_page` looks at these pages in both widths
        assert tab.faults() == []
    tab.close()


def test_an_unanswered_question_says_so_in_both_widths(site) -> None:
    tab = site.tab().open("/start/anyone/own-child/")
    tab.press("Continue")
    assert tab.page.title().startswith("Error: ")
    assert tab.faults_at_each_width() == []
    tab.close()
