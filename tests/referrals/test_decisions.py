"""The hub's decisions: what each asks for, where it goes, and who has it then (P02, P15, P16)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.children.actions import ChildFacts
from onroll.formats.onspd import PostcodeRow
from onroll.postcodes import actions as postcodes
from onroll.referrals import actions, queries
from onroll.referrals.codes import SENT_ON, Decision
from onroll.referrals.facts import ChildWords, GroupWords, RiskWords
from onroll.referrals.models import HubDecision, Referral
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused
from onroll.rules.risk import RiskAnswer
from onroll.schools.models import Authority
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day
from tests.referrals.made import CALM, CHECKED, decide, hand_over, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def brent(db: None) -> Authority:
    """Give another authority."""
    return Authority.objects.create(code="304", name="Brent", status="live")


def needs(decision: Decision, brent: Authority) -> dict[str, Any]:
    if decision is Decision.OTHER_AUTHORITY:
        return {"authority": brent}
    is_passed = decision is Decision.SOCIAL_CARE
    return {"passed_how": "The duty team, in their own system"} if is_passed else {}


@pytest.mark.parametrize("code", SENT_ON)
def test_what_goes_outside_stays_on_a_list_until_somebody_has_it(
    world: World, people: People, brent: Authority, code: str
) -> None:
    """Two working days, and a name with a day."""
    decision = Decision(code)
    referral = decide(refer(), decision, by=people.mo, **needs(decision, brent))
    assert referral.stage == "sent_on"
    sent = queries.on_its_way(people.mo).get()
    clock = sent.deadlines.get(clock="referral_receipt_2")
    assert clock.due_on == TODAY + 2 * DAY
    actions.enter_receipt(
        decision=sent, name="B. Brent", on=TODAY, by=people.mo, at=AT + DAY, version=1
    )
    referral.refresh_from_db()
    clock.refresh_from_db()
    sent.refresh_from_db()
    assert (sent.receipt_name, clock.met_on) == ("B. Brent", TODAY + DAY)
    is_over = decision is not Decision.ATTENDANCE
    assert referral.stage == ("closed" if is_over else "sent_on")
    with pytest.raises(Refused, match="does not wait for that"):
        actions.enter_receipt(decision=sent, name="x", on=TODAY, by=people.mo, at=AT + DAY)


def test_attendance_says_what_came_of_it(world: World, people: People) -> None:
    """P02: a child on a roll who does not attend is kept off the register and routed."""
    referral = decide(refer(), Decision.ATTENDANCE, by=people.mo)
    sent = HubDecision.objects.get()
    with pytest.raises(Refused, match="does not wait for that"):
        actions.enter_outcome(decision=sent, words="x", by=people.mo, at=AT)
    actions.enter_receipt(decision=sent, name="C. Court", on=TODAY, by=people.mo, at=AT)
    sent.refresh_from_db()
    assert sent.asks_what_came_of_it
    actions.enter_outcome(decision=sent, words="A fine; he is back.", by=people.mo, at=AT)
    referral.refresh_from_db()
    assert (referral.stage, queries.on_its_way(people.mo).count()) == ("closed", 0)
    assert referral.children.get().case is None


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "The day must not be before it was sent on, on 18 November 2026"),
        (3, "The day must be today or before"),
    ],
)
def test_a_receipt_is_of_a_day_since_it_was_sent(
    world: World, people: People, days: int, sentence: str
) -> None:
    decide(refer(), Decision.EARLY_HELP, by=people.mo)
    with pytest.raises(Refused, match=sentence):
        actions.enter_receipt(
            decision=HubDecision.objects.get(),
            name="E. Help",
            on=TODAY + days * DAY,
            by=people.mo,
            at=AT + 2 * DAY,
        )


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Decision.OTHER_AUTHORITY, "Select the authority"),
        (Decision.SOCIAL_CARE, "to whom the papers were passed"),
        (Decision.OPEN_CASE, "This case is closed"),
    ],
)
def test_a_decision_needs_what_it_alone_asks(
    world: World, people: People, decision: Decision, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        decide(refer(), decision, by=people.mo, passed_how="")


def test_a_serious_concern_is_passed_on_only_after_a_call(world: World, people: People) -> None:
    """P15: policy p.9."""
    referral = refer()
    serious = replace(CALM, is_serious=True)
    with pytest.raises(Refused, match="Ring first"):
        decide(referral, by=people.mo, checks=serious)
    rang = replace(serious, call_with="O. Obi", call_at=AT)
    decide(referral, by=people.mo, checks=rang)
    assert HubDecision.objects.get().call_with == "O. Obi"


def test_a_decision_is_taken_on_a_page_that_asks_what_was_checked(
    world: World, people: People
) -> None:
    """P15, P76."""
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.see("Being trafficked", "Being illegally employed", "Do the police know")
    asked = {**CHECKED, "whereabouts": "no", "risk": "not_sure"}
    mo.send("Save the decision", **asked, decision="lead_officer", why="Gone.")
    mo.see("select whether the police were told, or why not")
    mo.send(
        "Save the decision",
        **{
            **asked,
            "police": "reported",
            "police_by": "Mo Malik",
            "police_reference": "CAD 1234",
            "greater_risks": ["crime", "trafficking"],
            "serious": "yes",
            "call_with": "Olive Obi",
            "call_on_day": "18",
            "call_on_month": "11",
            "call_on_year": "2026",
            "call_time": "8.40",
            "social": "yes",
            "social_worker": "S. Worker",
            "social_worker_on_day": "18",
            "social_worker_on_month": "11",
            "social_worker_on_year": "2026",
        },
        decision="lead_officer",
        why="Gone.",
    )
    mo.see("Told by Mo Malik, reference CAD 1234", "Becoming involved in crime, Being trafficked")
    mo.see("Spoke with Olive Obi", "8:40am", "S. Worker was told")
    decision = HubDecision.objects.get()
    assert (decision.risk, decision.is_whereabouts_known) == (RiskAnswer.NOT_SURE, False)


def test_a_serious_concern_joins_an_open_case_only_after_a_call(
    world: World, people: People
) -> None:
    """P15: who works on the case is rung first, as anybody is to whom a child is passed."""
    case = world.case(world.child("Sam", "Example"))
    referral, serious = refer(), replace(CALM, is_serious=True)
    with pytest.raises(Refused, match="Ring first"):
        decide(referral, Decision.OPEN_CASE, by=people.mo, checks=serious, case=case)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    asked = {**CHECKED, "serious": "yes", "decision": "open_case", "case": case.ref}
    mo.send("Save the decision", **asked, why="It is graver than we knew.")
    mo.see("Enter an answer to “With whom did somebody speak?”")
    rang = {"call_with": "Olive Obi", "call_time": "8.40", **day("call_on", AT.date())}
    mo.send("Save the decision", **asked, **rang, why="It is graver than we knew.")
    assert HubDecision.objects.get().call_with == "Olive Obi"


def test_days_that_cannot_be_true_are_refused_beside_their_question(people: People) -> None:
    """P15: a call to come was never made, and one of years ago was about something else."""
    now = timezone.localtime()
    referral = refer(at=now - DAY)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    serious = {**CHECKED, "serious": "yes", "call_with": "Olive Obi", "social": "yes"}
    asked = {**serious, "social_worker": "S. Worker", "decision": "lead_officer", "why": "Gone."}
    later = now.replace(hour=23, minute=59)
    years_ago = date(2020, 1, 1)
    mo.send(
        "Save the decision",
        **asked,
        **day("call_on", years_ago),
        **day("social_worker_on", years_ago),
        call_time="9:00",
    )
    mo.see("Day of the call must be on or after", "the social worker was told must be on or after")
    mo.send(
        "Save the decision",
        **asked,
        **day("call_on", later.date()),
        **day("social_worker_on", now.date()),
        call_time=f"{later:%H:%M}",
    )
    mo.see("Time of the call must be now or before")
    assert not HubDecision.objects.exists()


def test_who_may_accept_a_hand_over_reads_all_of_it_first(world: World, people: People) -> None:
    """Access matrix, rows 9 and 16: nobody accepts by name what they may not read."""
    risk = RiskWords(answers={"unusual": ("yes", "She never was away before.")})
    group = GroupWords(group="bullied", said_by="S. Chool", said_on=TODAY)
    referral = refer(depth="school", risk=risk, groups=(group,))
    olive = Visitor(people.olive)

    def sees_risk() -> bool:
        olive.open(f"/referrals/{referral.ref}/")
        parts = ("She never was away before.", "Victim of bullying", "Greater risks")
        seen = [part in olive.text for part in parts]
        assert seen[0] == seen[1]
        return seen[0]

    assert not sees_risk()
    hand_over(referral, by=people.mo)
    assert sees_risk()
    olive.see("Greater risks", "Your role does not show who it was.")
    looks = AccessEvent.objects.filter(page=f"referral {referral.ref}")
    assert ["risk" in look.fields for look in looks.order_by("pk")] == [False, True]
    olive.follow("Turn it back").send("Turn it back", why="He is taught in Brent.")
    assert not sees_risk()
    assert "Greater risks" not in olive.text
    hand_over(Referral.objects.get(), by=people.mo)
    olive.open(f"/referrals/{referral.ref}/accept/1/").see("She never was away before.")
    olive.send("Accept", child="new", sex="M", because="On no roll.")
    assert sees_risk()
    HubDecision.objects.filter(accepted_by=people.olive).update(accepted_by=people.max)
    assert sees_risk()  # the case is hers
    Case.objects.update(owner=people.max)
    assert not sees_risk()


def test_what_was_checked_before_no_hand_over_is_not_shown(world: World, people: People) -> None:
    """Access matrix, row 9: the lead officer reads it of what is theirs, or is to be."""
    referral = decide(refer(), Decision.ADVICE, by=people.mo)
    Visitor(people.max).open(f"/referrals/{referral.ref}/").see("Greater risks")
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/")
    olive.see("Your role shows it of children who are handed over to you")
    assert "Greater risks" not in olive.text


def test_receipt_and_outcome_are_entered_on_pages(world: World, people: People) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.see("Attendance Intervention Model (AIM), for the Court Attendance Officer (CAO)")
    mo.send(
        "Save the decision",
        **CHECKED,
        decision="attendance",
        why="On a roll.",
        passed_attendance="By hand.",
    )
    mo.see("Sent on", "Nobody has said yet that they have it").open("/referrals/?list=sent_on")
    mo.see("To attendance").follow(referral.ref).follow("Enter who has it")
    mo.send("Save", name="Cat Cole").see("Cat Cole, since").follow("Enter what came of it")
    assert HubDecision.objects.get().receipt_on == timezone.localdate()
    mo.send("Save", words="She is back at school.").see("What came of it", "She is back at school.")
    mo.open("/referrals/?list=done").see(referral.ref, "To attendance")


def test_what_the_referral_says_is_chosen_already_and_can_be_changed(people: People) -> None:
    """P15: whereabouts at the decision, sex at the acceptance; nothing is asked twice."""
    referral = refer(answers={"whereabouts": "yes", "sex": "M"})
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.see("From the referral: “Yes”. Change it if you know better.")
    assert chosen(mo, "whereabouts") == ["yes"]
    answers = {code: answer for code, answer in CHECKED.items() if code != "whereabouts"}
    mo.send("Save the decision", **answers, decision="lead_officer", why="Gone.")
    assert HubDecision.objects.get().is_whereabouts_known is True
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.see("From the referral: “Male”")
    assert chosen(olive, "sex") == ["M"]
    olive.send("Accept", child="new", sex="F", because="No school is named.")
    assert Case.objects.get().child.sex == "F"


def test_a_sex_that_was_told_is_carried_and_one_that_was_not_is_asked(people: People) -> None:
    """As the form has it, else as the record of the pupil whom the school chose."""
    told = hand_over(refer(answers={"sex": "M"}), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{told.ref}/accept/1/")
    olive.send("Accept", child="new", because="No school is named.")
    assert Case.objects.get().child.sex == "M"
    child = ChildWords(forename="Kim", surname="Merlinton")
    other = hand_over(refer("345-678-9AB", children=(child,)), by=people.mo)
    olive.open(f"/referrals/{other.ref}/accept/1/")
    assert chosen(olive, "sex") == []
    olive.send("Accept", child="new", because="x").see("Select the child's sex")


def test_each_choice_of_a_child_says_birthday_school_and_what_agrees(
    world: World, people: People
) -> None:
    """As the page of the referral does: nobody scrolls down to choose."""
    sam = world.child("Sam", "Example")
    world.at_school(sam)
    referral = hand_over(refer(), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    (hint,) = olive.page.xpath(f"//input[@value='{sam.ref}']/@aria-describedby")
    beside = " ".join(olive.page.xpath(f"string(//*[@id='{hint}'])").split())
    for words in ("Born 4 March 2015", "St Ann’s School", "Agrees The same surname."):
        assert words in beside.replace("'", "’"), beside


@pytest.mark.parametrize("answers", [{}, {"whereabouts": "not_sure"}])
def test_what_the_referral_does_not_know_is_asked(people: People, answers: dict[str, str]) -> None:
    """P15: of a brother or sister, the form does not say it either."""
    referral = refer(answers=answers)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert chosen(mo, "whereabouts") == []
    assert ("From the referral: “I am not sure”" in mo.text) is bool(answers)
    mo.send("Save the decision", decision="advice", why="Rang.").see("Select whether anybody")


def chosen(visitor: Visitor, name: str) -> list[str]:
    """Return which radios of a question are chosen."""
    return [str(v) for v in visitor.page.xpath(f"//input[@name='{name}'][@checked]/@value")]


def test_a_child_who_lives_elsewhere_is_offered_to_that_authority_first(
    world: World, people: People, brent: Authority
) -> None:
    """P16: residence by the postcode, beside the authority of the school."""
    postcodes.load_postcodes(rows=[PostcodeRow("HA9 0WS", "E09000005", "E05000103")])
    postcodes.load_names(names=[("E09000005", "Brent"), ("E05000103", "Tokyngton")])
    home, school = "1 Elm Road, HA9 0WS", world.st_anns.name
    child = ChildWords(forename="Sam", home=home, school_words=school)
    referral = refer(children=(child,))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Lies in Brent, ward Tokyngton", "Lives elsewhere", "A school of")
    mo.follow("Decide")
    first = mo.page.xpath("//input[@name='decision']")[0].get("value")
    chosen = mo.page.xpath("//select[@name='authority']/option[@selected]")[0].get("value")
    assert (first, chosen) == ("other_authority", "304")
    mo.send(
        "Save the decision",
        **CHECKED,
        decision="other_authority",
        why="Lives there.",
        passed_authority="Rang.",
    )
    mo.see("To another authority", "Brent", "Nobody has said yet")
    at_home = refer("345-678-9AB", children=(ChildWords(home="1 Elm Road"),))
    mo.open(f"/referrals/{at_home.ref}/decide/")
    assert mo.page.xpath("//input[@name='decision']")[0].get("value") == "lead_officer"


# Several children


def test_of_several_children_the_hub_chooses_on_purpose_whom_it_decides_about(
    people: People,
) -> None:
    """P10: siblings have outcomes of their own."""
    referral = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert chosen(mo, "children") == []
    answers = {**CHECKED, "decision": "advice", "why": "Rang."}
    mo.send("Save the decision", **answers)
    mo.see("Select at least one child: this referral is about several")
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", children=["2"])
    assert HubDecision.objects.get().entry.number == 2
    mo.follow("Decide")
    assert chosen(mo, "children") == []
    del answers["grade"]
    mo.send("Save the decision", **answers)
    assert HubDecision.objects.count() == 2


def test_an_only_child_need_not_be_ticked(people: People) -> None:
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    assert "About which children" not in mo.text
    mo.send("Save the decision", **CHECKED, decision="advice", why="Rang.")
    assert HubDecision.objects.get().entry.number == 1


# Opened again


def test_a_brother_sent_on_by_mistake_is_opened_again_with_a_reason(people: People) -> None:
    """The other one stays where he was sent, and the mistake stays on the page."""
    referral = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    decide(referral, Decision.SOCIAL_CARE, by=people.mo, passed_how="By telephone.")
    page = f"/referrals/{referral.ref}/"
    mo = Visitor(people.mo).open(f"{page}open-again/2/")
    mo.send("Open it again", why="").see("Say why it is opened again")
    mo.send("Open it again", why="Kim is nine and at school.").see("The hub decides again")
    mo.see("Opened again; it was: To social care", "Kim is nine and at school.", "Decide")
    top, _ = mo.text.split("What we were told")
    assert f"Opened again, child 2, by {people.mo.name}" in top
    came = f"{in_words(AT.date())} at 9:00am"
    assert f"First reported: {came} Opened again, 2: Kim: " in " ".join(top.split())
    assert "urned back" not in mo.text
    assert not queries.hub_queue(people.mo, at=AT, whose="back").exists()
    mo.open("/referrals/").see("Opened again", "Kim is nine and at school.")
    assert "turned back to the hub" not in mo.open("/today/").text
    referral.refresh_from_db()
    assert (referral.stage, referral.decided_at) == ("screening", None)
    assert queries.hub_queue(people.mo, at=AT).get() == referral
    assert [row.entry.number for row in queries.on_its_way(people.mo)] == [1]
    assert referral.deadlines.running().exists()
    decide(referral, Decision.ADVICE, by=people.mo, only={2})
    assert referral.children.get(number=2).decisions.count() == 2


def test_what_is_added_to_a_closed_referral_can_bring_it_back(people: People) -> None:
    urgent, sure = refer(urgent_why="He was hit."), "He was at school that day."
    referral = decide(urgent, Decision.NO_ACTION, by=people.mo, contradicts_why=sure)
    assert referral.stage == "closed"
    actions.add_update(referral=referral, text="Again today.", file=None, by=None, at=AT)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Again today.")
    mo.follow("Open it again").send("Open it again", why="He was hit again.")
    assert queries.hub_queue(people.mo, at=AT).get() == referral
    clock = referral.deadlines.running().get()
    assert clock.clock == "referral_decision_urgent"


def test_whom_a_named_person_accepted_is_not_opened_again(people: People) -> None:
    """The case goes to the hub by a form of its own."""
    referral = hand_over(refer(), by=people.mo)
    entry, child = referral.children.get(), ChildFacts(forename="Sam", surname="Example", sex="U")
    actions.accept_child(entry=entry, child=child, because="x", by=people.olive, at=AT)
    with pytest.raises(Refused, match="Somebody has accepted this child by name"):
        actions.open_again(entry=entry, why="x", by=people.mo, at=AT)
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    assert "Open it again" not in page.text
    case = Case.objects.get()
    page.see(f"{people.olive.name} works on it", "the hub cannot open it again here")
    page.follow(f"Send case {case.ref} to the hub").see("Send this case to the hub")


def test_who_has_a_child_is_not_offered_to_open_it_again(people: People, world: World) -> None:
    """Who accepts turns it back; who has the case sends that to the hub; the hub opens again."""
    referral = hand_over(refer(), by=people.mo)
    page = f"/referrals/{referral.ref}/"
    olive = Visitor(people.olive).open(page).see("Accept this child", "Turn it back")
    assert "Open it again" not in olive.text
    Visitor(people.mo).open(page).see("Open it again")
    case = world.case(world.child(), owner=people.olive)
    joined = decide(refer("333-678-9AB"), Decision.OPEN_CASE, by=people.mo, case=case)
    assert "Open it again" not in olive.open(f"/referrals/{joined.ref}/").text
    assert "What next" not in olive.text
    Visitor(people.mo).open(f"/referrals/{joined.ref}/").see("Open it again")
    Visitor(people.max).open(f"/referrals/{joined.ref}/").see("Open it again")


def test_whom_somebody_outside_has_is_opened_again_and_the_receipt_stays(people: People) -> None:
    """So a receipt or an outcome that is wrong is corrected."""
    referral = decide(refer(), Decision.ATTENDANCE, by=people.mo)
    decision = HubDecision.objects.get()
    actions.enter_receipt(decision=decision, name="Pat Wrong", on=TODAY, by=people.mo, at=AT)
    actions.enter_outcome(decision=decision, words="A slip.", by=people.mo, at=AT)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").follow("Open it again")
    mo.send("Open it again", why="The wrong person.").see("The hub decides again")
    mo.see("What the hub decided earlier", "Pat Wrong, since", "A slip.", "The wrong person.")
    assert queries.hub_queue(people.mo, at=AT).get() == referral
    mo.follow("Decide").send(
        "Save the decision", decision="attendance", why="Once more.", passed_attendance="By hand."
    )
    assert queries.on_its_way(people.mo).get().receipt_name == ""
    cat = Visitor(people.cat).open("/sent-to-you/?list=over")
    cat.see("Pat Wrong, until the hub took it back").follow(decision.ref).see("Taken back")


def test_who_joined_a_case_is_opened_again_and_leaves_it(people: People, world: World) -> None:
    case = world.case(world.child())
    joined = decide(refer(), Decision.OPEN_CASE, by=people.mo, case=case)
    mo = Visitor(people.mo).open(f"/referrals/{joined.ref}/").follow("Open it again")
    mo.send("Open it again", why="His cousin.").see(f"it was: Joined to an open case {case.ref}")
    assert joined.children.get().case is None
    assert f"opened referral {joined.ref} again" in case.notes.get().text
    decide(joined, Decision.ADVICE, by=people.mo)
    joined.refresh_from_db()
    assert joined.stage == "closed"


POLICE_NEED_NOT_KNOW = "Police The hub answered:"


@pytest.mark.parametrize(
    ("whereabouts", "risk", "words"),
    [
        ("yes", "no", "it is known where the child is, and there is no risk"),
        ("yes", "yes", "it is known where the child is"),
        ("no", "no", "there is no risk"),
    ],
)
def test_why_the_police_need_not_know_is_shown_as_it_was_answered(
    people: People, whereabouts: str, risk: str, words: str
) -> None:
    """It does not speak against what stands beside it."""
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    answers = CHECKED | {"whereabouts": whereabouts, "risk": risk}
    mo.send("Save the decision", **answers, decision="lead_officer", why="He is safe.")
    mo.see("Decided.", f"{POLICE_NEED_NOT_KNOW} {words} Serious")


@pytest.mark.parametrize("risk", ["yes", "not_sure"])
def test_the_answer_that_the_police_need_not_know_must_be_true(people: People, risk: str) -> None:
    """Casework 5.3: it is refused where nobody knows where a child is who may be at risk."""
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    answers = CHECKED | {"whereabouts": "no", "risk": risk}
    mo.send("Save the decision", **answers, decision="lead_officer", why="He is gone.")
    mo.see("Nobody knows where the child is, and there may be a risk: select whether the police")
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", police="reported", police_by="Mo", police_reference="CAD 7")
    mo.see("Told by Mo, reference CAD 7")
    assert POLICE_NEED_NOT_KNOW not in mo.text


def test_who_reads_a_reason_that_stands_on_a_case_is_said_where_it_is_written(
    world: World, people: People
) -> None:
    """The reason of a decision becomes that of the open case, and the child's school reads it."""
    case, warning = world.case(world.child("Sam", "Example")), "Do not write who referred the child"
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    (at_field,) = mo.page.xpath("//div[*[@name='why']]")
    assert f"school may read it. {warning}." in " ".join(at_field.text_content().split())
    mo.send("Save the decision", **CHECKED, decision="open_case", why="Seen.", case=case.ref)
    assert case.reasons.get(because="Seen.").source.said_by.startswith("A neighbour")
    handed = hand_over(refer("234-567-89B"), by=people.mo)
    Visitor(people.olive).open(f"/referrals/{handed.ref}/accept/1/").see(warning)


