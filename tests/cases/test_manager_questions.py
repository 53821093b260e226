"""An officer asks the manager about a case; the answer stands on the record (policy p.15, p.18)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onroll.accounts.actions import add_person, set_cover
from onroll.accounts.roles import Role
from onroll.cases import actions
from onroll.cases.models import Case, ManagerQuestion
from onroll.rules.refusal import Refused
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ASKED = "May I ring the father, who is abroad?"
DECISION = "Yes, with Mo on the line."


@pytest.fixture
def case(world: World, people: People) -> Case:
    return world.case(owner=people.olive)


def asked(case: Case, people: People) -> ManagerQuestion:
    return actions.ask_manager(case=case, text=ASKED, by=people.olive, at=AT)


def test_asked_from_the_case_answered_from_today_and_read(case: Case, people: People) -> None:
    """P38: from the case to the manager and back, on the record."""
    olive, manager = Visitor(people.olive), Visitor(people.max)
    olive.open(f"/cases/{case.ref}/").follow("Ask the manager")
    olive.send("Ask the manager").see("Say what you ask")
    olive.send("Ask the manager", text=ASKED).see("It is asked.", "Waits for the manager", ASKED)
    manager.open("/today/").see("An officer asks the manager", case.ref, "Waits for your answer")
    manager.see("case with a question to the manager")
    manager.open("/cases/?question=waits&stage=all").see("1 case")
    manager.open("/today/").follow(f"Answer: {case.ref}").see(ASKED)
    manager.send("Answer", decision=DECISION).see("Say why")
    manager.send("Answer", decision=DECISION, why="He has a right to know.")
    manager.see("The answer is kept.", DECISION)
    assert "An officer asks the manager" not in manager.open("/today/").text
    olive.open("/today/").see("The manager has answered", "Something has arrived")
    olive.open(f"/cases/{case.ref}/").see(DECISION, "He has a right to know.")
    olive.send("I have read this answer").see("Read by Olive Obi")
    assert "The manager has answered" not in olive.open("/today/").text
    olive.open(f"/cases/{case.ref}/chronology/")
    olive.see("Asked the manager", "The manager answered", ASKED, DECISION)


def test_who_covers_reads_the_answer_and_every_manager_sees_the_question(
    case: Case, people: People
) -> None:
    lena = add_person(email="lena@council.test", name="Lena Lord", role=Role.LOC, by=None, at=AT)
    more = add_person(email="mae@council.test", name="Mae More", role=Role.MGR, by=None, at=AT)
    question = asked(case, people)
    Visitor(more).open("/today/").see("An officer asks the manager")
    set_cover(
        absent=people.olive,
        colleague=lena,
        from_on=timezone.localdate(),
        until_on=timezone.localdate() + 9 * DAY,
        by=people.max,
        at=timezone.localtime(),
        last=0,
    )
    actions.answer_question(question=question, decision=DECISION, why="So.", by=more, at=AT + DAY)
    Visitor(lena).open("/today/").see("The manager has answered")
    Visitor(people.olive).open("/today/").see("The manager has answered")


def test_a_question_waits_when_the_case_closes_or_goes_to_somebody_else(
    case: Case, people: People
) -> None:
    question = asked(case, people)
    believed = {"outcome": "abroad_believed", "facts": facts("abroad_believed", on=TODAY)}
    actions.close_case(case=case, **believed, why="A ticket was seen.", by=people.max, at=AT)
    Visitor(people.max).open("/today/").see("An officer asks the manager")
    actions.answer_question(question=question, decision="No.", why="So.", by=people.max, at=AT)
    Visitor(people.olive).open("/today/").see("The manager has answered")


def test_one_answer_and_only_by_a_manager(case: Case, people: People) -> None:
    question = asked(case, people)
    with pytest.raises(Refused, match="asked already"):
        asked(case, people)
    with pytest.raises(Refused, match="Only a manager"):
        actions.answer_question(question=question, decision="x", why="y", by=people.olive, at=AT)
    with pytest.raises(Refused, match="Nobody has answered"):
        actions.note_answer_read(question=question, by=people.olive, at=AT)
    actions.answer_question(question=question, decision="x", why="y", by=people.max, at=AT)
    with pytest.raises(Refused, match="meanwhile"):
        actions.answer_question(question=question, decision="z", why="y", by=people.max, at=AT)
    with pytest.raises(IntegrityError, match="decision_and_a_reason"), transaction.atomic():
        ManagerQuestion.objects.update(why="")


def test_who_may_not_read_of_risk_reads_no_question(case: Case, people: People) -> None:
    """Access matrix, rows 9 and 39."""
    question = asked(case, people)
    actions.add_member(case=case, user=people.cat, by=people.max, at=AT)
    cat = Visitor(people.cat).open(f"/cases/{case.ref}/")
    assert ASKED not in cat.text
    assert ASKED not in cat.open(f"/cases/{case.ref}/chronology/").text
    assert cat.open(f"/cases/{case.ref}/ask-manager/").status == 403
    answer = Visitor(people.olive).open(f"/cases/{case.ref}/ask-manager/{question.pk}/")
    assert answer.status == 403
