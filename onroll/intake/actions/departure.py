"""What a leaver's record means beside what is known of the child, and where the child goes.

What the words of the record mean is in `rules.leavers`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from onroll.children import actions as children
from onroll.children.models import Place
from onroll.children.models.place import EDUCATION
from onroll.formats import PupilRecord, SchoolSpell
from onroll.intake.actions.effects import Applying, child_of, own_spell
from onroll.intake.models import Row
from onroll.intake.queries import History
from onroll.rules.dated import in_words
from onroll.rules.leavers import Leaver, Meaning
from onroll.rules.leavers import meaning as meaning_of
from onroll.schools.models import School

DAY = timedelta(days=1)
OVERLAP = timedelta(days=31)
"""A new school's first day may lie this long before the last day at the old one."""


@dataclass(frozen=True)
class Departure:
    """One leaver's record: what it means, where the child goes, and the place that ended."""

    row: Row
    spell: SchoolSpell
    going_to: SchoolSpell
    new_school: School | None
    meaning: Meaning
    place: Place
    left_on: date
    history: History
    has_destination: bool

    @property
    def words(self) -> str:
        """Return that the child left, and when."""
        return f"Left on {in_words(self.left_on)}"


def departure_of(applying: Applying, row: Row) -> Departure:
    record = row.record
    spell = leavers_spell(record, applying.school)
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
    return Departure(
        row=row,
        spell=spell,
        going_to=going_to,
        new_school=applying.find_school(going_to) if going_to.number else None,
        meaning=meaning_of(leaver),
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


def leavers_spell(record: PupilRecord, school: School) -> SchoolSpell:
    """Return the spell at the sender, else the one with the latest entry (files.md 6.3)."""
    dated = sorted(record.schools, key=lambda s: s.entry_on or date.min)
    return own_spell(record, school) or (dated[-1] if dated else SchoolSpell())


def _destination(applying: Applying, record: PupilRecord, departed: SchoolSpell) -> SchoolSpell:
    """Return where the record says the child goes: a spell yet to come, else the file's address.

    The school that is left is no destination, whatever number it goes by.
    """
    since = departed.leaving_on - OVERLAP if departed.leaving_on else departed.entry_on or date.min
    number = applying.transfer.destination_text
    addressed = SchoolSpell(la=number[:3], estab=number[3:7]) if number[3:7] != "LLLL" else None
    to_come = [
        spell
        for spell in record.schools
        if spell is not departed
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


def places_since(departure: Departure) -> list[Place]:
    """Return confirmed places of education that began later and outlast the one that ended."""
    began = departure.place.from_on or date.min
    return [
        place
        for place in departure.history.places
        if place.pk != departure.place.pk
        and place.kind in EDUCATION
        and place.is_confirmed
        and place.from_on is not None
        and place.from_on > began
        and (place.to_on is None or place.to_on > departure.left_on)
    ]
