"""What rests on the acceptance of a child, so that it can no longer be taken back as a mistake."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q

from onroll.cases.models import Alert, Case, CaseReason, Note, RiskReview, Step
from onroll.enquiries.models import EnquiryEntry
from onroll.referrals.models import HubDecision, Referral, ReferredChild

INSTEAD = "The case can go to the hub instead, or be closed as what it is."


def rests_on(entry: ReferredChild, decision: HubDecision) -> str:
    """Return in sentences what rests on the acceptance of a child; nothing where nothing does.

    That is what anybody did with the case since, what was reported of it since, and its end.
    """
    case, since = entry.case, decision.accepted_at
    if case is None or since is None:
        return ""
    if not case.is_open:
        return f"Case {case.ref} is closed, so this cannot be taken back."
    work = _done(case, since) or _reported(entry, case, since)
    return f"This cannot be taken back, since work rests on it: {work}. {INSTEAD}" if work else ""


def say_what_rests(children: Iterable[ReferredChild], numbers: Collection[int]) -> None:
    """Say of each child with one of the numbers what rests on its acceptance, where it has one."""
    for child in children:
        decision = child.decision
        if child.number in numbers and decision is not None and decision.accepted_by_id:
            child.rests = rests_on(child, decision)


def _done(case: Case, since: datetime) -> str:
    """Return the first that a person did with a case since a moment."""
    later = Step.objects.filter(case=case, at__gt=since, by__isnull=False)
    if step := later.select_related("by").order_by("at", "pk").first():
        return f"“{step.what}”, by {step.by.name if step.by else 'Onroll'}"
    if note := Note.objects.filter(case=case, at__gt=since).select_related("by").last():
        return f"a note by {note.by.name} on case {case.ref}"
    asked = EnquiryEntry.objects.filter(case=case, at__gt=since, by__isnull=False)
    if entry := asked.select_related("enquiry").first():
        return f"enquiry {entry.enquiry.ref} on case {case.ref}"
    is_reviewed = RiskReview.objects.filter(case=case).exists()
    is_settled = Alert.objects.filter(case=case, settled_at__gt=since, settled_by__isnull=False)
    return f"case {case.ref} was reviewed" if is_reviewed or is_settled.exists() else ""


def _reported(entry: ReferredChild, case: Case, since: datetime) -> str:
    """Return what else joined a case since a moment: a reason, a referral, or that it was sent."""
    if sent := Referral.objects.filter(from_case=case, sent_at__gt=since).first():
        return f"case {case.ref} was sent to the hub as {sent.ref}"
    of_it = ReferredChild.objects.filter(Q(case=case) | Q(known_case=case)).exclude(pk=entry.pk)
    since_then = of_it.filter(referral__sent_at__gt=since).select_related("referral")
    if again := since_then.first():
        return f"referral {again.referral.ref} is about the same case"
    reasons = CaseReason.objects.standing().filter(case=case, added_at__gt=since)
    return f"another report joined case {case.ref}" if reasons.exists() else ""
