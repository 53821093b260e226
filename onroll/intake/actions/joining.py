"""What a school says of a child it has: a joiner's record, or a line of its roll."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from onroll.cases import actions as casework
from onroll.cases.models import AlertKind, Case
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind
from onroll.formats import SchoolSpell
from onroll.formats.standing import Stand, standing
from onroll.intake.actions.applying import Applying, child_of, day, effect, hold, own_spell
from onroll.intake.effects import Effect, is_about_death
from onroll.intake.models import Row
from onroll.intake.queries import History
from onroll.schools.models import School

REGISTERED = PlaceKind.REGISTERED.value
A_YEAR = timedelta(days=366)
"""A first day further ahead than this is a slip of the pen."""


def join(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply joiners' records: the gap a leaver left is closed, and what was hoped for is over."""
    for row in rows:
        spell = own_spell(row.record, applying.school) or SchoolSpell()
        entry = replace(spell, leaving_on=None, leaving_text="")
        stand = standing(entry, row.record.enrol_status, on=applying.on)
        if stand.stand is Stand.GUEST:
            _register_nowhere(applying, row, applying.school, _guest(applying.school))
        elif stand.stand is Stand.UNCLEAR:
            hold(
                row,
                f"Says that the child joined, but {stand.words}: it may lie ahead. Ask the school "
                "to send the right day.",
            )
        else:
            _join(applying, row, applying.school, spell.entry_on or applying.source.said_on)


def _guest(school: School) -> str:
    """Return what a guest's record shows. Source: CBDS CS007 G, *not registered at this school*."""
    return (
        f"Says that the child is a guest at {school.name}, which is no registration there. Find "
        "out at which school the child is registered."
    )


def _register_nowhere(applying: Applying, row: Row, school: School, words: str) -> None:
    """Keep a record that has a child and shows no registration; for an open case it is a lead."""
    effect(row, Effect.KEPT, words)
    history = applying.history(row)
    row.is_to_confirm = not _is_elsewhere(history, school)
    if history.open_case is not None:
        row.case = history.open_case
        casework.raise_alert(
            case=history.open_case,
            kind=AlertKind.LEAD,
            source=applying.source,
            row=row.number,
            quote=words,
            at=applying.at,
        )


def _is_elsewhere(history: History, school: School) -> bool:
    return any(
        place.kind == REGISTERED and place.to_on is None and place.school_id != school.pk
        for place in history.places
    )


def _join(applying: Applying, row: Row, school: School, from_on: date) -> None:
    child, history = child_of(row), applying.history(row)
    if from_on - applying.on > A_YEAR:
        hold(
            row,
            f"Says that the child joins on {day(from_on)}, which is more than a year ahead. "
            "Ask the school to send the right day.",
        )
        return
    place = children.start_place(
        child=child,
        kind=PlaceKind.REGISTERED,
        from_on=from_on,
        source=applying.source,
        row=row.number,
        school=school,
        is_confirmed=True,
    )
    words = f"Joined {school.name} on {day(from_on)}."
    if place.to_on is not None:
        _already_left(row, words, place)
        return
    children.end_expectations(child=child, school=school, on=from_on, source=applying.source)
    if from_on > applying.on:
        _is_to_join(applying, row, school, from_on)
    elif history.open_case is not None:
        _close_gap(applying, row, history.open_case, words, from_on)
    else:
        _tell(row, words, history, school, from_on)
    if from_on <= applying.on:
        _answer_claims(history, words, at=applying.at)
    _ask_about_death(row, child, history)


def _is_to_join(applying: Applying, row: Row, school: School, from_on: date) -> None:
    """Keep a joining that lies ahead as a plan: until that day the child is where they were."""
    words = f"Is to start at {school.name} on {day(from_on)}."
    row.case = casework.update_whereabouts(child=child_of(row), on=applying.on, at=applying.at)
    if row.case is not None:
        words = f"{words} The case stays open, and a clock waits for that day."
    effect(row, Effect.JOINING_LATER, words, "Regs 2024 reg 13(1)")


def _already_left(row: Row, words: str, place: Place) -> None:
    left = f"It has said since that the child left on {day(place.to_on)}." if place.to_on else ""
    effect(row, Effect.JOINED_AND_LEFT, f"{words} {left}", "Regs 2024 reg 13(1)")


def _close_gap(applying: Applying, row: Row, case: Case, words: str, from_on: date) -> None:
    """Take an open case to *found* when the joining may be the end of its gap."""
    row.case = case
    if from_on < case.missing_since_on - casework.SAME_MOVE:
        since = f"The case is about a gap since {day(case.missing_since_on)}: ask the school."
        casework.raise_alert(
            case=case,
            kind=AlertKind.LEAD,
            source=applying.source,
            row=row.number,
            quote=f"{words} {since}",
            at=applying.at,
        )
        effect(row, Effect.PLACE_STARTED, f"{words} {since}", "Regs 2024 reg 13(1)")
        return
    casework.update_whereabouts(child=child_of(row), on=applying.on, at=applying.at)
    effect(row, Effect.GAP_CLOSED, f"{words} The open case now says the child is found.", "P42")


