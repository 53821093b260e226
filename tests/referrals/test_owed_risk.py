"""P12: who referred answers afterwards the questions about risk that an urgent form lacked."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from onroll.referrals import actions
from onroll.referrals.facts import ChildWords, ReferralFacts, RiskWords
from onroll.referrals.lacks import open_lacks_of
from onroll.referrals.models import Referral, ReferralRisk, ReferralUpdate
from onroll.rules.readiness import GAPS
from onroll.rules.refusal import Refused
from onroll.rules.risk import RISK_QUESTIONS
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import refer

pytestmark = pytest.mark.django_db
FIRST, SECOND, LAST = "known_to_safeguarding", "unusual", "radicalisation"
TEXTS = {question.code: question.text for question in RISK_QUESTIONS}
ANSWER = "Answer the questions about risk"
OTHERS = {code: ("no", "") for code in TEXTS if code not in (FIRST, SECOND, LAST)}
"""Answers that came with the form: all but three."""


@pytest.fixture(autouse=True)
def no_looks_counted() -> None:
    cache.clear()


def urgent(risk: RiskWords | None = None, **more: object) -> Referral:
    facts = {"urgent_why": "She was taken.", "missing": ("risk",), "risk": risk, **more}
    return refer(depth="professional", at=timezone.localtime(), **facts)


def in_part(**more: object) -> Referral:
    return urgent(
        RiskWords(answers={**OTHERS, "poor_attendance": ("yes", "Away all May.")}), **more
    )


def by_link(referral: Referral) -> Visitor:
    key = actions.make_link(referral=referral, at=timezone.localtime())
    return Visitor(None).open(f"/refer/status/{key}/")


def lacks(referral: Referral) -> list[str]:
    return [lack.code for lack in open_lacks_of(Referral.objects.get(pk=referral.pk))]


def test_by_the_link_only_what_is_owed_is_asked_and_no_answer_stands_there(db: None) -> None:
    sender = by_link(in_part()).see("Still owed").follow(ANSWER)
    sender.see(TEXTS[FIRST], TEXTS[SECOND], TEXTS[LAST], "What do you know?")
    asked = set(sender.page.xpath("//main//input[@type='radio']/@name"))
    assert asked == {f"risk_{code}" for code in (FIRST, SECOND, LAST)}
    assert not sender.page.xpath("//main//input[@type='radio'][@checked]")
    unsaid = ("Away all May.", "Rowan", "Merlinton", TEXTS["poor_attendance"])
    assert not [words for words in unsaid if words in sender.text]


def test_a_part_of_it_is_kept_and_the_rest_is_owed_still(people: People) -> None:
    referral = in_part()
    sender = by_link(referral).follow(ANSWER)
    sender.send("Send", risk_unusual="not_sure", risk_unusual_not_sure="She ran off once.")
    sender.see("your answers about risk. We have it.", "Still owed", GAPS["risk"].missing)
    assert "She ran off once." not in sender.text
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    hub.see(f"{TEXTS[SECOND]} Not sure She ran off once.", "2 of 21 questions have no answer.")
    hub.see("Answered after it was sent", "by whoever has the private link")
    assert sender.follow(ANSWER).text.count("What do you know?") == 2
    risk = ReferralRisk.objects.get(question=SECOND)
    assert risk.update is not None
    assert (risk.update.by, risk.answer, risk.words) == (None, "not_sure", "She ran off once.")
    assert risk.update.at >= referral.sent_at


def test_once_all_are_answered_the_lists_no_longer_say_that_it_is_owed(people: People) -> None:
    referral = urgent(RiskWords(answers=OTHERS))
    sender = by_link(referral).follow(ANSWER)
    answers = {f"risk_{code}": "no" for code in (FIRST, SECOND, LAST)}
    sender.send("Send", **answers)
    assert "Still owed" not in sender.text
    assert ANSWER not in sender.text
    assert GAPS["risk"].missing not in sender.follow("Add something").text
    assert lacks(referral) == []
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    hub.see(f"{GAPS['risk'].missing} Answered The person who referred")
    assert "Still owed" not in hub.text
    assert "have no answer" not in hub.text


def test_an_answer_that_asks_for_a_talk_makes_it_owed_on_both_sides(people: People) -> None:
    """Policy p.15-16: a yes or a not sure is talked over, exploitation with the hub as well."""
    answers = {code: ("no", "") for code in TEXTS if code != "sexual_exploitation"}
    referral = urgent(RiskWords(answers=answers))
    sender = by_link(referral).follow(ANSWER)
    sender.send("Send", risk_sexual_exploitation="yes", risk_sexual_exploitation_yes="Older men.")
    sender.see("Still owed", GAPS["talk"].missing, GAPS["exploitation"].missing)
    assert lacks(referral) == ["talk", "exploitation"]
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    hub.see(f"{GAPS['talk'].missing} Still owed", f"{GAPS['exploitation'].missing} Still owed")


def test_who_is_signed_in_answers_on_the_page_of_their_own(people: People) -> None:
    facts = ReferralFacts(
        depth="professional",
        relation="professional",
        worry="Nobody is at home.",
        children=(ChildWords(forename="Rowan", surname="Merlinton"),),
        urgent_why="She was taken.",
        missing=("risk",),
        risk=RiskWords(answers=OTHERS),
    )
    at = timezone.localtime()
    referral = actions.refer(ref="K7P-2QX-9HD", facts=facts, by=people.hal, at=at)
    own = Visitor(people.hal).open(f"/our-referrals/{referral.ref}/").follow(ANSWER)
    own.send("Send", **{f"risk_{code}": "no" for code in (FIRST, SECOND, LAST)})
    own.see("your answers about risk. We have it.")
    assert own.address == f"/our-referrals/{referral.ref}/"
    assert ReferralUpdate.objects.get().by == people.hal
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(f"by {people.hal.name}")
    as_sent = own.open(f"/our-referrals/{referral.ref}/sent/")
    as_sent.see("What you added since", "3 of 21 questions have no answer.")
    assert "Answered after it was sent" not in as_sent.text


def test_somebody_elses_is_not_answered(people: People) -> None:
    referral = in_part()
    assert Visitor(people.sen).open(f"/our-referrals/{referral.ref}/risk/").status == 404
    assert Visitor(None).open("/refer/status/no-such-link/risk/").status == 404


def test_nothing_at_all_is_asked_for_at_least_one_answer(db: None) -> None:
    referral = in_part()
    sender = by_link(referral).follow(ANSWER).send("Send")
    sender.see("There is a problem", "Answer at least one question")
    assert not ReferralUpdate.objects.exists()


def test_what_is_answered_is_never_overwritten(db: None) -> None:
    referral = in_part()
    first = {FIRST: ("no", ""), SECOND: ("yes", "Never before.")}
    actions.answer_risk(referral=referral, answers=first, by=None, at=timezone.localtime())
    again = {SECOND: ("no", ""), LAST: ("no", "")}
    actions.answer_risk(referral=referral, answers=again, by=None, at=timezone.localtime())
    assert ReferralRisk.objects.get(question=SECOND).answer == "yes"
    with pytest.raises(Refused, match="answered already"):
        actions.answer_risk(referral=referral, answers=again, by=None, at=timezone.localtime())


def test_without_anything_owed_the_page_leads_back(db: None) -> None:
    referral = urgent(missing=("home_visit",))
    sender = by_link(referral)
    assert ANSWER not in sender.text
    assert sender.open(f"{sender.address}risk/").address.endswith(sender.address)
