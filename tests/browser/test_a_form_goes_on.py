"""A public form goes on: after a way back to its first page, and at another computer (P10)."""

import pytest

IS_EMPTY = True
WORDS, OTHER = "Never at school.", "Never seen at school."


def begin(site, *, scripts):
    """Answer the first page of the form for anyone in a browser, and return its tab."""
    tab = site.tab(scripts=scripts).open("/refer/")
    tab.page.get_by_label("What worries you?").fill(WORDS)
    tab.page.get_by_role("radio", name="No", exact=True).check()
    return tab.press("Continue")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_way_back_to_the_first_page_shows_what_was_typed_and_begins_no_second_form(site, scripts):
    tab = begin(site, scripts=scripts)
    child = tab.page.url
    tab.page.go_back()
    assert tab.page.get_by_label("What worries you?").input_value() == WORDS
    tab.page.get_by_label("What worries you?").fill(OTHER)
    tab.press("Continue")
    assert tab.page.url == child
    tab.page.go_back()
    tab.page.reload()
    assert tab.page.get_by_label("What worries you?").input_value() == OTHER
    tab.close()


def test_the_next_person_at_the_same_browser_has_an_empty_first_page(site):
    tab = begin(site, scripts=True)
    tab.open("/refer/")
    assert tab.page.get_by_label("What worries you?").input_value() == ""
    assert tab.page.get_by_text("You began this form on").is_visible()
    assert WORDS not in tab.page.content()
    assert tab.faults_at_each_width() == []
    tab.close()


def test_a_private_link_takes_a_form_to_another_computer(site):
    """The library's browser has scripts, the one at home has none: two browsers, and one form."""
    library = begin(site, scripts=True)
    library.page.get_by_label("First name").fill("Rowan")
    library.press("Save and finish later")
    assert library.page.get_by_text("It opens on this browser, or with a private").is_visible()
    assert library.faults_at_each_width() == []
    tasks = library.page.url
    library.press("Get a link for another computer")
    assert library.faults_at_each_width() == []
    link = library.page.get_by_role("link", name=site.url).inner_text()

    home = site.tab(scripts=False).open(link)
    assert home.page.get_by_role("heading", name="Go on with your form").is_visible()
    shown = home.page.get_by_role("main").inner_text()
    assert not [words for words in (WORDS, "Rowan") if words in shown]
    home.press("Go on here")
    with home.page.expect_navigation():
        home.page.get_by_role("link", name="Which child are you worried about?").click()
    assert home.page.get_by_label("First name").input_value() == "Rowan"

    library.open(tasks, status=404)
    assert library.page.get_by_text("Use its private link to bring it back").is_visible()
    assert library.faults_at_each_width() == []

    home.press("Continue")
    home.page.get_by_label("A neighbour").check()
    home.page.get_by_label("No, I want to stay anonymous").check()
    home.press("Continue")
    assert home.page.get_by_text("We have no email address to write to").is_visible()
    home.press("Send")
    assert home.page.get_by_text("Your reference").is_visible()
    assert home.page.get_by_text("It came on").is_visible()
    home.close()
    library.close()
