"""Who loses the connection stays on the page that they filled in, and sends it later."""

import pytest
from playwright.sync_api import expect

from tests.govuk.axe import breaches

WORDS = "Nobody has seen the boy since half term."
CUT_OFF = "You are not connected. This page was not sent."


@pytest.fixture
def tab(site):
    """Give a browser of its own, which has its connection again afterwards."""
    site.contexts.pop(("", 320, True), None)
    tab = site.tab(width=320)
    yield tab
    tab.page.context.set_offline(False)
    tab.page.unroute_all()
    tab.close()


def _worry(tab):
    return tab.page.get_by_label("What worries you?")


def _press_later(tab, name):
    """Press as a person does who has read why: a button takes no second press within a second."""
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name=name, exact=True).click(delay=1_100)


def _press(tab):
    tab.page.get_by_role("button", name="Continue", exact=True).click()


def is_kept_on_the_page(tab, address):
    notice = tab.page.get_by_role("alert").filter(has_text=CUT_OFF)
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("What you typed is still here.")
    assert tab.page.url == address
    assert _worry(tab).input_value() == WORDS
    assert breaches(tab.page, of_contrast=True) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_sent_without_a_connection_stays_and_is_sent_once_there_is_one(tab):
    address = tab.open("/refer/").page.url
    _worry(tab).fill(WORDS)
    tab.page.context.set_offline(True)
    _press(tab)
    is_kept_on_the_page(tab, address)
    tab.page.context.set_offline(False)
    expect(tab.page.get_by_text(CUT_OFF)).to_have_count(0)
    assert _worry(tab).input_value() == WORDS
    _press_later(tab, "Continue")
    assert "/refer/form/" in tab.page.url
    follow_back_to_the_first_page(tab, address)


def follow_back_to_the_first_page(tab, address):
    """What was sent is one form, and the way back shows its words."""
    tab.page.goto(address)
    assert _worry(tab).input_value() == WORDS


def test_a_browser_that_believes_it_is_connected_learns_that_nobody_answers(tab):
    """A dead access point: the browser has a network, and no answer comes."""
    address = tab.open("/refer/").page.url
    _worry(tab).fill(WORDS)
    tab.page.route("**/*", lambda route: route.abort("connectionfailed"))
    _press(tab)
    is_kept_on_the_page(tab, address)


def test_a_link_pressed_without_a_connection_leaves_what_was_typed_where_it_is(tab):
    address = tab.open("/refer/").page.url
    _worry(tab).fill(WORDS)
    tab.page.context.set_offline(True)
    tab.page.get_by_role("link", name="Accessibility").first.click()
    is_kept_on_the_page(tab, address)


def test_the_browser_asks_before_it_leaves_what_it_cannot_keep(tab):
    tab.open("/refer/")
    _worry(tab).press_sequentially(WORDS)
    tab.page.context.set_offline(True)
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    tab.page.once("dialog", stay)
    with tab.page.expect_event("dialog"):
        tab.page.evaluate("window.location.assign('/')")
    assert asked == ["beforeunload"]
    assert _worry(tab).input_value() == WORDS


def test_it_is_told_in_the_language_of_the_page(tab):
    tab.open("/refer/?language=pl")
    tab.page.locator("[name=worry]").fill(WORDS)
    tab.page.context.set_offline(True)
    tab.page.locator("form button[type=submit].govuk-button").first.click()
    expect(tab.page.locator("[data-cut-off]")).to_contain_text("Brak połączenia z internetem.")


def test_an_officers_note_stays_too(site):
    tab = site.tab("olive").open(f"{site.places.mine}note/")
    note = tab.page.get_by_label("Note", exact=True)
    note.fill(WORDS)
    tab.page.context.set_offline(True)
    try:
        tab.page.get_by_role("button", name="Save", exact=True).click()
        expect(tab.page.get_by_role("alert").filter(has_text=CUT_OFF)).to_be_focused()
        assert note.input_value() == WORDS
    finally:
        tab.page.context.set_offline(False)
    _press_later(tab, "Save")
    expect(tab.page.get_by_text(WORDS).first).to_be_visible()
