"""Waiting for the first of two sendings, keeping how it was answered, and forgetting that again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import OperationalError, connection, transaction

from onroll.receipts.models import Receipt

LOCK = "hashtextextended(%s, 0)"
LONGEST_WAIT = "12s"
"""Shorter than a statement may take (ONROLL_STATEMENT_SECONDS), so that a page can say so."""


class StillSaving(Exception):
    """Another sending of the same form is not finished, and has been waited for."""


def take_turn(digest: str) -> bool:
    """Wait until nobody else is at work on this very form, and keep others from it until the end.

    Returns whether there was anybody to wait for; StillSaving when they are not done after twelve
    seconds. Called inside the transaction of the request: the lock ends with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_try_advisory_xact_lock({LOCK})", [digest])
        if cursor.fetchone()[0]:
            return False
        try:
            with transaction.atomic():
                cursor.execute(f"set local lock_timeout = '{LONGEST_WAIT}'")
                cursor.execute(f"select pg_advisory_xact_lock({LOCK})", [digest])
        except OperationalError:
            raise StillSaving from None
    return True


@transaction.atomic
def keep(
    *, digest: str, status: int, location: str, messages: Sequence[tuple[int, str]], at: datetime
) -> Receipt:
    """Keep how a form was answered, in the transaction of what it did."""
    return Receipt.objects.create(
        digest=digest, status=status, location=location, messages=list(messages), taken_at=at
    )


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Delete the receipts of forms taken before a moment; return how many."""
    deleted, _ = Receipt.objects.filter(taken_at__lt=before).delete()
    return deleted
