"""The jobs that have the scanner look into what waits, and copy the pictures to be shown."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.documents import actions, queries
from onroll.documents.models import NotShown, ScannerState

ACTOR = "worker:documents"


@app.task(name="documents.scan", lock="documents")
def scan() -> None:
    """Look into what waits: deferred with each document, so that none waits for the next look."""
    scan_waiting()
    copy_pictures()


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="documents.look", queueing_lock="documents.look", lock="documents", pass_context=False
)
def look(timestamp: int) -> None:
    """Look into what came while the scanner did not answer, or before there was one."""
    scan_waiting()
    copy_pictures()


def scan_waiting() -> int:
    """Have the scanner look into each document that waits; return how many it answered about.

    Where it does not answer at all, the round ends, and all wait.
    """
    count = 0
    for document_id in queries.waiting() if _answers() else ():
        is_scanned = _scan(document_id)
        count += is_scanned
        if not is_scanned and not _answers():
            break
    return count


def _answers() -> bool:
    return queries.scanner_state() is ScannerState.OK


def _scan(document_id: int) -> bool:
    """Write down what the scanner finds in a document, or that it gave no answer.

    No transaction is open while it is asked.
    """
    from onroll.documents import scanner  # with its library, which only a scanner needs

    try:
        answer = scanner.look_into(queries.content(document_id))
    except scanner.Unanswered:
        with acting(actor=ACTOR):
            actions.note_try(document_id=document_id)
        return False
    with acting(actor=ACTOR):
        return actions.note_scan(
            document_id=document_id,
            scan=answer.scan,
            signature=answer.signature,
            at=timezone.localtime(),
        )


def copy_pictures() -> int:
    """Copy each picture in which nothing was found, to be shown; return how many were tried."""
    rows = list(queries.without_copy())
    for document in rows:
        content, not_shown = _copy(document.pk, document.media_type)
        with acting(actor=ACTOR):
            actions.keep_picture(
                document_id=document.pk,
                content=content,
                not_shown=not_shown,
                at=timezone.localtime(),
            )
    return len(rows)


def _copy(document_id: int, media_type: str) -> tuple[bytes, NotShown | None]:
    """Return the copy of a picture, or why there is none. No transaction is open meanwhile."""
    from onroll.documents import apart

    try:
        return apart.copy(queries.content(document_id), media_type), None
    except apart.Unopened as error:
        return b"", NotShown(error.why)
