"""What goes over S2S is logged, and a child who is found is followed by a file (P37)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from onroll.advice import actions as advice
from onroll.advice.actions import MessageAnswer, MessageFacts
from onroll.cases import actions as cases
from onroll.cases.models import ActionPoint, Case
from onroll.children.models import Address, Child
from onroll.messages.kinds import letter
from onroll.messages.models import Kind, Message
from onroll.rules.pupil_messages import PupilAnswer
from onroll.schools import actions as schools
from tests.cases import world as worlds
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
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
    days = day("until_on", timezone.localdate() - 2 * DAY)
    olive.open(f"{LOG}?{urlencode(days)}")
    olive.see("1 line", "Message received")
    assert "Rowan Merlinton" not in olive.text
    Visitor(people.olive).open(LOG).follow(f"Case {case.ref}").see(f"Case {case.ref}")
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


@pytest.fixture
def sam(borough: World, people: People) -> Visitor:
    """Give the secretary of St Ann's."""
    schools.add_staff(user=people.sam, school=borough.st_anns, on=timezone.localdate())
    return Visitor(people.sam)


def close(case: Case, people: People, **more: Any) -> ActionPoint | None:
    """Close a case with the roll of a school; return what is asked of the last one."""
    today = timezone.localdate()
    cases.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=today, **more),
        why="Its office says so.",
        by=people.olive,
        at=timezone.localtime(),
    )
    return ActionPoint.objects.filter(case=case).open().first()


def test_the_last_school_of_a_child_who_is_found_sends_a_new_file(
    borough: World, case: Case, people: People, sam: Visitor
) -> None:
    """P37."""
    action = close(case, people, school=borough.mill_lane)
    assert action is not None
    (message,) = Message.objects.filter(ref=action.ref)
    assert (message.kind, message.user) == (Kind.NEW_FILE_ASKED, people.sam)
    body = letter(Kind.NEW_FILE_ASKED, action.ref).body
    assert "Rowan" not in body
    assert f"/school/new-file/{action.ref}/" in body
    olive = Visitor(people.olive).open("/today/").see("action point to be done")
    olive.open(reverse("cases:action_points")).see("Tell St Ann's School", "Mill Lane School")

    sam.open("/school/").see("New transfer files that you are asked for", "R. M.")
    sam.follow(action.ref).see("R. M.", "the council tells you when you ring")
    assert "Mill Lane" not in sam.text
    assert "Rowan" not in sam.text
    sam.send("Tell the council that it is sent").see("Enter the day")
    sam.send("Tell the council that it is sent", **day("on", timezone.localdate()))
    sam.see("The council knows now that the file is sent")
    assert "New transfer files" not in sam.text
    olive.open(f"/cases/{case.ref}/chronology/")
    olive.see("Asked for by the closing of case", "says that the new file was sent", "Sam Sharp")
    assert not action.deadlines.running().exists()


def test_the_officer_says_whom_they_told_where_nobody_works_with_onroll(
    borough: World, case: Case, people: People
) -> None:
    action = close(case, people)
    assert action is not None
    assert not Message.objects.filter(ref=action.ref).exists()
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Write down what became of it")
    olive.see("Hill House").send(
        "Save what became of it",
        fate="is_done",
        result="Told Mrs Office by telephone.",
        **day("on", timezone.localdate()),
    )
    olive.open(f"/cases/{case.ref}/chronology/").see("Told Mrs Office by telephone.")


def test_opening_the_case_again_withdraws_it(
    borough: World, case: Case, people: People, sam: Visitor
) -> None:
    action = close(case, people, school=borough.mill_lane)
    assert action is not None
    cases.reopen_case(case=case, why="She is not there.", by=None, at=timezone.localtime())
    action.refresh_from_db()
    assert (action.is_given_up, action.done_by) == (True, None)
    assert not Message.objects.filter(ref=action.ref).exists()
    assert sam.open(f"/school/new-file/{action.ref}/").status == 404
    assert "New transfer files" not in sam.open("/school/").text
    Visitor(people.olive).open(f"/cases/{case.ref}/chronology/").see("Withdrawn: the case was")


def test_nothing_is_asked_where_the_child_is_back_at_the_last_school(
    borough: World, case: Case, people: People
) -> None:
    assert close(case, people, school=borough.st_anns) is None


def test_a_school_in_words_that_is_the_last_one_is_asked_nothing(
    borough: World, case: Case, people: People
) -> None:
    assert close(case, people, school="st ann's school") is None


@pytest.mark.parametrize("hidden", ["is_protected", "is_sealed", "address"])
def test_no_school_is_asked_for_the_file_of_a_protected_or_sealed_child(
    hidden: str, borough: World, case: Case, people: People, sam: Visitor
) -> None:
    """Before it closes nobody is told; afterwards, what was shown is shown no more."""
    action = close(case, people, school=borough.mill_lane)
    assert action is not None
    assert sam.open(f"/school/new-file/{action.ref}/").status == 200
    if hidden == "address":
        Address.objects.create(child=case.child, is_protected=True, source=borough.source)
    else:
        Child.objects.filter(pk=case.child_id).update(**{hidden: True})
    assert sam.open(f"/school/new-file/{action.ref}/").status == 404
    assert "New transfer files" not in sam.open("/school/").text


def test_who_works_at_another_school_is_not_shown_it(
    borough: World, case: Case, people: People, sam: Visitor
) -> None:
    schools.add_staff(user=people.tess, school=borough.mill_lane, on=timezone.localdate())
    action = close(case, people, school=borough.mill_lane)
    assert action is not None
    assert Visitor(people.tess).open(f"/school/new-file/{action.ref}/").status == 404


def test_nobody_is_written_to_about_a_protected_child(
    borough: World, case: Case, people: People, sam: Visitor
) -> None:
    Child.objects.filter(pk=case.child_id).update(is_protected=True)
    action = close(case, people, school=borough.mill_lane)
    assert action is not None
    assert not Message.objects.filter(ref=action.ref).exists()
