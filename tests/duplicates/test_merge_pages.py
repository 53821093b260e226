"""The pages where two records are proposed, agreed and parted, and where someone is not sure yet.

Access matrix rows 16 and 32; DESIGN.md section 10: a read of a record that nobody can see was made.
"""

from typing import Any

import pytest

from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.cases import actions as cases
from onroll.children.models import Child, Merge, NotSame
from onroll.children.queries import judge_pair
from onroll.intake.actions import settle_row
from onroll.intake.models import Decision, Row
from onroll.intake.queries import candidates_of
from tests.cases import world as worlds
from tests.cases.world import AT, World
from tests.intake.world import enrolled, joins, sam, schools
from tests.journeys.visitor import Visitor
from tests.reading import Page


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def pair(world: World) -> tuple[Child, Child]:
    return world.child("Rowan"), world.child("Rowan", "Exampler")


def proposed(world: World, people: Any) -> tuple[Child, Child, Merge]:
    kept, merged = pair(world)
    olive = Visitor(people.olive).open(f"/review/merges/of/{kept.ref}/and/{merged.ref}/")
    olive.send("Save this answer", answer="one", why="One passport.")
    return kept, merged, Merge.objects.get()


def test_an_officer_proposes_from_the_case_and_a_manager_agrees_and_undoes(
    world: World, people: Any
) -> None:
    kept, merged = pair(world)
    case = world.case(kept, owner=people.olive)
    world.at_school(merged, world.mill_lane)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/child/")
    olive.follow("Is there another record of this child?").see("Exampler")
    olive.follow("Rowan Exampler").see("Kept: " + kept.ref, "What would move", "1 place")
    olive.send("Save this answer", answer="one").see("Enter how you know")
    olive.send("Save this answer", answer="one", why="One passport.").see("Proposed.", "Not yet")
    olive.follow("Rowan Example and Rowan Exampler").see("Take this proposal back")

    manager = (
        Visitor(people.max)
        .open("/review/")
        .follow("Two records of one child (1 waiting for a second person)")
    )
    manager.follow("Rowan Example and Rowan Exampler").see("One passport.")
    manager.send("Save this answer", answer="refuse").see("Enter why")
    manager.send("Save this answer", answer="agree").see("Merged.", "Max Marsh")
    merged.refresh_from_db()
    assert merged.merged_into == kept

    manager.follow("Rowan Example and Rowan Exampler").see("Why undo this merge?")
    manager.send("Save this answer", answer="two", why="Two births.").see("Undone.")
    merged.refresh_from_db()
    assert merged.merged_into is None
    assert NotSame.objects.get().why == "Two births."


def test_a_proposal_is_taken_back_by_who_made_it_and_agreed_by_no_officer(
    world: World, people: Any
) -> None:
    *_, merge = proposed(world, people)
    olive = Visitor(people.olive).open(f"/review/merges/{merge.pk}/")
    olive.send("Save this answer", answer="agree").see("Select one of the answers shown")
    olive.send("Save this answer", answer="refuse", why="A slip.").see("Refused.", "A slip.")
    merge.refresh_from_db()
    assert merge.refused_by == people.olive


def test_two_children_are_told_apart_on_the_same_page(world: World, people: Any) -> None:
    one, other = pair(world)
    olive = Visitor(people.olive).open(f"/review/merges/of/{one.ref}/and/{other.ref}/")
    olive.send("Save this answer", answer="two", why="Twins.").see("these are two children")
    olive.open(f"/review/merges/of/{one.ref}/").see("No other record that is shown here")
    olive.open(f"/review/merges/of/{one.ref}/and/{other.ref}/")
    olive.see("Told apart by", "Olive Obi", "Twins.", "Why do you withdraw this?")


def test_a_wrong_telling_apart_is_withdrawn_for_a_reason(world: World, people: Any) -> None:
    one, other = pair(world)
    olive = Visitor(people.olive).open(f"/review/merges/of/{one.ref}/and/{other.ref}/")
    olive.send("Save this answer", answer="two", why="Twins.")
    manager = Visitor(people.max).open("/review/merges/").follow("Two children")
    manager.follow("Rowan Example and Rowan Exampler").see("Olive Obi", "Twins.")
    manager.send("Withdraw this").see("Enter why you withdraw this")
    manager.send("Withdraw this", why="One birth certificate.").see("Withdrawn.", "Max Marsh")
    olive.open(f"/review/merges/of/{one.ref}/").follow("Rowan Exampler")
    olive.send("Save this answer", answer="one", why="One passport.").see("Proposed.")
    said = NotSame.objects.get()
    manager.open(f"/review/merges/apart/{said.pk}/").see("No longer told apart", "One birth")
    changes = ChangeEvent.objects.filter(table_name="children_notsame", row_key=str(said.pk))
    # Rows of another module's world may have had the same number: the trail keeps those, too.
    assert [(c.verb, c.actor) for c in changes.order_by("-pk")[:2]] == [
        ("update", people.max.email),
        ("insert", people.olive.email),
    ]


