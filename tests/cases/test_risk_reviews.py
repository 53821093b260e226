"""The greater risks of a missing child are thought of again, at each review (P76, policy p.5)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from onroll.cases import actions
from onroll.cases.models import Case, RiskReview, Step
from onroll.clocks.tasks import raise_all
from onroll.rules import pathway
from onroll.rules.refusal import Incomplete, Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, Word
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db
FOUR_WEEKS = timedelta(weeks=4)
NOTHING = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
MO = Word("Mo", AT.date())
SAID_NO = dict.fromkeys(GREATER_RISKS, "no")


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give an open case that Olive works on, after its first night."""
    case = world.case(world.child())
    case = actions.assign_case(case=case, owner=people.olive, by=people.max, at=AT)
    raise_all(AT)
    return case


def form_day(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


def due(case: Case) -> list[object]:
    running = case.deadlines.running().filter(clock="risk_review")
    return list(running.values_list("due_on", flat=True))


def test_each_open_case_is_reviewed_after_four_weeks_and_again(case: Case, people: People) -> None:
    assert due(case) == [TODAY + FOUR_WEEKS]
    raise_all(AT + timedelta(days=1))
    assert due(case) == [TODAY + FOUR_WEEKS]
    later = AT + timedelta(days=20)
    actions.review_risks(case=case, answers=NOTHING, by=people.olive, at=later)
    assert due(case) == [later.date() + FOUR_WEEKS]
    met = case.deadlines.filter(clock="risk_review", met_on__isnull=False).get()
    assert met.met_on == later.date()


def test_a_case_that_was_open_before_is_not_late_on_the_day_reviews_begin(world: World) -> None:
    case = world.case(world.child())
    later = AT + timedelta(days=60)
    raise_all(later)
    assert due(case) == [later.date() + FOUR_WEEKS]


def test_a_closed_case_is_not_reviewed(case: Case, people: People) -> None:
    believed = {"outcome": "abroad_believed", "facts": facts("abroad_believed", on=TODAY)}
    actions.close_case(case=case, **believed, why="A ticket was seen.", by=people.max, at=AT)
    assert due(case) == []
    with pytest.raises(Refused, match="closed"):
        actions.review_risks(case=case, answers=NOTHING, by=people.olive, at=AT)


def test_a_review_asks_each_risk_and_who_was_told_of_what_was_found(
    case: Case, people: People
) -> None:
    """P76: what was found goes to whom it concerns."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("Nobody has reviewed them on this case yet.", "The next review is due on")
    olive.follow("Review the risks").see("Being illegally employed", "Being trafficked")
    olive.send("Save the review").see("Select whether there is a risk: being trafficked")
    found = {**SAID_NO, "illegal_employment": "not_sure", "crime": "yes"}
    olive.send("Save the review", **found).see("Say what is known of it")
    words = {
        "illegal_employment_not_sure": "Seen in a car wash at noon.",
        "crime_yes": "His brother was charged.",
    }
    olive.send("Save the review", **found, **words).see("Say who was told of what you found")
    assert not RiskReview.objects.exists()
    told = {"told": "Y. Just, youth justice", "work_told": "C. Work, child employment"}
    olive.send("Save the review", **found, **words, **told).see("Enter the day on which they were")
    days = {**form_day("told_on", TODAY), **form_day("work_told_on", TODAY)}
    olive.send("Save the review", **found, **words, **told, **days)
    olive.see("The review is kept.", "Thought of by Olive Obi", "Seen in a car wash at noon.")
    olive.see("Not sure", "His brother was charged.", "C. Work, child employment, 18 November 2026")
    olive.see("Y. Just, youth justice, 18 November 2026")
    assert "Physical harm" not in olive.text
    olive.open(f"/cases/{case.ref}/chronology/")
    olive.see("Reviewed: the greater risks of a missing child", "Becoming involved in crime: yes.")
    olive.see("Being illegally employed: not sure.", "Told: Y. Just, youth justice")
    assert "car wash" not in olive.text
    step = Step.objects.get(what__startswith="Reviewed")
    assert step.by == people.olive


def test_a_no_after_a_yes_asks_why_and_stands_with_the_answer_before(
    case: Case, people: People
) -> None:
    """P76: a grave finding does not leave a case without a word."""
    answers = {**NOTHING, "trafficking": (RiskAnswer.YES, "Moved twice by night.")}
    actions.review_risks(case=case, answers=answers, told=MO, by=people.olive, at=AT)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/risks/")
    olive.see("The answer of 18 November 2026 was “yes”.", "Why is the answer no now?")
    assert olive.text.count("Why is the answer no now?") == 1
    olive.send("Save the review", **SAID_NO)
    olive.see("Say why the answer is no now: being trafficked")
    assert RiskReview.objects.count() == 1
    why = "The police saw her with her aunt."
    olive.send("Save the review", **SAID_NO, trafficking_no=why)
    olive.see("The review is kept.", "No, before: yes", why)
    olive.open(f"/cases/{case.ref}/chronology/").see(
        f"Being trafficked: no. Before: yes. Why: {why}"
    )
    actions.add_member(case=case, user=people.cat, by=people.max, at=AT)
    cat = Visitor(people.cat).open(f"/cases/{case.ref}/chronology/").see("Reviewed: the greater")
    assert why not in cat.text
    assert "Before: yes" not in cat.text
    olive.open(f"/cases/{case.ref}/risks/")
    assert "Why is the answer no now?" not in olive.text
    actions.review_risks(case=case, answers=NOTHING, by=people.olive, at=AT + FOUR_WEEKS)


def test_a_no_after_a_doubt_is_refused_without_a_word(case: Case, people: People) -> None:
    answers = {**NOTHING, "crime": (RiskAnswer.NOT_SURE, "His brother was charged.")}
    actions.review_risks(case=case, answers=answers, told=MO, by=people.olive, at=AT)
    with pytest.raises(Incomplete) as refused:
        actions.review_risks(case=case, answers=NOTHING, by=people.olive, at=AT + FOUR_WEEKS)
    assert refused.value.errors.keys() == {"crime"}


def test_who_may_not_read_of_risk_sees_only_that_it_was_thought_of(
    case: Case, people: People
) -> None:
    """Access matrix, row 9."""
    answers = {**NOTHING, "crime": (RiskAnswer.YES, "His brother was charged.")}
    actions.review_risks(case=case, answers=answers, told=MO, by=people.olive, at=AT)
    actions.add_member(case=case, user=people.cat, by=people.max, at=AT)
    cat = Visitor(people.cat).open(f"/cases/{case.ref}/")
    cat.see("Thought of by Olive Obi", "Your role does not show what was found.")
    assert "His brother" not in cat.text
    assert "Review the risks" not in cat.text
    assert cat.open(f"/cases/{case.ref}/risks/").status == 403


def test_the_clock_is_answered_by_a_review_and_not_ticked_off(case: Case, people: People) -> None:
    clock = case.deadlines.get(clock="risk_review")
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/clock/{clock.pk}/")
    assert olive.address == f"/cases/{case.ref}/risks/"


def test_a_look_at_an_untraced_child_thinks_of_the_risks_as_well(
    case: Case, people: People
) -> None:
    for move in (pathway.START, pathway.GIVE_UP):
        case = actions.move_case(case=case, move=move, why="x", at=AT, by=people.olive)
    clock = case.deadlines.running().get(clock="untraced_review")
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/clock/{clock.pk}/review/")
    olive.see("Is it still so?", "Being trafficked")
    olive.send("Save", is_still_so="yes", why="Rang the aunt.", **SAID_NO)
    olive.see("The answer is kept.", "None of the seven was found.")
    clock.refresh_from_db()
    assert clock.met_on is not None
    assert RiskReview.objects.get().case == case


def test_the_database_keeps_no_review_that_leaves_a_risk_out(case: Case, people: People) -> None:
    answers = {code: {"answer": "no", "words": ""} for code in [*GREATER_RISKS][1:]}
    with pytest.raises(IntegrityError, match="risk_review_answers"), transaction.atomic():
        RiskReview.objects.create(case=case, answers=answers, at=AT, by=people.olive)