def _tell(row: Row, words: str, history: History, school: School, from_on: date) -> None:
    elsewhere = [
        place.title
        for place in history.places
        if place.kind == REGISTERED
        and place.school_id != school.pk
        and (place.to_on is None or place.to_on >= from_on)
        and (place.from_on is None or place.from_on <= from_on)
    ]
    if elsewhere:
        words = (
            f"{words} When this was read, {' and '.join(elsewhere)} had not said that the child "
            "left: ask there for a leaver's file."
        )
    effect(row, Effect.PLACE_STARTED, words, "Regs 2024 reg 13(1)")


def _answer_claims(history: History, words: str, *, at: datetime) -> None:
    """Take off the officers' list what a joining answers; a claim of death stays on it."""
    for claim in history.claims:
        if claim.confirmed_at is None and not is_about_death(claim.effect):
            claim.is_to_confirm, claim.overtaken_at = False, at
            claim.effect_words = f"{claim.effect_words} Since then: {words}"
            claim.save(update_fields=["is_to_confirm", "overtaken_at", "effect_words"])


def _ask_about_death(row: Row, child: Child, history: History) -> None:
    is_said = any(is_about_death(claim.effect) for claim in history.claims)
    if child.died_on is not None or is_said:
        row.effect_words += " The record says that this child may have died: find out which is so."
        row.is_to_confirm = True


# A roll


def enrol(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply lines of a roll or census list; one that says nothing new changes nothing.

    A line that says itself that the child left, is a guest or has not come yet is none of the
    roll; nor is one of which that cannot be told.
    """
    by_school: dict[School, list[tuple[Row, date | None]]] = {}
    for row in rows:
        school = applying.school_of(row)
        if school is not None and not _is_off_roll(applying, row, school):
            spell = own_spell(row.record, school)
            by_school.setdefault(school, []).append((row, spell.entry_on if spell else None))
    for school, theirs in by_school.items():
        _enrol(applying, school, theirs)


def _is_off_roll(applying: Applying, row: Row, school: School) -> bool:
    """Apply a line that shows no registration; say whether it was one."""
    spell, on = own_spell(row.record, school) or SchoolSpell(), applying.source.said_on
    stand = standing(spell, row.record.enrol_status, on=on)
    match stand.stand:
        case Stand.LEFT:
            _left(applying, row, school, spell, stand.on or on - timedelta(days=1))
        case Stand.GUEST:
            _register_nowhere(applying, row, school, _guest(school))
        case Stand.TO_COME if stand.on is None:
            words = f"The list says that the child has not started at {school.name} yet."
            _register_nowhere(applying, row, school, f"{words} Ask the school for the first day.")
        case Stand.UNCLEAR:
            words = f"The list has the child at {school.name}, but {stand.words}."
            ask = "Nobody can say whether the child is still on the roll: ask the school."
            _register_nowhere(applying, row, school, f"{words} {ask}")
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
    words = f"The list itself says that the child left {school.name}, last there {day(left_on)}."
    effect(row, Effect.KEPT, f"{words} Find out which school the child is at now.")
    row.is_to_confirm = not _is_elsewhere(applying.history(row), school)


def _enrol(applying: Applying, school: School, told: Sequence[tuple[Row, date | None]]) -> None:
    starts: list[tuple[Child, int | None, date | None]] = []
    for row, from_on in told:
        history = applying.history(row)
        here = [p for p in history.places if p.school_id == school.pk and p.kind == REGISTERED]
        if any(place.to_on is None for place in here):
            effect(row, Effect.ROLL_KEPT, "Already on this roll.")
        elif here and (from_on is None or any(_is_within(place, from_on) for place in here)):
            _contradicts(row, here[-1], school)
        elif history.open_case or _is_expected(history):
            _join(applying, row, school, from_on or applying.source.said_on)
        else:
            starts.append((child_of(row), row.number, from_on))
            if from_on is not None and from_on > applying.on:
                effect(
                    row, Effect.JOINING_LATER, f"Is to start at {school.name} on {day(from_on)}."
                )
            else:
                effect(row, Effect.ROLL_KEPT, "On this school's roll.")
    children.start_places(starts=starts, school=school, source=applying.source)


def _is_within(place: Place, from_on: date) -> bool:
    return place.to_on is not None and from_on <= place.to_on


def _contradicts(row: Row, place: Place, school: School) -> None:
    """The list has a child whom the school took off its roll: nothing is put back unasked."""
    left = f"{school.name} said that the child left on {day(place.to_on)}." if place.to_on else ""
    effect(
        row, Effect.ROLL_CONTRADICTS, f"{left} This list still has the child. Ask which is right."
    )
    row.is_to_confirm = True


def _is_expected(history: History) -> bool:
    return any(p.kind in children.UNCONFIRMED and p.to_on is None for p in history.places)
