"""Exploitation answered yes while no danger is named: the form says whom to ring now (P13, P14)."""

from datetime import date

import pytest

from onroll.referrals.models import Referral
from onroll.rules.policy_file import HARROW
from tests.people import People
from tests.referrals.forms import WHY, YOU, day, risk
from tests.referrals.test_urgent_forms import at, begun

pytestmark = pytest.mark.django_db
SAYS = "You say that the child is at risk of exploitation. Ring your safeguarding lead now."
NUMBERS = {HARROW.mash_phone, HARROW.out_of_hours_phone}
EXPLOITED = ("risk-2", {"risk_sexual_exploitation": "yes"})
ON = date(2026, 11, 2)
TALK = {"talk_lead": "Ada Lead", "talk_manager": "Ben Head", "talk_advice": "Refer."}
OF_CRIME = ("groups", {"groups_local": "crime"})


@pytest.mark.parametrize("who", [None, "sam"])
@pytest.mark.parametrize(("page", "answers"), [EXPLOITED, OF_CRIME])
def test_exploitation_without_danger_is_rung_first(
    people: People, who: str | None, page: str, answers: dict[str, str]
) -> None:
    visitor = begun(people, who)
    assert SAYS not in visitor.text
    at(visitor, page).send("Continue", **answers)
    for shown in (page, "home", "form"):
        said = at(visitor, shown).see(SAYS).text.partition(SAYS)[2]
        assert any(said.startswith(f" Then ring {number}.") for number in NUMBERS)


@pytest.mark.parametrize("answer", ["no", "not_sure"])
def test_no_other_answer_says_so(people: People, answer: str) -> None:
    visitor = at(begun(people, None), "risk-2")
    visitor.send("Continue", risk_sexual_exploitation=answer)
    assert SAYS not in visitor.text


def test_who_said_danger_is_told_to_ring_already(people: People) -> None:
    visitor = at(begun(people, None), "risk-2").send("Continue", **EXPLOITED[1])
    at(visitor, "worry").send("Continue", **WHY | {"danger": "yes", "whereabouts": "no"})
    assert SAYS not in visitor.text


def test_it_blocks_nothing(people: People) -> None:
    """The form is sent as any other."""
    visitor = begun(people, None)
    for number, answers in enumerate(risk(sexual_exploitation="yes"), 1):
        at(visitor, f"risk-{number}").send("Continue", **answers)
    at(visitor, "talk").send("Continue", **TALK, **day("talk_on", ON))
    spoken = day("exploitation_on", ON)
    at(visitor, "exploitation").send("Continue", exploitation_with="Duty desk", **spoken)
    at(visitor, "known").send("Continue", social_worker="no", family_told="yes")
    at(visitor, "school").send("Continue")
    for page in ("home", "adults", "siblings", "groups", "enquiries", "files"):
        at(visitor, page).send("Continue")
    at(visitor, "abroad").send("Continue", abroad="no")
    at(visitor, "you").send("Continue", **YOU)
    at(visitor, "check").see("Check your answers")
    visitor.send("Send", missing_why="It cannot wait.").see("We have your form")
    assert Referral.objects.count() == 1


def test_it_goes_once_both_talks_are_written_down(people: People) -> None:
    """Who has rung is not told to ring; one talk of two is not enough."""
    visitor = begun(people, None)
    for number, answers in enumerate(risk(sexual_exploitation="yes"), 1):
        at(visitor, f"risk-{number}").send("Continue", **answers)
    at(visitor, "talk").send("Continue", **TALK, **day("talk_on", ON)).see(SAYS)
    spoken = day("exploitation_on", ON)
    at(visitor, "exploitation").send("Continue", exploitation_with="Duty desk", **spoken)
    assert SAYS not in at(visitor, "home").text


def test_the_receipt_says_that_the_talk_about_exploitation_is_owed_of_a_ticked_group(
    people: People,
) -> None:
    """Policy p.4, 16: it is ticked among the groups at risk, and no question says it."""
    visitor = at(begun(people, None), "groups")
    visitor.send("Continue", groups_local="sexual_exploitation")
    at(visitor, "worry").send("Continue", **WHY | {"danger": "yes", "whereabouts": "no"})
    at(visitor, "you").send("Continue", **YOU)
    at(visitor, "check").send("Send")
    visitor.see("Still owed", "The talk with the hub or the social worker about exploitation")
