"""What goes over S2S is logged, and a child who is found is followed by a file (P37)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.advice import actions as advice
from onroll.advice.actions import MessageAnswer, MessageFacts
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.rules.pupil_messages import PupilAnswer
from onroll.schools import actions as schools
from tests.cases import world as worlds
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LOG = "/pupil-messages/log/"
SEARCH = "S2S messages and the lost pupil database"


@pytest.fixture
def borough(people: People) -> World:
    """Give a borough that knows of other authorities."""
    schools.load_authorities()
    return worlds.build()


@pytest.fixture
def child(borough: World) -> Child:
    """Give a child who left St Ann's on its word."""
    child = borough.child("Rowan", "Merlinton")
    borough.at_school(child)
    borough.left(child)
    return child


@pytest.fixture
def case(borough: World, child: Child, people: People) -> Case:
    return borough.case(child, owner=people.olive)


def search(case: Case, people: People) -> Visitor:
    """Let Olive write down a search of the lost pupil database, from the case."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Enquiries")
    return olive.follow("Record an enquiry").send(
        "Save",
        step="s2s",
        state="answered",
        method="records",
        result="nothing_known",
        words="No file of this name.",
        **day("on", timezone.localdate() - DAY),
    )


def message_is_answered(people: People) -> str:
    """Keep a message of Brent about somebody nobody knows, and answer it; return its reference."""
    facts = MessageFacts(
        received_on=timezone.localdate() - 3 * DAY, authority="304", forename="Wren", surname="Oak"
    )
    message = advice.keep_message(facts=facts, by=people.max, at=timezone.localtime())
    chosen = MessageAnswer(answer=PupilAnswer.NOT_KNOWN, method="s2s")
    advice.answer_message(message=message, answer=chosen, by=people.max, at=timezone.localtime())
    return message.ref


def test_searches_and_messages_stand_in_one_log_by_day(case: Case, people: People) -> None:
    """P37."""
    search(case, people)
    ref = message_is_answered(people)
    olive = Visitor(people.olive).open("/pupil-messages/").follow("Log of S2S")
    olive.see("Answer sent", "What was found", "Message received", case.ref, ref, "Brent")
    text = olive.text
    assert text.index("Answer sent") < text.index("What was found") < text.index("Message received")
    olive.see("Rowan Merlinton", "They know nothing of where the child is", "Not known here")
    olive.send("Show these days", **day("until_on", timezone.localdate() - 2 * DAY))
    olive.see("1 line", "Message received")
    assert "Rowan Merlinton" not in olive.text
    Visitor(people.olive).open(LOG).follow(f"Case {case.ref}").see("Rowan Merlinton")
    Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/").follow("Log of S2S").see("Brent")


def test_the_log_shows_nobody_whom_its_reader_may_not_know(case: Case, people: People) -> None:
    search(case, people)
    ref = message_is_answered(people)
    Child.objects.filter(pk=case.child_id).update(is_protected=True)
    Visitor(people.max).open(LOG).see("Rowan Merlinton", ref)
    Visitor(people.olive).open(LOG).see("Rowan Merlinton")
    for person in (people.sam, people.ola):
        visitor = Visitor(person).open(LOG)
        assert visitor.status in (403, 404)
    hal = Visitor(people.hal).open(LOG)
    assert "Rowan" not in hal.text
    assert "Wren" not in hal.text
