"""A meeting of agencies: who is on its agenda, what it decided, its papers, and what follows."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from onroll.cases import queries as casework
from onroll.cases.actions import ActionFacts, finish_action_point
from onroll.cases.models import ActionPoint, Case
from onroll.cases.queries import events_of
from onroll.children.models import Child
from onroll.clocks.models import Deadline
from onroll.meetings import actions, queries
from onroll.meetings.models import AgendaItem, Meeting
from onroll.meetings.printed import agenda_of
from onroll.rules.action_points import Fate
from onroll.rules.meetings import Ground
from onroll.rules.refusal import Changed, Refused
from onroll.sharing.models import Disclosure
from tests.cases import world as worlds
from tests.cases.world import AT, TODAY, World
from tests.people import People

DAY = timedelta(days=1)
PEOPLE = [("Grace Quill", "housing"), ("Ben Oak", "health"), ("Ida Ash", "housing")]
DECISION = ActionFacts("Look at the tenancy", "Grace Quill, housing", TODAY + 7 * DAY)


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


@pytest.fixture
def case(world: World, people: People) -> Case:
    child = world.child("Rowan", "Merlinton", upn="H801200001001")
    world.at_school(child)
    world.left(child)
    return world.case(child, owner=people.olive)


@pytest.fixture
def meeting(people: People) -> Meeting:
    return actions.plan_meeting(on=TODAY, place="Room 2", by=people.max, at=AT)


def put_on(meeting: Meeting, case: Case, people: People) -> AgendaItem:
    return actions.put_on_by_hand(meeting=meeting, case=case, why="Lost", by=people.max, at=AT)


def talk(item: AgendaItem, people: People) -> ActionPoint:
    words = "Housing knows a cousin of Rowan."
    actions.record_talk(item=item, words=words, decision=DECISION, by=people.max, at=AT)
    return ActionPoint.objects.get(case=item.case)


def test_the_register_proposes_who_is_lost_for_long_and_not_who_is_on_the_agenda(
    case: Case, meeting: Meeting, people: People
) -> None:
    assert queries.proposals(meeting, people.max, on=TODAY) == []
    Case.objects.filter(pk=case.pk).update(opened_on=TODAY - 28 * DAY)
    (proposal,) = queries.proposals(meeting, people.max, on=TODAY)
    assert (proposal.case, proposal.grounds) == (case, [Ground.LONG_OPEN])
    actions.put_on(meeting=meeting, cases={case: proposal.grounds}, by=people.max, at=AT)
    assert queries.proposals(meeting, people.max, on=TODAY) == []
    with pytest.raises(Refused, match="on the agenda already"):
        actions.put_on(meeting=meeting, cases={case: proposal.grounds}, by=people.max, at=AT)


def test_a_protected_child_is_talked_about_at_no_meeting(
    case: Case, meeting: Meeting, people: People
) -> None:
    Case.objects.filter(pk=case.pk).update(opened_on=TODAY - 28 * DAY)
    Child.objects.filter(pk=case.child_id).update(is_protected=True)
    assert queries.proposals(meeting, people.max, on=TODAY) == []
    with pytest.raises(Refused, match="This child is protected"):
        put_on(meeting, case, people)


def test_a_decision_is_an_action_point_with_a_clock_of_its_own(
    case: Case, meeting: Meeting, people: People
) -> None:
    decision = talk(put_on(meeting, case, people), people)
    clock = Deadline.objects.of(decision).running().get()
    assert (clock.clock, clock.due_on) == ("meeting_decision", TODAY + 7 * DAY)
    assert decision.origin_name == f"Meeting of agencies {meeting.ref}"


@pytest.mark.parametrize("due_on", [TODAY - DAY, TODAY + 29 * DAY])
def test_a_decision_is_for_a_day_to_come_and_not_for_ever(
    due_on: date, case: Case, meeting: Meeting, people: People
) -> None:
    item = put_on(meeting, case, people)
    late = ActionFacts("Look", "Housing", due_on)
    with pytest.raises(Refused, match="By when: it must be between today and"):
        actions.record_talk(item=item, words="?", decision=late, by=people.max, at=AT)
    item.refresh_from_db()
    assert item.talked_at is None


def test_a_meeting_ends_only_when_each_case_was_talked_about_or_taken_off(
    case: Case, meeting: Meeting, people: People
) -> None:
    with pytest.raises(Refused, match="no case is on the agenda"):
        actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    item = put_on(meeting, case, people)
    with pytest.raises(Refused, match=f"take off the agenda: case {case.ref}"):
        actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    talk(item, people)
    with pytest.raises(Changed, match="wrote down meanwhile what was said: Housing knows"):
        actions.take_off(item=item, why="Found", by=people.olive, at=AT)
    actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    with pytest.raises(Changed, match="The meeting has ended"):
        actions.decide(item=item, decision=DECISION, by=people.max, at=AT + DAY)


def test_who_heard_of_a_child_stands_in_the_sharing_log_of_the_case(
    case: Case, meeting: Meeting, people: People
) -> None:
    talk(put_on(meeting, case, people), people)
    actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    line = Disclosure.objects.get(case=case)
    assert (line.whom, line.on, line.is_shared) == ("housing, health", TODAY, True)


def test_the_papers_say_what_was_said_and_decided_and_name_no_child(
    case: Case, meeting: Meeting, people: People
) -> None:
    item = put_on(meeting, case, people)
    items = queries.items_of(meeting, people.max, on=TODAY)
    agenda = text(agenda_of(meeting, items, made_at=AT))
    talk(item, people)
    ended = actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    minutes = text(bytes(ended.minutes))
    assert case.ref in agenda
    for words in (case.ref, "Grace Quill", "Housing knows a cousin", "Look at the tenancy"):
        assert words in minutes
    for name in ("Rowan", "Merlinton"):
        assert name not in agenda + minutes


def test_the_minutes_name_no_child_of_another_item_of_the_agenda(
    world: World, case: Case, meeting: Meeting, people: People
) -> None:
    """Brothers and sisters are talked about together, each by name in the room."""
    sister = world.child("Hazel", "Merlinton", upn="H801200001002")
    world.at_school(sister)
    world.left(sister)
    further = put_on(meeting, world.case(sister, owner=people.olive), people)
    talk(put_on(meeting, case, people), people)
    words = "Hazel and Rowan Merlinton have the same GP."
    actions.record_talk(item=further, words=words, decision=None, by=people.max, at=AT)
    ended = actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    minutes = text(bytes(ended.minutes))
    assert "H. M. and R. M. have the same GP." in minutes
    for name in ("Rowan", "Hazel", "Merlinton"):
        assert name not in minutes


def text(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    return " ".join(page.extract_text() for page in reader.pages)


def test_the_chronology_tells_all_of_it_to_who_reads_the_log(
    case: Case, meeting: Meeting, people: People
) -> None:
    decision = talk(put_on(meeting, case, people), people)
    finish_action_point(
        action=decision, fate=Fate.DONE, on=TODAY, result="No tenancy", by=people.olive, at=AT
    )
    told = [event.words for event in events_of([casework, queries], case, people.olive)]
    name = f"meeting of agencies {meeting.ref}"
    assert [words for words in told if "meeting" in words] == [
        f"Decided at the {name}: Look at the tenancy",
        f"Done, of the {name}: Look at the tenancy",
        f"Put on the agenda of the {name}",
        f"Said at the {name}",
    ]
    assert events_of([queries], case, people.cat) == []


def test_a_meeting_is_planned_once_and_not_for_yesterday(meeting: Meeting, people: People) -> None:
    with pytest.raises(Refused, match="You planned this meeting minutes ago"):
        actions.plan_meeting(on=TODAY, place="Room 2", by=people.max, at=AT + timedelta(minutes=2))
    with pytest.raises(Refused, match="today or later"):
        actions.plan_meeting(on=TODAY - DAY, place="Room 3", by=people.max, at=AT)


def test_a_meeting_of_a_later_day_neither_talks_nor_ends(case: Case, people: People) -> None:
    meeting = actions.plan_meeting(on=TODAY + DAY, place="Room 2", by=people.max, at=AT)
    item = put_on(meeting, case, people)
    with pytest.raises(Refused, match="Write down on its day what was said"):
        talk(item, people)
    with pytest.raises(Refused, match="It can end on its day"):
        actions.end_meeting(meeting=meeting, people=PEOPLE, by=people.max, at=AT)
    actions.take_off(item=item, why="Found", by=people.olive, at=AT)
    assert queries.items_of(meeting, people.max, on=TODAY) == []
