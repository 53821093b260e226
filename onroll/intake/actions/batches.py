"""Match a file's records with the children on record and apply them, some at a time."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from onroll.intake import queries, slots
from onroll.intake.actions import joiners, lead_alerts, leavers, list_records, roll_lines
from onroll.intake.actions.effects import Applying, hold
from onroll.intake.identity import DecidedAnswer, match_rows
from onroll.intake.kinds import Purpose, is_list
from onroll.intake.models import Row, RowStage, Transfer, TransferStage
from onroll.matching import Answer, Kind

BATCH = 400
"""Records matched and applied in one transaction: little enough to redo, enough to be quick."""

BATCH_OF_LEAVERS = 100
"""Leavers may each open a case, and whoever settles a record waits for the end of a batch."""

FAULT_OF_OURS = (
    "Through a fault of Onroll this record could not be used. It is kept as it came and the others "
    "of the file were used. Try it again; if that does not help, tell whoever looks after Onroll."
)
_ONE_AT_A_TIME = 4361
"""The advisory lock under which records are matched: a child new in two files is added once."""


def take_turn() -> None:
    """Wait for the lock under which records are matched; it holds until this transaction ends.

    Others may be in the middle of a batch, so this waits longer than for any other lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '5min'")
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


@transaction.atomic
def work_batch(*, transfer_id: int, at: datetime, most: int = BATCH) -> Transfer:
    """Match and apply the next records of a file; when none is left, the file is finished.

    Records that are unsure wait for a person and hold nothing else up. No more than `most` are
    taken.
    """
    transfer = _take(transfer_id)
    if transfer.stage != TransferStage.READ.value:
        return transfer
    rows = _next_rows(transfer, most)
    if rows:
        _work(transfer, rows, at)
    if not transfer.rows.filter(stage=RowStage.READ.value).exists():
        transfer.stage, transfer.finished_at = TransferStage.APPLIED.value, at
        transfer.save(update_fields=["stage", "finished_at"])
        for step in slots.AFTER_FILE:
            step(transfer=transfer, at=at)
    return transfer


@transaction.atomic
def hold_next(*, transfer_id: int) -> Transfer:
    """Set aside the next record of a file, which a fault of ours keeps from being used."""
    transfer = _take(transfer_id)
    if transfer.stage == TransferStage.READ.value:
        rows = _next_rows(transfer, 1)
        for row in rows:
            hold(row, FAULT_OF_OURS)
        keep_rows(rows)
    return transfer


def _take(transfer_id: int) -> Transfer:
    take_turn()
    return (
        Transfer.objects.select_for_update(of=("self",))
        .select_related("sender", "source")
        .get(pk=transfer_id)
    )


def _work(transfer: Transfer, rows: Sequence[Row], at: datetime) -> None:
    answers = match_rows(rows)
    for row in rows:
        _take_answer(row, answers[row.pk])
    taken = _one_for_each_child(rows)
    ready = [row for row in taken if row.stage == RowStage.READ.value]
    cases = lead_alerts.lead_cases(taken, on=at.date())
    apply_records(transfer=transfer, rows=ready, at=at)
    lead_alerts.raise_leads(transfer=transfer, rows=taken, cases=cases, at=at)
    keep_rows(taken)


Action = Callable[[Applying, Sequence[Row]], None]
ACTIONS: Mapping[str, Action] = {
    Purpose.LEAVER: leavers.leave,
    Purpose.TRANSFER: leavers.move_on,
    Purpose.JOINER: joiners.join,
    Purpose.ROLL: roll_lines.enrol,
    Purpose.LIST: list_records.keep,
}
"""What is done with records, by what they say."""


def apply_records(*, transfer: Transfer, rows: Sequence[Row], at: datetime) -> None:
    """Apply records of one file whose child is settled; each ends applied or held."""
    applying = Applying(transfer, at)
    usable = applying.begin(rows)
    if usable:
        ACTIONS[usable[0].purpose](applying, usable)


def _next_rows(transfer: Transfer, most: int) -> list[Row]:
    """Return the next records to match, never two that may be of one child.

    The second of such a pair waits for a later batch, where the first is known; so do twins, since
    a record must be compared with each child before it.
    """
    batch: list[Row] = []
    taken: set[str] = set()
    waiting = transfer.rows.filter(stage=RowStage.READ.value).order_by("number")
    usual = BATCH if is_list(transfer.kind) else BATCH_OF_LEAVERS
    for row in waiting[: min(most, usual)]:
        marks = _marks(row)
        if not marks & taken:
            row.transfer = transfer
            batch.append(row)
        taken |= marks
    return batch


def _marks(row: Row) -> set[str]:
    """Return what two records of one child may share."""
    values = row.said
    numbers = {values[key] for key in ("upn", "former_upn", "uln") if values.get(key)}
    return numbers | {
        row.fingerprint,
        f"{values.get('born', '')} {values.get('surname', '').lower()}",
    }


def _take_answer(row: Row, answer: Answer) -> None:
    row.answer, row.because = answer.kind.value, answer.because
    row.decision = answer.decision if isinstance(answer, DecidedAnswer) else None
    row.candidates = [queries.kept_candidate(candidate) for candidate in answer.candidates]
    if answer.kind == Kind.SAME:
        row.child_id = answer.candidates[0].key
    if answer.kind == Kind.UNSURE:
        row.stage = RowStage.UNSURE.value


def _one_for_each_child(rows: Sequence[Row]) -> list[Row]:
    """Leave the second record of one child, told apart only now, for a later batch."""
    children: set[int] = set()
    firsts = []
    for row in rows:
        if row.child_id is None or row.child_id not in children:
            firsts.append(row)
        if row.child_id is not None:
            children.add(row.child_id)
    return firsts


_COLUMNS = {
    "stage": "text",
    "answer": "text",
    "candidates": "jsonb",
    "because": "text",
    "decision_id": "bigint",
    "child_id": "bigint",
    "case_id": "bigint",
    "effect": "text",
    "effect_words": "text",
    "clause": "text",
    "may_have_died": "boolean",
    "applied_at": "timestamptz",
    "is_to_confirm": "boolean",
}


def keep_rows(rows: Sequence[Row]) -> None:
    """Save what became of many records in one statement."""
    values = [
        {"id": row.pk, **{column: getattr(row, column) for column in _COLUMNS}} for row in rows
    ]
    sets = ", ".join(f"{column} = v.{column}" for column in _COLUMNS)
    columns = ", ".join(f"{column} {kind}" for column, kind in _COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"update intake_row r set {sets} from jsonb_to_recordset(%s::jsonb) "
            f"as v(id bigint, {columns}) where r.id = v.id",
            [json.dumps(values, default=str)],
        )
