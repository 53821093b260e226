"""P12, P13: what an urgent referral went without is owed until it is given or the work is over."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.audit.words import FIELDS
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, ReferralFacts, RiskWords
from onroll.referrals.lacks import lacks_of, open_lacks_of
from onroll.referrals.models import Referral, ReferralUpdate
from onroll.rules.readiness import GAPS
from onroll.rules.refusal import Refused
from onroll.rules.risk import RiskAnswer
from tests.cases.test_register import NOT_ABOUT_ROWS
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, CHECKED, decide, hand_over, refer

pytestmark = pytest.mark.django_db
VISIT, SIBLINGS = "A visit to the home", "The schools of brothers and sisters"
TICKS = "This tells you about"


@pytest.fixture(autouse=True)
def no_looks_counted() -> None:
    cache.clear()


def urgent(**said: Any) -> Referral:
    facts = {"urgent_why": "She was taken.", "missing": ("home_visit", "sibling_schools"), **said}
    return refer(depth="professional", at=timezone.localtime(), **facts)


def link(referral: Referral) -> str:
    return f"/refer/status/{actions.make_link(referral=referral, at=timezone.localtime())}/"


def test_each_thing_that_is_owed_leads_to_where_it_is_given(db: None) -> None:
    sender = Visitor(None).open(link(urgent())).follow(SIBLINGS)
    sender.see("Add something to your form", SIBLINGS)
    assert sender.page.xpath("//input[@name='gives'][@checked]/@value") == ["sibling_schools"]
    sender.send("Send", text="Both were asked.").see("Still owed", VISIT)
    assert SIBLINGS not in sender.text


@pytest.mark.parametrize(
    "known",
    [
        {"police": "reported", "police_by": "Mo Malik", "police_reference": "CAD 7"},
        {"police": "not_reported", "police_why_not": "He is at home, says his aunt."},
    ],
)
def test_what_the_hub_found_out_of_the_police_is_owed_on_no_page(
    people: People, known: dict[str, str]
) -> None:
    """P12: asked once; the decision answers it, on the hub's page and to who referred."""
    words = GAPS["police"].missing
    referral = urgent(missing=("police", "home_visit"))
    Visitor(None).open(link(referral)).see("Still owed", words, VISIT)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    lost = {**CHECKED, "whereabouts": "no", "risk": "not_sure", "serious": "no", **known}
    mo.send(
        "Save the decision", **lost, decision="advice", why="x", contradicts_why="Rang them all."
    )
    mo.open(f"/referrals/{referral.ref}/").see(f"{words} Answered Mo Malik")
    assert f"{words} Still owed" not in mo.text
    assert words not in Visitor(None).open(link(referral)).text


def test_of_two_children_the_police_are_owed_until_both_are_decided(people: People) -> None:
    two = (ChildWords(forename="Sam"), ChildWords(forename="Ann"))
    referral = urgent(missing=("police",), children=two)
    checks = replace(CALM, risk=RiskAnswer.NOT_SURE, police_by="Mo", police_reference="CAD 7")
    said = {"by": people.mo, "checks": checks, "contradicts_why": "Rang them all."}
    decide(referral, Decision.ADVICE, only={1}, **said)
    assert [lack.code for lack in open_lacks_of(referral)] == ["police"]
    decide(referral, Decision.ADVICE, only={2}, **said)
    assert open_lacks_of(referral) == ()


def test_the_receipt_says_all_that_the_form_said_was_missing(db: None) -> None:
    """What nobody can give afterwards stands there in words, and leads nowhere."""
    codes = ("home_visit", "too_early", "located")
    referral = refer(depth="professional", at=timezone.localtime(), missing=codes)
    key = actions.make_link(referral=referral, at=timezone.localtime())
    sender = Visitor(None).open(f"/refer/received/{key}/")
    sender.see("It was sent without", *(GAPS[code].missing for code in codes))
    links = " ".join(sender.page.xpath("//main//a/@href"))
    assert [code for code in codes if f"gives={code}" in links] == ["home_visit"]


def give(visitor: Visitor, *codes: str, text: str = "Nobody opened.") -> Visitor:
    return visitor.follow("Add something").send("Send", text=text, gives=codes)


def test_what_is_ticked_is_owed_no_longer_and_the_hub_sees_when_it_was_given(
    people: People,
) -> None:
    referral = urgent()
    sender = Visitor(None).open(link(referral)).see("Still owed", VISIT, SIBLINGS)
    give(sender, "home_visit").see("your words. We have it.", "Still owed", SIBLINGS)
    assert VISIT not in sender.text
    update = ReferralUpdate.objects.get()
    assert update.gives == ["home_visit"]
    assert FIELDS["gives"]
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    hub.see(f"{VISIT} Given in what was added", f"{SIBLINGS} Still owed", f"Tells of {VISIT}")
    assert hub.page.xpath(f"//a[@href='#added-{update.pk}']")
    assert hub.page.xpath(f"//*[@id='added-{update.pk}']")
    give(sender, "sibling_schools")
    assert "Still owed" not in sender.text
    assert TICKS not in sender.follow("Add something").text
    assert "Still owed" not in hub.open(hub.address).text


