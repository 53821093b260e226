"""Wait for the first of two identical forms, store its answer, and delete old receipts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import OperationalError, connection, transaction

from onroll.receipts.models import Receipt

LOCK = "hashtextextended(%s, 0)"
LONGEST_WAIT = "12s"
"""Shorter than ONROLL_STATEMENT_SECONDS, so that a page can still say so."""


class StillSaving(Exception):
    """The same form, sent before, has not finished in time."""


def take_turn(digest: str) -> bool:
    """Lock this very form until the transaction ends; wait if someone else has the lock.

    Returns whether it waited; raises StillSaving after twelve seconds. Call it inside the
    transaction of the request.
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
    """Store how a form was answered, in the transaction of what it did."""
    return Receipt.objects.create(
        digest=digest, status=status, location=location, messages=list(messages), taken_at=at
    )


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Delete the receipts of forms from before a time; return how many."""
    deleted, _ = Receipt.objects.filter(taken_at__lt=before).delete()
    return deleted
