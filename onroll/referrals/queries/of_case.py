"""What a case shows of the referrals about it: what waits, what it came of, and what happened."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.at_once import with_many
from onroll.cases.models import Case, RiskReview
from onroll.cases.offers import Event, EventKind, Panel, Part, Rows
from onroll.cases.queries import may_on
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import ACCEPT
from onroll.referrals.codes import AT_THE_HUB, UNDECIDED, Stage
from onroll.referrals.models import (
    Audience,
    Happening,
    HubDecision,
    Notification,
    Referral,
    ReferralStep,
    ReferredChild,
)
from onroll.referrals.notifications import colleagues_table
from onroll.referrals.queries.notifications import notifications_of_case, updates_of_case
from onroll.referrals.queries.sight import sees_referrer_of_case

WAITING = (*AT_THE_HUB, Stage.HANDED_OVER.value)
"""The stages of a referral that waits for the hub, or for who accepts it."""


def at_the_hub(case: Case) -> Referral | None:
    """Return the referral as which a case was sent to the hub and waits there undecided."""
    return Referral.objects.filter(from_case=case, stage__in=UNDECIDED).first()


def case_rows(case: Case, user: User, *, on: date) -> dict[str, QuerySet[Any]]:
    """Return the referrals about a case, what was decided and added, and who was told. `on` is not
    used.

    Who may not read referrals sees that something was added, and no word of it (matrix, row 9).
    """
    updates: dict[str, QuerySet[Any]] = {"updates": updates_of_case(case)}
    if not may(user, Permission.CASE_TRIAGE):
        return updates
    of_case = Q(case=case) | Q(known_case=case) | Q(referral__from_case=case)
    rows = _with_due(ReferredChild.objects.filter(of_case).select_related("referral__owner"))
    reviews = RiskReview.objects.filter(case=case).order_by("-at")
    rows = rows.annotate(reviewed_at=Subquery(reviews.values("at")[:1]))
    return updates | {
        "entries": rows.order_by("-referral__sent_at", "pk"),
        "decisions": HubDecision.objects.filter(entry__in=rows.values("pk")).select_related("by"),
        "notifications": notifications_of_case(case),
    }


def case_panels(case: Case, user: User, *, on: date, rows: Rows) -> list[Panel]:
    """Return the referrals about a case that wait for somebody, and what became of those before.
    `on` is not used."""
    sees = may(user, Permission.CASE_TRIAGE)
    panels = _referral_panels(case, user, rows) if sees else []
    told = rows.get("notifications", ())
    if rows["updates"] or told:
        context = {"updates": rows["updates"], "table": colleagues_table(told), "sees": sees}
        panels.append(Panel("referrals/parts/panel.html", context, ("referrals",)))
    return panels


def _referral_panels(case: Case, user: User, rows: Rows) -> list[Panel]:
    """Return the referrals about a case that wait for somebody, and those that it came of,
    that joined it or as which it was sent, each with what was checked. One that joined it by the
    hub’s decision waits until the officer has read that."""
    entries = with_many(rows["entries"], "decisions", rows["decisions"])
    unread = {row.referral_id for row in rows["notifications"] if _is_decision_unread(row)}
    waiting = {
        entry.referral_id: entry.referral
        for entry in entries
        if (
            entry.referral.stage in WAITING
            and case.pk in (entry.known_case_id, entry.referral.from_case_id)
        )
        or (entry.referral_id in unread and entry.case_id == case.pk)
    }
    came_of = [
        entry for entry in entries if case.pk in (entry.case_id, entry.referral.from_case_id)
    ]
    sees_risk = may_on(user, Permission.NOTES_VIEW, case)
    fields = ("referrals", "risk") if sees_risk and came_of else ("referrals",)
    is_again = any(row.from_case_id != case.pk for row in waiting.values())
    top = {
        "referrals": list(waiting.values()),
        "title": "Referred again" if is_again else "At the hub",
    }
    grave = {entry.referral_id: entry.referral for entry in entries if _is_grave(entry, case)}
    may_review = sees_risk and may_on(user, Permission.CASE_WORK, case)
    urgent = Panel(
        "referrals/parts/urgent_case.html",
        {"referrals": list(grave.values()), "may_review": may_review},
        ("referrals", "risk") if grave else (),
        part=Part.HEAD,
    )
    return [
        urgent,
        Panel("referrals/parts/of_case.html", top, ("referrals",), Part.ALERTS),
        Panel("referrals/parts/came_of.html", {"entries": came_of, "sees_risk": sees_risk}, fields),
    ]


def _is_decision_unread(row: Notification) -> bool:
    """Say whether the officer has still to read what the hub decided about an open case."""
    is_decision = row.happening == Happening.DECIDED and row.audience == Audience.OFFICER
    return is_decision and row.is_to_read and row.is_unread


def _is_grave(entry: Any, case: Case) -> bool:
    """Say whether what a child was referred for is urgent still, at the head of an open case.

    An urgent referral, or one that the hub graded red, is answered by who thinks of the seven
    greater risks anew once the child is theirs (policy p.5): that is what somebody who works on a
    case writes down about danger. One that somebody has yet to decide or to accept is not answered
    by a review, which may have been written without it. What the hub gave to another team, or
    closed, is the answer itself; and a closed case asks nothing more of anybody.
    """
    if not case.is_open or not entry.referral.looks_grave:
        return False
    decision = entry.decision
    if decision is None or decision.is_to_accept:
        return entry.referral.stage in WAITING
    if entry.case_id != case.pk:
        return False
    since = decision.accepted_at or decision.at
    return entry.reviewed_at is None or entry.reviewed_at < since


def _with_due(entries: QuerySet[ReferredChild]) -> QuerySet[ReferredChild]:
    """Say of each when its referral, a case sent to the hub, is to be accepted there."""
    clocks = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("referral")).running()
    first = clocks.filter(clock__in=ACCEPT).order_by("due_on", "due_at", "pk")
    return entries.annotate(
        accept_on=Subquery(first.values("due_on")[:1]),
        accept_at=Subquery(first.values("due_at")[:1]),
    )


def event_rows(case: Case, user: User) -> dict[str, QuerySet[ReferralStep]]:
    """Return the steps of the referrals of a case, for who may see them."""
    if not may(user, Permission.CASE_TRIAGE):
        return {}
    of_case = Q(referral__children__case=case) | Q(referral__children__known_case=case)
    steps = ReferralStep.objects.filter(of_case)
    return {"steps": steps.select_related("by", "referral").distinct()}


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what happened to the referrals of a case."""
    names_referrer = sees_referrer_of_case(user, case)
    return [
        Event(
            step.at,
            f"Referral {step.referral.ref}: {step.what}",
            step.why,
            step.by if names_referrer or not step.is_by_referrer else None,
            day=step.day,
            kind=EventKind.REFERRAL,
            source=f"Referral {step.referral.ref}",
            url=page_address("referrals:referral", step.referral.ref),
        )
        for step in rows.get("steps", ())
    ]