def test_words_answer_nothing_that_has_questions_of_its_own(people: People) -> None:
    codes = ("risk", "talk", "exploitation", "enquiries")
    answers = dict.fromkeys(("current_concerns", "sexual_exploitation"), ("not_sure", ""))
    referral = urgent(missing=(*codes, "home_visit"), risk=RiskWords(answers=answers))
    sender = Visitor(None).open(link(referral))
    give(sender, *codes, "home_visit", text="x").see(
        "Still owed", *(GAPS[c].missing for c in codes)
    )
    assert sender.text.count("You wrote about this. Its questions are still open.") == len(codes)
    assert VISIT not in sender.text
    assert [lack.code for lack in open_lacks_of(referral)] == list(codes)
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(f"{VISIT} Given in what")
    assert hub.text.count("Given in what was added") == 1
    assert hub.text.count("says so in words. The questions are not answered.") == 7


def test_one_word_does_not_stand_for_the_call_the_police_or_a_page(people: People) -> None:
    """Policy p.4: a danger is rung first. Each is owed until the hub says that it has it."""
    codes = ("call", "police", "whereabouts", "page_known", "page_abroad")
    referral = urgent(missing=codes)
    sender = Visitor(None).open(link(referral))
    give(sender, *codes, text="x").see("Still owed", *(GAPS[c].missing for c in codes[:3]))
    assert sender.text.count("You wrote about this. Its questions are still open.") == len(codes)
    assert [lack.code for lack in open_lacks_of(referral)] == list(codes)
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    assert "Given in what was added" not in hub.text
    assert hub.text.count("says so in words. The questions are not answered.") == len(codes)
    assert hub.text.count("Still owed What was added") == len(codes)
    hub.follow("Say what is answered").send("Save", gives=codes[:2], words="They rang, and 101.")
    hub.see(f"{GAPS['police'].missing} Answered Mo Malik")
    assert [lack.code for lack in open_lacks_of(referral)] == list(codes[2:])


def test_a_person_with_an_account_gives_it_from_the_list_of_their_own(people: People) -> None:
    facts = ReferralFacts(
        relation="professional",
        worry="She was seen with a man.",
        children=(ChildWords(forename="Sam"),),
        urgent_why="She was taken.",
        missing=("home_visit", "sibling_schools"),
    )
    at = timezone.localtime()
    referral = actions.refer(ref="222-333-444", facts=facts, by=people.hal, at=at)
    hal = Visitor(people.hal).open(f"/our-referrals/{referral.ref}/").see("Still owed", VISIT)
    give(hal, "home_visit", "sibling_schools")
    assert "Still owed" not in hal.text


def test_nothing_needs_to_be_ticked_and_a_tick_alone_tells_nothing(db: None) -> None:
    referral = urgent()
    sender = Visitor(None).open(link(referral))
    give(sender).see("your words. We have it.", VISIT, SIBLINGS)
    give(sender, "home_visit", text="").see("Enter what you want to add, or choose a file")
    assert sender.page.xpath("//input[@name='gives'][@checked]/@value") == ["home_visit"]
    assert [update.gives for update in ReferralUpdate.objects.all()] == [[]]


def test_what_another_page_gave_meanwhile_is_no_error(db: None) -> None:
    referral = urgent()
    sender = Visitor(None).open(link(referral)).follow("Add something")
    form = sender.fill_in("Send", text="Again.", gives=["home_visit"])
    actions.add_update(
        referral=referral,
        text="First.",
        file=None,
        by=None,
        at=timezone.localtime(),
        gives=["home_visit"],
    )
    assert sender.client.post(form.address, form.whole()).status_code == 302
    first = ReferralUpdate.objects.get(text="First.")
    (visit, _) = lacks_of(referral, referral.updates.all())
    assert visit.addition == first
    assert [lack.code for lack in open_lacks_of(referral)] == ["sibling_schools"]


def test_it_is_owed_after_the_hub_has_decided_and_until_the_work_is_over(people: People) -> None:
    decided, over = urgent(), urgent(ref="333-333-333")
    hand_over(decided, by=people.mo, at=timezone.localtime())
    why = "She is at home."
    at = timezone.localtime()
    decide(over, Decision.NO_ACTION, by=people.mo, at=at, contradicts_why=why)
    sender = (
        Visitor(None)
        .open(link(decided))
        .see("We have decided what happens next", "Still owed", VISIT)
    )
    give(sender, "home_visit", "sibling_schools")
    assert "Still owed" not in sender.text
    assert "Still owed" not in Visitor(None).open(link(over)).see("Our work is over").text


