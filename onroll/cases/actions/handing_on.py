"""Giving several cases to one officer at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.work import assign_case
from onroll.cases.models import Case
from onroll.rules.refusal import Refused


@dataclass(frozen=True)
class HandedOn:
    """Which of several cases were given to an officer, by reference, and which not and why."""

    refs: tuple[str, ...]
    refusals: tuple[tuple[str, str], ...]


NOT_SEEN = "The page did not say in which state you saw it. Look at it, and assign it again."


@transaction.atomic
def assign_cases(
    *, cases: Sequence[tuple[Case, int | None]], owner: User, by: User, at: datetime
) -> HandedOn:
    """Give each case to an officer, as it was when the page showed it at a version.

    One that changed since, that is closed, or that the officer has already is left as it is, and
    does not stop the others. They are locked in one order, so that two who hand on the same cases
    do not wait for each other.
    """
    refs, refusals = [], []
    for case, version in sorted(cases, key=lambda pair: pair[0].pk):
        try:
            _assign(case, version, owner=owner, by=by, at=at)
        except Refused as refusal:
            refusals.append((case.ref, str(refusal)))
        else:
            refs.append(case.ref)
    return HandedOn(tuple(refs), tuple(refusals))


def _assign(case: Case, version: int | None, *, owner: User, by: User, at: datetime) -> None:
    """Assign one case, in a savepoint of its own."""
    if version is None:
        raise Refused(NOT_SEEN)
    if case.owner_id == owner.pk:
        raise Refused(f"{owner.name} has it already.")
    assign_case(case=case, owner=owner, by=by, at=at, version=version)
