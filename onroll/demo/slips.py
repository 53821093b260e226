"""The slips schools make in the record of one child."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from onroll.demo.chance import Deck, stream
from onroll.demo.defects import RATES, Defect
from onroll.demo.families import Child
from onroll.demo.names import respelt
from onroll.demo.upns import with_letter, with_wrong_letter
from onroll.formats import Contact, Phone, PupilRecord

_NEW_SERIAL = 900
"""Serials no school gets to by itself, for children numbered twice."""


class Slips:
    """Makes the slips, each at its rate, and says which it made."""

    def __init__(self, seed: int) -> None:
        self._chance = stream(seed, "slips")
        self._decks = {d: Deck(self._chance, rate=rate, soonest=3) for d, rate in RATES.items()}
        self._renumbered: Counter[str] = Counter()

    def in_leaver(
        self, record: PupilRecord, child: Child, habits: Collection[Defect]
    ) -> tuple[PupilRecord, tuple[Defect, ...]]:
        """Return a leaver's record as the school wrote it, and the slips in it."""
        return self._written(record, child, habits, [])

    def in_joiner(
        self, record: PupilRecord, child: Child, habits: Collection[Defect], *, is_new: bool
    ) -> tuple[PupilRecord, tuple[Defect, ...]]:
        """Return a joiner's record as the new school wrote it, and the slips in it.

        A child who is not new to state schools may be given a second number, another spelling, or
        a date of birth with day and month swapped.
        """
        made: list[Defect] = []
        if not is_new and self._draws(Defect.NEW_UPN):
            record = replace(record, upn=self._another_upn(record), former_upn="")
            made.append(Defect.NEW_UPN)
        if not is_new and self._draws(Defect.CHANGED_SPELLING):
            record = self._respelt(record)
            made.append(Defect.CHANGED_SPELLING)
        swapped = _swapped(child.born)
        if not is_new and swapped is not None and self._draws(Defect.DAY_AND_MONTH_SWAPPED):
            record = replace(record, born=swapped, born_text=swapped.isoformat())
            made.append(Defect.DAY_AND_MONTH_SWAPPED)
        return self._written(record, child, habits, made)

    def _written(
        self, record: PupilRecord, child: Child, habits: Collection[Defect], made: list[Defect]
    ) -> tuple[PupilRecord, tuple[Defect, ...]]:
        record = self._with_upn_slip(record, child, made)
        if (record.chosen_forename or record.chosen_surname) and self._draws(Defect.NAMES_SWAPPED):
            record = _names_swapped(record)
            made.append(Defect.NAMES_SWAPPED)
        if Defect.CAPITALS in habits:
            record = _in_capitals(record)
            made.append(Defect.CAPITALS)
        if Defect.SPACED_PHONE in habits and any(c.phones for c in record.contacts):
            record = replace(record, contacts=tuple(map(_spaced, record.contacts)))
            made.append(Defect.SPACED_PHONE)
        return record, tuple(made)

    def _with_upn_slip(self, record: PupilRecord, child: Child, made: list[Defect]) -> PupilRecord:
        if Defect.NEW_UPN in made or not record.upn:
            return record
        if child.temporary_upn and self._draws(Defect.TEMPORARY_UPN):
            made.append(Defect.TEMPORARY_UPN)
            return replace(record, upn=child.temporary_upn)
        if self._draws(Defect.WRONG_CHECK_LETTER):
            made.append(Defect.WRONG_CHECK_LETTER)
            return replace(record, upn=with_wrong_letter(record.upn))
        return record

    def _respelt(self, record: PupilRecord) -> PupilRecord:
        if self._chance.random() < 0.5:
            return replace(record, forename=respelt(record.forename, self._chance))
        return replace(record, surname=respelt(record.surname, self._chance))

    def _another_upn(self, record: PupilRecord) -> str:
        """Return a new number from the school the child joined, in a serial not otherwise used."""
        school = record.schools[0]
        year = school.entry_on.year if school.entry_on else 0
        stem = f"{school.la}{school.estab}{year % 100:02}"
        self._renumbered[stem] += 1
        return with_letter(f"{stem}{_NEW_SERIAL + self._renumbered[stem] % 100}")

    def _draws(self, defect: Defect) -> bool:
        return self._decks[defect].draw()


def _swapped(born: date) -> date | None:
    """Return the date with day and month the wrong way round, where that is another real date."""
    if born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def _names_swapped(record: PupilRecord) -> PupilRecord:
    return replace(
        record,
        forename=record.chosen_forename or record.forename,
        chosen_forename=record.forename if record.chosen_forename else "",
        surname=record.chosen_surname or record.surname,
        chosen_surname=record.surname if record.chosen_surname else "",
    )


def _in_capitals(record: PupilRecord) -> PupilRecord:
    return replace(
        record,
        forename=record.forename.upper(),
        surname=record.surname.upper(),
        middle_names=record.middle_names.upper(),
        chosen_forename=record.chosen_forename.upper(),
        chosen_surname=record.chosen_surname.upper(),
    )


def _spaced(contact: Contact) -> Contact:
    phones = (
        Phone(p.kind, f"{p.number[:5]} {p.number[5:8]} {p.number[8:]}") for p in contact.phones
    )
    return replace(contact, phones=tuple(phones))
