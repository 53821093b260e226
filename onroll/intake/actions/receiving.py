"""Keep a file's bytes as they came; the same bytes again are shown as the first."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from onroll.accounts.models import User
from onroll.documents import actions as documents
from onroll.documents.models import Kind
from onroll.formats import Unreadable
from onroll.formats.archive import unzip_safely
from onroll.formats.door import shape_of
from onroll.formats.packed import Shape
from onroll.formats.senders import NOT_YOURS
from onroll.intake.models import Arrival, Problem, Transfer, TransferStage


@dataclass(frozen=True)
class Received:
    """A file that came in, the name it came under, and whether we held these bytes before."""

    transfer: Transfer
    is_first: bool
    name: str


@transaction.atomic
def receive_file(
    *,
    content: bytes,
    name: str,
    how: str,
    at: datetime,
    by: User | None = None,
    is_from_school: bool = False,
) -> Received:
    """Keep a file's bytes as they came and start its way through the pipeline.

    The same bytes again are noted as another arrival of the first. `is_from_school` says that `by`
    works at a school and may bring only files of their own schools; that is checked when the file
    is read. The job is deferred in this same transaction.
    """
    digest, name = hashlib.sha256(content).hexdigest(), documents.whole_letters(name)[:255]
    document = partial(documents.attach, kind=Kind.INTAKE, content=content, name=name, by=by, at=at)
    transfer, is_first = Transfer.objects.get_or_create(
        sha256=digest,
        defaults={
            "name": name,
            "document": document,  # kept only where the file is new
            "how": how,
            "received_at": at,
            "received_by": by,
            "is_from_school": is_from_school,
        },
    )
    if is_first:
        start_processing(transfer=transfer)
    else:
        _arrive_again(transfer, name, how, at, by, is_from_school)
    return Received(transfer, is_first, name)


def _arrive_again(
    transfer: Transfer, name: str, how: str, at: datetime, by: User | None, is_from_school: bool
) -> None:
    """Note another arrival.

    What was refused only for who brought it is read again for another, and what a fault of ours
    stopped is read again for everyone.
    """
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    bringer = transfer.received_by_id, transfer.is_from_school
    reasons = set(transfer.problems.values_list("rule", flat=True))
    is_another = bringer != (by.pk if by else None, is_from_school)
    if FAILED not in reasons and not (NOT_YOURS in reasons and is_another):
        Arrival.objects.create(transfer=transfer, name=name, how=how, at=at, by=by)
        return
    Arrival.objects.create(
        transfer=transfer,
        name=transfer.name,
        how=transfer.how,
        at=transfer.received_at,
        by=transfer.received_by,
    )
    transfer.problems.all().delete()
    transfer.name, transfer.how, transfer.received_at = name, how, at
    transfer.received_by, transfer.is_from_school = by, is_from_school
    transfer.stage, transfer.refused_because = TransferStage.RECEIVED.value, ""
    transfer.finished_at = transfer.failed_at = None
    transfer.save(
        update_fields=[
            *("name", "how", "received_at", "received_by", "is_from_school"),
            *("stage", "refused_because", "finished_at", "failed_at"),
        ]
    )
    start_processing(transfer=transfer)


FAILED = "read-failed"
"""The rule by which a file is refused that a fault of ours stopped from being read."""


def receive(
    *,
    content: bytes,
    name: str,
    how: str,
    at: datetime,
    by: User | None = None,
    is_from_school: bool = False,
) -> list[Received]:
    """Receive a file, or each file of a zip.

    What cannot be read is kept too, and refused when it is read; a zip that is unsafe or broken at
    once.
    """

    def receive_one(inside: bytes, member: str) -> Received:
        return receive_file(
            content=inside, name=member, how=how, at=at, by=by, is_from_school=is_from_school
        )

    if not _is_zip(content, name):
        return [receive_one(content, name)]
    try:
        members = list(unzip_safely(content))
    except Unreadable as refusal:
        with transaction.atomic():
            received = receive_one(content, name)
            if received.is_first:
                refuse(received.transfer, refusal, at)
        return [received]
    with transaction.atomic():
        return [receive_one(inside, member) for member, inside in members]


def _is_zip(content: bytes, name: str) -> bool:
    try:
        return shape_of(content, name=name) is Shape.ZIP
    except Unreadable:
        return False


def refuse(transfer: Transfer, refusal: Unreadable, at: datetime) -> None:
    """Keep a file that nothing may be used of, with the reason."""
    transfer.stage = TransferStage.REFUSED.value
    transfer.refused_because, transfer.finished_at = refusal.words("council"), at
    transfer.save(update_fields=["stage", "refused_because", "finished_at"])
    problem = refusal.problem()
    Problem.objects.create(
        transfer=transfer,
        severity=problem.severity,
        rule=problem.rule,
        path=problem.path[:200],
        facts=dict(problem.facts),
    )


@transaction.atomic
def note_failure(*, transfer_id: int, at: datetime) -> None:
    """Write on a file that a fault of ours stopped its way; its page says so while it waits."""
    Transfer.objects.filter(pk=transfer_id).update(failed_at=at)


@transaction.atomic
def refuse_unread(*, transfer_id: int, at: datetime) -> Transfer:
    """Refuse a file that a fault of ours stopped from being read; its bytes stay, nothing else."""
    transfer = Transfer.objects.select_for_update().get(pk=transfer_id)
    if transfer.stage == TransferStage.RECEIVED.value:
        transfer.failed_at = at
        transfer.save(update_fields=["failed_at"])
        refuse(transfer, Unreadable(FAILED, ""), at)
    return transfer


def start_processing(*, transfer: Transfer) -> None:
    """Defer the job that reads, matches and applies a file, unless one waits for it already."""
    job = jobs.configure_task(
        "intake.process",
        allow_unknown=False,
        lock="intake",
        queueing_lock=f"intake.process {transfer.pk}",
    )
    with suppress(AlreadyEnqueued), transaction.atomic():  # a refusal must not undo the rest
        job.defer(transfer_id=transfer.pk)
