"""What comes due on referrals that a person has, for their diary."""

from datetime import date

from django.db.models import Value

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import is_theirs
from onroll.addresses import page_address
from onroll.cases.offers import Coming
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.models import HubDecision, Referral


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the running clocks of referrals at which a person looks for the hub, and of those
    that they sent on; two queries.
    """
    if not may(user, Permission.CASE_TRIAGE):
        return []
    visible = Referral.objects.visible_to(user)
    mine = visible.at_the_hub().filter(is_theirs(user, "owner", on=on)).order_by()
    sent_on = HubDecision.objects.sent_on().filter(by=user, entry__referral__in=visible).order_by()
    as_referral, as_decision = Value(Subject.REFERRAL.value), Value(Subject.HUB_DECISION.value)
    both = mine.values_list(as_referral, "pk", "ref").union(
        sent_on.values_list(as_decision, "pk", "entry__referral__ref")
    )
    refs = {(subject, pk): ref for subject, pk, ref in both}
    clocks = Deadline.objects.running().filter(
        subject__in={subject for subject, _ in refs},
        subject_id__in={pk for _, pk in refs},
        due_on__range=(on, until),
    )
    return [
        _row(clock, refs[clock.subject, clock.subject_id])
        for clock in clocks
        if (clock.subject, clock.subject_id) in refs
    ]


def _row(clock: Deadline, ref: str) -> Coming:
    rule = clock.rule
    return Coming(
        on=clock.due_on,
        words=rule.title,
        clause=f"{rule.source} {rule.clause}".strip(),
        due_at=clock.due_at,
        ref=ref,
        url=page_address("referrals:referral", ref),
    )
