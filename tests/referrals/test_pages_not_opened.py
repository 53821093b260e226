"""Pages that need nothing hold back no form that is not urgent (P10, P12)."""

import pytest

from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import KNOWN, YOU, risk
from tests.referrals.test_urgent_forms import at, begun

pytestmark = pytest.mark.django_db
NEEDED = [("known", KNOWN), *((f"risk-{n}", answers) for n, answers in enumerate(risk(), 1))]
ENDS = [("abroad", {"abroad": "no"}), ("you", YOU)]


def needed_done(people: People) -> Visitor:
    """Return a professional who answered the pages that need an answer, and opened no other."""
    hana = begun(people, None)
    for page, answers in (*NEEDED, *ENDS):
        at(hana, page).send("Continue", **answers)
    return hana


def test_a_calm_form_is_checked_and_sent_without_the_pages_nobody_opened(people: People) -> None:
    hana = at(needed_done(people), "form").see("Not yet started").follow("Check and send")
    hana.see("Check your answers", "Nothing written Change Where the child lives")
    hana.see("Nothing written Change Brothers and sisters")
    hana.send("Send", missing_why="Nothing more is known.").see("We have your form")
    assert not Referral.objects.get().is_urgent


def test_each_question_page_leads_to_the_end_as_well(people: People) -> None:
    hana = at(needed_done(people), "home")
    assert "Is it urgent?" not in hana.text
    hana.send("Check and send now").see("Check your answers")


def test_the_list_of_pages_leads_to_those_not_opened_too(people: People) -> None:
    at(needed_done(people), "form").follow("Continue").see("Where the child lives")


def test_continue_still_goes_from_page_to_page(people: People) -> None:
    hana = begun(people, None).see("Where the child lives")
    at(hana, "form").follow("Continue").see("Where the child lives")
    hana.send("Continue").see("Parents, carers and contacts")


@pytest.mark.parametrize("page", [page for page, _ in (*NEEDED, *ENDS)])
def test_what_must_be_asked_is_asked(people: People, page: str) -> None:
    hana = begun(people, None)
    for other, answers in (*NEEDED, *ENDS):
        if other != page:
            at(hana, other).send("Continue", **answers)
    at(hana, "check")
    assert hana.address.endswith(f"/{page}/")


def test_the_talk_is_asked_where_risk_asks_for_it(people: People) -> None:
    hana = needed_done(people)
    at(hana, "risk-1").send("Continue", **risk(looked_after="not_sure")[0])
    at(hana, "check").see("The talk about the risk")


def test_a_row_that_is_removed_leaves_no_mark_of_it_in_the_address(people: People) -> None:
    """A browser keeps the mark of the address that it sends a form to: so the form names none."""
    hana = at(begun(people, None), "siblings")
    names = {"row1-sibling_forename": "Ash"}
    hana.send("Add another", **names)
    form = hana.fill_in("Remove brother or sister 2", **names)
    assert form.address == hana.address
    removed = hana.client.post(form.address, form.whole())
    assert removed["Location"] == hana.address
    action = hana.page.xpath("//main//form/@action")
    assert action == [hana.address]


def test_an_officer_sends_what_came_as_soon_as_it_says_enough(people: People) -> None:
    ada = Visitor(people.ada).open("/referrals/typed/")
    ada.send("Continue", channel="telephone", relation="neighbour")
    ada.send("Continue", worry="He plays outside all day.", danger="no")
    ada.send("Continue", forename="Rowan").send("Check and send now").see("Check your answers")
    ada.send("Send").see("The referral is typed in")
