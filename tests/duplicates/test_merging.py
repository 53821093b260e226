"""Two records of one child become one, by two people, and can be parted again exactly.

Each fault of merging seen in other systems (practice.md 8) is here: two first contacts after a
merge (SORMAS 4926), reports of the discarded case lost (PR 5907), linked records left behind
(8229), a merge by machine instead of a flag (CommCare PR 25626), copies that come up as
duplicates again (CommCare PR 34057).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import ActionPoint, AlertKind, Case, Step
from onroll.cases.queries import get_case
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child, Merge, Name, Relationship, SourceKind
from onroll.children.queries import find_candidates, get_child, plain, possible_duplicates, where_is
from onroll.duplicates import actions
from onroll.intake import actions as intake
from onroll.intake.models import Decision, Row
from onroll.matching import Person
from onroll.meetings import actions as meetings
from onroll.record import actions as casefiles
from onroll.record.actions import Telling
from onroll.record.models import Complaint
from onroll.rules.complaints import Complainant
from onroll.rules.refusal import Refused
from tests import people as persons
from tests.cases import world as worlds
from tests.cases.world import AT, BORN, LEFT_ON, TODAY, World
from tests.duplicates.pairs import MUM, WHY, another_source, everything, merge, undo
from tests.intake.world import UPN, enrolled, joins, leaves, sam, schools
from tests.journeys.visitor import Visitor
from tests.proof import facts


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


# Two people


def test_nothing_moves_until_a_second_person_agrees(world: World, people: Any) -> None:
    """CommCare PR 25626: a machine flags; people merge. Access matrix row 32."""
    kept, merged = world.child(), world.child(forename="Samuel")
    before = everything()
    actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.olive, at=AT)
    assert everything() == before


def test_who_proposed_a_merge_cannot_agree_to_it(world: World, people: Any) -> None:
    kept, merged = world.child(), world.child()
    proposed = actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.max, at=AT)
    with pytest.raises(Refused, match="second person"):
        actions.agree_merge(merge=proposed, by=people.max, at=AT)
    with pytest.raises(IntegrityError, match="merge_is_agreed_by_a_second_person"):
        children.answer_merge(merge=proposed, agreed_by=people.max, agreed_at=AT)


@pytest.mark.parametrize("who", ["olive", "mo", "sam", "dee", "ari"])
def test_only_a_manager_agrees(world: World, people: Any, who: str) -> None:
    kept, merged = world.child(), world.child()
    proposed = actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.max, at=AT)
    with pytest.raises(Refused):
        actions.agree_merge(merge=proposed, by=getattr(people, who), at=AT)


def test_a_refused_proposal_can_be_made_again_for_a_new_reason(world: World, people: Any) -> None:
    kept, merged = world.child(), world.child()
    proposed = actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.olive, at=AT)
    with pytest.raises(Refused, match="already been proposed"):
        actions.propose_merge(target=merged, merged=kept, why=WHY, by=people.olive, at=AT)
    actions.refuse_merge(merge=proposed, why="Ask the school.", by=people.max, at=AT)
    with pytest.raises(Refused, match="already answered"):
        actions.agree_merge(merge=proposed, by=people.max, at=AT)
    assert merge(kept, merged, people).is_standing


def test_a_record_is_not_merged_twice_nor_with_itself(world: World, people: Any) -> None:
    kept, merged, third = world.child(), world.child(), world.child()
    other = actions.propose_merge(target=third, merged=merged, why=WHY, by=people.olive, at=AT)
    done = merge(kept, merged, people)
    with pytest.raises(Refused, match="already"):
        actions.agree_merge(merge=other, by=people.max, at=AT)
    with pytest.raises(Refused, match="already answered"):
        actions.agree_merge(merge=done, by=people.max, at=AT)
    with pytest.raises(Refused, match="one record"):
        actions.propose_merge(target=kept, merged=kept, why=WHY, by=people.olive, at=AT)


# Nothing is lost


def test_one_adult_is_first_to_be_rung_after_a_merge(world: World, people: Any) -> None:
    """SORMAS 4926: two primary contacts after a merge."""
    kept, merged = world.child(adults=[MUM]), world.child(adults=[MUM])
    merge(kept, merged, people)
    assert list(kept.relationships.values_list("order", flat=True)) == [1, 2]
    assert not Relationship.objects.filter(child=merged).exists()


def test_names_numbers_homes_flags_and_places_go_to_the_kept_record(
    world: World, people: Any
) -> None:
    """SORMAS 8229: linked records left behind."""
    kept = world.child(upn=UPN)
    home = AddressFacts(lines=("2 Elsewhere",), postcode="HA2 2AA")
    merged = world.child(
        "Samuel", "Muster", upn="B310200022001", addresses=[home], flags=["young_carer"]
    )
    world.at_school(merged, world.mill_lane)
    merge(kept, merged, people)
    assert set(kept.identifiers.values_list("value", flat=True)) == {UPN, "B310200022001"}
    assert [(n.forename, n.surname) for n in kept.names.all()] == [("Samuel", "Muster")]
    assert kept.addresses.get().postcode == "HA2 2AA"
    assert kept.flags.get().kind == "young_carer"
    assert [place.title for place in where_is(kept, on=TODAY).places] == ["Mill Lane School"]
    assert set(merged.search_keys) <= set(kept.search_keys)


def test_two_open_places_at_one_school_are_one(world: World, people: Any) -> None:
    """The constraint child_has_one_open_place_of_a_kind_at_a_school."""
    kept, merged = world.child(), world.child()
    world.at_school(kept, from_on=None)
    world.at_school(merged)
    done = merge(kept, merged, people)
    assert kept.places.get().from_on == date(2021, 9, 2)
    undo(done, people)
    assert kept.places.get().from_on is None
    assert merged.places.get().to_on is None


def test_what_protects_one_record_protects_the_one_that_is_kept(world: World, people: Any) -> None:
    kept, merged = world.child(), world.child(is_protected=True)
    case = world.case(merged, owner=people.olive)
    with pytest.raises(Refused, match="protected"):
        merge(kept, merged, people)
    cases.add_member(case=case, user=people.max, by=people.olive, at=AT)
    done = actions.agree_merge(merge=Merge.objects.get(), by=people.max, at=AT)
    kept.refresh_from_db()
    assert kept.is_protected
    undo(done, people)
    kept.refresh_from_db()
    assert not kept.is_protected


def test_the_later_of_two_open_cases_joins_the_first_and_is_kept(world: World, people: Any) -> None:
    """SORMAS PR 5907: reports of the discarded case lost."""
    kept, merged = world.child(), world.child()
    later = world.case(kept, owner=people.olive)
    cases.add_note(case=later, text="Rang.", by=people.olive, at=AT)
    cases.raise_alert(case=later, kind=AlertKind.LEAD, quote="Seen.", at=AT)
    another_source(world)
    first = world.case(merged, reason="no_answer", on=TODAY - timedelta(7), since=LEFT_ON)
    merge(kept, merged, people)
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.child_id, later.child_id) == (kept.pk, kept.pk)
    assert (first.is_open, later.stage, later.outcome) == (True, "closed", "same_child")
    assert set(first.reasons.values_list("code", flat=True)) == {
        "no_answer",
        "unknown_destination",
    }
    assert first.owner == people.olive
    assert first.alerts.get().quote == "Seen."
    assert later.notes.get().text == "Rang."
    assert first.ref in Step.objects.filter(case=later).first().why
    assert not later.deadlines.running().exists()
    running = set(first.deadlines.values_list("clock", flat=True))
    assert set(later.deadlines.values_list("clock", flat=True)) <= running


@pytest.mark.parametrize("is_later_of_kept", [True, False])
def test_complaints_files_tellings_and_what_is_to_be_done_come_to_the_case_that_goes_on(
    world: World, people: Any, is_later_of_kept: bool
) -> None:
    kept, merged = world.child(), world.child()
    one, other = (kept, merged) if is_later_of_kept else (merged, kept)
    later = world.case(one, owner=people.olive)
    another_source(world)
    first = world.case(other, reason="no_answer", on=TODAY - timedelta(7), since=LEFT_ON)
    complaint, point = _spoken_of(later, people), _to_do(later, people)
    before = everything()
    done = merge(kept, merged, people)
    assert first.family_tellings.get().words == "That a letter comes."
    assert [row.words for row in first.complaints.all()] == ["Nobody rang back."]
    assert first.case_files.get().complaint == complaint
    assert first.action_points.get() == point
    assert complaint.deadlines.get().child_id == kept.pk
    assert point.deadlines.get().child_id == kept.pk
    assert point.deadlines.running().exists()
    olive = Visitor(people.olive)
    olive.open(f"/cases/{first.ref}/record/").see(
        "That a letter comes.", "A parent or carer", "Case file"
    )
    olive.open(f"/cases/{first.ref}/").see("Ring the aunt")
    olive.open(f"/cases/{first.ref}/chronology/").see("Nobody rang back.", "Ring the aunt")
    undo(done, people)
    assert everything() == before
    assert later.complaints.get() == complaint
    assert point.deadlines.get().child_id == one.pk


def _spoken_of(case: Case, people: Any) -> Complaint:
    """Tell the family of a case something; then somebody complains, and a file is made for that."""
    by = people.max
    telling = Telling(
        was_told=True,
        on=TODAY,
        words="That a letter comes.",
        whom="The mother",
        method="telephone",
    )
    casefiles.tell_family(case=case, telling=telling, by=by, at=AT)
    complaint = casefiles.record_complaint(
        case=case,
        came_on=TODAY,
        complainant=Complainant.PARENT,
        words="Nobody rang back.",
        by=by,
        at=AT,
    )
    case = get_case(by, case.ref, on=TODAY)
    casefiles.make_case_file(case=case, complaint=complaint, why="The complaint", by=by, at=AT)
    return complaint


def _to_do(case: Case, people: Any) -> ActionPoint:
    meeting = meetings.plan_meeting(on=TODAY, place="Room 2", by=people.max, at=AT)
    item = meetings.put_on_by_hand(meeting=meeting, case=case, why="Lost", by=people.max, at=AT)
    decision = cases.ActionFacts("Ring the aunt", "Housing", TODAY + timedelta(7))
    meetings.record_talk(item=item, words="?", decision=decision, by=people.max, at=AT)
    return case.action_points.get()


def test_what_the_night_found_of_the_later_case_is_said_of_the_first(
    world: World, people: Any
) -> None:
    """The place that ended is all that says why; and an earlier day may be one nobody knows."""
    kept, merged = world.child(), world.child()
    first = world.case(merged, on=TODAY - timedelta(7))
    world.at_school(kept)
    world.left(kept, on=LEFT_ON - timedelta(7))
    report = cases.Report(
        reason="on_no_list",
        source=world.source,
        left_place=kept.places.get(),
        missing_since_on=LEFT_ON - timedelta(6),
        is_since_known=False,
    )
    cases.open_case(child=kept, report=report, on=TODAY, at=AT)
    merge(kept, merged, people)
    first.refresh_from_db()
    place = first.reasons.get(code="on_no_list").left_place
    assert place is not None
    assert place.title == "St Ann's School"
    assert (first.missing_since_on, first.is_since_known) == (LEFT_ON - timedelta(6), False)


def test_closed_cases_of_both_are_kept(world: World, people: Any) -> None:
    kept, merged = world.child(), world.child()
    for child in (kept, merged):
        case = world.case(child, owner=people.max)
        cases.close_case(
            case=case,
            outcome="reported_in_error",
            facts=facts("reported_in_error", on=AT.date()),
            why="A slip.",
            by=people.max,
            at=AT,
        )
    merge(kept, merged, people)
    assert kept.cases.filter(outcome="reported_in_error").count() == 2


def test_a_case_opened_from_a_page_older_than_the_merge_is_the_kept_childs(
    world: World, people: Any
) -> None:
    kept, merged = world.child(), world.child()
    stale = Child.objects.get(pk=merged.pk)
    merge(kept, merged, people)
    assert world.case(stale).child == kept


# The merged record


def test_a_merged_record_is_never_a_candidate_and_leads_to_the_kept_one(
    world: World, people: Any
) -> None:
    """CommCare PR 34057: copies come up as duplicates again."""
    kept = world.child(upn=UPN)
    merged = world.child("Samuel", born=BORN + timedelta(40), upn="B310200022001")
    merge(kept, merged, people)
    assert get_child(people.olive, merged.ref, of=plain(), on=TODAY) == kept
    by_number = Person(upns=frozenset({"B310200022001"}))
    by_birthday = Person(
        forenames=frozenset({"Samuel"}), surnames=frozenset({"Example"}), born=merged.born_on
    )
    for [found] in (find_candidates([by_number]), find_candidates([by_birthday])):
        assert [person.key for person in found] == [kept.pk]
    assert possible_duplicates(kept) == []


def test_records_and_answers_follow_to_the_kept_child(people: Any, db: None) -> None:
    """Decisions survive re-matching and merging: nobody is asked twice."""
    schools()
    enrolled()
    known = sam()
    row = joins(upn="", postcode="HA9 9ZZ", forename="Samm")
    if row.stage == "unsure":
        row = intake.settle_row(row=row, child=None, why="Rang.", by=people.olive, at=AT)
    merged = row.child
    assert merged is not None
    assert merged != known
    merge(known, merged, people)
    again = joins(
        upn="", postcode="HA9 9ZZ", forename="Samm", made=date(2026, 11, 22), entry_on=TODAY
    )
    assert (again.stage, again.child) == ("applied", known)
    assert not Row.objects.filter(child=merged).exists()


def test_a_record_that_waits_shows_the_kept_child_and_not_the_merged_one(
    people: Any, db: None
) -> None:
    schools()
    leaves(reason="UK")
    known = sam()
    row = joins(upn="", postcode="HA9 9ZZ")
    assert row.stage == "unsure"
    third = children.add_child(
        facts=ChildFacts(forename="Sam", surname="Example", born_on=known.born_on),
        source=known.source,
    )
    merge(third, known, people)
    row.refresh_from_db()
    settled = intake.settle_row(row=row, child=third, why="Rang.", by=people.olive, at=AT)
    assert settled.child == third
    assert Decision.objects.get().child == third


# Two children


def test_told_apart_two_records_cannot_be_merged_nor_are_they_suggested(
    world: World, people: Any
) -> None:
    one, other = world.child(), world.child()
    assert [found.key for found in possible_duplicates(one)] == [other.pk]
    proposed = actions.propose_merge(target=one, merged=other, why=WHY, by=people.olive, at=AT)
    actions.tell_apart(first=other, second=one, why="Twins.", by=people.olive, at=AT)
    proposed.refresh_from_db()
    assert proposed.refused_why == "Twins."
    assert possible_duplicates(one) == []
    with pytest.raises(Refused, match="Olive Obi found that these are two children: Twins"):
        merge(one, other, people)


def test_told_apart_survives_the_merge_of_either(world: World, people: Any) -> None:
    one, other, third = world.child(), world.child(), world.child()
    actions.tell_apart(first=one, second=other, why="Twins.", by=people.olive, at=AT)
    merge(third, other, people)
    assert possible_duplicates(one) == []
    assert possible_duplicates(third) == []
    with pytest.raises(Refused, match="Twins"):
        merge(third, one, people)


def test_an_undone_merge_can_say_that_they_are_two(world: World, people: Any) -> None:
    kept, merged = world.child(), world.child()
    undo(merge(kept, merged, people), people, are_two=True)
    with pytest.raises(Refused, match="Two births"):
        merge(kept, merged, people)


# Undoing


def test_chains_are_undone_from_the_last(world: World, people: Any) -> None:
    first, second, third = world.child("Sam"), world.child("Sammy"), world.child("Samuel")
    before = everything()
    one = merge(second, first, people)
    two = merge(third, second, people)
    first.refresh_from_db()
    assert first.merged_into == third
    with pytest.raises(Refused, match="Undo that merge first"):
        undo(one, people)
    undo(two, people)
    undo(one, people)
    assert everything() == before


def test_undoing_twice_changes_nothing(world: World, people: Any) -> None:
    done = merge(world.child(), world.child(), people)
    undo(done, people)
    after = everything()
    with pytest.raises(Refused, match="not merged now"):
        undo(done, people)
    assert everything() == after


def test_what_came_since_stays_with_the_kept_child(world: World, people: Any) -> None:
    kept = world.child()
    another_source(world)
    merged = world.child("Samuel", upn=UPN)
    told_of_merged = world.source
    done = merge(kept, merged, people)
    another_source(world)
    children.add_facts(
        child=kept, facts=ChildFacts(surname="New", forename="Sam"), source=world.source
    )
    children.add_facts(
        child=kept,
        facts=ChildFacts(identifiers=(("uln", "9999999999"),)),
        source=told_of_merged,
    )
    undo(done, people)
    assert [name.surname for name in Name.objects.filter(child=kept)] == ["New"]
    assert set(merged.identifiers.values_list("value", flat=True)) == {UPN, "9999999999"}
    assert not kept.identifiers.exists()


def test_what_a_later_file_said_of_the_kept_child_is_said_again_at_the_undoing(
    people: Any, db: None
) -> None:
    """It was already known from the merged record then, so nothing new was written down."""
    schools()
    enrolled()
    known = sam()
    other = children.add_child(
        facts=ChildFacts(forename="Sam", surname="Other", identifiers=(("upn", "B310200022001"),)),
        source=children.add_source(
            kind=SourceKind.OFFICER, said_by="Olive", said_on=TODAY, at=AT, by=people.olive
        ),
    )
    done = merge(known, other, people)
    joins(upn=UPN, extra="<BasicDetails><FormerUPN>B310200022001</FormerUPN></BasicDetails>")
    undo(done, people)
    assert known.identifiers.filter(value="B310200022001").exists()
    assert other.identifiers.filter(value="B310200022001").exists()


def test_a_joined_case_opens_again_unless_its_child_has_another(world: World, people: Any) -> None:
    """The constraint child_has_one_open_case."""
    kept, merged = world.child(), world.child()
    later = world.case(kept)
    another_source(world)
    first = world.case(merged, on=TODAY - timedelta(7))
    done = merge(kept, merged, people)
    cases.close_case(
        case=first,
        outcome="reported_in_error",
        facts=facts("reported_in_error", on=AT.date()),
        why="A slip.",
        by=people.max,
        at=AT,
    )
    newest = world.case(kept)
    undo(done, people)
    for case in (first, later, newest):
        case.refresh_from_db()
    assert (first.child, later.child, newest.child) == (merged, kept, kept)
    assert (first.is_open, later.is_open, newest.is_open) == (False, False, True)


# At once


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Make calls from threads of their own; return what those that were refused were told."""

    def one(call: Callable[[], object]) -> str:
        try:
            call()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


