"""Receive, read, match, settle: every step is done whole or not at all, and never twice.

Killed anywhere and started again, no record is lost and none is applied twice: each step is one
transaction that first looks at how far the file has come.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from onroll.accounts.models import User
from onroll.children.actions import add_source
from onroll.children.models import Child, SourceKind
from onroll.children.queries import find_same
from onroll.formats import Header, PupilRecord, Unreadable, stream
from onroll.formats import Problem as Found
from onroll.formats.archive import unzip_safely
from onroll.intake import records, rolls
from onroll.intake.applying import Applying
from onroll.intake.models import (
    Arrival,
    Decision,
    Problem,
    Row,
    RowStage,
    Transfer,
    TransferStage,
)
from onroll.matching import Answer, Candidate, Kind, Person, decide
from onroll.schools.models import School
from onroll.schools.queries import find_school

BATCH = 200
"""Records matched and applied in one transaction: small enough to redo, large enough to be quick."""

_ONE_AT_A_TIME = 4361
"""The advisory lock under which records are matched: a child new in two files is added once."""

PURPOSES = {"CML": "leaver", "LOST": "leaver", "CMJ": "joiner", "ROLL": "roll"}


@dataclass(frozen=True)
class Received:
    """A file that came in, and whether it is the first time we hold these bytes."""

    transfer: Transfer
    is_first: bool


class DecisionRefused(ValueError):
    """An answer that cannot be taken, with the reason."""


@transaction.atomic
def receive_file(
    *,
    content: bytes,
    name: str,
    how: str,
    at: datetime,
    by: User | None = None,
    sender: School | None = None,
) -> Received:
    """Keep a file's bytes as they came and start its way through the pipeline.

    The same bytes again are noted as another arrival of the first. `sender` is the school that
    brought it, if we know before reading. The job is deferred in this same transaction.
    """
    digest = hashlib.sha256(content).hexdigest()
    transfer, is_first = Transfer.objects.get_or_create(
        sha256=digest,
        defaults={
            "name": name[:255],
            "content": content,
            "size": len(content),
            "how": how,
            "received_at": at,
            "received_by": by,
            "sender": sender,
        },
    )
    if is_first:
        start_processing(transfer=transfer)
    else:
        Arrival.objects.create(transfer=transfer, name=name[:255], how=how, at=at, by=by)
    return Received(transfer, is_first)


def receive(
    *,
    content: bytes,
    name: str,
    how: str,
    at: datetime,
    by: User | None = None,
    sender: School | None = None,
) -> list[Received]:
    """Receive a file, or each file of a zip. A zip that is unsafe or broken is kept and refused."""
    if not name.lower().endswith(".zip"):
        return [
            receive_file(content=content, name=name, how=how, at=at, by=by, sender=sender)
        ]
    try:
        members = list(unzip_safely(content))
    except Unreadable as refusal:
        return [_receive_refused(content, name, how, at, by, sender, refusal)]
    return [
        receive_file(content=inside, name=member, how=how, at=at, by=by, sender=sender)
        for member, inside in members
    ]


@transaction.atomic
def _receive_refused(
    content: bytes,
    name: str,
    how: str,
    at: datetime,
    by: User | None,
    sender: School | None,
    refusal: Unreadable,
) -> Received:
    received = receive_file(content=content, name=name, how=how, at=at, by=by, sender=sender)
    if received.is_first:
        _refuse(received.transfer, refusal, at)
    return received


def _refuse(transfer: Transfer, refusal: Unreadable, at: datetime) -> None:
    transfer.stage = TransferStage.REFUSED.value
    transfer.refused_because = str(refusal)
    transfer.finished_at = at
    transfer.save()
    _keep_problems(transfer, [(None, refusal.problem())])


def start_processing(*, transfer: Transfer) -> None:
    """Defer the job that reads, matches and applies a file; it is safe to defer it twice."""
    jobs.configure_task("intake.process", allow_unknown=False, lock="intake").defer(
        transfer_id=transfer.pk
    )


@transaction.atomic
def read_file(*, transfer_id: int, at: datetime) -> Transfer:
    """Read a file into records and problems, all of it or none.

    A file that cannot be read to its end is refused in words and nothing of it is used; its bytes
    stay. Reading a file that has been read changes nothing.
    """
    transfer = Transfer.objects.select_for_update().get(pk=transfer_id)
    if transfer.stage != TransferStage.RECEIVED.value:
        return transfer
    try:
        with transaction.atomic():
            _read(transfer, at)
    except Unreadable as refusal:
        _refuse(Transfer.objects.get(pk=transfer_id), refusal, at)
        transfer.refresh_from_db()
    return transfer


def _read(transfer: Transfer, at: datetime) -> None:
    if rolls.is_sheet(transfer.name):
        header, people, problems = rolls.read(transfer)
        _keep_rows(transfer, header, people)
    else:
        reader = stream(bytes(transfer.content), name=transfer.name)
        header = reader.header
        _keep_rows(transfer, header, reader)
        problems = list(reader.problems)
    transfer.kind, transfer.version = header.kind, header.version
    transfer.sender = transfer.sender or find_school(
        la_code=header.source.la, establishment=header.source.estab, urn=header.source.urn
    )
    transfer.sender_text = f"{header.source.name} {header.source.number}".strip()[:140]
    transfer.destination_text = header.destination.number[:140]
    transfer.made_at_text = header.made_at.isoformat() if header.made_at else ""
    transfer.source = add_source(
        kind=SourceKind.LIST if header.kind == "ROLL" else SourceKind.FILE,
        said_by=(transfer.sender.name if transfer.sender else transfer.sender_text)
        or "an unnamed sender",
        said_on=_made_on(header, at),
        at=at,
        by=transfer.received_by,
        reference=transfer.ref,
    )
    transfer.stage = TransferStage.READ.value
    transfer.save()
    _keep_problems(transfer, [(None, found) for found in problems])


def _made_on(header: Header, at: datetime) -> date:
    made_on = header.made_at.date() if header.made_at else at.date()
    return min(made_on, at.date())


def _keep_rows(transfer: Transfer, header: Header, people: Iterable[PupilRecord]) -> None:
    purpose = PURPOSES.get(header.kind, "transfer")
    waiting: list[tuple[Row, tuple[Found, ...]]] = []
    for record in people:
        row = Row(
            transfer=transfer,
            number=record.index,
            purpose=purpose,
            said=records.as_kept(record),
            fingerprint=records.fingerprint(record),
        )
        waiting.append((row, record.problems))
        if len(waiting) == BATCH:
            _keep_some(transfer, waiting)
            waiting = []
    _keep_some(transfer, waiting)


def _keep_some(transfer: Transfer, some: Sequence[tuple[Row, tuple[Found, ...]]]) -> None:
    Row.objects.bulk_create([row for row, _ in some])
    _keep_problems(transfer, [(row, found) for row, problems in some for found in problems])


def _keep_problems(transfer: Transfer, problems: Sequence[tuple[Row | None, Found]]) -> None:
    Problem.objects.bulk_create(
        Problem(
            transfer=transfer,
            row=row,
            severity=found.severity,
            rule=found.rule,
            path=found.path[:200],
            message=found.message,
        )
        for row, found in problems
    )


@transaction.atomic
def work_batch(*, transfer_id: int, at: datetime) -> Transfer:
    """Match and apply the next records of a file; when none is left, the file is finished.

    Records that are unsure wait for a person and hold nothing else up.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    transfer = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)
    if transfer.stage != TransferStage.READ.value:
        return transfer
    rows = _next_rows(transfer)
    if not rows:
        transfer.stage, transfer.finished_at = TransferStage.APPLIED.value, at
        transfer.save(update_fields=["stage", "finished_at"])
        return transfer
    said = {row.pk: records.from_kept(row.said) for row in rows}
    answers = _answers(rows, [records.person(said[row.pk]) for row in rows])
    applying = Applying(transfer, at)
    for row, answer in zip(rows, answers, strict=True):
        _take_answer(row, answer)
    applying.apply([(row, said[row.pk]) for row in rows if row.stage == RowStage.READ.value])
    Row.objects.bulk_update(rows, _CHANGED)
    return transfer


