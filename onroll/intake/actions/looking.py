"""Lost children keep being looked for: each record is held against the open cases (P05, P31).

A record that is, or may be, of a child on the register is an alert on the case, until the child's
compulsory school age ends.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.intake.models import Row, RowStage, Transfer
from onroll.rules import age

Sought = dict[int, Case]
"""Open cases by the number of the child."""


def sought(rows: Iterable[Row], *, on: date) -> Sought:
    """Return the open cases of children whom these records are or may be of: one query."""
    children = {child for row in rows for child in _children(row)}
    cases = Case.objects.open().filter(child__in=children).select_related("child")
    return {case.child_id: case for case in cases if _is_of_age(case, on)}


def _is_of_age(case: Case, on: date) -> bool:
    born = case.child.born_on
    return born is None or on <= age.ends_on(born)


def _children(row: Row) -> set[int]:
    """Return the child a record is of, or while that is unsure all it may be of."""
    if row.stage == RowStage.UNSURE.value:
        return {candidate["child"] for candidate in row.candidates}
    return {row.child_id} if row.child_id is not None else set()


def tell(*, transfer: Transfer, rows: Sequence[Row], cases: Sought, at: datetime) -> None:
    """Alert on the cases that were open before these records came, once they are applied."""
    for row in rows:
        for child in sorted(_children(row) & cases.keys()):
            if not _is_told(row, cases[child], transfer):
                words = _words(transfer, row)
                casework.raise_alert(case=cases[child], kind="lead", words=words, at=at)


_OF_LEAVING = ("leaver", "transfer")


def _is_told(row: Row, case: Case, transfer: Transfer) -> bool:
    """Say whether applying the record has told the case, or it only repeats why the case is open.

    A leaver's file of the school the case is about says again what is known; it finds nobody.
    """
    if row.stage == RowStage.UNSURE.value:
        return False
    is_repeated = row.purpose in _OF_LEAVING and transfer.sender_id == case.school_id
    return is_repeated or (row.case_id is not None and row.effect != "case_joined")


def _words(transfer: Transfer, row: Row) -> str:
    who = (transfer.sender.name if transfer.sender else transfer.sender_text) or transfer.name
    where = f"record {row.number} of file {transfer.ref} ({who})"
    if row.stage == RowStage.UNSURE.value:
        return f"This child may be on {where}. Settle in review who it is, then follow it up."
    return f"This child is on {where}. Follow it up: where does it say that the child is?"
