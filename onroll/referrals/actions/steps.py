"""Taking a referral to change it, its clocks, and writing down what was done."""

from datetime import date, datetime, timedelta

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.clocks import actions as clocks
from onroll.referrals.models import Referral, ReferralStep, ReferredChild
from onroll.rules.clocks import CLOCKS
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Changed
from onroll.schools.queries import calendar_for, our_policy

CHANGED = (
    "Someone else changed this referral after you opened the page. Read it again, then decide."
)
DECIDE, ACCEPT = CLOCKS["referral_decision_1"].code, CLOCKS["referral_acceptance_1"].code


def lock(referral: Referral, version: int | None) -> Referral:
    """Lock the referral; refuse when the page it was decided on is older."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if version is not None and version != referral.version:
        raise Changed(CHANGED)
    return referral


def keep(referral: Referral) -> Referral:
    """Save the referral and count the change, so that older pages are refused."""
    referral.version += 1
    referral.save()
    return referral


def record(referral: Referral, what: str, *, why: str, at: datetime, by: User | None) -> None:
    """Add a line to what happened to the referral."""
    ReferralStep.objects.create(referral=referral, what=what[:120], why=why, at=at, by=by)


def run(referral: Referral, clock: str, *, on: date) -> None:
    """Start a clock on a day. An urgent referral is due the same day: clocks count no hours."""
    due_on = clocks.due_on(clock, on, calendar=calendar_for(None), policy=our_policy())
    deadline, is_new = clocks.start_on(
        of=referral, clock=clock, starts_on=on, due_on=on if referral.is_urgent else due_on
    )
    if not is_new:
        clocks.run_again(deadline=deadline)


def day_received(referral: Referral) -> date:
    """Return the day in England on which the referral came: clocks of a case count from it."""
    return referral.sent_at.astimezone(ENGLAND).date()


def report(
    entry: ReferredChild, *, child: Child | ChildFacts, because: str, by: User, at: datetime
) -> Case:
    """Open a case for a child of a referral, or add it to the open one, as of the day it came."""
    referral = entry.referral
    on = day_received(referral)
    case = cases.report_child(
        key=f"referral {referral.ref} {entry.number}",
        child=child,
        reason="referral",
        because=because,
        said_by=f"{referral.referrer}, referral {referral.ref}",
        by=by,
        on=on,
        at=at,
    )
    if at.date() - on >= timedelta(days=1):
        cases.update_whereabouts(child=case.child, on=at.date(), at=at, by=by)
    entry.case = case
    entry.save(update_fields=["case"])
    return case
