"""A page that the browser brings back from its memory shows what is kept now, not what it held.

Playwright switches that memory off, so this browser is started with it.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab

IS_EMPTY = True
WORDS, NAME, NEWER = "Plays outside all day.", "Rowan", "Robin"
NOTE = """window.addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.setItem("from_memory", "yes");
})"""
WAS_FROM_MEMORY = "sessionStorage.getItem('from_memory') === 'yes'"
FROM_MEMORY = """
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))
"""
MOST_TRIES = 10
"""Chromium forgets a page if a cookie that no script reads changes after it was left.

Text that is kept changes one. On a busy machine that answer can come late, so each try begins with
a new browser that has no cookies.
"""


@pytest.fixture
def browser(site):
    """Give a browser that keeps pages in its memory."""
    browser = site.browser.browser_type.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def fresh_tab(site, browser):
    context = browser.new_context(base_url=site.url)
    context.add_init_script(NOTE)
    return Tab(site.url, context.new_page(), 1280)


def _worry(tab):
    return tab.page.get_by_label("What worries you?")


def _name(tab):
    return tab.page.get_by_label("First name")


def second_page(tab):
    """Answer the first page of the form for anyone; return the address of the second."""
    _worry(tab.open("/refer/")).fill(WORDS)
    tab.page.get_by_role("radio", name="No", exact=True).check()
    return tab.press("Continue").page.url


def test_a_first_page_from_memory_leads_to_what_was_typed_on_it(site, browser):
    for _ in range(MOST_TRIES):
        tab = fresh_tab(site, browser)
        _worry(tab.open("/refer/")).fill(WORDS)
        tab.page.goto("/accessibility/")
        tab.page.go_back()
        was_from_memory = tab.page.evaluate(WAS_FROM_MEMORY)
        expect(tab.page).to_have_url(re.compile("/refer/form/"))
        expect(_worry(tab)).to_have_value(WORDS)
        if was_from_memory:
            return
    pytest.fail("Chromium brought no page back from its memory.")


def test_a_page_from_memory_overwrites_nothing_that_is_newer(site):
    """Chromium forgets a page whose form changed elsewhere; other browsers do not, and say so."""
    tab, other = (site.tab() for _ in range(2))
    address = second_page(tab)
    _name(other.open(address)).fill(NEWER)
    other.press("Save and finish later")
    with tab.page.expect_navigation():
        tab.page.evaluate(FROM_MEMORY)
    expect(_name(tab)).to_have_value(NEWER)
    tab.press("Save and finish later")
    expect(_name(other.open(address))).to_have_value(NEWER)


def test_a_page_that_no_script_asks_anew_overwrites_nothing_either(site):
    tab, other = (site.tab(scripts=False) for _ in range(2))
    address = second_page(tab)
    _name(tab).fill(NAME)
    _name(other.open(address)).fill(NEWER)
    other.press("Save and finish later")
    tab.press("Save and finish later")
    assert tab.page.get_by_text("You changed this page in another window").count()
    assert tab.page.get_by_text(NEWER).count()
    assert _name(tab).input_value() == NAME
    assert _name(other.open(address)).input_value() == NEWER
