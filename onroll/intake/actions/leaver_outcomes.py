"""What a leaver's record does: the first outcome that applies decides.

Each takes the leaving, does what it means, and returns whether it applied.
"""

from onroll.cases import actions as casework
from onroll.cases.models import AlertKind
from onroll.children.models.place import EDUCATION
from onroll.intake.actions.departure import DAY, Departure, places_since
from onroll.intake.actions.effects import Applying, effect
from onroll.intake.effects import Effect, is_about_death
from onroll.intake.models import Row
from onroll.rules import pathway
from onroll.rules.dated import in_words
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage


def _perhaps_dead(applying: Applying, departure: Departure) -> bool:
    """Put a claim of death to a person, whatever else is known."""
    if not is_about_death(departure.meaning.kind):
        return False
    _tell(applying, departure)
    departure.row.is_to_confirm = not _is_asked_already(applying, departure)
    return True


def _moved_on(applying: Applying, departure: Departure) -> bool:
    """Note that a later place is on record already: the departure is history."""
    since = places_since(departure)
    if not since:
        return False
    current = [place for place in since if place.to_on is None or place.to_on >= applying.on]
    place = (current or since)[-1]
    if place.from_on is not None and place.from_on > applying.on:
        where = f"was to start at {place.title} on {in_words(place.from_on)}"
        departure.row.is_to_confirm = departure.meaning.opens_case
    elif current:
        where = f"already at {place.title} on {in_words(applying.on)}"
    else:
        where = f"was at {place.title} after that"
    effect(
        departure.row, Effect.PLACE_ENDED, f"{departure.words}; {where}.", departure.meaning.clause
    )
    return True


def _still_elsewhere(applying: Applying, departure: Departure) -> bool:
    """Ask where another school still has the child on its roll from before this departure.

    Forgotten leavers are common (files.md 11.3), so an old place alone proves nothing: ask.
    """
    on = max(applying.on, departure.left_on + DAY)
    older = [
        place
        for place in departure.history.places
        if place.pk != departure.place.pk
        and place.kind in EDUCATION
        and place.is_confirmed
        and (place.from_on is None or place.from_on <= on)
        and (place.to_on is None or place.to_on >= on)
    ]
    if not older:
        return False
    where = ", ".join(place.title for place in older)
    words = (
        f"{departure.words}; on {in_words(applying.on)} still recorded at {where} from before. "
        "Ask whether that is so."
    )
    effect(
        departure.row,
        Effect.PLACE_ENDED,
        f"{words} {departure.meaning.because}",
        departure.meaning.clause,
    )
    departure.row.is_to_confirm = departure.meaning.opens_case or departure.meaning.needs_person
    return True


def _told_before(applying: Applying, departure: Departure) -> bool:
    """Ask whether this is new, where a case was closed after the child left."""
    case = departure.history.closed_case
    is_after = case and case.closed_on and case.closed_on >= departure.left_on
    if not departure.meaning.opens_case or departure.history.open_case or not case or not is_after:
        return False
    title = OUTCOMES[case.outcome].title if case.outcome in OUTCOMES else case.outcome
    words = (
        f"{departure.words}. A case was closed on {in_words(case.closed_on or departure.left_on)} "
        f"({title}). Is this anything new? {departure.meaning.because}"
    )
    effect(departure.row, Effect.TOLD_AFTER_CLOSING, words, departure.meaning.clause)
    departure.row.is_to_confirm = True
    return True


def _still_to_leave(applying: Applying, departure: Departure) -> bool:
    """Ask while the last day lies ahead: the child is on the roll until then, so not missing."""
    if departure.left_on <= applying.on or not departure.meaning.opens_case:
        return False
    words = f"Was to leave on {in_words(departure.left_on)}. {departure.meaning.because}"
    effect(departure.row, Effect.LEAVING_LATER, words, departure.meaning.clause)
    departure.row.is_to_confirm = True
    return True


def _open(applying: Applying, departure: Departure) -> bool:
    """Open a case, or join the open one: from here on nobody knows where the child is."""
    if not departure.meaning.opens_case:
        return False
    meaning, before = departure.meaning, departure.history.open_case
    case, is_new = applying.open_case(
        departure.row,
        reason=meaning.case_reason,
        because=meaning.because,
        clause=meaning.clause,
        since=departure.left_on + DAY,
    )
    if before and before.stage == Stage.LOCATED.value and _is_news(departure):
        words = f"{applying.school.name} says the child has left again. {meaning.because}"
        casework.move_case(case=case, move=pathway.LOSE, why=words, at=applying.at, by=None)
        casework.raise_alert(
            case=case,
            kind=AlertKind.LOST_AGAIN,
            source=applying.source,
            row=departure.row.number,
            quote=words,
            at=applying.at,
        )
    did = "Case opened. " if is_new else "Joined the open case. "
    code = Effect.CASE_OPENED if is_new else Effect.CASE_JOINED
    effect(departure.row, code, did + meaning.because, meaning.clause)
    return True


def _is_news(departure: Departure) -> bool:
    """Say whether the child left after the case was opened, from a place this file ended."""
    case = departure.history.open_case
    return case is not None and departure.left_on >= case.missing_since_on


def _claim(applying: Applying, departure: Departure) -> bool:
    """Keep where the school says the child is, as a claim that a person may have to confirm."""
    _tell(applying, departure)
    is_asked = _is_asked_already(applying, departure)
    has_case = departure.row.case is not None
    departure.row.is_to_confirm = departure.meaning.needs_person and not (is_asked or has_case)
    return True


def _tell(applying: Applying, departure: Departure) -> None:
    """Say what the record means, and tell whoever works on an open case."""
    meaning, case = departure.meaning, departure.history.open_case
    effect(departure.row, Effect(meaning.kind), meaning.because, meaning.clause)
    if case is not None:
        departure.row.case = case
        casework.raise_alert(
            case=case,
            kind=AlertKind.LEAD,
            source=applying.source,
            row=departure.row.number,
            quote=meaning.because,
            at=applying.at,
        )


def _is_asked_already(applying: Applying, departure: Departure) -> bool:
    """Say whether the same claim of the same school was put to an officer for this departure."""
    for claim in departure.history.claims:
        is_same = claim.effect == departure.row.effect and claim.transfer.sender == applying.school
        if is_same and _is_of_this_leaving(claim, departure):
            by = claim.confirmed_by.name if claim.confirmed_by else ""
            note = f"Answered by {by}." if by else "The same was waiting for an officer already."
            departure.row.effect_words = f"{departure.row.effect_words} {note}"
            return True
    return False


def _is_of_this_leaving(claim: Row, departure: Departure) -> bool:
    """Say whether a claim was applied since the child last came to the school."""
    began = departure.place.from_on
    return claim.applied_at is not None and (began is None or claim.applied_at.date() >= began)


DEPARTURE_OUTCOMES = (
    _perhaps_dead,
    _moved_on,
    _still_elsewhere,
    _told_before,
    _still_to_leave,
    _open,
    _claim,
)
