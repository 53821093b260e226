"""What the lines of a roll or census list do."""

from collections.abc import Sequence
from datetime import date, timedelta

from onroll.children import actions as children
from onroll.children.models import Child, Place
from onroll.formats import SchoolSpell
from onroll.formats.standing import Stand, standing
from onroll.intake.actions.effects import Applying, child_of, effect, own_spell
from onroll.intake.actions.registration import (
    REGISTERED,
    is_registered_elsewhere,
    keep_unregistered,
    register,
    words_for_guest,
)
from onroll.intake.effects import Effect
from onroll.intake.models import Row
from onroll.intake.queries import History
from onroll.rules.dated import in_words
from onroll.schools.models import School


def enrol(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply lines of a roll or census list; a line that says nothing new changes nothing.

    A line counts as on the roll only if it is clear: not where it says that the child left, is a
    guest or has not started, nor where that cannot be told.
    """
    by_school: dict[School, list[tuple[Row, date | None]]] = {}
    for row in rows:
        school = applying.school_of(row)
        if school is not None and not _is_off_roll(applying, row, school):
            spell = own_spell(row.record, school)
            by_school.setdefault(school, []).append((row, spell.entry_on if spell else None))
    for school, lines in by_school.items():
        _enrol(applying, school, lines)


def _is_off_roll(applying: Applying, row: Row, school: School) -> bool:
    """Return whether the line shows no registration; if so, it has been applied."""
    spell, on = own_spell(row.record, school) or SchoolSpell(), applying.source.said_on
    stand = standing(spell, row.record.enrol_status, on=on)
    match stand.stand:
        case Stand.LEFT:
            _left(applying, row, school, spell, stand.on or on - timedelta(days=1))
        case Stand.GUEST:
            keep_unregistered(applying, row, school, words_for_guest(school))
        case Stand.TO_COME if stand.on is None:
            words = f"The list says that the child has not started at {school.name} yet."
            keep_unregistered(applying, row, school, f"{words} Ask the school for the first day.")
        case Stand.UNCLEAR:
            words = f"The list has the child at {school.name}, but {stand.words}."
            ask = "Nobody can say whether the child is still on the roll: ask the school."
            keep_unregistered(applying, row, school, f"{words} {ask}")
        case _:
            return False
    return True


def _left(applying: Applying, row: Row, school: School, spell: SchoolSpell, left_on: date) -> None:
    children.end_place(
        child=child_of(row),
        school=school,
        left_on=left_on,
        from_on=spell.entry_on,
        source=applying.source,
        row=row.number,
    )
    words = (
        f"The list itself says that the child left {school.name}, last there {in_words(left_on)}."
    )
    effect(row, Effect.KEPT, f"{words} Find out which school the child is at now.")
    row.is_to_confirm = not is_registered_elsewhere(applying.history(row), school)


def _enrol(applying: Applying, school: School, lines: Sequence[tuple[Row, date | None]]) -> None:
    starts: list[tuple[Child, int | None, date | None]] = []
    for row, from_on in lines:
        history = applying.history(row)
        stays = [p for p in history.places if p.school_id == school.pk and p.kind == REGISTERED]
        if any(place.to_on is None for place in stays):
            effect(row, Effect.ROLL_KEPT, "Already on this roll.")
        elif stays and (from_on is None or any(_is_within(place, from_on) for place in stays)):
            _contradicts(row, stays[-1], school)
        elif history.open_case or _is_expected(history):
            register(applying, row, school, from_on or applying.source.said_on)
        else:
            starts.append((child_of(row), row.number, from_on))
            if from_on is not None and from_on > applying.on:
                effect(
                    row,
                    Effect.JOINING_LATER,
                    f"Is to start at {school.name} on {in_words(from_on)}.",
                )
            else:
                effect(row, Effect.ROLL_KEPT, "On this school's roll.")
    children.start_places(starts=starts, school=school, source=applying.source)


def _is_within(place: Place, from_on: date) -> bool:
    return place.to_on is not None and from_on <= place.to_on


def _contradicts(row: Row, place: Place, school: School) -> None:
    """Ask an officer: the school took the child off its roll before, and nothing is put back."""
    left = (
        f"{school.name} said that the child left on {in_words(place.to_on)}." if place.to_on else ""
    )
    effect(
        row, Effect.ROLL_CONTRADICTS, f"{left} This list still has the child. Ask which is right."
    )
    row.is_to_confirm = True


def _is_expected(history: History) -> bool:
    return any(p.kind in children.UNCONFIRMED and p.to_on is None for p in history.places)
