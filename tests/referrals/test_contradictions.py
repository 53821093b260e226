"""A decision that contradicts what is known asks for a reason, and is never refused (P15)."""

from dataclasses import replace
from typing import Any

import pytest

from onroll.audit.models import ChangeEvent
from onroll.audit.words import FIELDS
from onroll.children.actions import ChildFacts
from onroll.formats.onspd import PostcodeRow
from onroll.postcodes.actions import load_postcodes
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, GroupWords, RiskWords
from onroll.referrals.models import HubDecision
from onroll.rules.grades import Grade
from onroll.rules.refusal import Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks
from onroll.schools.models import Authority
from onroll.schools.queries import our_policy
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, CHECKED, GRADED, decide, passed, refer

pytestmark = pytest.mark.django_db
WHY = "The aunt and the school both say that nobody was hit."
YES = RiskWords(answers={"young_carer": ("yes", "")})
NOT_SURE = RiskWords(answers={"young_carer": ("not_sure", "")})


def test_the_page_says_what_a_decision_contradicts_and_keeps_the_reason(people: People) -> None:
    referral = refer(urgent_why="He was hit.")
    actions.grade(referral=referral, grade=Grade.RED, why="", urgent_why="", by=people.mo, at=AT)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert "right all the same" not in mo.text
    mo.send("Save the decision", **GRADED, decision="no_action", why="He is safe.")
    mo.see(
        "You decide “No further action”, but the grade is red and the referral is urgent: "
        "say why that is right all the same",
        "He is safe.",
    )
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", contradicts_why=WHY).see("Decided. Your reason is kept.")
    mo.see("What it contradicts", "The grade is red, the referral is urgent", WHY)
    decision = HubDecision.objects.get()
    assert (decision.contradicts, decision.contradicts_why) == (["red", "urgent"], WHY)


@pytest.mark.parametrize(
    "named",
    [
        {"answers": {"plan": "yes"}},
        {"risk": RiskWords(answers={"plan_or_need": ("yes", "")})},
        {"groups": [GroupWords(group="child_protection", said_by="x", said_on=AT.date())]},
    ],
)
def test_a_plan_that_the_referral_names_is_chosen_and_denied_for_a_reason(
    people: People, named: dict[str, Any]
) -> None:
    """Policy p.16: its social worker is told at once."""
    page = f"/referrals/{refer(**named).ref}/decide/"
    mo = Visitor(people.mo).open(page).see("The referral names a protection plan or concern.")
    asked = {**CHECKED, "risk": "not_sure", "grade": "amber", "decision": "lead_officer"}
    asked |= {"serious": "yes", "call_with": "Pat", "why": "x"}
    del asked["social"]
    mo.send("Save the decision", **asked)
    mo.see("social worker")
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", social="no")
    mo.see("you find no plan although the referral names a protection plan or concern")
    plain = refer("345-678-9AB", urgent_why="He was hit.")
    page = f"/referrals/{plain.ref}/decide/"
    assert "names a protection plan" not in Visitor(people.mo).open(page).text


@pytest.mark.parametrize(
    ("grade", "urgent_why", "words"),
    [(Grade.RED, "", "the grade is red"), (Grade.GREEN, "He was hit.", "the referral is urgent")],
)
def test_no_risk_beside_a_red_grade_or_an_urgent_referral_asks_why(
    people: People, grade: Grade, urgent_why: str, words: str
) -> None:
    """Also of who passes the child on to be looked for; who is not sure is not asked."""
    referral = refer(urgent_why=urgent_why)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    answers = {**CHECKED, "grade": grade.value, "decision": "lead_officer", "why": "Gone."}
    mo.send("Save the decision", **answers)
    mo.see(f"but you find no risk although {words} and you find the concern not serious although")
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", contradicts_why=WHY).see("Decided. Your reason is kept.")
    mo.see("What it contradicts", f"You find no risk although {words}", WHY)


