"""What is typed into a page of a form is there again, whichever way its reader left the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_a_form_of_pages import follow

WORDS = "Over the shop in Elm Road"
MORE = "Over the shop in Elm Road, second floor"
LONG = "ஒரு குழந்தை " * 2000
CONFLICT = "You changed this page in another window"


@pytest.fixture
def tab(site):
    """Give a browser of its own, so that no other form was begun in it."""
    site.contexts.pop(("", 1280, True), None)
    tab = site.tab()
    yield tab
    tab.close()


def at_the_home(tab):
    """Answer the first pages of the form of professionals; stop at the one about the home."""
    tab.open("/refer/professional/")
    _first(tab).fill("Marlow")
    tab.press("Continue")
    if not _box(tab).count():
        follow(tab, "link", "Where the child lives")
    return tab


def _box(tab):
    return tab.page.locator("[name=home]")


def test_what_was_typed_is_there_after_the_back_link_and_after_a_link_of_the_list(tab):
    at_the_home(tab)
    for link, words in (("Back", WORDS), ("About you", MORE)):
        _box(tab).fill(words)
        follow(tab, "link", link)
        assert _box(tab).count() == 0
        follow(tab, "link", "Where the child lives")
        assert _box(tab).input_value() == words
    goes_on_without_a_conflict(tab)


def test_what_was_typed_is_there_after_the_buttons_of_the_browser(tab):
    at_the_home(tab)
    address = tab.page.url
    for words in (WORDS, MORE):
        _box(tab).fill(words)
        tab.page.go_back()
        wait_until_kept(tab, address, words)
        tab.page.go_forward()
        assert _box(tab).input_value() == words
    goes_on_without_a_conflict(tab)


def test_what_was_typed_is_there_in_another_tab_once_this_one_went_elsewhere(site, tab):
    at_the_home(tab)
    address = tab.page.url
    _box(tab).fill(WORDS)
    tab.page.goto("about:blank")
    other = site.tab().open("/refer/")
    wait_until_kept(other, address, WORDS)
    other.open(address)
    assert _box(other).input_value() == WORDS
    other.close()


def test_a_page_that_was_hidden_and_is_seen_again_is_sent_without_a_conflict(tab):
    at_the_home(tab)
    _box(tab).fill(WORDS)
    with tab.page.expect_response(lambda answer: answer.status == 204):
        tab.page.evaluate(HIDE)
    _box(tab).fill(MORE)
    goes_on_without_a_conflict(tab)


def test_what_is_too_long_for_a_page_that_is_left_is_kept_by_a_link_or_asked_about(tab):
    """A browser sends 64 KB from a page that is gone, and no byte of what is longer."""
    at_the_home(tab)
    home = tab.page.url
    _box(tab).fill(LONG)
    follow(tab, "link", "Back")
    tab.page.goto(home)
    assert _box(tab).input_value() == LONG
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    tab.page.on("dialog", stay)
    _box(tab).press("Home")
    _box(tab).press_sequentially("x")
    with tab.page.expect_event("dialog"):
        tab.page.evaluate("window.location.assign('/')")
    tab.page.remove_listener("dialog", stay)
    assert asked == ["beforeunload"]
    assert _box(tab).input_value() == f"x{LONG}"
    _box(tab).fill(WORDS)


def test_a_form_that_is_sent_is_not_kept_besides(tab):
    at_the_home(tab)
    asked = []
    tab.page.on("request", lambda request: asked.append((request.method, request.resource_type)))
    _box(tab).fill(WORDS)
    tab.press("Continue")
    assert [kind for method, kind in asked if method == "POST"] == ["document"]


def test_without_scripts_a_page_is_left_as_before(site):
    tab = site.tab(scripts=False)
    at_the_home(tab)
    _box(tab).fill(WORDS)
    follow(tab, "link", "About you")
    follow(tab, "link", "Where the child lives")
    assert _box(tab).input_value() == ""
    tab.close()


def at_the_first_page(tab):
    """Type into the first page of the form for anyone, and press nothing."""
    tab.open("/refer/")
    _first(tab).fill("Marlow")
    return tab.page.url


def _first(tab):
    return tab.page.get_by_label("What worries you?")


def test_what_was_typed_into_a_first_page_is_there_after_a_reload_and_after_history(tab):
    at_the_first_page(tab)
    tab.page.reload()
    expect(_first(tab)).to_have_value("Marlow")
    tab.open("/accessibility/")
    tab.page.go_back()
    assert _first(tab).input_value() == "Marlow"
    tab.page.go_forward()
    tab.page.go_back()
    assert _first(tab).input_value() == "Marlow"
    assert tab.complaints == []


def test_what_was_typed_into_a_first_page_is_there_in_another_language(tab):
    at_the_first_page(tab)
    with tab.page.expect_navigation(url="**/refer/form/**"):
        tab.page.get_by_role("link", name="Polski").click()
    assert tab.page.locator("html").get_attribute("lang") == "pl"
    assert tab.page.locator("[name=worry]").input_value() == "Marlow"
    tab.open("/start/?language=en-gb")


def test_a_first_page_that_was_left_by_a_link_goes_on_without_a_second_form(tab):
    address = at_the_first_page(tab)
    with tab.page.expect_navigation():
        tab.page.get_by_role("link", name="Accessibility").first.click()
    tab.page.goto(address)
    assert _first(tab).input_value() == "Marlow"
    tab.press("Continue")
    assert not tab.page.get_by_text(CONFLICT).count()
    assert tab.open("/refer/").page.get_by_text("You began this form on").count() == 1


HIDE = """() => {
    Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    delete document.hidden;
}"""


KEPT = """async ([address, words]) => {
    const page = await fetch(address);
    return (await page.text()).includes(words);
}"""


def wait_until_kept(tab, address, words):
    """Wait until the service shows at an address what was typed there; it is sent in the back."""
    tab.page.wait_for_function(KEPT, arg=[address, words])


def goes_on_without_a_conflict(tab):
    """Press Continue, and see that it leads on, and that what was typed is what is kept."""
    words = _box(tab).input_value()
    here = tab.page.url
    tab.press("Continue")
    assert tab.page.url != here
    assert not tab.page.get_by_text(CONFLICT).count()
    tab.page.goto(here)
    assert _box(tab).input_value() == words
    assert tab.complaints == []