_CHANGED = (
    "stage",
    "answer",
    "candidates",
    "because",
    "child",
    "case",
    "effect",
    "effect_words",
    "clause",
    "applied_at",
    "is_to_confirm",
)


def _next_rows(transfer: Transfer) -> list[Row]:
    """Return the next records in order, without two that may be of one child.

    The second of such a pair waits for the next batch, where the first is known.
    """
    found: list[Row] = []
    seen: set[str] = set()
    waiting = transfer.rows.filter(stage=RowStage.READ.value).order_by("number")
    for row in waiting[:BATCH]:
        marks = {row.fingerprint, row.said.get("upn", row.fingerprint)}
        if marks & seen:
            break
        seen |= marks
        found.append(row)
    return found


def _answers(rows: Sequence[Row], people: Sequence[Person]) -> list[Answer]:
    settled = _settled([row.fingerprint for row in rows])
    found = find_same(people)
    return [
        _answer(person, candidates, settled.get(row.fingerprint))
        for row, person, candidates in zip(rows, people, found, strict=True)
    ]


def _settled(fingerprints: Sequence[str]) -> dict[str, Decision]:
    """Return the newest decision about each identity: what a person settled is not asked again."""
    found = Decision.objects.filter(fingerprint__in=fingerprints).order_by("at")
    return {decision.fingerprint: decision for decision in found}


