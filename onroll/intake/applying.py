"""What a record means once we know whose it is: the one place that knows leavers from joiners.

Called only from this app's actions, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind, Source
from onroll.children.models.place import EDUCATION
from onroll.formats import PupilRecord, SchoolSpell
from onroll.intake import records
from onroll.intake.models import Row, RowStage, Transfer
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.leavers import Leaver, Meaning, meaning
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, find_school, our_policy, schools_by_number

Told = tuple[Row, PupilRecord]


@dataclass
class Applying:
    """The application of some records of one file at one moment."""

    transfer: Transfer
    at: datetime
    _calendar: SchoolCalendar | None = field(default=None)
    _schools: dict[str, School] | None = field(default=None)

    def apply(self, told: Sequence[Told]) -> None:
        """Apply records whose child is settled; each ends applied or held, with its effect in words."""
        told = self._hold_what_cannot_be_used(told)
        self._know_children(told)
        if told and told[0][0].purpose == "roll":
            for school, theirs in self._by_school(told).items():
                self._apply_roll(school, theirs)
            return
        does = {"leaver": self._leave, "joiner": self._join, "transfer": self._move_on}
        for row, record in told:
            does[row.purpose](row, record, _of(row))
            row.stage, row.applied_at = RowStage.APPLIED.value, self.at

    @property
    def source(self) -> Source:
        """Return the source every fact of this file points at."""
        if self.transfer.source is None:
            raise ValueError("A file is read before it is applied.")
        return self.transfer.source

    @property
    def school(self) -> School:
        """Return the school that sent the file."""
        if self.transfer.sender is None:
            raise ValueError("A file is applied only when its sender is known.")
        return self.transfer.sender

    @property
    def calendar(self) -> SchoolCalendar:
        """Return the sender's calendar, looked up once."""
        if self._calendar is None:
            self._calendar = calendar_for(self.school)
        return self._calendar

    def _know_children(self, told: Sequence[Told]) -> None:
        """Add the children who are new, and keep what the records say of the others."""
        new = [(row, record) for row, record in told if row.child_id is None]
        added = children.add_children(
            facts=[(row.number, records.facts(record)) for row, record in new], source=self.source
        )
        for (row, _), child in zip(new, added, strict=True):
            row.child = child
        new_rows = {row.pk for row, _ in new}
        for row, record in told:
            if row.pk not in new_rows:
                children.add_facts(
                    child=_of(row),
                    facts=records.facts(record),
                    source=self.source,
                    row=row.number,
                )

    def _hold_what_cannot_be_used(self, told: Sequence[Told]) -> list[Told]:
        """Hold records whose school is not on file or that name nobody; return the others."""
        usable: list[Told] = []
        for row, record in told:
            if self._school_of(row, record) is None:
                _hold(row, _unknown_school(self.transfer, record))
            elif not record.surname and not record.forename and row.child_id is None:
                _hold(row, "The record has no name at all. Ask the school to send it again.")
            else:
                usable.append((row, record))
        return usable

    def _school_of(self, row: Row, record: PupilRecord) -> School | None:
        """Return the school a record speaks for: a roll's own column, else the sender."""
        if row.purpose != "roll" or not record.schools:
            return self.transfer.sender
        spell = record.schools[0]
        if self._schools is None:
            self._schools = schools_by_number()
        return self._schools.get(spell.number) or self.transfer.sender

    def _by_school(self, told: Sequence[Told]) -> dict[School, list[Told]]:
        found: dict[School, list[Told]] = {}
        for row, record in told:
            school = self._school_of(row, record)
            if school is not None:
                found.setdefault(school, []).append((row, record))
        return found

    def _apply_roll(self, school: School, told: Sequence[Told]) -> None:
        on_roll = set(
            Place.objects.filter(
                school=school,
                kind=PlaceKind.REGISTERED.value,
                to_on__isnull=True,
                child__in=[row.child_id for row, _ in told],
            ).values_list("child_id", flat=True)
        )
        starts: list[tuple[Child, int | None, date | None]] = []
        for row, record in told:
            if row.child_id not in on_roll:
                starts.append((_of(row), row.number, _spell(record, school).entry_on))
            row.stage, row.applied_at = RowStage.APPLIED.value, self.at
            known = row.child_id in on_roll
            _effect(row, "roll_kept", "Already on this roll." if known else "On this school's roll.")
        children.start_places(starts=starts, school=school, source=self.source)

    # A joiner

    def _join(self, row: Row, record: PupilRecord, child: Child) -> None:
        """A school says the child has joined it: the gap a leaver left is closed."""
        spell = _spell(record, self.school)
        from_on = spell.entry_on or self.source.said_on
        elsewhere = _places_on(child, from_on, but=self.school)
        children.start_place(
            child=child,
            kind=PlaceKind.REGISTERED,
            from_on=from_on,
            source=self.source,
            row=row.number,
            school=self.school,
            is_confirmed=True,
        )
        children.end_expectations(child=child, on=from_on, source=self.source)
        self._tell_of_joiner(row, child, from_on, elsewhere)

    def _tell_of_joiner(
        self, row: Row, child: Child, from_on: date, elsewhere: Sequence[Place]
    ) -> None:
        words = f"Joined {self.school.name} on {from_on:%-d %B %Y}."
        case = Case.objects.open().filter(child=child).first()
        if case is not None and from_on >= case.missing_since_on - timedelta(days=1):
            casework.note_sighting(
                case=case,
                words=f"{words} Confirm that the child attends, then close the case with that proof.",
                on=from_on,
                at=self.at,
            )
            row.case = case
            _effect(row, "gap_closed", f"{words} The open case now says the child is found.", "P42")
            return
        if elsewhere:
            also = ", ".join(place.title for place in elsewhere)
            words = f"{words} Still recorded at {also}: ask there for the leaver's file."
        _effect(row, "place_started", words, "Regs 2024 reg 13(1)")

    # A leaver

    def _leave(self, row: Row, record: PupilRecord, child: Child) -> None:
        """A school says it took the child off its roll."""
        spell = _spell(record, self.school)
        told_on = self.source.said_on
        left_on = spell.leaving_on or told_on
        place = children.end_place(
            child=child,
            school=self.school,
            left_on=left_on,
            from_on=spell.entry_on,
            source=self.source,
            row=row.number,
            ground_letter=spell.removal_grounds[:1],
            leaving_reason=spell.leaving_reason[:3],
        )
        self._follow(row, record, child, spell, place.to_on or left_on)

    def _follow(
        self, row: Row, record: PupilRecord, child: Child, spell: SchoolSpell, left_on: date
    ) -> None:
        going_to = _destination(record, self.transfer, self.school)
        said = meaning(
            Leaver(
                left_on=left_on,
                leaving_reason=spell.leaving_reason,
                ground_letter=spell.removal_grounds,
                version=self.transfer.version,
                destination_la=going_to.la,
                destination_estab=going_to.estab,
                destination_name=going_to.name,
                destination_starts_on=going_to.entry_on,
                forwarding_address=any(a.starts_on for a in record.addresses[1:]),
                forwarding_country=next((a.country for a in record.addresses[1:]), ""),
                born=child.born_on,
                year_group=record.year_group,
                day=max(self.at.date(), left_on) if spell.leaving_on is None else self.at.date(),
            )
        )
        self._keep_destination(row, child, said, going_to, left_on)
        after = left_on + timedelta(days=1)
        found = [p for p in _places_on(child, max(after, self.at.date())) if p.is_confirmed]
        if found:
            where = ", ".join(place.title for place in found)
            _effect(row, "place_ended", f"Left on {left_on:%-d %B %Y}; already at {where}.", said.clause)
        elif said.opens_case:
            self._open(row, child, said, after)
        else:
            _effect(row, said.kind, said.because, said.clause)
        row.is_to_confirm = said.needs_person and not found and row.case is None

    def _keep_destination(
        self, row: Row, child: Child, said: Meaning, going_to: SchoolSpell, left_on: date
    ) -> None:
        kind = _KIND_OF_PLACE.get(said.kind)
        if kind is None:
            return
        school = find_school(la_code=going_to.la, establishment=going_to.estab, urn=going_to.urn)
        if school is not None and school.pk == self.school.pk:
            school = None
        if kind == PlaceKind.NAMED and Place.objects.filter(
            child=child, school=school, school__isnull=False, to_on__isnull=True
        ).exists():
            return
        words = {PlaceKind.HOME_EDUCATION: "Home education", PlaceKind.ABROAD: "Abroad"}
        children.start_place(
            child=child,
            kind=kind,
            from_on=going_to.entry_on or left_on + timedelta(days=1),
            source=self.source,
            row=row.number,
            school=school if kind == PlaceKind.NAMED else None,
            provision=""
            if school is not None and kind == PlaceKind.NAMED
            else words.get(kind) or (going_to.name or f"School {going_to.number}")[:120],
        )

    def _open(self, row: Row, child: Child, said: Meaning, missing_since_on: date) -> None:
        case, is_new = casework.open_case(
            child=child,
            reason=said.case_reason,
            because=said.because,
            clause=said.clause,
            source=self.source,
            row=row.number,
            missing_since_on=min(missing_since_on, self.at.date()),
            on=self.at.date(),
            at=self.at,
            school=self.school,
            calendar=self.calendar,
            policy=our_policy(),
        )
        row.case = case
        did = "Case opened. " if is_new else "Joined the open case. "
        _effect(row, "case_opened" if is_new else "case_joined", did + said.because, said.clause)

    # An officer's answer to a claim

    def confirm(self, row: Row) -> None:
        """Take what the record said as confirmed: the place it named is one, or the child has died."""
        if row.effect in {"died", "perhaps_died"}:
            place = Place.objects.filter(child=_of(row), school=self.school).last()
            died_on = place.to_on if place is not None and place.to_on else self.source.said_on
            children.record_death(child=_of(row), on=died_on)
        Place.objects.filter(
            child=_of(row), source=self.source, source_row=row.number, is_confirmed=False
        ).update(is_confirmed=True)

    def doubt(self, row: Row, *, why: str, by: User) -> None:
        """Put the child on the register, because an officer does not take the claim as it is."""
        child = _of(row)
        last = Place.objects.filter(child=child, school=self.school, to_on__isnull=False).last()
        since = last.to_on + timedelta(days=1) if last and last.to_on else self.source.said_on
        case, _ = casework.open_case(
            child=child,
            reason="moved_abroad" if row.effect == "moved_abroad" else "unknown_destination",
            because=why,
            clause=row.clause,
            source=self.source,
            row=row.number,
            missing_since_on=min(since, self.at.date()),
            on=self.at.date(),
            at=self.at,
            school=self.school,
            calendar=self.calendar,
            policy=our_policy(),
            by=by,
        )
        row.case = case

    # A CTF to a known school

    def _move_on(self, row: Row, record: PupilRecord, child: Child) -> None:
        """A record sent on to another school: a leaver if it says when, else only kept."""
        if _spell(record, self.school).leaving_on is not None:
            self._leave(row, record, child)
            return
        _effect(row, "kept", "Kept. The file does not say that the child has left.")