@pytest.mark.parametrize(
    ("grade", "urgent_why", "words"),
    [(Grade.RED, "", "the grade is red"), (Grade.GREEN, "He was hit.", "the referral is urgent")],
)
def test_no_serious_concern_beside_a_red_grade_or_an_urgent_referral_asks_why(
    world: World, people: People, grade: Grade, urgent_why: str, words: str
) -> None:
    """The reason is kept, and whoever works on the case reads it there."""
    referral = refer(urgent_why=urgent_why)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    answers = {**CHECKED, "risk": "not_sure", "grade": grade.value, "decision": "lead_officer"}
    mo.send("Save the decision", **answers, why="Gone.")
    mo.see(f"but you find the concern not serious although {words}: say why that is right")
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", contradicts_why=WHY).see("Decided. Your reason is kept.")
    [entry] = referral.children.all()
    sam = ChildFacts(forename="Sam", surname="Example", sex="M")
    actions.accept_child(entry=entry, child=sam, because="Gone.", by=people.olive, at=AT)
    entry.refresh_from_db()
    assert entry.case is not None
    Visitor(people.olive).open(f"/cases/{entry.case.ref}/").see(
        f"You find the concern not serious although {words}", f"Right all the same: {WHY}"
    )


def test_who_finds_the_concern_serious_is_not_asked_why(people: People) -> None:
    decide(refer(urgent_why="He was hit."), Decision.LEAD_OFFICER, by=people.mo)
    assert HubDecision.objects.get().contradicts == []


@pytest.mark.parametrize(
    ("way", "checks", "known"),
    [
        (Decision.EARLY_HELP, CALM, {"risk": YES}),
        (Decision.ADVICE, replace(CALM, risk=RiskAnswer.YES), {}),
        (Decision.NO_ACTION, replace(CALM, is_serious=True), {}),
        (Decision.ADVICE, replace(CALM, greater_risks=("crime",), risk=RiskAnswer.NOT_SURE), {}),
        (Decision.ATTENDANCE, replace(CALM, is_whereabouts_known=False), {}),
        (Decision.HOME_EDUCATION, CALM, {"urgent_why": "He was hit."}),
    ],
)
def test_what_closes_or_lowers_something_grave_needs_a_reason(
    people: People, way: Decision, checks: Checks, known: dict[str, Any]
) -> None:
    referral = refer(**known)
    with pytest.raises(Refused, match="say why that is right all the same"):
        decide(referral, way, by=people.mo, checks=checks)
    decide(referral, way, by=people.mo, checks=checks, contradicts_why=WHY)
    assert HubDecision.objects.get().contradictions


@pytest.mark.parametrize("way", [Decision.NO_ACTION, Decision.ADVICE])
def test_an_amber_grade_without_any_action_needs_a_reason(people: People, way: Decision) -> None:
    referral = refer()
    actions.grade(referral=referral, grade=Grade.AMBER, why="", by=people.mo, at=AT, urgent_why="")
    with pytest.raises(Refused, match="but the grade is amber: say why"):
        decide(referral, way, by=people.mo)
    decide(referral, way, by=people.mo, contradicts_why=WHY)
    assert HubDecision.objects.get().contradictions == ["the grade is amber"]


@pytest.mark.parametrize("decision", ["advice", "no_action", "early_help"])
@pytest.mark.parametrize("answer", ["no", "not_sure"])
def test_a_hub_that_says_more_than_the_form_where_a_child_is_is_asked_why(
    people: People, decision: str, answer: str
) -> None:
    referral = refer(answers={"whereabouts": answer}, risk=NOT_SURE)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.send(
        "Save the decision", **CHECKED, **passed(decision), decision=decision, why="He is at home."
    )
    mo.see(
        "but the referral does not know, or is not sure, where the child is and the referral "
        "answers a question about risk with not sure: say why"
    )
    mo.send("Save the decision", contradicts_why=WHY).see("Decided.", WHY)


