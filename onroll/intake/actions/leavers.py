"""What a leaver's record does: the one place where a school's word becomes a place or a case."""

from collections.abc import Sequence

from onroll.children import actions as children
from onroll.children.models import PlaceKind
from onroll.intake.actions.departure import (
    DAY,
    Departure,
    departure_of,
    leavers_spell,
    places_since,
)
from onroll.intake.actions.effects import Applying, child_of, effect
from onroll.intake.actions.leaver_outcomes import DEPARTURE_OUTCOMES
from onroll.intake.effects import Effect, claim_of, is_about_death
from onroll.intake.models import Row


def leave(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply leavers' records."""
    for row in rows:
        _leave(applying, row)


def move_on(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply a CTF sent on to another school: a leaver if it says so, else only kept."""
    for row in rows:
        spell = leavers_spell(row.record, applying.school)
        if spell.leaving_on or spell.leaving_reason or spell.removal_grounds:
            _leave(applying, row)
        else:
            effect(row, Effect.KEPT, "Kept. The file does not say that the child has left.")


def _leave(applying: Applying, row: Row) -> None:
    departure = departure_of(applying, row)
    _keep_destination(applying, departure)
    for outcome in DEPARTURE_OUTCOMES:
        if outcome(applying, departure):
            return


_TITLES = {PlaceKind.HOME_EDUCATION: "Home education", PlaceKind.ABROAD: "Abroad"}


def _keep_destination(applying: Applying, departure: Departure) -> None:
    """Keep where the school says the child goes, as a claim, unless it is known better already."""
    if is_about_death(departure.meaning.kind) or places_since(departure):
        return
    kind = claim_of(departure.meaning.kind).place
    if kind not in _TITLES:
        if not departure.has_destination:
            return
        kind = PlaceKind.NAMED
    school = departure.new_school if kind == PlaceKind.NAMED else None
    name = departure.going_to.name or f"School {departure.going_to.number}"
    children.start_place(
        child=child_of(departure.row),
        kind=kind,
        from_on=departure.going_to.entry_on or departure.left_on + DAY,
        source=applying.source,
        row=departure.row.number,
        school=school,
        provision="" if school else _TITLES.get(kind) or name[:120],
    )
