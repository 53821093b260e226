"""Whom a page of records shows."""

from collections.abc import Iterable

from onroll.intake.models import Row


def whom(rows: Iterable[Row]) -> list[int]:
    """Return the children records are about, and those they may be about."""
    children = [row.child_id for row in rows if row.child_id]
    maybe = [c["child"] for row in rows if not row.child_id for c in row.candidates]
    return [*children, *maybe]
