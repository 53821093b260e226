"""Cases come on the agenda of a meeting, and off it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children.queries import protected_of
from onroll.meetings.actions.meetings import lock
from onroll.meetings.models import AgendaItem, Meeting, OfCaseQuerySet
from onroll.rules.meetings import Ground
from onroll.rules.refusal import Changed, Refused

PROTECTED = (
    "This child is protected. Talk about them with those who must know, and not at this meeting."
)


@transaction.atomic
def put_on(
    *, meeting: Meeting, cases: Mapping[Case, Sequence[Ground]], by: User, at: datetime
) -> list[AgendaItem]:
    """Put open cases on the agenda, each with its grounds; return those that were not on it yet.

    Refused where none is new. A protected child is left out.
    """
    row = lock(meeting)
    on_it = set(_standing(row).values_list("case_id", flat=True))
    guarded = protected_of([case.child_id for case in cases])
    new = [
        AgendaItem(
            meeting=row, case=case, grounds=[ground.value for ground in grounds], by=by, at=at
        )
        for case, grounds in cases.items()
        if case.pk not in on_it and case.child_id not in guarded and case.is_open
    ]
    if not new:
        raise Refused("Each of these cases is on the agenda already. Nothing was added.")
    return AgendaItem.objects.bulk_create(new)


@transaction.atomic
def put_on_by_hand(*, meeting: Meeting, case: Case, why: str, by: User, at: datetime) -> AgendaItem:
    """Put one open case on the agenda, for a reason in words.

    Refused for a closed case, a protected child, and one that is on it already.
    """
    row = lock(meeting)
    if not case.is_open:
        raise Refused("This case is closed.", field="ref")
    if protected_of([case.child_id]):
        raise Refused(PROTECTED, field="ref")
    if _standing(row).filter(case=case).exists():
        raise Refused("This case is on the agenda already.", field="ref")
    return AgendaItem.objects.create(
        meeting=row, case=case, grounds=[Ground.BY_HAND.value], why=why, by=by, at=at
    )


@transaction.atomic
def take_off(*, item: AgendaItem, why: str, by: User, at: datetime) -> AgendaItem:
    """Take a case off the agenda that was not talked about. Changed where somebody did either."""
    lock(item.meeting)
    row = locked(item)
    row.removed_at, row.removed_by, row.removed_why = at, by, why
    row.save(update_fields=["removed_at", "removed_by", "removed_why"])
    return row


def locked(item: AgendaItem) -> AgendaItem:
    """Return a line of the agenda as it is now, locked, that waits to be talked about.

    Changed where somebody wrote down meanwhile what was said, or took it off.
    """
    rows = AgendaItem.objects.select_for_update(of=("self",))
    row: AgendaItem = rows.select_related("case", "talked_by", "removed_by").get(pk=item.pk)
    if row.talked_by is not None:
        raise Changed(f"{row.talked_by.name} wrote down meanwhile what was said: {row.words}")
    if row.removed_by is not None:
        raise Changed(f"{row.removed_by.name} took it off meanwhile: {row.removed_why}")
    return row


def _standing(meeting: Meeting) -> OfCaseQuerySet:
    return AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
