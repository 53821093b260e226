"""A child taken by mistake waits again where they waited, with the clock as it was (P02, P15)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case, CaseReason, Note
from onroll.children.actions import ChildFacts
from onroll.clocks.models import Deadline
from onroll.referrals import actions, queries
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, EnquiryWords
from onroll.referrals.models import HomeEducationReport, HubDecision, Referral, ReferralStep
from onroll.rules.enquiry_log import EnquiryStage
from onroll.rules.refusal import Refused
from onroll.rules.school_reports import Concern
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import decide, hand_over, refer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = "I meant the one below it."
SAM = ChildFacts(forename="Sam", surname="Example", sex="M")


def clocks_of(decision: HubDecision) -> list[tuple[object, ...]]:
    rows = Deadline.objects.of(decision)
    return list(rows.values_list("clock", "starts_on", "due_on", "due_at", "met_on", "ended_on"))


def sent(people: People, way: Decision = Decision.ATTENDANCE) -> HubDecision:
    decide(refer(), way, by=people.mo)
    return HubDecision.objects.get()


def accepted(people: People, child: object = SAM) -> tuple[Referral, Case]:
    referral = hand_over(refer(), by=people.mo)
    entry = referral.children.get()
    case = actions.accept_child(
        entry=entry, child=child, because="He is on no roll.", by=people.olive, at=AT + HOUR
    )
    return referral, case


def take_back(people: People, referral: Referral) -> Referral:
    entry, at = referral.children.get(), AT + 2 * HOUR
    return actions.take_acceptance_back(entry=entry, why=WHY, by=people.olive, at=at)


def test_who_took_a_child_at_a_desk_by_mistake_gives_it_back(people: People) -> None:
    decision = sent(people)
    before = clocks_of(decision)
    cat = Visitor(people.cat).open(f"/sent-to-you/{decision.ref}/").send("I have this")
    cat.follow("Taken by mistake").send("Nobody here has this", why=" ")
    cat.see("Say why it was a mistake").send("Nobody here has this", why=WHY)
    cat.see("It waits at your desk again", "Nobody yet", "I have this")
    decision.refresh_from_db()
    assert (decision.receipt_name, decision.receipt_on, decision.receipt_by) == ("", None, None)
    assert clocks_of(decision) == before
    assert Referral.objects.get().stage == "sent_on"
    step = ReferralStep.objects.latest("pk")
    assert "Cat Cole has it, since" in step.what
    assert (step.why, step.by) == (WHY, people.cat)


def test_the_hub_reads_that_a_desk_took_a_child_by_mistake_and_no_more_that_it_has_them(
    people: People,
) -> None:
    """With the reason, on the page, on the list of news and on Today."""
    decision = sent(people)
    actions.take_sent(decision=decision, by=people.cat, at=AT + HOUR)
    taken, mistake = "Somebody has the child who was sent on", "Nobody has the child who was sent"
    news = Visitor(people.mo).open("/referrals/?list=news").see(taken)
    actions.take_receipt_back(decision=decision, why=WHY, by=people.cat, at=AT + 2 * HOUR)
    news.open("/referrals/?list=news").see(f"{mistake} on: that was a mistake: “{WHY}”")
    assert taken not in news.text
    [row] = queries.with_news(people.mo)
    page = news.follow(row.ref).see("New for you", mistake).send("I have read it")
    page.open("/referrals/?list=news").see("There is nothing new for you")
    actions.take_sent(decision=decision, by=people.cat, at=AT + 3 * HOUR)
    page.open("/referrals/?list=news").see(taken)


def test_what_the_hub_takes_back_itself_is_no_news_to_it(people: People) -> None:
    decision = sent(people)
    actions.take_sent(decision=decision, by=people.cat, at=AT + HOUR)
    actions.take_receipt_back(decision=decision, why=WHY, by=people.mo, at=AT + 2 * HOUR)
    assert not queries.with_news(people.mo).exists()


def test_who_referred_is_told_again_after_a_desk_took_the_child_by_mistake(people: People) -> None:
    """Their page said that another team has it, and says so once one does."""
    decision = sent(people, Decision.HOME_EDUCATION)
    referral = Referral.objects.get()
    told = referral.notifications.filter(audience="referrer").order_by("pk")
    actions.take_receipt_back(
        decision=taken_by(people.hal, decision), why=WHY, by=people.hal, at=AT + 2 * HOUR
    )
    assert told.last().happening == "untaken"
    taken_by(people.hal, decision, after=3 * HOUR)
    steps = list(told.values_list("happening", flat=True))
    assert steps[-3:] == ["passed", "untaken", "passed"]
    words = Visitor(people.mo).open(f"/referrals/{referral.ref}/").text
    assert words.count("Another team has it now Status page") == 2


def taken_by(user: User, decision: HubDecision, *, after: timedelta = HOUR) -> HubDecision:
    actions.take_sent(decision=decision, by=user, at=AT + after)
    return decision


def test_a_mistake_about_what_was_not_over_is_told_to_the_hub_alone(people: People) -> None:
    """Nobody has the sister yet."""
    two = (ChildWords(forename="Sam"), ChildWords(forename="Kim"))
    referral = decide(refer(children=two), Decision.ATTENDANCE, by=people.mo)
    decision = taken_by(people.cat, HubDecision.objects.earliest("pk"))
    actions.take_receipt_back(decision=decision, why=WHY, by=people.cat, at=AT + 2 * HOUR)
    rows = referral.notifications.filter(happening="untaken")
    assert [(row.audience, row.about) for row in rows] == [("hub", [1])]


def test_the_hub_takes_back_a_receipt_that_it_entered_by_mistake(people: People) -> None:
    decision = sent(people, Decision.EARLY_HELP)
    today = timezone.localdate()
    actions.enter_receipt(
        decision=decision, name="B. Brent", on=today, by=people.mo, at=timezone.localtime()
    )
    mo = Visitor(people.mo).open(f"/referrals/{Referral.objects.get().ref}/")
    mo.follow("Receipt entered by mistake").send("Take it back", why=WHY)
    mo.see("Nobody has this child now", "Enter who has it", WHY, "B. Brent has it, since")
    assert queries.on_its_way(people.mo).get() == decision


def test_a_receipt_stays_once_what_came_of_it_is_entered(people: People) -> None:
    decision = sent(people)
    actions.take_sent(decision=decision, by=people.cat, at=AT + HOUR)
    actions.enter_outcome(decision=decision, words="Back.", by=people.cat, at=AT + HOUR)
    cat = Visitor(people.cat).open(f"/sent-to-you/{decision.ref}/")
    cat.see("What came of it is entered, and that rests on the receipt")
    assert "Taken by mistake" not in cat.text
    with pytest.raises(Refused, match="rests on the receipt"):
        actions.take_receipt_back(decision=decision, why=WHY, by=people.cat, at=AT + 2 * HOUR)


def test_a_school_s_report_that_was_received_with_the_child_waits_too(people: People) -> None:
    decision = sent(people, Decision.HOME_EDUCATION)
    actions.pass_to_home_education(Referral.objects.get(), [Concern.HOME_EDUCATION], at=AT)
    actions.take_sent(decision=decision, by=people.hal, at=AT + HOUR)
    actions.take_receipt_back(decision=decision, why=WHY, by=people.hal, at=AT + 2 * HOUR)
    assert HomeEducationReport.objects.get().received_by is None
    actions.take_sent(decision=decision, by=people.hal, at=AT + 3 * HOUR)
    assert HomeEducationReport.objects.get().received_by == people.hal


def test_what_home_education_took_by_the_setting_is_opened_again_by_the_hub(
    people: People,
) -> None:
    report = HomeEducationReport.objects.create(
        referral=refer(), concerns=[Concern.HOME_EDUCATION.value], is_for_hub=False, at=AT
    )
    actions.receive_report(report=report, by=people.hal, at=AT + HOUR)
    decision = HubDecision.objects.get()
    with pytest.raises(Refused, match="it can open the child again"):
        actions.take_receipt_back(decision=decision, why=WHY, by=people.hal, at=AT + HOUR)


def test_an_acceptance_by_mistake_is_taken_back_and_the_child_waits_as_before(
    world: World, people: People
) -> None:
    referral = hand_over(refer(), by=people.mo)
    decision = HubDecision.objects.get()
    before = clocks_of(decision)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.send("Accept", child="new", sex="M", because="He is on no roll.")
    case = Case.objects.get()
    olive.open(f"/referrals/{referral.ref}/").follow("Accepted by mistake")
    olive.send("Take it back", why=" ").see("Say why it was a mistake")
    olive.send("Take it back", why=WHY).see("The child waits to be accepted again", WHY)
    olive.see(f"Accepted as case {case.ref}", "Accept this child", "By nobody yet")
    assert clocks_of(decision) == before
    assert [row.ref for row in queries.hand_overs(people.olive)] == [decision.ref]
    assert Referral.objects.get().stage == "handed_over"
    case.refresh_from_db()
    assert (case.is_open, case.outcome) == (False, "opened_in_error")
    assert not case.deadlines.running().exists()
    assert not CaseReason.objects.standing().exists()
    olive.open(f"/cases/{case.ref}/").see("Opened by mistake: the referral waits again", WHY)
    assert "waits again, proved" not in olive.text
    olive.see("No reason stands any more: the case is closed.", "Withdrawn: ", "Olive Obi, ")


def test_the_child_is_accepted_anew_and_gets_a_case_of_its_own(
    world: World, people: People
) -> None:
    """The right child on record, after a record was made or chosen by mistake."""
    referral, wrong = accepted(people)
    take_back(people, referral)
    right = world.child("Samuel", "Example")
    case = actions.accept_child(
        entry=referral.children.get(),
        child=right,
        because="He is on no roll.",
        by=people.olive,
        at=AT + 3 * HOUR,
    )
    assert (case.child, case.is_open) == (right, True)
    assert wrong.child != right
    take_back(people, referral)
    assert not Case.objects.open().exists()


def test_who_referred_is_not_told_that_the_work_is_over(world: World, people: People) -> None:
    referral, _ = accepted(people)
    take_back(people, referral)
    assert not referral.notifications.filter(happening="closed").exists()


def test_from_a_case_that_it_joined_the_child_parts(world: World, people: People) -> None:
    """It goes on for its own reasons; who got it with the acceptance no longer has it."""
    case = world.case()
    referral, same = accepted(people, case.child)
    assert same == case
    take_back(people, referral)
    case.refresh_from_db()
    assert case.is_open
    assert case.owner is None
    assert referral.children.get().case is None
    assert (
        not CaseReason.objects.standing()
        .filter(case=case, source__reference__startswith="referral")
        .exists()
    )


@pytest.mark.parametrize("work", ["note", "given", "closed", "again"])
def test_an_acceptance_stays_once_work_rests_on_it(world: World, people: People, work: str) -> None:
    referral, case = accepted(people)
    later = AT + timedelta(minutes=90)
    if work == "note":
        cases.add_note(case=case, text="Rang the aunt.", by=people.olive, at=later)
    elif work == "given":
        cases.assign_case(case=case, owner=people.max, by=people.max, at=later)
    elif work == "closed":
        Case.objects.update(
            stage="closed", outcome="over_age", closed_on=AT.date(), is_outcome_proved=True
        )
    else:
        actions.send_to_hub(
            case=case, ref="445-678-9AB", worry="x", urgent_why="", by=people.olive, at=later
        )
    words = {
        "note": "a note by Olive Obi",
        "given": "Assigned to",
        "closed": "is closed",
        "again": "sent to the hub",
    }[work]
    with pytest.raises(Refused, match=words):
        take_back(people, referral)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/mistake/")
    olive.see(words)
    assert "Why was it a mistake?" not in olive.text
    olive.open(f"/referrals/{referral.ref}/")
    assert not olive.page.xpath("//a[normalize-space()='Accepted by mistake']")
    if work != "closed":
        olive.see("Was it accepted by mistake? This cannot be taken back", words)


def test_the_hub_takes_no_acceptance_back(world: World, people: People) -> None:
    """Row 17: who accepts does."""
    referral, _ = accepted(people)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    assert "Accepted by mistake" not in mo.text
    assert mo.open(f"/referrals/{referral.ref}/accept/1/mistake/").status == 403


def test_a_child_who_joined_another_case_by_mistake_joins_the_right_one(
    world: World, people: People
) -> None:
    """After it was opened again: a second report of the same child is another one."""
    wrong, right = world.case(), world.case(child=world.child("Sam", "Example"))
    referral = decide(refer(), Decision.OPEN_CASE, by=people.mo, case=wrong)
    entry = referral.children.get()
    actions.open_again(entry=entry, why=WHY, by=people.mo, at=AT + HOUR)
    decide(referral, Decision.OPEN_CASE, by=people.mo, case=right, at=AT + 2 * HOUR)
    assert referral.children.get().case == right


def test_what_a_referral_gave_to_a_case_that_it_joined_by_mistake_is_taken_back_from_it(
    world: World, people: People
) -> None:
    """The referral is opened again, and decided otherwise: the case goes on as it was."""
    wrong = world.case()
    before = [reason.pk for reason in CaseReason.objects.standing().filter(case=wrong)]
    asked = (EnquiryWords(step="home_visit", on=AT.date(), outcome="Nobody opens."),)
    referral = decide(refer(enquiries=asked), Decision.OPEN_CASE, by=people.mo, case=wrong)
    assert CaseReason.objects.standing().filter(case=wrong).count() == len(before) + 1
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").follow("Open it again")
    mo.send("Open it again", why="Another family.")
    decide(referral, Decision.ADVICE, by=people.mo)
    standing = CaseReason.objects.standing().filter(case=wrong)
    assert [reason.pk for reason in standing] == before
    assert {row.stage for row in wrong.enquiries.all()} == {EnquiryStage.WITHDRAWN.value}
    wrong.refresh_from_db()
    assert wrong.is_open
    olive = Visitor(people.olive).open(f"/cases/{wrong.ref}/").follow("Chronology and notes")
    olive.see("Reason withdrawn", "Another family.", "names it no longer", referral.ref)


def test_who_has_a_case_reads_that_a_referral_left_it(world: World, people: People) -> None:
    """Nobody else is told, and it stays new to them wherever the referral went."""
    wrong, right = world.case(), world.case(child=world.child("Sam", "Example"))
    cases.assign_case(case=wrong, owner=people.olive, by=people.max, at=AT)
    cases.assign_case(case=right, owner=people.max, by=people.max, at=AT)
    referral = decide(refer(), Decision.OPEN_CASE, by=people.mo, case=wrong)
    entry = referral.children.get()
    actions.open_again(entry=entry, why=WHY, by=people.mo, at=AT + HOUR)
    decide(referral, Decision.OPEN_CASE, by=people.mo, case=right, at=AT + 2 * HOUR)
    olive = Visitor(people.olive).open("/referrals/?list=news")
    olive.see("It no longer belongs to the case that it joined").follow(referral.ref)
    olive.see("New for you", "It no longer belongs to the case").send("I have read it")
    olive.see("Marked as read.").open("/referrals/?list=news").see("There is nothing new for you")


@pytest.mark.parametrize("left", ["only", "closed"])
def test_the_hub_ends_no_case_by_opening_again_what_joined_it(
    world: World, people: People, left: str
) -> None:
    """Its only reason stays, and a closed case stays as it is; the note there says so."""
    case = world.case()
    referral = decide(refer(), Decision.OPEN_CASE, by=people.mo, case=case)
    if left == "closed":
        Case.objects.update(
            stage="closed", outcome="over_age", closed_on=AT.date(), is_outcome_proved=True
        )
        words = "The case is closed, so why the child was on the register"
    else:
        other = CaseReason.objects.filter(case=case).exclude(
            source__reference__startswith="referral"
        )
        other.update(withdrawn_at=AT, withdrawn_by=people.olive, withdrawn_why="Not so.")
        words = "still names it, since nothing else does"
    entry = referral.children.get()
    actions.open_again(entry=entry, why=WHY, by=people.mo, at=AT + HOUR)
    case.refresh_from_db()
    assert case.is_open is (left == "only")
    assert CaseReason.objects.standing().filter(case=case, source__reference__startswith="referral")
    assert words in Note.objects.get(case=case).text
