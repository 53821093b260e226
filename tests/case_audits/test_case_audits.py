"""An audit of cases: its sample, its forms, what they ask for, its end and its report."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from onroll.accounts.models import User
from onroll.case_audits import actions, queries
from onroll.case_audits.actions import FormFacts, SampleFacts
from onroll.case_audits.forms import GradeForm, StartForm
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.case_audits.printed import report_of
from onroll.cases import queries as casework
from onroll.cases.actions import ActionFacts
from onroll.cases.models import ActionPoint, Case
from onroll.cases.queries import events_of
from onroll.clocks.models import Deadline
from onroll.rules.case_audits import QUESTIONS, Answer, Grade, Pool, sample
from onroll.rules.refusal import Changed, Refused
from tests.cases import world as worlds
from tests.cases.world import AT, TODAY, World
from tests.people import People

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=20)
FACTS = SampleFacts(Pool.OPEN.value, 2, 2026)
MET = dict.fromkeys(QUESTIONS, Answer.MET.value)
FORM = FormFacts(
    answers={**MET, "plan": Answer.NOT_MET.value, "family": Answer.NOT_ASKED.value},
    remarks={"plan": "There is no day for Rowan."},
    grade=Grade.IMPROVE.value,
    good="The first visit.",
)
ACTION = ActionFacts("Agree on a day", "Olive Obi", TODAY + 7 * DAY)


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


@pytest.fixture
def cases(world: World, people: People) -> list[Case]:
    """Four cases: three of Olive, one of Max."""
    return [
        _case(world, f"H80120000{n}001", people.max if n == 4 else people.olive)
        for n in range(1, 5)
    ]


def _case(world: World, upn: str, owner: User) -> Case:
    child = world.child("Rowan", f"Merlinton{upn[-4]}", upn=upn)
    world.at_school(child)
    world.left(child)
    return world.case(child, owner=owner)


@pytest.fixture
def audit(cases: list[Case], people: People) -> CaseAudit:
    return actions.start_audit(facts=FACTS, by=people.max, at=AT)


@pytest.fixture
def row(audit: CaseAudit) -> SampleCase:
    return SampleCase.objects.get(audit=audit, place=1)


def grade(row: SampleCase, people: People) -> ActionPoint:
    actions.grade_case(sample=row, form=FORM, action=ACTION, by=people.max, at=AT)
    return ActionPoint.objects.get(case=row.case)


def test_the_seed_draws_the_sample_from_what_the_auditor_does_not_own(
    cases: list[Case], audit: CaseAudit
) -> None:
    choice = sorted(case.ref for case in cases[:3])
    assert audit.references == choice
    refs = [row.case.ref for row in SampleCase.objects.filter(audit=audit)]
    assert refs == sample(choice, 2, 2026) == audit.drawn


def test_an_audit_is_started_once(audit: CaseAudit, people: People) -> None:
    with pytest.raises(Refused, match="started this audit minutes ago"):
        actions.start_audit(facts=FACTS, by=people.max, at=AT)
    again = actions.start_audit(facts=FACTS, by=people.max, at=AT + MINUTES)
    assert again.drawn == audit.drawn


@pytest.mark.parametrize("pool", [Pool.CLOSED, Pool.BOTH])
def test_closed_cases_come_for_as_many_days_as_asked_for(
    pool: Pool, cases: list[Case], people: People
) -> None:
    for case, days in zip(cases[:2], (30, 31), strict=True):
        Case.objects.filter(pk=case.pk).update(
            opened_on=TODAY - 60 * DAY,
            closed_on=TODAY - days * DAY,
            stage="closed",
            outcome="school_confirmed",
            is_outcome_proved=True,
        )
    facts = SampleFacts(pool.value, 30, 1, closed_days=30)
    audit = actions.start_audit(facts=facts, by=people.max, at=AT)
    refs = {cases[0].ref} if pool is Pool.CLOSED else {cases[0].ref, cases[2].ref}
    assert set(audit.references) == refs


def test_there_is_no_audit_of_nothing(world: World, people: People) -> None:
    with pytest.raises(Refused, match="no such case that you may see and do not own"):
        actions.start_audit(facts=FACTS, by=people.max, at=AT)


def test_who_came_to_own_a_case_does_not_grade_it(row: SampleCase, people: People) -> None:
    Case.objects.filter(pk=row.case_id).update(owner=people.max)
    with pytest.raises(Refused, match="You own this case"):
        grade(row, people)
    actions.leave_out(sample=row, why="It is mine now.", by=people.max, at=AT)
    row.refresh_from_db()
    assert not row.is_waiting


def test_a_form_comes_once(row: SampleCase, people: People) -> None:
    grade(row, people)
    with pytest.raises(Changed, match="filled in this form meanwhile: Requires improvement"):
        grade(row, people)
    with pytest.raises(Changed, match="filled in this form meanwhile"):
        actions.leave_out(sample=row, why="?", by=people.max, at=AT)


def test_what_an_audit_asks_for_is_an_action_point_with_a_clock_of_its_own(
    row: SampleCase, people: People
) -> None:
    action = grade(row, people)
    clock = Deadline.objects.of(action).running().get()
    assert (clock.clock, clock.due_on) == ("audit_action", TODAY + 7 * DAY)
    assert action.origin_name == f"Case audit {row.audit.ref}"


@pytest.mark.parametrize("days", [-1, 29])
def test_an_action_is_for_a_day_to_come_and_not_for_ever(
    days: int, row: SampleCase, people: People
) -> None:
    late = ActionFacts("Look", "Olive Obi", TODAY + days * DAY)
    with pytest.raises(Refused, match="By when: it must be between today and"):
        actions.grade_case(sample=row, form=FORM, action=late, by=people.max, at=AT)
    row.refresh_from_db()
    assert row.is_waiting


def test_the_same_action_is_asked_for_once_and_after_the_form(
    row: SampleCase, people: People
) -> None:
    with pytest.raises(Refused, match="Fill in the form first"):
        actions.ask_for(sample=row, action=ACTION, by=people.max, at=AT)
    grade(row, people)
    with pytest.raises(Refused, match="written down minutes ago"):
        actions.ask_for(sample=row, action=ACTION, by=people.max, at=AT + DAY / 200)
    other = ActionFacts("Ring the school", "Olive Obi", TODAY + DAY)
    assert actions.ask_for(sample=row, action=other, by=people.max, at=AT).is_open


def test_an_audit_ends_when_each_case_has_its_form_or_was_left_out(
    audit: CaseAudit, row: SampleCase, people: People
) -> None:
    grade(row, people)
    with pytest.raises(Refused, match="1 case has no form yet"):
        actions.end_audit(audit=audit, by=people.max, at=AT)
    second = SampleCase.objects.get(audit=audit, place=2)
    actions.leave_out(sample=second, why="It moved away.", by=people.max, at=AT)
    with pytest.raises(Changed, match="left it out meanwhile: It moved away"):
        grade(second, people)
    actions.end_audit(audit=audit, by=people.max, at=AT)
    with pytest.raises(Changed, match="This audit has ended"):
        actions.ask_for(sample=row, action=ACTION, by=people.max, at=AT + DAY)


def test_the_report_has_figures_and_references_and_names_no_child(
    audit: CaseAudit, row: SampleCase, people: People
) -> None:
    grade(row, people)
    figures = queries.figures_of(audit)
    assert dict(figures.grades)["Requires improvement"] == 1
    shares = {title: share for title, _, share in figures.questions}
    assert shares[QUESTIONS["plan"].title] == "0 %"
    assert shares[QUESTIONS["family"].title] == "–"
    cases = queries.cases_of(audit, people.max, on=TODAY)
    reader = PdfReader(BytesIO(report_of(audit, cases, made_at=AT)))
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in (audit.ref, "2026", row.case.ref, "Requires improvement", "There is no day"):
        assert words in text
    for name in ("Rowan", "Merlinton"):
        assert name not in text


def test_the_chronology_tells_the_owner_of_their_case_and_of_no_other(
    cases: list[Case], row: SampleCase, people: People
) -> None:
    grade(row, people)
    (graded,) = events_of([queries], row.case, people.olive)
    asked = events_of([casework], row.case, people.olive)[-1]
    audit = row.audit.ref
    assert graded.words == (
        f"Case audit {audit}: Requires improvement; 1 of 9 partly met or not met"
    )
    assert "The plan for the next step: There is no day for Rowan." in graded.why
    assert asked.words == f"Asked for by case audit {audit}: Agree on a day"
    other = next(case for case in cases if case != row.case)
    assert events_of([queries], other, people.olive) == []
    assert events_of([queries], row.case, people.cat) == []


def test_what_is_not_wholly_met_needs_a_remark() -> None:
    typed = {**MET, "grade": Grade.GOOD.value, "is_asked": "no"}
    assert GradeForm(typed).is_valid()
    form = GradeForm({**typed, "plan": Answer.PARTLY.value})
    assert form.errors == {"plan_remark": ["Say what is missing: The plan for the next step"]}
    assert set(GradeForm({}).errors) == {*QUESTIONS, "grade", "is_asked"}


def test_of_closed_cases_the_days_are_asked_for() -> None:
    typed = {"pool": Pool.BOTH.value, "number": "6", "seed": "5"}
    assert set(StartForm(typed).errors) == {"closed_days"}
    assert set(StartForm({**typed, "closed_days": "0"}).errors) == {"closed_days"}
    form = StartForm({**typed, "closed_days": "90"})
    assert form.is_valid()
    assert form.facts.closed_days == 90
    form = StartForm({**typed, "closed_days": "90", "pool": Pool.OPEN.value})
    assert form.is_valid()
    assert form.facts.closed_days is None


def test_an_officer_sees_no_audit(audit: CaseAudit, people: People, client: Client) -> None:
    client.force_login(people.olive)
    assert client.get(f"/case-audits/{audit.ref}/").status_code in {403, 404}
    client.force_login(people.max)
    page = client.get(f"/case-audits/{audit.ref}/").content.decode()
    assert ("2026" in page, "Rowan Merlinton" in page) == (True, True)
    listed = client.get(f"/case-audits/{audit.ref}/references/").content.decode().split()
    assert sample(listed, 2, audit.seed) == audit.drawn
