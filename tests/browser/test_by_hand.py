"""Work done with the keyboard alone, and work done in a browser without scripts.

WCAG 2.2: 2.1.1, 2.4.7, 2.4.11; DESIGN.md section 9.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.world import FORENAMES, PASSWORD, SURNAMES

MOST_TABS = 90
FOCUS = """() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    const label = at.labels && at.labels.length ? at.labels[0] : at;
    const around = getComputedStyle(label, "::before");
    const drawn = [style.outlineStyle, style.boxShadow, around.boxShadow];
    return {
        name: at.tagName,
        words: at.tagName === "DIV" ? "" : label.innerText || at.value || "",
        isSeen: drawn.some((each) => each !== "none" && each !== ""),
        isInView: box.bottom > 0 && box.top < innerHeight,
    };
}"""
"""What has the focus, whether it is drawn so, and whether it stands in the window."""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something with these words has the focus, which must be seen all the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["name"] == "BODY":  # the window itself, between the last thing and the first
            continue
        assert at["isSeen"], f"nothing shows that “{at['words']}” has the focus"
        assert at["isInView"], f"“{at['words']}” has the focus out of sight"
        if words in " ".join(at["words"].split()):
            return
    raise AssertionError(f"“{words}” cannot be reached with the keyboard on {page.url}")


def enter(page: Page) -> None:
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.shows("accessibility.keyboard")
def test_signing_in_finding_a_case_and_settling_a_match_with_the_keyboard_alone(site):
    page = site.tab().open("/account/login/").page
    tab_to(page, "Email")
    page.keyboard.type("olive@harrow.example")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    enter(page)
    assert page.url == f"{site.url}/today/"

    tab_to(page, "Register")
    enter(page)
    tab_to(page, "Search by name")
    page.keyboard.press("Enter")
    tab_to(page, "Name, pupil number or reference")
    page.keyboard.type(f"{FORENAMES[2]} {SURNAMES[5]}a")
    enter(page)
    assert SURNAMES[5] not in page.url
    tab_to(page, f"{SURNAMES[5]}a")  # the box to tick, before the link
    tab_to(page, f"{SURNAMES[5]}a")
    enter(page)
    assert page.url == site.url + site.places.mine

    tab_to(page, "Review")
    enter(page)
    tab_to(page, SURNAMES[1].upper())
    enter(page)
    tab_to(page, "Child 1")
    page.keyboard.press("Space")
    tab_to(page, "How do you know?")
    page.keyboard.type("The school looked at the passport.")
    tab_to(page, "Save this answer")
    enter(page)
    assert page.get_by_text("Settled.").is_visible()
    page.context.clear_cookies()


def test_the_first_tab_leads_past_the_menu(site):
    page = site.tab("olive").open("/cases/").page
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["words"] == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.shows("accessibility.keyboard")
def test_a_leaver_is_followed_to_the_end_without_scripts(site):
    tab = site.tab("olive", scripts=False).open(site.places.found)
    page = tab.page
    assert page.get_by_text("Whereabouts known", exact=True).is_visible()
    page.get_by_role("link", name="Settle this alert").first.click()
    page.get_by_label("What was done").fill("Rang the school, which confirms it.")
    tab.press("Save")
    assert page.get_by_text("The alert is settled.").is_visible()

    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("Note", exact=True).fill("The head teacher has met the child.")
    tab.press("Save")
    assert page.get_by_text("The head teacher has met the child.").is_visible()

    tab.open(site.places.found)
    page.get_by_role("button", name="Close the case").click()
    page.get_by_label("On the roll of a school and attending").check()
    tab.press("Continue")
    page.get_by_label("Which school?").fill("Mill Lane School")
    day = timezone.localdate()
    day -= timedelta(days=max(0, day.weekday() - 4))  # nobody attends first at a weekend
    for question in (
        "First day on the roll",
        "First day the child attended",
        "Day on which it was confirmed",
    ):
        boxes = page.get_by_role("group", name=question)
        boxes.get_by_label("Day").fill(str(day.day))
        boxes.get_by_label("Month").fill(str(day.month))
        boxes.get_by_label("Year").fill(str(day.year))
    page.get_by_label("Who at the school confirmed it?").fill("Mrs Office, the office")
    page.get_by_label("By telephone").check()
    page.get_by_label("Why", exact=True).fill("Seen and confirmed.")
    tab.press("Close the case")
    assert page.get_by_role("main").get_by_text("is closed.").is_visible()
    assert page.get_by_text("Mrs Office, the office").is_visible()
    tab.close()


def test_files_are_sent_searched_and_settled_without_scripts(site):
    tab = site.tab("olive", scripts=False).open("/files/upload/")
    page = tab.page
    page.get_by_label("Files", exact=True).set_input_files(
        {"name": "broken.xml", "mimeType": "text/xml", "buffer": b"<CTfile>"}
    )
    tab.press("Upload")
    assert page.get_by_role("heading", name="The file is being read").is_visible()

    tab.open("/cases/")
    page.get_by_text("Search by name, date of birth").click()
    page.get_by_label("Name, pupil number or reference").fill(SURNAMES[3] + "a")
    tab.press("Search")
    page.get_by_role("link", name=SURNAMES[3] + "a").first.click()
    assert page.get_by_role("heading", name="Why this case exists").is_visible()

    tab.open(site.places.unsure[-1])
    page.get_by_role("radio", name="Child 1").check()
    page.get_by_label("How do you know?").fill("The school looked at the passport.")
    tab.press("Save this answer")
    assert page.get_by_text("Settled.").is_visible()

    tab.open(site.places.claims[-1])
    page.get_by_label("It is not so, or nobody can confirm it").check()
    page.get_by_label("What did they say, or what speaks against it?").fill(
        "The mother never wrote so."
    )
    tab.press("Save this answer")
    assert page.get_by_text("A case is open for the child.").is_visible()
    tab.close()


WIDTHS = (320, 1280)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_school_sends_files_and_is_told_of_each(site, width, scripts):
    """What is not taken is named; the rest is kept and read, and nothing is done before it is."""
    tab = site.tab("sam", width=width, scripts=scripts).open("/school/files/upload/")
    page = tab.page
    cut = f"<CTfile><!-- {width} {scripts} -->"
    sent = {"one.xml": cut.encode(), "nothing.xml": b"", "two.xml": f"{cut}<Header>".encode()}
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/xml", "buffer": content}
            for name, content in sent.items()
        ]
    )
    tab.press("Send")
    assert page.get_by_role("heading", name="What you sent").is_visible()
    assert page.get_by_text("Not taken").is_visible()
    assert page.get_by_text("The file is empty. Export it again.").is_visible()
    assert page.get_by_text("Waiting to be read.").first.is_visible()
    assert page.get_by_text("Done").count() == 0
    with page.expect_navigation():
        page.get_by_role("link", name="See how far it is now").first.click()
    assert page.get_by_role("heading", name="What you sent").is_visible()
    tab.close()


def test_a_chosen_list_stays_when_the_day_was_left_out_without_scripts(site):
    tab = site.tab("olive", scripts=False).open("/files/compare/")
    page = tab.page
    page.get_by_label("Health", exact=True).check()
    page.get_by_label("List", exact=True).set_input_files(
        {
            "name": "gp.csv",
            "mimeType": "text/csv",
            "buffer": b"Surname,Forename,DOB\nA,B,4/3/2015\n",
        }
    )
    tab.press("Upload and compare")
    assert page.get_by_text("gp.csv is attached.").is_visible()
    for part, text in (("Day", "1"), ("Month", "10"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(text)
    tab.press("Upload and compare")
    assert page.get_by_text("Health list of 1 October 2026").is_visible()
    tab.close()


def test_a_child_nobody_sent_is_added_by_hand_without_scripts(site):
    tab = site.tab("olive", scripts=False).open("/cases/new/")
    page = tab.page
    page.get_by_label("Forename").fill("Marlow")
    page.get_by_label("Surname").fill("Inventedson")
    tab.press("Look for the child")
    assert "Inventedson" not in page.url
    page.get_by_role("button", name="Add a new child").click()
    page.get_by_role("group", name="Sex").get_by_label("Not known").check()
    for _ in range(4):
        tab.press("Continue")
    page.get_by_label("Why is the child on the register?").select_option(
        label="Left a school, destination not known"
    )
    page.get_by_label("What do we know?").fill("A neighbour rang.")
    page.get_by_label("Who told us?").fill("A neighbour in Invented Road")
    tab.press("Continue")
    tab.press("Add the child and open the case")
    assert page.get_by_text("is on the register.").is_visible()
    assert "Inventedson" not in page.title()
    tab.close()
