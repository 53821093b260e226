"""Faults of merging met in other software (practice.md 8), each shown not to be here.

Two more are tests of their own: linked records left behind (SORMAS issue 8229) is
`test_nothing_is_lost`, two of who may agree at once (Primero issue 508) in `test_merging`.
"""

from datetime import timedelta
from typing import Any

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import AlertKind, Step
from onroll.children import actions as children
from onroll.children.models import Child, Merge, Relationship
from onroll.children.queries import find_candidates, possible_duplicates
from onroll.duplicates import actions
from onroll.intake.models import Row
from onroll.matching import Person
from onroll.reports.actions import issue_weekly
from onroll.reports.models import WeeklyReport
from onroll.reports.queries import last_finished
from tests.cases import world as worlds
from tests.cases.world import AT, BORN, TODAY, World
from tests.duplicates.pairs import MUM, everything, merge, undo
from tests.intake.world import UPN, joins
from tests.journeys.visitor import Visitor


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def test_only_one_contact_is_the_first_after_a_merge(world: World, people: Any) -> None:
    """SORMAS issue 4926: two primary contacts after a merge, also after three."""
    one, two, three = (world.child(adults=[MUM]) for _ in range(3))
    merge(two, three, people)
    merge(one, two, people)
    orders = list(one.relationships.order_by("order").values_list("order", flat=True))
    assert orders == [1, 2, 3]
    assert not Relationship.objects.filter(child__in=[two, three]).exists()


def test_what_was_reported_of_the_discarded_case_is_still_there(world: World, people: Any) -> None:
    """SORMAS PR 5907: reports of the discarded case lost."""
    kept, merged = world.child(), world.child()
    first, later = world.case(kept, owner=people.olive), world.case(merged, owner=people.max)
    cases.add_note(case=later, text="Seen at the park.", by=people.max, at=AT)
    cases.raise_alert(case=later, kind=AlertKind.LEAD, quote="Seen.", at=AT)
    report, _ = issue_weekly(week_starts_on=last_finished(TODAY), at=AT, by=people.max)
    said = WeeklyReport.objects.filter(pk=report.pk).values().get()
    steps = set(Step.objects.filter(case=later).values_list("pk", flat=True))
    merge(kept, merged, people)
    later.refresh_from_db()
    assert (later.child, later.outcome) == (kept, "same_child")
    assert later.notes.get().text == "Seen at the park."
    assert first.alerts.get().quote == "Seen."
    assert steps <= set(Step.objects.filter(case=later).values_list("pk", flat=True))
    assert WeeklyReport.objects.filter(pk=report.pk).values().get() == said
    Visitor(people.olive).open(f"/cases/{later.ref}/chronology/").see(
        "Seen at the park.", first.ref
    )


def test_a_record_that_fits_two_children_is_flagged_and_linked_to_neither(people: Any) -> None:
    """CommCare PR 25626: two cases match one person; a machine neither links nor merges."""
    world = worlds.build()
    twins = [world.child(upn=UPN), world.child(upn=UPN)]
    row = joins()
    assert (row.stage, row.child) == ("unsure", None)
    assert {c["child"] for c in row.candidates} == {child.pk for child in twins}
    assert not Merge.objects.exists()


def test_a_merged_copy_comes_up_as_a_duplicate_no_more(world: World, people: Any) -> None:
    """CommCare PR 34057: copied cases polluted the report of duplicates."""
    one, two, three = world.child(), world.child(), world.child()
    merge(one, two, people)
    assert [found.key for found in possible_duplicates(one)] == [three.pk]
    assert [found.key for found in possible_duplicates(three)] == [one.pk]
    asked = Person(forenames=frozenset({"Sam"}), surnames=frozenset({"Example"}), born=BORN)
    assert {person.key for person in find_candidates([asked])[0]} == {one.pk, three.pk}


def test_a_later_edit_is_not_lost_by_undoing(world: World, people: Any) -> None:
    """Primero issue 508: the last edit wins, and nobody is told."""
    kept, merged = world.child(), world.child("Samuel", flags=["young_carer"])
    Child.objects.filter(pk=merged.pk).update(chosen_forename="Sammy")
    done = merge(kept, Child.objects.get(pk=merged.pk), people)
    assert kept.chosen_forename == "Sammy"
    Child.objects.filter(pk=kept.pk).update(chosen_forename="Samira")
    kept.flags.update(to_on=TODAY)
    undo(done, people)
    kept.refresh_from_db()
    assert kept.chosen_forename == "Samira"
    assert merged.flags.get().to_on == TODAY


