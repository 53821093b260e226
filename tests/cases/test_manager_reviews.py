"""The manager's timed review of a case, by its level of risk (policy p.18, P07, P38, P76)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onroll.cases import actions
from onroll.cases.models import Case, CaseReview, RiskReview
from onroll.clocks.models import Deadline
from onroll.clocks.tasks import raise_all
from onroll.rules.refusal import Incomplete, Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.risk_level import LEVEL_TITLES, RiskLevel
from onroll.rules.triage import GREATER_RISKS
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HIGH, MEDIUM, LOW = LEVEL_TITLES
WORDS = {
    "whereabouts": "At an aunt's in Luton, says the mother.",
    "done": "Luton was asked; nobody has been to the house.",
    "decisions": "Olive visits on Friday.",
}
NOTHING = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))


def findings(level: RiskLevel = LOW, **more) -> actions.Findings:
    told = {"level_why": "", "next_on": TODAY + 7 * DAY, "answers": NOTHING, "words": WORDS}
    return actions.Findings(level=level, **{**told, **more})


def running(case: Case) -> Deadline:
    """Return the clock of the manager's review that runs on a case; there is one."""
    review = case.manager_reviews.get(at__isnull=True)
    return review.deadlines.running().get()


def days_after(clock: Deadline) -> int:
    return (clock.due_on - clock.starts_on).days


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give an open case of high risk that Olive works on, after its first night."""
    case = world.case(world.child(flags=("child_protection",)), owner=people.olive)
    raise_all(AT)
    return case


def test_a_case_waits_for_its_manager_by_its_level(world: World, case: Case) -> None:
    medium = world.case(world.child("Ann", flags=("young_carer",)))
    low = world.case(world.child("Ben"))
    raise_all(AT)
    assert running(case).due_on == date(2026, 12, 2)  # ten working days
    assert running(medium).due_on == date(2026, 12, 16)  # twenty
    assert running(low).due_on > running(medium).due_on  # thirty school days
    assert raise_all(AT)["casereview"] == 0


def test_the_day_follows_the_level_and_a_closed_case_waits_for_nobody(
    case: Case, people: People
) -> None:
    actions.set_risk_level(case=case, level=MEDIUM, why="She is home.", by=people.olive, at=AT)
    raise_all(AT)
    assert running(case).clock == "manager_review_medium"
    assert running(case).due_on == date(2026, 12, 16)
    actions.close_case(
        case=case,
        outcome="abroad_believed",
        facts=facts("abroad_believed", on=TODAY),
        why="A ticket was seen.",
        by=people.max,
        at=AT,
    )
    raise_all(AT)
    assert not case.manager_reviews.get().deadlines.running().exists()
    actions.reopen_case(case=case, why="Seen here.", by=people.max, at=AT)
    raise_all(AT)
    assert running(case).due_on >= TODAY


def test_what_became_grave_today_is_not_late_today(world: World, people: People) -> None:
    case = world.case(owner=people.olive)
    raise_all(AT)
    later = AT + 25 * DAY
    actions.set_risk_level(case=case, level=HIGH, why="The police rang.", by=people.olive, at=later)
    raise_all(later)
    assert running(case).due_on == later.date()


def test_a_review_is_held_whole_or_not_at_all(case: Case, people: People) -> None:
    with pytest.raises(Refused, match="Only a manager"):
        actions.hold_review(case=case, findings=findings(HIGH), by=people.olive, at=AT)
    bare = findings(LOW, words={}, next_on=None, answers={**NOTHING, "crime": (RiskAnswer.YES, "")})
    with pytest.raises(Incomplete):
        actions.hold_review(case=case, findings=bare, by=people.max, at=AT)
    with pytest.raises(Incomplete) as refusal:
        actions.hold_review(case=case, findings=findings(LOW, words={}), by=people.max, at=AT)
    assert {"whereabouts", "done", "decisions", "level_why"} <= set(refusal.value.errors)
    late = findings(HIGH, next_on=TODAY + 60 * DAY)
    with pytest.raises(Incomplete, match="waits no longer"):
        actions.hold_review(case=case, findings=late, by=people.max, at=AT)
    assert not CaseReview.objects.finished().exists()
    assert not RiskReview.objects.exists()
    with pytest.raises(IntegrityError, match="held_whole"), transaction.atomic():
        CaseReview.objects.filter(case=case).update(at=AT, by=people.max)


def test_a_review_meets_its_clock_and_starts_the_next(case: Case, people: People) -> None:
    first = running(case)
    review = actions.hold_review(case=case, findings=findings(HIGH), by=people.max, at=AT + DAY)
    first.refresh_from_db()
    assert first.met_on == TODAY + DAY
    assert running(case).due_on == TODAY + 7 * DAY
    assert review.risks is not None
    raise_all(AT + DAY)
    assert running(case).due_on == TODAY + 7 * DAY


def test_the_manager_may_set_the_level_with_a_reason(case: Case, people: People) -> None:
    set_low = findings(LOW, level_why="The plan ended today.")
    actions.hold_review(case=case, findings=set_low, by=people.max, at=AT + DAY)
    assert case.risk_choices.get().level == "low"
    raise_all(AT + DAY)
    assert running(case).clock == "manager_review_low"


def test_the_page_shows_what_happened_and_ends_with_decisions(case: Case, people: People) -> None:
    actions.add_note(case=case, text="Rang the aunt.", by=people.olive, at=AT)
    Deadline.objects.filter(pk=running(case).pk).update(
        starts_on=TODAY - 20 * DAY, due_on=TODAY - DAY
    )
    manager = Visitor(people.max).open("/today/")
    manager.see("Manager's review of a case of high risk", case.ref)
    manager.open("/cases/?review=due").see("1 case", "Manager’s review: Due")
    manager.open(f"/cases/{case.ref}/").follow("Review the case")
    manager.see("Rang the aunt.", "Child protection plan or concern: high", "Being trafficked")
    manager.send("Save the review").see("Say what is known of where the child is")
    answers = {**dict.fromkeys(GREATER_RISKS, "no"), "illegal_employment": "yes"}
    answers |= {"illegal_employment_yes": "Seen in a car wash."}
    next_on = timezone.localdate() + 7 * DAY
    answers |= {"next_on_day": str(next_on.day), "next_on_month": str(next_on.month)}
    answers |= {"next_on_year": str(next_on.year), "level": "high", **WORDS}
    manager.send("Save the review", **answers).see("Say who in child employment was told")
    told = {"work_told": "C. Marsh", "work_told_on_day": str(TODAY.day)}
    told |= {"work_told_on_month": str(TODAY.month), "work_told_on_year": str(TODAY.year)}
    manager.send("Save the review", **answers, **told).see("The review is kept.")
    manager.see("Reviewed by Max Marsh", "Olive visits on Friday.", "C. Marsh")
    manager.open(f"/cases/{case.ref}/chronology/").see("The manager reviewed the case")
    manager.see("Olive visits on Friday.")
    assert "car wash" not in manager.text
    assert case.ref not in manager.open("/cases/?review=due").text


def test_who_is_no_manager_reviews_nothing(case: Case, people: People) -> None:
    """Access matrix, row 39."""
    for user in (people.olive, people.mo, people.dee, people.cat):
        assert Visitor(user).open(f"/cases/{case.ref}/manager-review/").status in (403, 404)
        assert Visitor(user).open("/manager/").status == 403
