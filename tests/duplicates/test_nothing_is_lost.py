"""Nothing attached to either record is lost by a merge or by undoing it: every key there is.

SORMAS 8229: linked records left behind. Each table that points to a child is found by itself, so
that whoever adds one must say here what becomes of it.
"""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from onroll.cases import actions as cases
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, AdultFacts, Background, ChildFacts, Evidence
from onroll.children.models import Basis, Child, Name
from onroll.intake import actions as intake
from onroll.intake.models import Row
from onroll.lists.models import Finding
from tests.cases import world as worlds
from tests.cases.world import AT, World
from tests.duplicates.pairs import another_source, everything, merge, undo
from tests.intake.world import leaves

MOVES = {
    "cases.case.child",
    "clocks.deadline.child",
    "children.address.child",
    "children.child.merged_into",
    "children.correction.child",
    "children.detail.child",
    "children.flag.child",
    "children.identifier.child",
    "children.name.child",
    "children.place.child",
    "children.relationship.child",
    "intake.decision.child",
    "lists.finding.child",
    "intake.row.child",
}
STAYS = {
    # What people said of the two records: it holds for the kept one through `merged_into`.
    "children.merge.kept",
    "children.merge.merged",
    "children.notsame.one",
    "children.notsame.other",
    # Which record a school chose for a referral; it leads to the kept one in the same way.
    "referrals.referredchild.record",
    # Which child the hub meant; it leads to the kept one in the same way.
    "referrals.hubdecision.meant",
    # Of whom another authority was told; it leads to the kept one in the same way.
    "advice.pupilmessage.record",
}


def keys_to_children() -> dict[str, Any]:
    """Return every column of every table that holds a child's number, by its name."""
    return {
        f"{model._meta.label_lower}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
        and field.related_model is Child
    }


def test_every_key_to_a_child_moves_or_stays_for_a_reason() -> None:
    assert set(keys_to_children()) == MOVES | STAYS


@pytest.fixture
def full(db: None, people: Any) -> tuple[World, Child, Child]:
    """Two records, the second with a row in every table that points to a child."""
    world = worlds.build()
    kept = world.child()
    another_source(world)
    row = leaves(reason="UK", upn="", forename="Samuel", surname="Muster", born=date(2014, 5, 6))
    merged = row.child
    assert merged is not None
    children.add_facts(
        child=merged,
        facts=ChildFacts(
            forename="Sammy",
            surname="Muster",
            identifiers=(("upn", "B310200022001"),),
            addresses=(AddressFacts(lines=("2 Elsewhere",), postcode="HA2 2AA"),),
            adults=(AdultFacts(forename="Dad", surname="Muster", order=1),),
            flags=("young_carer",),
            details=(("first_language", "NEP"),),
        ),
        source=world.source,
    )
    children.correct(
        child=merged,
        facts=Background({"free_meals": "yes"}),
        evidence=Evidence("The mother", Basis.TOLD),
        by=people.olive,
        at=AT,
    )
    asked = leaves(reason="UK", upn="", forename="Samuel", surname="Muster", born=date(2014, 6, 5))
    assert asked.stage == "unsure"
    intake.settle_row(row=asked, child=merged, why="Rang.", by=people.olive, at=AT)
    Finding.objects.create(
        transfer=row.transfer, child=merged, kind="vanished", because="On no roll.", found_at=AT
    )
    case = merged.cases.get()
    cases.assign_case(case=case, owner=people.max, by=people.max, at=AT)
    cases.add_note(case=case, text="Rang.", by=people.olive, at=AT)
    cases.add_member(case=case, user=people.cat, by=people.max, at=AT)
    merge(merged, world.child("Earlier"), people)
    return world, kept, merged


def rows_of(child: Child) -> dict[str, set[int]]:
    """Return the numbers of the rows that point to a child, by column."""
    return {
        name: set(
            field.model._default_manager.filter(**{field.name: child}).values_list("pk", flat=True)
        )
        for name, field in keys_to_children().items()
        if name in MOVES
    }


def test_the_example_has_a_row_behind_every_key(full: Any) -> None:
    *_, merged = full
    assert [name for name, found in rows_of(merged).items() if not found] == []


def test_all_that_hung_on_the_merged_record_hangs_on_the_kept_one(full: Any, people: Any) -> None:
    _, kept, merged = full
    before = rows_of(merged)
    merge(kept, merged, people)
    after = rows_of(kept)
    assert {name: rows - after[name] for name, rows in before.items() if rows - after[name]} == {}


def test_undone_every_row_is_what_it_was(full: Any, people: Any) -> None:
    _, kept, merged = full
    before = everything()
    undo(merge(kept, merged, people), people)
    assert everything() == before


def test_what_both_records_have_stays_once_with_each(full: Any, people: Any) -> None:
    """A fact that the kept record has already is not told twice, nor thrown away."""
    world, kept, merged = full
    facts = ChildFacts(forename="Sammy", surname="Muster", flags=("young_carer",))
    children.add_facts(child=kept, facts=facts, source=world.source)
    everywhere = {name: sum(map(len, (rows_of(c)[name] for c in (kept, merged)))) for name in MOVES}
    merge(kept, merged, people)
    after = {name: sum(map(len, (rows_of(c)[name] for c in (kept, merged)))) for name in MOVES}
    assert {name for name in MOVES if after[name] < everywhere[name]} == set()
    assert kept.flags.filter(kind="young_carer", to_on__isnull=True).count() == 1
    assert Name.objects.filter(child=kept, forename="Sammy").count() == 1


def test_numbers_of_children_kept_outside_of_keys_lead_to_the_kept_record(
    full: Any, people: Any
) -> None:
    """Candidates and answers name children in JSON: what reads them goes through `kept_of`."""
    _, kept, merged = full
    row = leaves(reason="UK", upn="", forename="Samuel", surname="Muster", born=date(2014, 5, 7))
    assert (row.stage, [c["child"] for c in row.candidates]) == ("unsure", [merged.pk])
    done = merge(kept, merged, people)
    settled = intake.settle_row(
        row=Row.objects.get(pk=row.pk), child=kept, why="Rang.", by=people.olive, at=AT
    )
    assert settled.child == kept
    undo(done, people)
    settled.refresh_from_db()
    assert settled.child == kept
