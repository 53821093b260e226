"""Enquiries planned, asked, chased, answered and left out; what follows from each (P12, P31)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts
from onroll.clocks.actions import raise_due
from onroll.clocks.models import Ended
from onroll.enquiries import actions, queries
from onroll.enquiries.actions import EntryFacts, ToldEnquiry
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import Act, EnquiryStage, Lead, Result
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from tests.cases.world import AT, TODAY, World
from tests.documents.made import photo
from tests.duplicates.pairs import merge, undo
from tests.migrations import undone
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db
ASKED = EntryFacts(on=TODAY, name="Hope Housing, homes team", method="telephone")
ANSWER = EntryFacts(
    on=TODAY, method="email", words="They moved out in October.", result=Result.NOTHING_KNOWN
)
DAY = timedelta(days=1)
BEFORE = [("enquiries", "0002_a_file_for_several")]


def ask(case: Case, people: People, step: str = "housing", **more: object) -> Enquiry:
    (enquiry,) = actions.record_enquiry(
        on_cases=[case],
        step=step,
        entries={Act.ASK: replace(ASKED, **more)},
        by=people.olive,
        at=AT,
    )
    return enquiry


def answer(enquiry: Enquiry, people: People, **more: object) -> None:
    said = replace(ANSWER, **more)
    actions.add_entry(enquiry=enquiry, act=Act.ANSWER, facts=said, by=people.olive, at=AT)


def test_who_was_asked_is_chased_on_the_policy_s_day_and_then_no_more(case, people) -> None:
    """P31: five school days from Wednesday 18 November."""
    enquiry = ask(case, people)
    clock = enquiry.deadlines.running().get()
    assert clock.due_on == date(2026, 11, 25)
    answer(enquiry, people)
    enquiry.refresh_from_db()
    assert enquiry.stage == EnquiryStage.ANSWERED
    assert not enquiry.deadlines.running().exists()


def test_a_chase_sets_the_next_day_also_on_the_day_they_were_asked(case, people) -> None:
    enquiry = ask(case, people)
    for days in (2, 3):
        said = replace(ASKED, words="No answer.", chase_on=TODAY + days * DAY)
        actions.add_entry(enquiry=enquiry, act=Act.CHASE, facts=said, by=people.olive, at=AT)
        assert enquiry.deadlines.running().get().due_on == TODAY + days * DAY


def test_the_first_enquiry_of_the_authority_meets_its_clock_and_a_school_s_does_not(
    case, world, people
) -> None:
    first = case.deadlines.filter(clock="first_enquiries_5")
    actions.record_enquiry(
        on_cases=[case],
        step="all_contacts",
        entries={Act.ANSWER: ANSWER},
        by_school=world.st_anns,
        by=people.sam,
        at=AT,
    )
    assert first.running().exists()
    ask(case, people)
    assert first.get().met_on == TODAY


@pytest.mark.parametrize(
    ("lead", "step"),
    [
        (Lead.ADDRESS, "home_visit"),
        (Lead.SCHOOL, "next_authority"),
        (Lead.SIGHTING, "police"),
        (Lead.UNSORTED, ""),
    ],
)
def test_a_lead_puts_the_next_step_on_the_list_once(case, people, lead: Lead, step: str) -> None:
    """Nobody has to ask for it."""
    for agency in ("housing", "council_tax"):
        answer(ask(case, people, agency), people, result=Result.LEAD, lead=lead)
    planned = case.enquiries.filter(stage=EnquiryStage.PLANNED.value)
    assert [row.step for row in planned] == ([step] if step else [])
    assert all("A lead of enquiry" in row.why and row.by is None for row in planned)


def test_an_answer_that_says_where_the_child_is_reaches_the_case_at_once(case, people) -> None:
    answer(ask(case, people), people, result=Result.LOCATED)
    case.refresh_from_db()
    assert case.is_whereabouts_known
    assert "They moved out in October." in case.steps.first().why


def test_brothers_and_sisters_are_asked_for_together_and_answered_together(
    case, world, people
) -> None:
    sister = world.case(world.child("Wren", "Merlinton"), owner=people.olive)
    first, second = actions.record_enquiry(
        on_cases=[case, sister],
        step="housing",
        entries={Act.ASK: ASKED},
        by=people.olive,
        at=AT,
    )
    answer(second, people)
    for enquiry in (first, second):
        enquiry.refresh_from_db()
        assert enquiry.stage == EnquiryStage.ANSWERED
        assert enquiry.entries.count() == 2
    assert {first.case, second.case} == {case, sister}


def test_what_is_planned_and_left_out_stands_there_once_with_the_reason(case, people) -> None:
    steps = [step.code for step in queries.steps_to_plan(case)]
    assert {"admissions", "housing"} <= set(steps)
    for _ in range(2):
        actions.plan_enquiries(
            case=case,
            steps=steps[1:],
            left_out=steps[:1],
            left_out_why="There are no records.",
            by=people.olive,
            at=AT,
        )
    assert case.enquiries.count() == len(steps)
    assert queries.steps_to_plan(case) == []
    left = case.enquiries.get(stage=EnquiryStage.LEFT_OUT.value)
    assert left.entries.get().words == "There are no records."


def test_what_is_not_open_any_more_is_refused_and_nothing_is_kept(case, people) -> None:
    enquiry = ask(case, people)
    with pytest.raises(Refused, match="stands at “Asked” now"):
        actions.add_entry(enquiry=enquiry, act=Act.ASK, facts=ASKED, by=people.olive, at=AT)
    assert enquiry.entries.count() == 1


def test_a_second_answer_is_kept_beside_the_first(case, people) -> None:
    enquiry = ask(case, people)
    answer(enquiry, people)
    answer(enquiry, people, words="They are in Leeds.", result=Result.LEAD, lead=Lead.ADDRESS)
    assert [entry.words for entry in enquiry.entries.all()][1:] == [
        "They moved out in October.",
        "They are in Leeds.",
    ]


def test_a_closed_case_takes_no_enquiry_and_its_clocks_end_in_the_night(
    case, world, people
) -> None:
    enquiry = ask(case, people)
    cases.close_case(
        case=case,
        outcome="reported_in_error",
        facts=facts("reported_in_error", on=TODAY),
        why="It was another child.",
        by=people.max,
        at=AT,
    )
    with pytest.raises(Refused, match=f"Case {case.ref} is closed"):
        answer(enquiry, people)
    raise_due(on=TODAY, at=AT)
    assert enquiry.deadlines.get().ended_why == Ended.CASE_CLOSED


def test_what_a_referral_says_was_tried_stands_on_the_list_once_and_unsorted(
    case, world, people
) -> None:
    told = ToldEnquiry(
        step="home_visit", step_words="", facts=EntryFacts(on=TODAY, words="Nobody opened.")
    )
    for _ in range(2):
        actions.take_over(
            case=case, referral="AAA-BBB-CCC", enquiries=[told], school=world.st_anns, at=AT
        )
    enquiry = case.enquiries.get()
    assert (enquiry.by_school, enquiry.referral, enquiry.by) == (world.st_anns, "AAA-BBB-CCC", None)
    assert enquiry.entries.get().result_title == "As told in the referral"
    assert not enquiry.deadlines.exists()


def test_only_who_lives_at_the_very_address_is_offered_and_never_a_protected_child(
    world: World, people: People
) -> None:
    home = AddressFacts(lines=("1 Made-up Road",), town="Harrow", postcode="HA1 1AA")
    other = AddressFacts(lines=("2 Made-up Road",), town="Harrow", postcode="HA1 1AA")
    one, two, far, hidden = (
        world.case(
            world.child(name, "Merlinton", addresses=[at], is_protected=name == "Ivy"),
            owner=people.olive,
        )
        for name, at in (("Rowan", home), ("Wren", home), ("Lark", other), ("Ivy", home))
    )
    assert queries.cases_of_the_home(one, people.olive, on=TODAY) == [two]
    assert queries.cases_of_the_home(far, people.olive, on=TODAY) == []
    assert queries.cases_of_the_home(hidden, people.olive, on=TODAY) == []
    cases.assign_case(case=two, owner=people.max, by=people.max, at=AT)
    assert queries.cases_of_the_home(one, people.olive, on=TODAY) == []
    cases.add_member(case=two, user=people.olive, by=people.max, at=AT)
    assert queries.cases_of_the_home(one, people.olive, on=TODAY) == [two]


def test_two_records_of_one_child_have_one_list_and_part_again_with_their_own(
    world: World, people: People
) -> None:
    """What waits on the case that a merge closes goes on the open one, and back."""
    first, later = (world.case(world.child(name, "Merlinton")) for name in ("Rowan", "Roan"))
    enquiry = ask(later, people)
    done = merge(first.child, later.child, people)
    enquiry.refresh_from_db()
    assert enquiry.case == first
    assert {entry.case for entry in enquiry.entries.all()} == {first}
    undo(done, people)
    enquiry.refresh_from_db()
    assert enquiry.case == later


def test_what_a_referral_told_of_is_withdrawn_where_it_came_by_mistake(case, people) -> None:
    """It stays to read, and comes again where the referral comes again."""
    told = ToldEnquiry(step="staff", step_words="", facts=EntryFacts(on=TODAY, words="A cousin."))
    for _ in range(2):
        actions.take_over(case=case, referral="AAA-BBB-CCC", enquiries=[told], school=None, at=AT)
        actions.withdraw_told(
            case=case, referral="AAA-BBB-CCC", why="Another child.", by=people.olive, at=AT
        )
    assert {row.stage for row in case.enquiries.all()} == {EnquiryStage.WITHDRAWN.value}
    assert case.enquiries.count() == 2
    assert [entry.words for entry in case.enquiries.first().entries.all()] == [
        "A cousin.",
        "Another child.",
    ]


def test_only_the_very_same_is_refused_as_sent_twice(case, people) -> None:
    """ADR 0015: what differs in anything was done again."""

    def plan(step: str) -> None:
        actions.record_enquiry(on_cases=[case], step=step, entries={}, by=people.olive, at=AT)

    plan("housing")
    with pytest.raises(Refused, match="You recorded exactly this at 09:00"):
        plan("housing")
    plan("police")
    later = ask(case, people, "council_tax")
    with pytest.raises(Refused, match=f"as {later.ref}"):
        ask(case, people, "council_tax")
    plan("council_tax")
    for number, more in enumerate(
        (
            {"evidence": "A letter."},
            {"contact": "020 7946 0000"},
            {"time": "9am"},
            {"by": "Team"},
            {"chase_on": TODAY + 3 * DAY},
            {"file": ("letter.png", photo("PNG"))},
        )
    ):
        ask(case, people, "council_tax", **more)
        assert case.enquiries.filter(step="council_tax").count() == number + 3
    with pytest.raises(Refused, match="exactly this"):
        ask(case, people, "council_tax", file=("letter.png", photo("PNG")))


def test_a_chase_that_was_sent_again_is_kept_once_and_one_a_while_later_is_another(
    case, people
) -> None:
    enquiry = ask(case, people)
    said = replace(ASKED, words="No answer.")

    def chase(at: datetime, **more: object) -> None:
        actions.add_entry(
            enquiry=enquiry, act=Act.CHASE, facts=replace(said, **more), by=people.olive, at=at
        )

    chase(AT)
    with pytest.raises(Refused, match="exactly this"):
        chase(AT + timedelta(minutes=14))
    chase(AT, chase_on=TODAY + 2 * DAY)
    chase(AT + timedelta(minutes=16), chase_on=TODAY + 2 * DAY)
    assert enquiry.entries.count() == 4


@pytest.mark.django_db(transaction=True)
def test_which_school_asks_and_which_is_asked_goes_back_and_comes_again(
    owner_url: str, transactional_db: None, world: World, people: People
) -> None:
    """`enquiries.0003`, on rows that are there."""
    child = world.child("Rowan", "Merlinton")
    world.at_school(child)
    case = world.case(child, owner=people.olive)
    sides: tuple[dict[str, School], ...] = (
        {"asked_school": world.st_anns},
        {"by_school": world.st_anns},
        {},
    )
    for step, side in zip(("friends", "staff", "police"), sides, strict=True):
        actions.record_enquiry(
            on_cases=[case], step=step, entries={Act.ASK: ASKED}, by=people.olive, at=AT, **side
        )
    columns = ("step", "asked_school", "by_school")
    before = list(Enquiry.objects.values_list(*columns))
    with undone(owner_url, BEFORE), connection.cursor() as cursor:
        cursor.execute("SELECT step, school_id, is_by_school FROM enquiries_enquiry ORDER BY id")
        old = cursor.fetchall()
    at = world.st_anns.pk
    assert old == [("friends", at, False), ("staff", at, True), ("police", None, False)]
    assert list(Enquiry.objects.values_list(*columns)) == before
