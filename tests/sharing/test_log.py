"""The sharing log of a case by hand: what was shared, and what was not, with why (P39)."""

from dataclasses import replace

import pytest

from onroll.cases.models import Case
from onroll.rules.policy_file import HARROW
from onroll.sharing.models import Disclosure
from onroll.sharing.queries import guidance
from tests.cases.world import TODAY
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
ON = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}
GIVEN = {
    "whom": "Sergeant Ames, Harrow police",
    "contents": "Name and date of birth.",
    "why": "To see whether the child is safe.",
    **ON,
}


def test_what_was_told_on_the_telephone_is_written_down_with_its_basis(
    case: Case, people: People
) -> None:
    """P39: what, with whom, why, on what basis, by whom, when."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("See the sharing log")
    olive.see("nothing was shared, as far as Onroll knows").follow("Write down what was shared")
    olive.send("Save").see("Select whether it was shared", "Select an agency, or enter who it is")
    olive.send("Save", decision="shared", **GIVEN).see("Select at least one basis")
    olive.see("Select how it was shared")
    olive.send("Save", bases=["vital_interests"], method="telephone")
    line = Disclosure.objects.get()
    olive.see(f"Kept in the sharing log as {line.ref}.", "Shared: Sergeant Ames", "Olive Obi")
    olive.see("Somebody’s life is in danger.", "Telephone", "To see whether the child is safe.")
    olive.open(f"/cases/{case.ref}/chronology/").see("Shared: Sergeant Ames, Harrow police.")
    olive.open(f"/cases/{case.ref}/").see("shared with Sergeant Ames")


def test_a_decision_not_to_share_is_written_down_with_why(case: Case, people: People) -> None:
    """P39: or why not."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/add/")
    olive.send("Save", decision="not", **{**GIVEN, "why": "The caller could not be verified."})
    olive.see("Decided not to share", "The caller could not be verified.")
    line = Disclosure.objects.get()
    assert (line.is_shared, line.bases, line.method) == (False, [], "")
    olive.open(f"/cases/{case.ref}/sharing/").see("Not shared")


def test_a_page_that_went_back_and_is_sent_again_adds_nothing(case: Case, people: People) -> None:
    for number in range(2):
        olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/add/")
        olive.send("Save", decision="not", **GIVEN)
        olive.see("You wrote exactly this at" if number else "Kept in the sharing log")
    assert Disclosure.objects.count() == 1


def test_what_is_wrong_is_withdrawn_with_a_reason_and_stays(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/add/")
    olive.send("Save", decision="not", **GIVEN).follow("Withdraw it").send("Withdraw it")
    olive.see("Say why it is withdrawn").send("Withdraw it", words="Written on a wrong case.")
    olive.see("Olive Obi withdrew this line", "Written on a wrong case.")
    assert "Withdraw it" not in olive.text
    olive.open(f"/cases/{case.ref}/sharing/").see("Withdrawn")
    olive.open(f"/cases/{case.ref}/chronology/").see("of the sharing log withdrawn")


def test_the_guidance_is_one_press_away(case: Case, people: People) -> None:
    """P39; policy p.12: the board's guidance, the London procedures and the joint protocol."""
    olive = Visitor(people.olive)
    for page in ("", "add/", "ask/", "ask/police/"):
        olive.open(f"/cases/{case.ref}/sharing/{page}")
        links = {a.get("href") for a in olive.page.iter("a")}
        assert {HARROW.board_guidance_url, HARROW.london_procedures_url} <= links
        olive.see("Joint protocol: Children who go missing (its address is not set)")
    there = replace(HARROW, joint_protocol_url="https://protocol.example/")
    assert "https://protocol.example/" in dict(guidance(there)).values()
