"""Further checks: kept as they were asked, answered once, due on a day (P61)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onroll.advice import actions, queries
from onroll.advice.actions.further_checks import CheckFacts
from onroll.advice.models import FurtherCheck
from onroll.cases.queries.waiting import counted
from onroll.messages.kinds import letter
from onroll.messages.models import Kind, Message
from onroll.rules.further_checks import Outcome
from onroll.rules.refusal import Refused
from onroll.schools.actions import add_staff
from tests.cases.world import AT, TODAY
from tests.journeys.visitor import Visitor
from tests.journeys.world import build
from tests.people import People
from tests.referrals.pupils import pupil_of
from tests.world import school

pytestmark = pytest.mark.django_db


def ask(people: People) -> FurtherCheck:
    at = school("3102001", "St Ann's")
    add_staff(user=people.sam, school=at, on=timezone.localdate())
    facts = CheckFacts(
        forename="Rowan",
        surname="Merlinton",
        born_on=TODAY.replace(year=2016),
        last_attended_on=TODAY,
        wanted=("new_school",),
        account="Nobody answers.",
    )
    return actions.ask_for_checks(facts=facts, school=at, by=people.sam, at=AT)


def test_it_is_due_after_five_working_days_and_then_red_on_today(people: People) -> None:
    check = ask(people)
    due = check.deadlines.get().due_on
    assert (due - TODAY).days == 7
    meanings = [
        counted(queries.todo(people.olive, on=on, at=AT))[0].meaning
        for on in (due, due.replace(day=due.day + 1))
    ]
    assert meanings == ["soon", "late"]
    assert queries.todo(people.ada, on=TODAY, at=AT) == []


def test_it_is_answered_once(people: People) -> None:
    check = ask(people)
    answer = {"check": check, "outcome": Outcome.LOCATED, "answer": "With an aunt.", "at": AT}
    actions.answer_check(**answer, by=people.olive)
    with pytest.raises(Refused, match="Olive Obi has answered this school meanwhile"):
        actions.answer_check(**answer, by=people.max)


def test_the_database_refuses_an_answer_of_nobody_and_a_request_for_nothing(people: People) -> None:
    check = ask(people)
    with pytest.raises(IntegrityError, match="answered_in_words"), transaction.atomic():
        FurtherCheck.objects.filter(pk=check.pk).update(outcome="located")
    facts = {"forename": "A", "surname": "B", "born_on": TODAY, "last_attended_on": TODAY}
    with pytest.raises(IntegrityError, match="says_what_to_find"), transaction.atomic():
        FurtherCheck.objects.create(
            **facts, sent_at=AT, sent_by=people.sam, school=check.school, wanted=[], account="x"
        )


def test_who_asked_is_told_of_the_answer_until_they_open_it(people: People) -> None:
    check = ask(people)
    sam = Visitor(people.sam).open("/school/")
    assert "are answered" not in sam.text
    actions.answer_check(
        check=check, outcome=Outcome.LOCATED, answer="With an aunt.", by=people.olive, at=AT
    )
    message = Message.objects.get()
    assert (message.kind, message.ref, message.user) == ("check_answered", check.ref, people.sam)
    assert "Rowan" not in letter(Kind.CHECK_ANSWERED, check.ref).body
    sam.open("/school/").follow(f"Read the answer to {check.ref}").see("With an aunt.")
    assert "are answered" not in sam.open("/school/").text


@pytest.mark.parametrize(("who", "status"), [("max", 200), ("mo", 403), ("ada", 403)])
def test_the_lead_officer_and_her_manager_answer(people: People, who: str, status: int) -> None:
    assert Visitor(getattr(people, who)).open("/checks/").status == status


def test_refer_now_leads_a_school_to_its_form_about_this_pupil(db: None) -> None:
    """P61: what the files hold of the pupil is not asked again."""
    world = build()
    child = pupil_of(world)
    sam, by = world.people.sam, world.people.olive
    refs = {}
    for surname in ("Merlinton", "Otherwise"):
        facts = CheckFacts(
            forename="Rowan",
            surname=surname,
            born_on=world.born,
            last_attended_on=TODAY,
            wanted=("new_school",),
            account="Nobody answers.",
        )
        check = actions.ask_for_checks(facts=facts, school=world.st_anns, by=sam, at=AT)
        actions.answer_check(check=check, outcome=Outcome.REFER, answer="Refer.", by=by, at=AT)
        refs[surname] = check.ref
    page = Visitor(sam).open(f"/school/checks/{refs['Merlinton']}/").follow("Refer the child")
    page.see("Is this the pupil?", "Rowan Merlinton")
    assert page.address == f"/school/refer/pupil/{child.ref}/"
    assert "Refer the child" not in Visitor(by).open(f"/checks/{refs['Merlinton']}/").text
    # Whom the files do not hold under that name the school looks for first.
    page.open(f"/school/checks/{refs['Otherwise']}/").follow("Refer the child")
    page.see("Find the pupil")


def test_who_works_for_two_schools_says_for_which(people: People) -> None:
    ask(people)
    add_staff(user=people.sam, school=school("3102009", "Other"), on=timezone.localdate())
    sam = Visitor(people.sam).open("/school/checks/ask/").see("Which school asks?", "Other")
    sam.send("Send", forename="A").see("Enter the surname")
