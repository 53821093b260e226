"""What the records of a list that is no school's file do."""

from collections.abc import Sequence
from datetime import date

from onroll.children import actions as children
from onroll.children.models import PlaceKind
from onroll.formats import SchoolSpell
from onroll.formats.standing import Stand, standing
from onroll.intake.actions.effects import Applying, child_of, effect
from onroll.intake.effects import Effect
from onroll.intake.list_kinds import LIST_TYPES
from onroll.intake.models import ListKind, Row
from onroll.rules.dated import in_words
from onroll.schools.models import School


def keep(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply records of a list that is no roll: a place, the end of one, or only a name."""
    do = _DOES.get(applying.transfer.list_kind, _only_keep)
    for row in rows:
        do(applying, row)


def _only_keep(applying: Applying, row: Row) -> None:
    noun = LIST_TYPES[applying.transfer.list_kind].noun
    effect(row, Effect.KEPT, f"On the {noun} list of {in_words(_listed_on(applying))}.")


def _left(applying: Applying, row: Row) -> None:
    """End the stay at the school the child is said to have left, where that school is on file."""
    spell, school = _school(applying, row)
    left_on = spell.leaving_on or _listed_on(applying)
    if school is None:
        effect(row, Effect.KEPT, "Said to have left a school that was not on file.")
        return
    children.end_place(
        child=child_of(row),
        school=school,
        left_on=left_on,
        source=applying.source,
        row=row.number,
        from_on=spell.entry_on,
    )
    effect(row, Effect.KEPT, f"Said to have left {school.name} on {in_words(left_on)}.")


def _school(applying: Applying, row: Row) -> tuple[SchoolSpell, School | None]:
    """Return what a record says of a school, and that school: else the list's only one."""
    spell = row.record.schools[0] if row.record.schools else SchoolSpell()
    return spell, applying.find_school(spell) or applying.transfer.sender


def _joined(applying: Applying, row: Row) -> None:
    """Keep a school that a child is said to have joined, until its roll or joiner's file says."""
    _hope(applying, row, PlaceKind.NAMED, "Said to have joined")


def _offered(applying: Applying, row: Row) -> None:
    _hope(applying, row, PlaceKind.OFFERED, "Offered a place at")


def _hope(applying: Applying, row: Row, kind: PlaceKind, words: str) -> None:
    spell, school = _school(applying, row)
    from_on = spell.entry_on or _listed_on(applying)
    title = school.name if school else spell.name or "a school that is not named"
    if any(
        place.to_on is None and place.school == school
        for place in applying.history(row).places
        if place.kind == PlaceKind.REGISTERED.value
    ):
        effect(row, Effect.KEPT, f"{words} {title}, and was on its roll already.")
        return
    children.start_place(
        child=child_of(row),
        kind=kind,
        from_on=from_on,
        source=applying.source,
        row=row.number,
        school=school,
        provision="" if school else title[:120],
    )
    effect(row, Effect.KEPT, f"{words} {title} from {in_words(from_on)}.")


def _educated_at_home(applying: Applying, row: Row) -> None:
    """The home education team's word counts, except against an open case: there it is a lead."""
    spell = row.record.schools[0] if row.record.schools else SchoolSpell()
    stand = standing(spell, row.record.enrol_status, on=_listed_on(applying))
    if stand.stand in (Stand.LEFT, Stand.UNCLEAR):
        words = f"The home education list itself says: {stand.words}. Find out where the child is."
        effect(row, Effect.KEPT, words)
        row.is_to_confirm = True
        return
    children.start_place(
        child=child_of(row),
        kind=PlaceKind.HOME_EDUCATION,
        from_on=spell.entry_on or _listed_on(applying),
        source=applying.source,
        row=row.number,
        provision="Home education",
        is_confirmed=applying.history(row).open_case is None,
    )
    effect(row, Effect.KEPT, f"On the home education list of {in_words(_listed_on(applying))}.")


def _listed_on(applying: Applying) -> date:
    return applying.transfer.listed_on or applying.on


_DOES = {
    ListKind.LEAVERS.value: _left,
    ListKind.JOINERS.value: _joined,
    ListKind.OFFERS.value: _offered,
    ListKind.HOME_EDUCATION.value: _educated_at_home,
}
