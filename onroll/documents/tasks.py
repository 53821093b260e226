"""The jobs that have the scanner look into what waits."""

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.documents import actions, queries, scanner
from onroll.documents.scanner import Answer, ScannerState, Unanswered

ACTOR = "worker:documents"


@app.task(name="documents.scan", lock="documents")
def scan() -> None:
    """Look into what waits: deferred with each document, so that none waits for the next look."""
    scan_waiting()


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="documents.look", queueing_lock="documents.look", lock="documents", pass_context=False
)
def look(timestamp: int) -> None:
    """Look into what came while the scanner did not answer, or before there was one."""
    scan_waiting()


def scan_waiting() -> int:
    """Have the scanner look into each document that waits; return how many it answered about.

    Where it does not answer at all, the round ends, and all wait. No transaction is open while it
    is asked.
    """
    count = 0
    for document_id in queries.waiting() if _answers() else ():
        answer = _ask(document_id)
        if answer is not None:
            with acting(actor=ACTOR):
                at = timezone.localtime()
                count += actions.note_answer(document_id=document_id, answer=answer, at=at)
        elif not _answers():
            break
    return count


def _answers() -> bool:
    return scanner.state() is ScannerState.OK


def _ask(document_id: int) -> Answer | None:
    """Return the scanner's answer; None, and a try written down, where it gave none."""
    try:
        return scanner.look_into(queries.content(document_id))
    except Unanswered:
        with acting(actor=ACTOR):
            actions.note_try(document_id=document_id)
        return None