def _answer(person: Person, candidates: Sequence[Person], settled: Decision | None) -> Answer:
    if settled is None:
        return decide(person, candidates)
    if settled.child_id is not None:
        chosen = [c for c in candidates if c.key == settled.child_id]
        known = Answer(Kind.SAME, (), f"Settled by {settled.by.name}: {settled.why}")
        answer = decide(person, chosen)
        return Answer(known.kind, answer.candidates[:1] or _only(settled.child_id), known.because)
    others = [c for c in candidates if c.key not in settled.against]
    return decide(person, others)


def _only(child_id: int) -> tuple[Candidate, ...]:
    return (Candidate(child_id, 0, ()),)


def _take_answer(row: Row, answer: Answer) -> None:
    row.answer, row.because = answer.kind.value, answer.because
    row.candidates = [
        {
            "child": candidate.key,
            "score": candidate.score,
            "reasons": [[r.field, r.verdict.value, r.words] for r in candidate.reasons],
        }
        for candidate in answer.candidates
    ]
    if answer.kind == Kind.SAME:
        row.child_id = answer.candidates[0].key
    if answer.kind == Kind.UNSURE:
        row.stage = RowStage.UNSURE.value


@transaction.atomic
def settle_row(
    *, row: Row, child: Child | None, why: str, by: User, at: datetime
) -> Row:
    """Take a person's answer to an unsure record: it is this `child`, or none of those shown.

    The answer and its reason are kept and hold for the same identity in later files. The record
    is then applied like any other.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    row = Row.objects.select_for_update(of=("self",)).select_related("transfer").get(pk=row.pk)
    if row.stage != RowStage.UNSURE.value:
        raise DecisionRefused("Someone has already settled this record. Nothing was changed.")
    shown = [candidate["child"] for candidate in row.candidates]
    if child is not None and child.pk not in shown:
        raise DecisionRefused("That child is not one of those shown for this record.")
    Decision.objects.create(
        row=row,
        fingerprint=row.fingerprint,
        verdict="same" if child else "different",
        child=child,
        against=[key for key in shown if child is None or key != child.pk],
        why=why,
        at=at,
        by=by,
    )
    row.child, row.stage = child, RowStage.READ.value
    _apply_one(row, at)
    return row


@transaction.atomic
def confirm_row(
    *, row: Row, is_as_said: bool, why: str, by: User, at: datetime
) -> Row:
    """Take an officer's answer to a claim: it is as the school says, or a case must be opened.

    A confirmed claim confirms the place it named; the other answer puts the child on the register.
    """
    row = (
        Row.objects.select_for_update(of=("self",))
        .select_related("transfer__sender", "transfer__source", "child")
        .get(pk=row.pk)
    )
    if not row.is_to_confirm or row.confirmed_at is not None:
        raise DecisionRefused("Someone has already answered this. Nothing was changed.")
    row.confirmed_at, row.confirmed_by, row.confirmed_why = at, by, why
    applying = Applying(row.transfer, at)
    if is_as_said:
        applying.confirm(row)
    else:
        applying.doubt(row, why=why, by=by)
    row.save()
    return row


@transaction.atomic
def try_again(*, row: Row, at: datetime) -> Row:
    """Apply a held record once what held it up is mended, such as a school that was not on file."""
    row = Row.objects.select_for_update(of=("self",)).select_related("transfer").get(pk=row.pk)
    if row.stage == RowStage.HELD.value:
        row.stage = RowStage.READ.value
        _find_sender(row.transfer)
        _apply_one(row, at)
    return row


def _find_sender(transfer: Transfer) -> None:
    if transfer.sender is None:
        number = transfer.sender_text.split()[-1] if transfer.sender_text else ""
        transfer.sender = find_school(la_code=number[:3], establishment=number[3:])
        transfer.save(update_fields=["sender"])


def _apply_one(row: Row, at: datetime) -> None:
    Applying(row.transfer, at).apply([(row, records.from_kept(row.said))])
    row.save()
