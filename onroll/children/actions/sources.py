"""Record who told us something, and when, so that facts can point at it."""

from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.children.models import Source, SourceKind


@transaction.atomic
def add_source(
    *,
    kind: SourceKind,
    said_by: str,
    said_on: date,
    at: datetime,
    by: User | None = None,
    reference: str = "",
) -> Source:
    """Add a source: `said_by` is the school, team or person, `by` the user who typed it in."""
    return Source.objects.create(
        kind=kind.value,
        said_by=said_by,
        said_on=said_on,
        recorded_at=at,
        recorded_by=by,
        reference=reference,
    )
