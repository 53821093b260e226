"""Another authority asks on S2S after a missing pupil, and is answered in time (P69)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.advice import actions as advice
from onroll.advice.models import PupilMessage
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts
from onroll.children.models import Child
from onroll.rules.pupil_messages import NOT_ON_ROLL, WHY_SURE, WITHHELD, PupilAnswer
from onroll.rules.refusal import Refused
from onroll.schools import actions as schools
from onroll.sharing.models import Disclosure
from tests.cases import world as worlds
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
PASTED = """MISSING PUPIL
Local authority: Brent
Contact: Bo Brown
Surname: Merlinton
Forename: Rowan
DOB: 04/03/2015
Last known address: 1 Made-up Road"""
LIST, ADD = "/pupil-messages/", "/pupil-messages/add/"
ADDRESS = AddressFacts(lines=("9 Zincwharf",), postcode="HA1 1AA")


@pytest.fixture
def borough(people: People) -> World:
    """Give a borough that knows of other authorities."""
    schools.load_authorities()
    return worlds.build()


@pytest.fixture
def child(borough: World) -> Child:
    """Give a pupil of St Ann's."""
    child = borough.child("Rowan", "Merlinton", worlds.BORN)
    borough.at_school(child)
    return child


def message_about(by: User, **said: Any) -> PupilMessage:
    """Keep a message about Rowan Merlinton."""
    given: dict[str, Any] = {
        "received_on": timezone.localdate(),
        "authority": "304",
        "forename": "Rowan",
        "surname": "Merlinton",
        "born_on": worlds.BORN,
    }
    facts = advice.MessageFacts(**{**given, **said})
    return advice.keep_message(facts=facts, by=by, at=timezone.localtime())


def answer(message: PupilMessage, by: User, code: PupilAnswer, child: Child | None = None) -> None:
    """Answer a message on S2S."""
    chosen = advice.MessageAnswer(answer=code, method="s2s", child=child)
    advice.answer_message(message=message, answer=chosen, by=by, at=timezone.localtime())


def test_a_message_is_pasted_matched_answered_and_logged(
    people: People, borough: World, child: Child
) -> None:
    """P69."""
    case = borough.case(child, owner=people.olive)
    olive = Visitor(people.olive).open("/today/").follow("Messages about missing pupils")
    olive.see("No authority has asked after a missing pupil.")
    olive.follow("Add a message").send("Read what I pasted", text=PASTED)
    olive.see("What could be read stands below.", "Nothing is kept yet.")
    assert not PupilMessage.objects.exists()
    olive.send("Save").see("Kept as", "Brent asks after a pupil", "4 March 2015", "1 Made-up Road")
    olive.see("Waits for an answer", "It is due on", "Date of birth", "St Ann's School", "Certain")
    message = PupilMessage.objects.get()
    assert (message.received_on, message.contact) == (timezone.localdate(), "Bo Brown")

    olive.open("/today/").see("authority that asks after a missing pupil")
    olive.follow("authority that asks after a missing pupil").see("Waits", "Rowan Merlinton")
    Visitor(people.olive).open("/diary/").see("Answer Brent about a missing pupil", message.ref)

    olive.follow(message.ref).send(
        "Answer the authority", child=child.ref, answer="on_roll", method="s2s"
    )
    olive.see(
        "is answered. Copy the words below.",
        "We know the child, who is on the roll of St Ann's School.",
        "Education Act 1996 s.436A",
        "On S2S",
    )
    line = Disclosure.objects.get(case=case)
    assert (line.whom, line.contents) == ("Brent", PupilMessage.objects.get().told)
    assert "find_children" in line.bases
    olive.follow(f"Line {line.ref} of the sharing log").see("Answer to S2S message", "Brent")
    assert not message.deadlines.running().exists()
    olive.open(LIST).see("Known here, and on the roll of a school")
    assert "asks after a missing pupil" not in olive.open("/today/").text


def test_who_is_looked_for_in_vain_is_answered_without_a_child(
    people: People, borough: World
) -> None:
    message = message_about(people.olive)
    olive = Visitor(people.olive).open(f"{LIST}{message.ref}/").see("Nobody of whom they may")
    olive.send("Answer the authority", answer="not_known", method="email")
    olive.see("we find no child of whom we may tell you by message", "Nobody on record")
    assert not Disclosure.objects.exists()