@pytest.mark.django_db(transaction=True)
def test_agreed_many_times_at_once_a_merge_is_carried_out_once() -> None:
    """trust.md V2.3.4: what is done once cannot be done twice."""
    world, people = worlds.build(), persons.build()
    kept, merged = world.child(adults=[MUM]), world.child(adults=[MUM])
    made = actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.olive, at=AT)
    told = at_once(*[partial(actions.agree_merge, merge=made, by=people.max, at=AT)] * 4)
    assert sorted(bool(refusal) for refusal in told) == [False, True, True, True]
    assert kept.relationships.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_records_merged_into_each_other_at_once_are_merged_one_way() -> None:
    world, people = worlds.build(), persons.build()
    one, other = world.child(), world.child()
    first = actions.propose_merge(target=one, merged=other, why=WHY, by=people.olive, at=AT)
    second = children.add_merge(target=other, merged=one, why=WHY, by=people.olive, at=AT)
    told = at_once(
        *(
            partial(actions.agree_merge, merge=each, by=people.max, at=AT)
            for each in (first, second)
        )
    )
    assert sorted(map(bool, told)) == [False, True]
    assert Child.objects.filter(merged_into__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_cases_reported_while_records_are_merged_are_one_open_case_of_the_kept_child() -> None:
    world, people = worlds.build(), persons.build()
    kept, merged = world.child(), world.child()
    made = actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.olive, at=AT)
    agree = partial(actions.agree_merge, merge=made, by=people.max, at=AT)
    assert at_once(partial(world.case, merged), agree, partial(world.case, kept)) == [""] * 3
    assert set(Case.objects.values_list("child", flat=True)) == {kept.pk}
    assert Case.objects.open().count() == 1