def test_what_is_not_urgent_says_what_it_was_sent_without_which_can_be_told_later(
    people: People,
) -> None:
    codes = ("home_visit", "too_early", "located", "over_age")
    calm = refer("444-444-444", at=timezone.localtime(), missing=codes, missing_why="No time.")
    hub = Visitor(people.mo).open(f"/referrals/{calm.ref}/").see("It was sent without", VISIT)
    assert "Still owed" not in hub.text
    sender = Visitor(None).open(link(calm)).see("It was sent without", VISIT, "You said why.")
    assert not [w for w in ("Still owed", "whereabouts", "school age") if w in sender.text]
    give(sender, "home_visit")
    assert "It was sent without" not in sender.text
    hub.open(hub.address).see(f"{VISIT} Given in what was added")


def test_what_went_whole_is_asked_for_nothing(db: None) -> None:
    whole = urgent(ref="555-555-555", missing=())
    sender = Visitor(None).open(link(whole)).follow("Add something")
    assert TICKS not in sender.text


def test_only_what_it_went_without_can_be_given(db: None) -> None:
    update = actions.add_update(
        referral=urgent(),
        text="x",
        file=None,
        by=None,
        at=timezone.localtime(),
        gives=["talk", "sibling_schools"],
    )
    assert update.gives == ["sibling_schools"]


def test_the_question_is_asked_in_the_language_of_the_page(db: None) -> None:
    sender = Visitor(None).open(link(urgent())).follow("Add something")
    sender.open(f"{sender.address}?language=pl").see("Informacja dotyczy", VISIT)


def test_the_pages_cost_the_same_however_much_was_given(people: People) -> None:
    referral = urgent()
    address = link(referral)
    hub = Client()
    hub.force_login(people.mo)

    def costs() -> list[int]:
        found = []
        pages = ((Client(), address), (Client(), f"{address}add/"))
        for client, page in (*pages, (hub, f"/referrals/{referral.ref}/")):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(sum(not NOT_ABOUT_ROWS.match(query["sql"]) for query in queries))
        return found

    def add(code: str) -> None:
        actions.add_update(
            referral=referral, text="x", file=None, by=None, at=timezone.localtime(), gives=[code]
        )

    add("home_visit")
    costs()
    one = costs()
    add("home_visit")
    add("home_visit")
    assert costs() == one
    assert one[0] <= 13  # and how many looks are left


def test_the_hub_says_that_it_has_what_was_owed_with_who_when_and_the_answer(
    people: People,
) -> None:
    """Words of who referred answer no questions of the form; the hub reads them, and says so."""
    answers = dict.fromkeys(("current_concerns", "sexual_exploitation"), ("not_sure", ""))
    referral = urgent(missing=("risk", "home_visit"), risk=RiskWords(answers=answers))
    risk = GAPS["risk"].missing
    sender = Visitor(None).open(link(referral))
    give(sender, "risk", text="No to all of them.").see("Still owed", risk)
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/").follow("Say what is answered")
    hub.send("Save").see("Select what the hub has now", "Say what the answer is")
    hub.send("Save", gives=["risk"], words="No to the 19, by telephone.").see("The answer is kept.")
    hub.see(f"{risk} Answered Mo Malik", "No to the 19, by telephone.", f"{VISIT} Still owed")
    hub.see("19 of 21 questions have no answer.", f"Answered to the hub: {risk}")
    assert hub.text.count("Still owed") == 3  # the visit, and both talks
    sender.open(sender.address).see("Still owed", VISIT)
    assert risk not in sender.text


def test_what_is_given_meanwhile_is_not_answered_again(people: People) -> None:
    referral = urgent()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/answered/")
    form = mo.fill_in("Save", gives=["home_visit"], words="Nobody opened.")
    at = timezone.localtime()
    given = {"codes": ("home_visit", "sibling_schools"), "words": "Seen."}
    actions.note_answered(referral=referral, by=people.max, at=at, **given)
    mo.arrive(mo.client.post(form.address, form.whole(), follow=True))
    mo.see("This referral changed after you opened the page", "Nobody opened.")
    with pytest.raises(Refused, match="The hub has this already"):
        actions.note_answered(referral=referral, by=people.mo, at=at, **given)
    assert mo.open(f"/referrals/{referral.ref}/answered/").address == f"/referrals/{referral.ref}/"
    assert "Say what is answered" not in mo.text