def test_a_record_is_found_by_its_reference_or_its_cases(world: World, people: Any) -> None:
    one, other = world.child("Rowan"), world.child("Quite", "Different")
    case = world.case(other)
    olive = Visitor(people.olive)
    for ref in (other.ref.lower(), case.ref):
        olive.open(f"/review/merges/of/{one.ref}/")
        olive.send("Put the two side by side", ref=ref).see("Kept: " + one.ref, other.ref)
    olive.open(f"/review/merges/of/{one.ref}/")
    olive.send("Put the two side by side", ref="222-222-222").see("There is no other record")


def test_a_protected_record_is_not_there_for_who_does_not_work_on_its_case(
    world: World, people: Any
) -> None:
    one, hidden = world.child("Rowan"), world.child("Rowan", is_protected=True)
    case = world.case(hidden, owner=people.olive)
    manager = Visitor(people.max)
    manager.open(f"/review/merges/of/{one.ref}/").see("No other record that is shown here")
    for address in (f"{hidden.ref}/", f"{one.ref}/and/{hidden.ref}/"):
        assert manager.open(f"/review/merges/of/{address}").status == 404
    olive = Visitor(people.olive).open(f"/review/merges/of/{one.ref}/and/{hidden.ref}/")
    olive.send("Save this answer", answer="one", why="One passport.")
    merge = Merge.objects.get()
    assert manager.open(f"/review/merges/{merge.pk}/").status == 404
    cases.add_member(case=case, user=people.max, by=people.olive, at=AT)
    manager.open(f"/review/merges/{merge.pk}/").send("Save this answer", answer="agree")
    manager.see("Merged.")


@pytest.mark.parametrize("who", ["mo", "ada", "dee", "pat", "ari"])
def test_others_see_no_merges(world: World, people: Any, who: str) -> None:
    *_, merge = proposed(world, people)
    visitor = Visitor(getattr(people, who))
    for address in ("/review/merges/", f"/review/merges/{merge.pk}/"):
        assert visitor.open(address).status == 403


def test_who_looked_at_two_records_is_written_down(world: World, people: Any) -> None:
    kept, merged, _ = proposed(world, people)
    seen = AccessEvent.objects.filter(page="two records of one child").latest("pk")
    assert set(seen.child_ids) == {kept.pk, merged.pk}


def test_not_sure_yet_is_kept_and_the_record_goes_on_waiting(people: Any, db: None) -> None:
    schools()
    enrolled()
    row = joins(upn="", postcode="HA9 9ZZ")
    address = f"/review/{row.transfer.ref}/{row.number}/"
    olive = Visitor(people.olive).open(address)
    olive.send("Save this answer", answer="not_sure", why="The school rings back on Monday.")
    olive.see("goes on waiting", "Not sure yet. Olive Obi", "rings back on Monday")
    Visitor(people.mo).open(address).see("Not sure yet: Olive Obi", "rings back on Monday")
    assert (Row.objects.get(pk=row.pk).stage, Decision.objects.get().child) == ("unsure", None)

    again = joins(upn="", postcode="HA9 9ZZ", entry_on=AT.date())
    assert again.stage == "unsure"
    olive.open(address).send("Save this answer", answer="0", why="They rang.").see("Settled.")
    assert Row.objects.get(pk=row.pk).child == sam()


def test_what_speaks_for_and_against_two_records_is_drawn_tabled_and_marked(
    world: World, people: Any
) -> None:
    one, other = pair(world)
    olive = Visitor(people.olive).open(f"/review/merges/of/{one.ref}/and/{other.ref}/")
    olive.see("The two records: what speaks for and against", "Before comparing", "All together")
    olive.see("Nearly", "Exampler")
    page = Page(olive.content)
    assert len(page.drawings) == 1
    assert page.marks == {"Exampler Nearly The surnames are one letter apart.": "r"}
    assert not page.tree.xpath("//*[@style]")


def test_whichever_record_is_kept_the_same_speaks_for_and_against(
    world: World, people: Any
) -> None:
    one, other = pair(world)
    here, there = judge_pair(one, other), judge_pair(other, one)
    assert (here.kind, here.weight) == (there.kind, there.weight)
    assert abs(here.weight.total) > 1


def test_both_doors_score_two_records_by_the_same_model(people: Any, db: None) -> None:
    """The same facts come to the same points, in a file or on file."""
    schools()
    enrolled()
    row = joins(upn="", surname="Exampel")
    [waiting] = candidates_of(row)
    settle_row(row=row, child=None, why="Seen both.", by=people.olive, at=AT)
    on_file = Child.objects.exclude(pk=waiting.child.pk).get()
    assert waiting.weight == judge_pair(waiting.child, on_file).weight
