"""A registration at a school begins, or the record turns out to show none."""

from datetime import date, datetime, timedelta

from onroll.cases import actions as casework
from onroll.cases.models import AlertKind, Case
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind
from onroll.intake.actions.effects import Applying, child_of, effect, hold
from onroll.intake.effects import Effect, is_about_death
from onroll.intake.models import Row
from onroll.intake.queries import History
from onroll.rules.dated import in_words
from onroll.schools.models import School

REGISTERED = PlaceKind.REGISTERED.value
A_YEAR = timedelta(days=366)
"""A first day further ahead than this is a slip of the pen."""


def words_for_guest(school: School) -> str:
    """Return what a guest's record shows. Source: CBDS CS007 G, *not registered at this school*."""
    return (
        f"Says that the child is a guest at {school.name}, which is no registration there. Find "
        "out at which school the child is registered."
    )


def keep_unregistered(applying: Applying, row: Row, school: School, words: str) -> None:
    """Keep a record that shows no registration; on an open case it is a lead."""
    effect(row, Effect.KEPT, words)
    history = applying.history(row)
    row.is_to_confirm = not is_registered_elsewhere(history, school)
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


def is_registered_elsewhere(history: History, school: School) -> bool:
    return any(
        place.kind == REGISTERED and place.to_on is None and place.school_id != school.pk
        for place in history.places
    )


def register(applying: Applying, row: Row, school: School, from_on: date) -> None:
    child, history = child_of(row), applying.history(row)
    if from_on - applying.on > A_YEAR:
        hold(
            row,
            f"Says that the child joins on {in_words(from_on)}, which is more than a year ahead. "
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
    words = f"Joined {school.name} on {in_words(from_on)}."
    if place.to_on is not None:
        _already_left(row, words, place)
        return
    children.end_expectations(child=child, school=school, on=from_on, source=applying.source)
    if from_on > applying.on:
        _plan(applying, row, school, from_on)
    elif history.open_case is not None:
        _close_gap(applying, row, history.open_case, words, from_on)
    else:
        _say_where(row, words, history, school, from_on)
    if from_on <= applying.on:
        _overtake_claims(history, place, at=applying.at)
    _ask_about_death(row, child, history)


def _plan(applying: Applying, row: Row, school: School, from_on: date) -> None:
    """Keep a joining that lies ahead as a plan: until that day the child is where they were."""
    words = f"Is to start at {school.name} on {in_words(from_on)}."
    row.case = casework.update_whereabouts(child=child_of(row), on=applying.on, at=applying.at)
    if row.case is not None:
        words = f"{words} The case stays open, and a clock waits for that day."
    effect(row, Effect.JOINING_LATER, words, "Regs 2024 reg 13(1)")


def _already_left(row: Row, words: str, place: Place) -> None:
    left = (
        f"It has said since that the child left on {in_words(place.to_on)}." if place.to_on else ""
    )
    effect(row, Effect.JOINED_AND_LEFT, f"{words} {left}", "Regs 2024 reg 13(1)")


def _close_gap(applying: Applying, row: Row, case: Case, words: str, from_on: date) -> None:
    """Take an open case to *found* when the joining may be the end of its gap."""
    row.case = case
    if from_on < case.missing_since_on - casework.SAME_MOVE:
        since = f"The case is about a gap since {in_words(case.missing_since_on)}: ask the school."
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


def _say_where(row: Row, words: str, history: History, school: School, from_on: date) -> None:
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


def _overtake_claims(history: History, place: Place, *, at: datetime) -> None:
    """Close the claims that a joining answers; a claim of death stays open."""
    for claim in history.claims:
        if claim.confirmed_at is None and not is_about_death(claim.effect):
            claim.is_to_confirm, claim.overtaken_at, claim.overtaken_by = False, at, place
            claim.save(update_fields=["is_to_confirm", "overtaken_at", "overtaken_by"])


def _ask_about_death(row: Row, child: Child, history: History) -> None:
    is_said = any(is_about_death(claim.effect) for claim in history.claims)
    if child.died_on is not None or is_said:
        row.may_have_died = row.is_to_confirm = True
