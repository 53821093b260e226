"""What a record does once we know whose it is. Called only from this app's actions.

`leaving` and `joining` know what leavers and joiners mean; here is what they share.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child, Source
from onroll.formats import PupilRecord, SchoolSpell
from onroll.intake.effects import Effect
from onroll.intake.kinds import Purpose
from onroll.intake.models import Row, RowStage, Transfer
from onroll.intake.queries import History, histories
from onroll.intake.records.facts import facts_of
from onroll.schools.models import School
from onroll.schools.queries import find_school


@dataclass
class Applying:
    """The application of some records of one file at one moment."""

    transfer: Transfer
    at: datetime
    histories: dict[int, History] = field(default_factory=dict)
    _schools: dict[tuple[str, str, str], School | None] = field(default_factory=dict)

    def begin(self, rows: Sequence[Row]) -> list[Row]:
        """Return the usable records, with their children added or updated; hold the others.

        No two of them are of one child.
        """
        usable = [row for row in rows if self._is_usable(row)]
        self._know_children(usable)
        self.histories = histories([child_of(row).pk for row in usable])
        for row in usable:
            row.stage, row.applied_at = RowStage.APPLIED.value, self.at
        return usable

    @property
    def on(self) -> date:
        """Return the day of the application."""
        return self.at.date()

    @property
    def source(self) -> Source:
        """Return the source of every fact in this file. Raises `ValueError` before it is read."""
        if self.transfer.source is None:
            raise ValueError("A file is read before it is applied.")
        return self.transfer.source

    @property
    def school(self) -> School:
        """Return the school that sent the file. Raises `ValueError` if it is not known."""
        if self.transfer.sender is None:
            raise ValueError("A file is applied only when its sender is known.")
        return self.transfer.sender

    def find_school(self, spell: SchoolSpell) -> School | None:
        """Return the school a record names, looked up once a batch; none for XXX and the like."""
        key = (spell.la, spell.estab, spell.urn)
        if not spell.number.isdigit() and not spell.urn.isdigit():
            return None
        if key not in self._schools:
            self._schools[key] = find_school(
                la_code=spell.la, establishment=spell.estab, urn=spell.urn
            )
        return self._schools[key]

    def school_of(self, row: Row) -> School | None:
        """Return the school a record speaks for: a roll's own column, else the sender."""
        if row.purpose == Purpose.ROLL and row.record.schools:
            return self.find_school(row.record.schools[0]) or self.transfer.sender
        return self.transfer.sender

    def history(self, row: Row) -> History:
        """Return what is known of a record's child."""
        return self.histories[child_of(row).pk]

    def open_case(
        self, row: Row, *, reason: str, because: str, clause: str, since: date
    ) -> tuple[Case, bool]:
        """Put the record's child on the register, or join the open case."""
        report = casework.Report(
            reason=reason,
            because=because,
            clause=clause,
            source=self.source,
            row=row.number,
            missing_since_on=min(since, self.on),
            school=self.school,
        )
        case, is_new = casework.open_case(
            child=child_of(row), report=report, on=self.on, at=self.at
        )
        row.case = case
        return case, is_new

    def _is_usable(self, row: Row) -> bool:
        """Hold a record whose school is not on file, or that names nobody."""
        if row.purpose != Purpose.LIST and self.school_of(row) is None:
            hold(row, _unknown_school(self.transfer, row.record))
        elif not row.record.surname and not row.record.forename and row.child_id is None:
            hold(row, "The record has no name at all. Ask whoever sent it to send it again.")
        else:
            return True
        return False

    def _know_children(self, rows: Sequence[Row]) -> None:
        """Add the children who are new, and keep what the records say of the others."""
        new = [row for row in rows if row.child_id is None]
        on_record = [row for row in rows if row.child_id is not None]
        updated = children.add_facts_to(
            facts=[(row.child_id or 0, row.number, facts_of(row.record)) for row in on_record],
            source=self.source,
        )
        added = children.add_children(
            facts=[(row.number, facts_of(row.record)) for row in new], source=self.source
        )
        for row, child in zip([*on_record, *new], [*updated, *added], strict=True):
            row.child = child


def child_of(row: Row) -> Child:
    """Return the child a record is about, once that is settled."""
    if row.child is None:
        raise ValueError("A record is applied only when its child is known.")
    return row.child


def effect(row: Row, code: Effect, words: str, clause: str = "") -> None:
    """Say what a record did."""
    row.effect, row.effect_words, row.clause = code.value, words, clause[:160]


def hold(row: Row, words: str) -> None:
    """Set a record aside until what is wrong with it is mended."""
    row.stage, row.applied_at = RowStage.HELD.value, None
    effect(row, Effect.HELD, words)


def _unknown_school(transfer: Transfer, record: PupilRecord) -> str:
    spell = record.schools[0] if record.schools else SchoolSpell()
    sender = transfer.sender_text or f"{spell.name} {spell.number}".strip()
    if not sender:
        return (
            "The list does not say which school the child is at, and it came from nobody who works "
            "for one school. Ask whoever sent it to send it from the school’s own page, or with "
            "columns for the numbers of authority and school (LA and Estab). Nothing is lost "
            "meanwhile."
        )
    return (
        f"The file says it comes from {sender}, which was not on file when it was read. "
        "Add the school or its former number, then try again. Nothing is lost meanwhile."
    )


def own_spell(record: PupilRecord, school: School) -> SchoolSpell | None:
    """Return what the record says of the time at the school that sent it."""
    numbered = (spell for spell in record.schools if spell.number == school.number)
    return record.sender or next(numbered, None)