def test_beside_every_line_that_officers_read_stands_not_to_write_who_referred(
    people: People,
) -> None:
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    for name in ("police_by", "police_why_not", "call_with", "social_worker", "passed_how", "why"):
        field = mo.page.xpath(f"//*[@name='{name}']")[0]
        hints = [mo.page.get_element_by_id(key) for key in field.get("aria-describedby").split()]
        said = " ".join(hint.text_content() for hint in hints)
        assert "Do not write who referred the child." in said, name


def errors_of(visitor: Visitor) -> list[str]:
    """Return what the summary of a page says is wrong, in its order."""
    links = visitor.page.xpath("//*[contains(@class, 'govuk-error-summary')]//li")
    return [" ".join(link.text_content().split()) for link in links]


def test_everything_that_a_decision_lacks_is_said_at_once(people: People) -> None:
    """What was left empty, what cannot be, and what contradicts what is known: in one round."""
    referral = refer(urgent_why="He was hit.")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    answers = {**CHECKED, "whereabouts": "no", "greater_risks": ["crime"], "serious": "yes"}
    call = {"call_with": "Pat Police", "call_time": "9am", **day("call_on", TODAY - 300 * DAY)}
    mo.send("Save the decision", **{**answers, **call, "decision": "no_action", "why": ""})
    first = in_words(timezone.localdate(referral.sent_at) - 14 * DAY)
    assert errors_of(mo) == [
        (
            "You say that a greater risk is likely: then something points to a risk. Select yes or "
            "that you are not sure, or say that none of them is likely"
        ),
        (
            f"Day of the call must be on or after {first}: the referral came on "
            f"{in_words(timezone.localdate(referral.sent_at))}"
        ),
        "Say why",
        (
            "You decide “No further action”, but the referral is urgent, the concern is serious, "
            "nobody knows where the child is and a greater risk is likely: say why that is right "
            "all the same"
        ),
    ]
    form = mo.fill_in("Save the decision").data
    assert (form["call_with"], form["call_time"]) == (["Pat Police"], ["9am"])
    assert (form["whereabouts"], form["greater_risks"]) == (["no"], ["crime"])
    mo.send("Save the decision", why="It is a game.", contradicts_why="", risk="yes")
    assert len(errors_of(mo)) == 3  # the day of the call, the police, and why all the same
    right = {"police": "not_reported", "police_why_not": "He is at home, says his aunt."}
    mo.send("Save the decision", **right, **day("call_on", TODAY), contradicts_why="Two saw him.")
    mo.see("Decided. Your reason is kept.")