def test_an_answer_given_on_an_old_page_is_refused(world: World, people: Any) -> None:
    """Primero issue 508."""
    kept, merged, third = world.child(), world.child(), world.child()
    late = actions.propose_merge(target=merged, merged=third, why="One.", by=people.olive, at=AT)
    manager = Visitor(people.max).open(f"/review/merges/{late.pk}/")
    merge(kept, merged, people)
    before = everything()
    manager.send("Save this answer", answer="agree").see("has been merged into another already")
    assert everything() == before


def test_long_names_are_whole_after_a_merge(world: World, people: Any) -> None:
    """One truncates given names to 15 characters."""
    long = "Maximiliana-Theodora Oluwaseunfunmi Bartholomea Wilhelmina"
    kept, merged = world.child(), world.child(long, "van der Example-Exampler-Exampleton")
    merge(kept, merged, people)
    alias = kept.names.get()
    assert (alias.forename, alias.surname) == (long, "van der Example-Exampler-Exampleton")


def test_a_record_with_next_to_nothing_in_it_breaks_no_page(world: World, people: Any) -> None:
    """A Hackney banner without a link broke every resident's page for 80 minutes."""
    bare = [world.child("", "Exampler", None), world.child("Sam", "", None)]
    Child.objects.filter(pk__in=[c.pk for c in bare]).update(search_keys=[])
    olive, manager = Visitor(people.olive), Visitor(people.max)
    for one in bare:
        assert olive.open(f"/review/merges/of/{one.ref}/").status == 200
    olive.open(f"/review/merges/of/{bare[0].ref}/and/{bare[1].ref}/").see("Nothing hangs on")
    olive.send("Save this answer", answer="one", why="Same").see("Proposed.")
    made = Merge.objects.get()
    manager.open(f"/review/merges/{made.pk}/").send("Save this answer", answer="agree")
    manager.see("Merged.").open(f"/review/merges/{made.pk}/").see("Why undo this merge?")


def test_a_brother_keeps_his_own_part(world: World, people: Any) -> None:
    """CPOMS gives every linked child the same role in an event: a third child is left alone."""
    kept, merged = world.child(adults=[MUM]), world.child(adults=[MUM])
    brother = world.child("Bo", adults=[MUM], flags=["young_carer"])
    world.at_school(brother)
    case = world.case(brother, owner=people.olive)
    mine = {
        "relationship": list(brother.relationships.values()),
        "places": list(brother.places.values()),
        "flags": list(brother.flags.values()),
        "case": cases_of(brother),
        "steps": list(Step.objects.filter(case=case).values()),
    }
    merge(kept, merged, people)
    assert mine == {
        "relationship": list(brother.relationships.values()),
        "places": list(brother.places.values()),
        "flags": list(brother.flags.values()),
        "case": cases_of(brother),
        "steps": list(Step.objects.filter(case=case).values()),
    }


def cases_of(child: Child) -> list[dict[str, Any]]:
    return list(child.cases.values())


def test_a_merge_reaches_what_was_added_long_after_the_proposal(world: World, people: Any) -> None:
    """CiviCRM PRs 2782, 2783: what hangs on a case was told of a merge late, or never."""
    kept, merged = world.child(), world.child("Samuel")
    made = actions.propose_merge(target=kept, merged=merged, why="One.", by=people.olive, at=AT)
    case = world.case(merged, owner=people.olive)
    cases.add_note(case=case, text="Since.", by=people.olive, at=AT + timedelta(days=1))
    children.add_facts(
        child=merged,
        facts=children.ChildFacts(identifiers=(("uln", "1234567894"),)),
        source=world.source,
    )
    actions.agree_merge(merge=made, by=people.max, at=AT + timedelta(days=2))
    assert kept.cases.get().notes.get().text == "Since."
    assert kept.identifiers.get().value == "1234567894"
    assert not Row.objects.filter(child=merged).exists()


def test_two_reports_of_one_child_before_any_merge_are_counted_once_after(
    world: World, people: Any
) -> None:
    """SORMAS PR 5907, the other way: a child is on the register once."""
    kept, merged = world.child(), world.child()
    world.case(kept), world.case(merged)
    done = merge(kept, merged, people)
    assert kept.cases.open().count() == 1
    undo(done, people)
    assert (kept.cases.open().count(), merged.cases.open().count()) == (1, 1)