@pytest.mark.parametrize("way", [Decision.LEAD_OFFICER, Decision.SOCIAL_CARE])
def test_who_looks_for_or_protects_a_child_is_passed_everything_without_a_reason(
    people: People, way: Decision
) -> None:
    referral = refer(answers={"whereabouts": "no"}, risk=NOT_SURE, urgent_why="He was hit.")
    decide(referral, way, by=people.mo, passed_how="Rang Pat.")
    assert HubDecision.objects.get().contradicts == []


def test_a_decision_that_fits_asks_for_nothing_and_keeps_no_reason(people: People) -> None:
    urgent = refer(urgent_why="He was hit.", risk=YES)
    decide(urgent, Decision.LEAD_OFFICER, by=people.mo, contradicts_why=WHY)
    decision = HubDecision.objects.get()
    assert (decision.contradicts, decision.contradicts_why) == ([], "")


def test_the_form_s_answers_about_risk_are_of_the_first_child(people: People) -> None:
    referral = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")), risk=YES)
    decide(referral, Decision.ADVICE, by=people.mo, only={2})
    with pytest.raises(Refused, match="a question about risk with yes"):
        decide(referral, Decision.ADVICE, by=people.mo, only={1})


def test_the_reason_is_in_the_audit_trail_in_words(people: People) -> None:
    referral = refer(urgent_why="He was hit.")
    decide(referral, Decision.ADVICE, by=people.mo, contradicts_why=WHY)
    event = ChangeEvent.objects.get(table_name__endswith="referrals_hubdecision")
    assert event.after is not None
    kept = {FIELDS[name]: event.after[name] for name in ("contradicts", "contradicts_why")}
    assert kept == {"what it contradicts": ["urgent"], "why it is right all the same": WHY}


def test_who_may_not_read_of_risk_reads_nothing_of_the_reason(people: People) -> None:
    """Access matrix, row 9."""
    referral = refer(urgent_why="He was hit.")
    decide(referral, Decision.ADVICE, by=people.mo, contradicts_why=WHY)
    page = f"/referrals/{referral.ref}/"
    Visitor(people.max).open(page).see(WHY)
    assert WHY not in Visitor(people.olive).open(page).text


# Where the home lies


@pytest.fixture
def brent(db: None) -> Authority:
    """Give another authority, and a postcode in it and in ours."""
    load_postcodes(
        rows=[
            PostcodeRow("HA9 0WS", "E09000005", "E05000103"),
            PostcodeRow("HA1 1AB", our_policy().ons_code, "E05000285"),
        ]
    )
    return Authority.objects.create(code="304", name="Brent", status="live")


@pytest.mark.parametrize(
    ("postcode", "decision", "words"),
    [
        ("HA1 1AB", "other_authority", "the home lies in our own authority (policy page 9"),
        ("HA9 0WS", "lead_officer", "the home lies in another authority (policy page 9"),
        ("HA9 0WS", "home_education", "the home lies in another authority (policy page 9"),
        ("HA9 0WS", "early_help", "the home lies in another authority (policy page 9"),
    ],
)
def test_a_child_sent_where_the_home_does_not_lie_needs_a_reason(
    people: People, brent: Authority, postcode: str, decision: str, words: str
) -> None:
    """P16."""
    referral = refer(children=(ChildWords(forename="Sam", home="1 Elm Road", postcode=postcode),))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    answers = {**CHECKED, "decision": decision, "authority": brent.code} | passed(decision)
    mo.send("Save the decision", **answers, why="He moves on Monday.").see(words)
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", contradicts_why="The family confirmed the move.")
    mo.see("Right all the same: The family confirmed the move.")


@pytest.mark.parametrize("postcode", ["HA9 0WS", ""])
def test_a_child_sent_where_the_home_lies_or_may_lie_needs_none(
    people: People, brent: Authority, postcode: str
) -> None:
    referral = refer(children=(ChildWords(forename="Sam", postcode=postcode),))
    decide(referral, Decision.OTHER_AUTHORITY, by=people.mo, authority=brent)
    assert HubDecision.objects.get().contradicts == []