def test_who_is_not_certain_needs_a_reason_and_who_is_on_no_roll_is_not_said_to_be(
    people: People, borough: World, child: Child
) -> None:
    message = message_about(people.olive, born_on=date(2015, 4, 3))
    olive = Visitor(people.olive).open(f"{LIST}{message.ref}/")
    chosen = {"child": child.ref, "answer": "on_roll", "method": "s2s"}
    olive.send("Answer the authority", **chosen).see(WHY_SURE)
    borough.left(child)
    chosen["why_sure"] = "Day and month changed places; the address is ours."
    olive.send("Answer the authority", **chosen).see(NOT_ON_ROLL)
    chosen |= {"answer": "moved_on", "place": "Portugal"}
    olive.send("Answer the authority", **chosen).see("has moved: Portugal.", "changed places")


def test_for_a_name_alone_nothing_is_told(people: People, child: Child) -> None:
    """P69: nobody looks children up by asking."""
    message = message_about(people.olive, born_on=None)
    olive = Visitor(people.olive).open(f"{LIST}{message.ref}/")
    assert "on the roll of a school" not in olive.text
    with pytest.raises(Refused):
        answer(message, people.olive, PupilAnswer.ON_ROLL, child)


def test_nothing_of_a_protected_child_is_told_or_shown(people: People, borough: World) -> None:
    """Access matrix, row 8: who may not know of the child reads what there is of nobody."""
    hidden = borough.child("Rowan", "Merlinton", worlds.BORN, is_protected=True)
    message = message_about(people.olive)
    olive = Visitor(people.olive).open(f"{LIST}{message.ref}/")
    olive.see("Nobody of whom they may be told.")
    assert hidden.ref not in olive.text
    assert "protected" not in olive.text
    max_ = Visitor(people.max).open(f"{LIST}{message.ref}/")
    max_.see("A protected child", hidden.ref, "Tell them nothing of this child by message.")


def test_where_a_child_with_a_protected_address_is_taught_is_not_told(
    people: People, borough: World
) -> None:
    hidden = borough.child("Rowan", "Merlinton", worlds.BORN, addresses=[ADDRESS])
    hidden.addresses.update(is_protected=True)
    borough.at_school(hidden)
    message = message_about(people.olive)
    olive = Visitor(people.olive).open(f"{LIST}{message.ref}/")
    chosen = {"child": hidden.ref, "answer": "on_roll", "method": "s2s"}
    olive.send("Answer the authority", **chosen).see(WITHHELD)
    olive.send("Answer the authority", **{**chosen, "answer": "by_telephone"})
    olive.see("We do not answer this by message.", "Nobody on record")


def test_what_waits_is_not_kept_twice_and_is_answered_once(people: People, child: Child) -> None:
    message = message_about(people.olive)
    with pytest.raises(Refused, match=message.ref):
        message_about(people.max)
    olive = Visitor(people.olive).open(f"{LIST}{message.ref}/")
    answer(message, people.max, PupilAnswer.BY_TELEPHONE)
    olive.send("Answer the authority", child="nobody", answer="not_known", method="s2s")
    olive.see("Max Marsh has answered this message meanwhile.")
    again = message_about(people.olive)
    Visitor(people.olive).open(f"{LIST}{again.ref}/").see("Asked before", message.ref)
    answer(again, people.olive, PupilAnswer.ANSWERED_BEFORE)
    assert message.ref in PupilMessage.objects.get(ref=again.ref).told


def test_an_answer_is_due_in_five_working_days_and_late_after(people: People, child: Child) -> None:
    message = message_about(people.olive, received_on=timezone.localdate() - timedelta(weeks=2))
    [deadline] = message.deadlines
    assert deadline.due_on == message.received_on + timedelta(weeks=1)
    Visitor(people.olive).open(LIST).see("Overdue")
    Visitor(people.olive).open("/today/").see("Overdue by our own limit")


def test_nobody_else_reads_messages(people: People, child: Child) -> None:
    message = message_about(people.olive)
    for person in (people.mo, people.ada, people.sam, people.dee):
        for address in (LIST, ADD, f"{LIST}{message.ref}/"):
            assert Visitor(person).open(address).status in (403, 404)


def test_a_child_on_record_without_a_case_is_told_of_and_has_no_line(
    people: People, child: Child
) -> None:
    message = message_about(people.olive)
    answer(message, people.olive, PupilAnswer.ON_ROLL, child)
    assert PupilMessage.objects.get().record == child
    assert not Case.objects.exists()
    assert not Disclosure.objects.exists()