def test_what_is_not_answered_yet_contradicts_nothing(people: People) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.send("Save the decision", decision="no_action", why="Nothing in it.")
    assert errors_of(mo) == [
        "Select whether anybody knows where the child is",
        "Select whether there is a risk",
        "Select whether the police know",
        "Select which of the risks are likely, or none",
        "Select whether it is serious",
        "Select whether there is a plan",
        "Select how grave it looks",
    ]


def test_what_is_red_by_the_same_form_contradicts_at_once(people: People) -> None:
    """The grade that is given with the decision counts before it is kept."""
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    mo.send("Save the decision", **{**CHECKED, "grade": "red"}, decision="no_action", why="")
    assert errors_of(mo)[-1].startswith("You decide “No further action”, but the grade is red")
    assert "Say why" in errors_of(mo)


def test_a_form_without_an_answer_that_somebody_decided_meanwhile_says_so(people: People) -> None:
    referral = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    decide(referral, Decision.ADVICE, by=people.max, only={1})
    mo.send("Save the decision", **CHECKED, children=["1"], decision="advice", why="")
    assert not HubDecision.objects.filter(by=people.mo).exists()
    assert errors_of(mo)


def test_that_nobody_knows_of_a_plan_can_be_said_and_stands_so(people: People) -> None:
    """Of a child whom nobody on record is like, a *no* would be a guess."""
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/").see("We do not know yet")
    mo.send("Save the decision", **{**CHECKED, "social": "not_known"}, decision="advice", why="x")
    mo.see("Serious No", "Plan, or looked after Not known when it was decided")
    assert HubDecision.objects.standing().get().has_social_worker is None
