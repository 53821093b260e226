"""What a leaver's record does: the one place where a school's word becomes a place or a case.

What the words mean is in `rules.leavers`; here that is held against what others have said since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.cases import actions as casework
from onroll.cases.models import AlertKind
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind
from onroll.children.models.place import EDUCATION
from onroll.formats import PupilRecord, SchoolSpell
from onroll.intake.actions.applying import Applying, child_of, day, effect, own_spell
from onroll.intake.effects import Effect, claim_of, is_about_death
from onroll.intake.models import Row
from onroll.intake.queries import History
from onroll.rules import pathway
from onroll.rules.leavers import Leaver, Meaning, meaning
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage
from onroll.schools.models import School

DAY = timedelta(days=1)
NEAR = timedelta(days=31)
"""A new school's first day may lie this long before the last day at the old one."""


@dataclass(frozen=True)
class Leaving:
    """One leaver's record: what it means, where the child goes, and the place that ended."""

    row: Row
    spell: SchoolSpell
    going_to: SchoolSpell
    new_school: School | None
    said: Meaning
    place: Place
    left_on: date
    history: History
    has_destination: bool

    @property
    def words(self) -> str:
        """Return that the child left, and when."""
        return f"Left on {day(self.left_on)}"


def leave(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply leavers' records."""
    for row in rows:
        _leave(applying, row)


def move_on(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply a CTF sent on to another school: a leaver if it says so, else only kept."""
    for row in rows:
        spell = _leavers_spell(row.record, applying.school)
        if spell.leaving_on or spell.leaving_reason or spell.removal_grounds:
            _leave(applying, row)
        else:
            effect(row, Effect.KEPT, "Kept. The file does not say that the child has left.")


def _leave(applying: Applying, row: Row) -> None:
    leaving = _leaving(applying, row)
    _keep_destination(applying, leaving)
    for outcome in _OUTCOMES:
        if outcome(applying, leaving):
            return


def _leaving(applying: Applying, row: Row) -> Leaving:
    record = row.record
    spell = _leavers_spell(record, applying.school)
    history = applying.history(row)
    place = children.end_place(
        child=child_of(row),
        school=applying.school,
        left_on=spell.leaving_on or applying.source.said_on,
        from_on=spell.entry_on,
        source=applying.source,
        row=row.number,
        ground_letter=spell.removal_grounds[:1],
        leaving_reason=spell.leaving_reason[:3],
    )
    going_to = _destination(applying, record, spell)
    leaver = _as_leaver(applying, row, spell, going_to)
    return Leaving(
        row=row,
        spell=spell,
        going_to=going_to,
        new_school=applying.find_school(going_to) if going_to.number else None,
        said=meaning(leaver),
        place=place,
        left_on=place.to_on or applying.source.said_on,
        history=history,
        has_destination=leaver.has_destination,
    )


def _as_leaver(applying: Applying, row: Row, spell: SchoolSpell, going_to: SchoolSpell) -> Leaver:
    later = row.record.addresses[1:]
    school = applying.find_school(going_to) if going_to.number else None
    return Leaver(
        day=applying.on,
        left_on=spell.leaving_on or applying.source.said_on,
        leaving_reason=spell.leaving_reason,
        ground_letter=spell.removal_grounds,
        version=applying.transfer.version,
        destination_la=going_to.la,
        destination_estab=going_to.estab,
        destination_name=going_to.name or (school.name if school else ""),
        destination_starts_on=going_to.entry_on,
        forwarding_address=any(address.starts_on for address in later),
        forwarding_country=next((a.country for a in later if a.country), ""),
        born=child_of(row).born_on,
        year_group=row.record.year_group,
    )


def _leavers_spell(record: PupilRecord, school: School) -> SchoolSpell:
    """Return the spell at the sender, else the one with the latest entry (files.md 6.3)."""
    dated = sorted(record.schools, key=lambda s: s.entry_on or date.min)
    return own_spell(record, school) or (dated[-1] if dated else SchoolSpell())


def _destination(applying: Applying, record: PupilRecord, own: SchoolSpell) -> SchoolSpell:
    """Return where the record says the child goes: a spell yet to come, else the file's address.

    The school that is left is no destination, whatever number it goes by.
    """
    since = own.leaving_on - NEAR if own.leaving_on else own.entry_on or date.min
    number = applying.transfer.destination_text
    addressed = SchoolSpell(la=number[:3], estab=number[3:7]) if number[3:7] != "LLLL" else None
    to_come = [
        spell
        for spell in record.schools
        if spell is not own
        and spell.leaving_on is None
        and (spell.entry_on is None or spell.entry_on >= since)
        and not _is_sender(applying, spell)
    ]
    to_come.sort(key=lambda spell: (spell.entry_on is None, spell.entry_on or since))
    if to_come:
        return to_come[0]
    if addressed and addressed.number and not _is_sender(applying, addressed):
        return addressed
    return SchoolSpell()


def _is_sender(applying: Applying, spell: SchoolSpell) -> bool:
    if not spell.number and not spell.urn:
        return False
    return applying.find_school(spell) == applying.school


_TITLES = {PlaceKind.HOME_EDUCATION: "Home education", PlaceKind.ABROAD: "Abroad"}


def _keep_destination(applying: Applying, leaving: Leaving) -> None:
    """Keep where the school says the child goes, as a claim, unless it is known better already."""
    if is_about_death(leaving.said.kind) or _since(leaving):
        return
    kind = claim_of(leaving.said.kind).place
    if kind not in _TITLES:
        if not leaving.has_destination:
            return
        kind = PlaceKind.NAMED
    school = leaving.new_school if kind == PlaceKind.NAMED else None
    name = leaving.going_to.name or f"School {leaving.going_to.number}"
    children.start_place(
        child=child_of(leaving.row),
        kind=kind,
        from_on=leaving.going_to.entry_on or leaving.left_on + DAY,
        source=applying.source,
        row=leaving.row.number,
        school=school,
        provision="" if school else _TITLES.get(kind) or name[:120],
    )


# What becomes of it: the first of these that applies decides.


def _perhaps_dead(applying: Applying, leaving: Leaving) -> bool:
    """A claim of death is always put to a person, whatever else is known."""
    if not is_about_death(leaving.said.kind):
        return False
    _tell(applying, leaving)
    leaving.row.is_to_confirm = not _is_asked_already(applying, leaving)
    return True


def _moved_on(applying: Applying, leaving: Leaving) -> bool:
    """Someone has said since where the child is, or was next: this leaving is known history."""
    since = _since(leaving)
    if not since:
        return False
    here = [place for place in since if place.to_on is None or place.to_on >= applying.on]
    place = (here or since)[-1]
    if place.from_on is not None and place.from_on > applying.on:
        where = f"was to start at {place.title} on {day(place.from_on)}"
        leaving.row.is_to_confirm = leaving.said.opens_case
    elif here:
        where = f"already at {place.title} on {day(applying.on)}"
    else:
        where = f"was at {place.title} after that"
    effect(leaving.row, Effect.PLACE_ENDED, f"{leaving.words}; {where}.", leaving.said.clause)
    return True


def _since(leaving: Leaving) -> list[Place]:
    """Return confirmed places of education that began after the one that ended, and outlast it."""
    began = leaving.place.from_on or date.min
    return [
        place
        for place in leaving.history.places
        if place.pk != leaving.place.pk
        and place.kind in EDUCATION
        and place.is_confirmed
        and place.from_on is not None
        and place.from_on > began
        and (place.to_on is None or place.to_on > leaving.left_on)
    ]


def _still_elsewhere(applying: Applying, leaving: Leaving) -> bool:
    """Another roll has had the child since before: by arrangement, or because nobody said an end.

    Forgotten leavers are common (files.md 11.3), so an old place alone proves nothing: ask.
    """
    on = max(applying.on, leaving.left_on + DAY)
    older = [
        place
        for place in leaving.history.places
        if place.pk != leaving.place.pk
        and place.kind in EDUCATION
        and place.is_confirmed
        and (place.from_on is None or place.from_on <= on)
        and (place.to_on is None or place.to_on >= on)
    ]
    if not older:
        return False
    where = ", ".join(place.title for place in older)
    words = (
        f"{leaving.words}; on {day(applying.on)} still recorded at {where} from before. "
        "Ask whether that is so."
    )
    effect(leaving.row, Effect.PLACE_ENDED, f"{words} {leaving.said.because}", leaving.said.clause)
    leaving.row.is_to_confirm = leaving.said.opens_case or leaving.said.needs_person
    return True


def _told_before(applying: Applying, leaving: Leaving) -> bool:
    """A case closed since the child left may have been about this: an officer says if it is new."""
    case = leaving.history.closed_case
    is_after = case and case.closed_on and case.closed_on >= leaving.left_on
    if not leaving.said.opens_case or leaving.history.open_case or not case or not is_after:
        return False
    title = OUTCOMES[case.outcome].title if case.outcome in OUTCOMES else case.outcome
    words = (
        f"{leaving.words}. A case was closed on {day(case.closed_on or leaving.left_on)} "
        f"({title}). Is this anything new? {leaving.said.because}"
    )
    effect(leaving.row, Effect.TOLD_AFTER_CLOSING, words, leaving.said.clause)
    leaving.row.is_to_confirm = True
    return True


def _still_to_leave(applying: Applying, leaving: Leaving) -> bool:
    """Until the last day the child is on the roll, so not missing; someone can still prevent it."""
    if leaving.left_on <= applying.on or not leaving.said.opens_case:
        return False
    words = f"Was to leave on {day(leaving.left_on)}. {leaving.said.because}"
    effect(leaving.row, Effect.LEAVING_LATER, words, leaving.said.clause)
    leaving.row.is_to_confirm = True
    return True


def _open(applying: Applying, leaving: Leaving) -> bool:
    """Nothing is known of the child from here on: the register."""
    if not leaving.said.opens_case:
        return False
    said, before = leaving.said, leaving.history.open_case
    case, is_new = applying.open_case(
        leaving.row,
        reason=said.case_reason,
        because=said.because,
        clause=said.clause,
        since=leaving.left_on + DAY,
    )
    if before and before.stage == Stage.LOCATED.value and _is_news(leaving):
        words = f"{applying.school.name} says the child has left again. {said.because}"
        casework.move_case(case=case, move=pathway.LOSE, why=words, at=applying.at, by=None)
        casework.raise_alert(
            case=case,
            kind=AlertKind.LOST_AGAIN,
            source=applying.source,
            row=leaving.row.number,
            quote=words,
            at=applying.at,
        )
    did = "Case opened. " if is_new else "Joined the open case. "
    code = Effect.CASE_OPENED if is_new else Effect.CASE_JOINED
    effect(leaving.row, code, did + said.because, said.clause)
    return True


def _is_news(leaving: Leaving) -> bool:
    """Say whether the child left after the case was opened, from a place this file ended."""
    case = leaving.history.open_case
    return case is not None and leaving.left_on >= case.missing_since_on


def _claim(applying: Applying, leaving: Leaving) -> bool:
    """The school says where the child is: a claim, which may need a person."""
    _tell(applying, leaving)
    is_asked = _is_asked_already(applying, leaving)
    has_case = leaving.row.case is not None
    leaving.row.is_to_confirm = leaving.said.needs_person and not (is_asked or has_case)
    return True


def _tell(applying: Applying, leaving: Leaving) -> None:
    """Say what the record means, and tell whoever works on an open case."""
    said, case = leaving.said, leaving.history.open_case
    effect(leaving.row, Effect(said.kind), said.because, said.clause)
    if case is not None:
        leaving.row.case = case
        casework.raise_alert(
            case=case,
            kind=AlertKind.LEAD,
            source=applying.source,
            row=leaving.row.number,
            quote=said.because,
            at=applying.at,
        )


def _is_asked_already(applying: Applying, leaving: Leaving) -> bool:
    """Say whether the same claim of the same school was put to an officer for this leaving."""
    for claim in leaving.history.claims:
        is_same = claim.effect == leaving.row.effect and claim.transfer.sender == applying.school
        if is_same and _is_of_this_leaving(claim, leaving):
            by = claim.confirmed_by.name if claim.confirmed_by else ""
            rest = f"Answered by {by}." if by else "The same was waiting for an officer already."
            leaving.row.effect_words = f"{leaving.row.effect_words} {rest}"
            return True
    return False


def _is_of_this_leaving(claim: Row, leaving: Leaving) -> bool:
    """A claim applied since the child last came here is about this leaving, not an earlier one."""
    began = leaving.place.from_on
    return claim.applied_at is not None and (began is None or claim.applied_at.date() >= began)


_OUTCOMES = (
    _perhaps_dead,
    _moved_on,
    _still_elsewhere,
    _told_before,
    _still_to_leave,
    _open,
    _claim,
)
