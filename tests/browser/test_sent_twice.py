"""A double click, a way back and a lost answer, in a browser with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

TEXT = "Rang both numbers. Nobody answered."


def write(page: Page, text: str) -> None:
    page.get_by_label("Note", exact=True).fill(text)


def times(page: Page, text: str) -> int:
    """Return how often a note stands in the chronology that is open."""
    return page.get_by_text(text, exact=True).count()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_writes_one_note(site, scripts):
    text = f"{TEXT} {'With' if scripts else 'Without'} scripts."
    page = site.tab("olive", scripts=scripts).open(f"{site.places.mine}note/").page
    write(page, text)
    page.get_by_role("button", name="Save", exact=True).dblclick(no_wait_after=True)
    # The second press may end the first one's way to the page: only where it ends counts.
    expect(page).to_have_url(re.compile(f"{re.escape(site.places.mine)}chronology/"))
    expect(page.get_by_text(text, exact=True)).to_have_count(1)
    page.reload()
    assert times(page, text) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_and_sending_again_writes_no_second_note(site, scripts):
    text = f"{TEXT} Back, {'with' if scripts else 'without'} scripts."
    page = site.tab("olive", scripts=scripts).open(f"{site.places.mine}note/").page
    write(page, text)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{site.places.mine}chronology/")
    page.go_back()
    write(page, text)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("You wrote exactly this at").first.wait_for()
    assert page.get_by_label("Note", exact=True).input_value() == text
    page.goto(f"{site.places.mine}chronology/")
    assert times(page, text) == 1


def test_whoever_lost_the_answer_sends_the_same_again_and_sees_that_it_is_done(site):
    """The first sending reaches the service; a proxy loses its answer."""
    text = f"{TEXT} On a train."
    page = site.tab("olive", scripts=False).open(f"{site.places.mine}note/").page
    write(page, text)
    lost: list[int] = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")
        else:
            route.continue_()

    page.route("**/note/", lose)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Bad gateway").wait_for()
    assert lost == [302]
    page.reload()
    page.wait_for_url(f"**{site.places.mine}chronology/")
    assert page.get_by_text("The note is added.").count() == 1
    assert times(page, text) == 1
