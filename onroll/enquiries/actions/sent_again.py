"""The very same, recorded again minutes later: a page that went back was sent once more (ADR 0015).

A page that is loaded anew has another key, so a receipt does not know it. What differs in
anything, the day on which they are asked again or the file among it, is something else.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.enquiries.actions.clocks import chase_day
from onroll.enquiries.actions.entries import columns
from onroll.enquiries.actions.facts import EntryFacts
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.rules.enquiry_log import Act
from onroll.rules.refusal import Refused

_SAME = timedelta(minutes=15)


def refuse_same_enquiry(
    case: Case, facts: Mapping[str, Any], entries: Mapping[Act, EntryFacts], *, at: datetime
) -> None:
    """Refuse an enquiry that the person recorded minutes ago, with the very same entries.

    `facts` are its columns. One that was planned is the same only while nothing was done about it.
    """
    same = Enquiry.objects.filter(case=case, at__gt=at - _SAME, **facts)
    if not entries:
        same = same.filter(entries__isnull=True)
    for enquiry in same.select_related("case__school").order_by("pk"):
        rows = EnquiryEntry.objects.filter(enquiry=enquiry, at=enquiry.at)
        if all(
            _are_same(rows, act, said, child=case.child, at=at) for act, said in entries.items()
        ):
            raise _refusal(enquiry, enquiry.at)


def refuse_same_entry(
    enquiry: Enquiry, act: Act, facts: EntryFacts, *, by: User, at: datetime
) -> None:
    """Refuse an entry of an enquiry that the person recorded minutes ago, if it was the last."""
    last = EnquiryEntry.objects.filter(enquiry=enquiry).order_by("at", "pk").last()
    if last is None or last.by_id != by.pk or last.at <= at - _SAME:
        return
    rows = EnquiryEntry.objects.filter(pk=last.pk)
    if _are_same(rows, act, facts, child=enquiry.case.child, at=at):
        raise _refusal(enquiry, last.at)


def _are_same(
    rows: QuerySet[EnquiryEntry], act: Act, facts: EntryFacts, *, child: Child, at: datetime
) -> bool:
    """Return whether one of some entries says the very same, with the same file and next day."""
    sha256 = hashlib.sha256(facts.file[1]).hexdigest() if facts.file else None
    same = rows.filter(**columns(act, facts, child=child), document__sha256=sha256)
    return any(
        not entry.enquiry.is_waiting
        or entry.enquiry.deadlines.running()
        .filter(due_on=chase_day(entry.enquiry, facts, at=at))
        .exists()
        for entry in same.select_related("enquiry__case__school")
    )


def _refusal(enquiry: Enquiry, at: datetime) -> Refused:
    return Refused(
        f"You recorded exactly this at {timezone.localtime(at):%H:%M}, as {enquiry.ref}. "
        "Nothing was added. If it happened again, say what is new."
    )
