"""A form of several pages in a browser: with an error, left and gone on with, changed, sent twice.

Each page is looked at as every page is, at 320 and at 1280 pixels (P10).
"""

import pytest

WIDTHS = (320, 1280)


def follow(tab, role, name):
    """Press what leads to another page, and wait for that."""
    with tab.page.expect_navigation():
        tab.page.get_by_role(role, name=name).first.click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_child_is_typed_in_by_an_officer_who_is_called_away(site, width):
    surname = f"Questionpage{'a' if width == WIDTHS[0] else 'b'}"
    tab = site.tab("olive", width=width).open("/cases/new/")
    tab.page.get_by_label("Forename").fill("Marlow")
    tab.page.get_by_label("Surname").fill(surname)
    tab.press("Look for the child")
    follow(tab, "button", "add a new child")
    assert tab.page.get_by_role("heading", name="Who is the child?").is_visible()
    tab.press("Continue")
    assert tab.page.title().startswith("Error: ")
    assert tab.page.get_by_label("Surname").input_value() == surname
    assert tab.faults() == []
    tab.page.get_by_role("group", name="Sex").get_by_label("Not known").check()
    tab.press("Continue")
    assert tab.faults() == []
    tab.page.get_by_label("Postcode").fill("HA1")
    tab.press("Save and finish later")
    assert tab.page.get_by_text("There is a problem").is_visible()
    assert tab.faults() == []
    tab.close()

    tab = site.tab("olive", width=width).open("/today/")
    follow(tab, "link", "not finished")
    assert tab.faults() == []
    follow(tab, "link", f"Go on Add a new child: Marlow {surname}")
    follow(tab, "link", "Where did the child last live?")
    assert tab.page.get_by_label("Postcode").input_value() == "HA1"
    assert tab.page.title().startswith("Error: ")
    assert tab.faults() == []
    tab.page.get_by_label("Postcode").fill("HA1 1AA")
    for _ in range(3):
        tab.press("Continue")
        assert tab.faults() == []
    tab.page.get_by_label("Why is the child on the register?").select_option("referral")
    tab.page.get_by_label("What do we know?").fill("A neighbour rang.")
    tab.page.get_by_label("Who told us?").fill("A neighbour")
    tab.press("Continue")
    assert tab.page.get_by_role("heading", name="Check your answers").is_visible()
    assert tab.faults() == []

    follow(tab, "link", "Change Postcode")
    tab.page.get_by_label("Postcode").fill("HA2 2BB")
    tab.press("Continue")
    assert tab.page.get_by_text("HA2 2BB").is_visible()
    check = tab.page.url
    send = tab.page.get_by_role("button", name="Add the child and open the case")
    send.dblclick(no_wait_after=True)
    tab.page.wait_for_url(lambda url: url != check)
    assert tab.page.get_by_text("is on the register.").is_visible()
    tab.close()
