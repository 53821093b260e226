"""Background jobs of intake, and the steps a file goes through."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError
from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.children.actions import count_if_grown, count_names
from onroll.formats.archive import is_litter
from onroll.intake import actions, queries
from onroll.intake.models import Transfer, TransferStage
from onroll.tables.panics import is_fault, where

log = structlog.get_logger()

TAKEN = "taken"
"""The folder inside the drop folder where files go once their bytes are safely kept."""

STUCK_AFTER = timedelta(minutes=10)


@app.task(name="intake.process", lock="intake")
def process(transfer_id: int) -> None:
    """Read, match and apply one file, from wherever it has come to.

    A fault of ours is written on the file, so that nobody waits for what has failed.
    """
    at = timezone.localtime()
    try:
        take_through(transfer_id, at=at, actor="worker:intake")
    except BaseException as fault:
        if not is_fault(fault):
            raise
        with acting(actor="worker:intake"):
            actions.note_failure(transfer_id=transfer_id, at=at)
        if isinstance(fault, Exception):
            raise
        raise RuntimeError("a library panicked") from fault  # the worker itself must live on


def take_through(
    transfer_id: int,
    *,
    at: datetime,
    actor: str,
    tell: Callable[[Transfer], None] = lambda _transfer: None,
) -> Transfer:
    """Take a file as far as it will go, one transaction a step, and return it.

    `tell` hears of the file after each step. Where a fault of ours stops some records, half as many
    are taken, until one stands alone and is set aside: it sinks no other.
    """
    transfer = _read(transfer_id, at, actor)
    tell(transfer)
    most = actions.BATCH
    while transfer.stage == TransferStage.READ.value:
        try:
            with acting(actor=actor):
                transfer = actions.work_batch(transfer_id=transfer_id, at=at, most=most)
            most = min(most * 2, actions.BATCH)
        except BaseException as fault:
            if not _is_ours(fault):
                raise
            log.error("records not used", file=transfer_id, most=most, **_described(fault))
            if most == 1:
                with acting(actor=actor):
                    transfer = actions.hold_next(transfer_id=transfer_id)
            most = max(most // 2, 1)
        tell(transfer)
    count_if_grown()
    return transfer


def _read(transfer_id: int, at: datetime, actor: str) -> Transfer:
    """Read a file. Whatever stops that but the database is a refusal in words: it would again."""
    try:
        with acting(actor=actor):
            return actions.read_file(transfer_id=transfer_id, at=at)
    except BaseException as fault:
        if not _is_ours(fault):
            raise
        log.error("file not read", file=transfer_id, **_described(fault))
    with acting(actor=actor):
        return actions.refuse_unread(transfer_id=transfer_id, at=at)


def _is_ours(fault: BaseException) -> bool:
    """Say whether it would fail again: a fault of ours, and not a database that is away."""
    is_of_database = isinstance(fault, DatabaseError | InterfaceError)
    return is_fault(fault) and (not is_of_database or isinstance(fault, DataError | IntegrityError))


def _described(fault: BaseException) -> dict[str, str]:
    return {"fault": type(fault).__name__, "at": where(fault)}


@app.periodic(cron="30 3 * * *")
@app.task(name="intake.count_names", queueing_lock="intake.count_names", pass_context=False)
def count(timestamp: int) -> None:
    """Count how common names are, so that tomorrow a common one says no more than it should."""
    count_names()


@app.periodic(cron="45 3 * * *")
@app.task(
    name="intake.drop_attachments", queueing_lock="intake.drop_attachments", pass_context=False
)
def drop_attachments(timestamp: int) -> None:
    """Let go of files that were chosen on forms nobody finished."""
    with acting(actor="worker:intake"):
        actions.drop_old_attachments(at=timezone.localtime())


@app.periodic(cron="*/5 * * * *")
@app.task(name="intake.look", queueing_lock="intake.look")
def look(timestamp: int) -> None:
    """Take what lies in the drop folder, and start again any file that stands still."""
    at = timezone.localtime()
    if settings.DROP_FOLDER:
        empty_folder(Path(settings.DROP_FOLDER), at=at)
    for transfer in queries.standing_still(since=at - STUCK_AFTER):
        with acting(actor="worker:intake"):
            actions.start_processing(transfer=transfer)


def empty_folder(folder: Path, *, at: datetime) -> int:
    """Keep every file in a folder and move it into `taken`; return how many.

    One that may not be read stays, and stops no other.

    The bytes are kept before the file is moved: killed in between, the file is found again and
    shown as one that came twice.
    """
    taken = folder / TAKEN
    taken.mkdir(exist_ok=True)
    files = sorted(p for p in folder.iterdir() if _is_there(p) and not is_litter(p.name))
    done = 0
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            log.error("a file in the drop folder cannot be read", why=error.strerror)
            continue
        with acting(actor="worker:intake"):
            actions.receive(content=content, name=path.name, how="folder", at=at)
        path.replace(taken / f"{at:%Y%m%d%H%M%S}-{path.name}")
        done += 1
    return done


def _is_there(path: Path) -> bool:
    """Say whether a file lies in the folder itself: a link may lead to what is not for anybody."""
    return path.is_file() and not path.is_symlink()