names = st.sampled_from(["Sam", "Samuel", "Sammy"])
born = st.sampled_from([None, BORN, BORN + timedelta(400)])
records = st.fixed_dictionaries(
    {
        "forename": names,
        "surname": st.sampled_from(["Example", "Muster"]),
        "born": born,
        "upn": st.sampled_from(["", UPN, "B310200022001"]),
        "flags": st.lists(st.sampled_from(["young_carer", "gypsy_roma"]), unique=True),
        "adults": st.lists(st.just(MUM), max_size=2),
        "addresses": st.lists(st.just(AddressFacts(lines=("1 Road",))), max_size=2),
    }
)
lives = st.fixed_dictionaries(
    {
        "at": st.sets(st.sampled_from(["st_anns", "mill_lane"])),
        "from_on": st.sampled_from([None, date(2021, 9, 2), date(2022, 9, 2)]),
        "left": st.booleans(),
        "case": st.sampled_from(["none", "open", "closed"]),
        "opened": st.integers(0, 9),
        "is_owned": st.booleans(),
        "other_source": st.booleans(),
    }
)


class TestThereAndBack(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(said=st.tuples(records, records), lived=st.tuples(lives, lives))
    def test_a_merge_undone_gives_back_exactly_the_same_rows(self, said: Any, lived: Any) -> None:
        world, people = worlds.build(), persons.build()
        both = []
        for record, life in zip(said, lived, strict=True):
            if life["other_source"]:
                another_source(world)
            child = world.child(**record)
            both.append(child)
            _live(world, child, life, people.max)
        before = everything()
        steps = set(Step.objects.values_list("pk", flat=True))
        done = merge(both[0], both[1], people)
        assert _nothing_is_lost(before, everything())
        assert Case.objects.open().filter(child=both[0]).count() <= 1
        undo(done, people)
        assert everything() == before
        assert steps <= set(Step.objects.values_list("pk", flat=True))


def _live(world: World, child: Child, life: Any, owner: User) -> None:
    for name in sorted(life["at"]):
        world.at_school(child, getattr(world, name), life["from_on"])
        if life["left"]:
            world.left(child, school=getattr(world, name))
    if life["case"] == "none":
        return
    on = TODAY - timedelta(life["opened"])
    case = world.case(child, on=on, owner=owner if life["is_owned"] else None)
    if life["case"] == "closed":
        cases.close_case(
            case=case,
            outcome="reported_in_error",
            facts=facts("reported_in_error", on=AT.date()),
            why="A slip.",
            by=owner,
            at=AT,
        )


def _nothing_is_lost(before: Any, after: Any) -> bool:
    return all(
        {row["id"] for row in rows} <= {row["id"] for row in after[label]}
        for label, rows in before.items()
    )