_KIND_OF_PLACE = {
    "confirmed_destination": PlaceKind.NAMED,
    "named_destination": PlaceKind.NAMED,
    "home_education": PlaceKind.HOME_EDUCATION,
    "moved_abroad": PlaceKind.ABROAD,
}


def _of(row: Row) -> Child:
    if row.child is None:
        raise ValueError("A record is applied only when its child is known.")
    return row.child


def _effect(row: Row, effect: str, words: str, clause: str = "") -> None:
    row.effect, row.effect_words, row.clause = effect[:24], words, clause[:160]


def _hold(row: Row, words: str) -> None:
    row.stage = RowStage.HELD.value
    _effect(row, "held", words)


def _unknown_school(transfer: Transfer, record: PupilRecord) -> str:
    spell = record.schools[0] if record.schools else SchoolSpell()
    said = transfer.sender_text or f"{spell.name} {spell.number}".strip() or "no school"
    return (
        f"The file says it comes from {said}, which is not on file. "
        "Add the school or its former number, then try again. Nothing is lost meanwhile."
    )


def _spell(record: PupilRecord, school: School) -> SchoolSpell:
    """Return what the record says of the sender: its own spell, else the latest (files.md 6.3)."""
    own = record.sender or next((s for s in record.schools if s.number == school.number), None)
    dated = sorted(record.schools, key=lambda s: s.entry_on or date.min)
    return own or (dated[-1] if dated else SchoolSpell())


def _destination(record: PupilRecord, transfer: Transfer, sender: School) -> SchoolSpell:
    """Return where the record says the child is going: a later spell, else where the file is sent."""
    own = _spell(record, sender)
    since = own.leaving_on or own.entry_on or date.min
    later = [s for s in record.schools if s is not own and (s.entry_on or date.min) >= since]
    if later and not any(s.leaving_on for s in later):
        return later[0]
    number = transfer.destination_text
    if number and not number.endswith("LLLL"):
        return SchoolSpell(la=number[:3], estab=number[3:7])
    return SchoolSpell()


def _places_on(child: Child, on: date, but: School | None = None) -> list[Place]:
    places = Place.objects.filter(child=child, kind__in=EDUCATION).on_day(on)
    return [p for p in places.select_related("school") if but is None or p.school_id != but.pk]

