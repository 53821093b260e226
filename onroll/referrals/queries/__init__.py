"""Referrals: the hub's queue, one referral, the children it may be about, and what waits."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.offers import Event, Panel, Todo
from onroll.cases.queries import Match, Typed, look_up
from onroll.children.models import Child
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import AT_THE_HUB, Quarantined, Stage
from onroll.referrals.information import colleagues_table
from onroll.referrals.models import Quarantine, Referral, ReferralStep, ReferredChild, StartRecord
from onroll.referrals.queries import home_education
from onroll.referrals.queries.information import (
    notifications_of_case,
    unread_by,
    updates_of_case,
)

HUB, ACCEPT, NEWS, DONE = "hub", "accept", "news", "done"
"""The lists of the queue: at the hub, waiting to be accepted, new to the reader, and decided."""
QUEUE = "referrals:queue"
NoReferral = Referral.DoesNotExist
NoStartRecord = StartRecord.DoesNotExist


def queue(user: User, which: str) -> QuerySet[Referral]:
    """Return a list of the queue: urgent first, then by age; those that are over, newest first."""
    referrals = Referral.objects.visible_to(user)
    due = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("pk")).running().order_by("due_on")
    listed = referrals.select_related("owner", "accepted_by").prefetch_related("children__case")
    listed = listed.annotate(due_on=Subquery(due.values("due_on")[:1]))
    if which == NEWS:
        return listed.filter(pk__in=unread_by(user).values("pk"))
    if which == DONE:
        return listed.filter(stage__in=[Stage.ACCEPTED.value, Stage.CLOSED.value]).order_by(
            "-decided_at", "-pk"
        )
    waiting = listed.to_accept() if which == ACCEPT else listed.at_the_hub()
    return waiting.order_by("-is_urgent", "sent_at", "pk")


def get_referral(user: User, ref: str) -> Referral:
    """Return a referral in this person's sight; Referral.DoesNotExist otherwise."""
    people = ("owner", "made_by", "decided_by", "accepted_by")
    return Referral.objects.visible_to(user).select_related(*people).get(ref=ref)


def children_of(referral: Referral) -> list[ReferredChild]:
    """Return the children of a referral, each with its case."""
    return list(referral.children.select_related("case__child", "record", "referral"))


def steps_of(referral: Referral) -> list[ReferralStep]:
    """Return what happened to a referral, the newest first."""
    return list(referral.steps.select_related("by"))


def likely(user: User, entry: ReferredChild, *, on: date) -> tuple[Match, ...]:
    """Return the children on record whom a referred child may be, likeliest first, with reasons.

    The pupil whom a school chose on record, or the one with the number it gave, stands first.
    Nobody where neither a name nor a number was given: homes and schools are not searched.
    """
    number = entry.record.ref if entry.record else entry.upn
    if not entry.name and not number:
        return ()
    typed = Typed(entry.forename, entry.surname, entry.born_on, number)
    return look_up(user, typed, on=on).matches


def senders_in_quarantine(user: User, answer: Quarantined) -> list[dict[str, Any]]:
    """Return each sender of forms in quarantine: how many, how many urgent, the first and last."""
    rows = Quarantine.objects.visible_to(user).filter(answer=answer.value)
    senders = rows.order_by().values("sender")
    return list(
        senders.annotate(
            forms=Count("pk"),
            urgent=Count("pk", filter=Q(referral__is_urgent=True)),
            first_at=Min("referral__sent_at"),
            last_at=Max("referral__sent_at"),
        ).order_by("-urgent", "first_at", "sender")
    )


def in_quarantine(user: User, sender: str) -> QuerySet[Quarantine]:
    """Return a sender's forms that are or were in quarantine, the first to come first."""
    rows = Quarantine.objects.visible_to(user).filter(sender=sender)
    return rows.select_related("referral").prefetch_related("referral__children")


def start_records(user: User) -> QuerySet[StartRecord]:
    """Return why children were not referred and which calls were made, in a person's sight."""
    return StartRecord.objects.visible_to(user).select_related("by")


def sees_referrer(user: User, referral: Referral) -> bool:
    """Return whether this person may know who referred (access matrix, row 10)."""
    match scope(user, Permission.REFERRER_VIEW):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            return referral.accepted_by_id == user.pk
        case _:
            return False


_WAITING = {
    HUB: ("referral for the hub to decide", "referrals for the hub to decide"),
    ACCEPT: ("referral that nobody has accepted", "referrals that nobody has accepted"),
}


def numbers(user: User, *, on: date) -> dict[str, int]:
    """Return how many referrals wait on each list, and how many of them are urgent or overdue."""
    due = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("pk")).running()
    is_pressing = Q(is_urgent=True) | Exists(due.filter(due_on__lt=on))
    hub, handed_over = Q(stage__in=AT_THE_HUB), Q(stage=Stage.HANDED_OVER.value)
    apart = Q(stage=Stage.QUARANTINE.value, quarantine__answer=Quarantined.WAITING.value)
    figures: dict[str, int] = Referral.objects.visible_to(user).aggregate(
        apart=Count("pk", filter=apart),
        apart_pressing=Count("pk", filter=apart & is_pressing),
        hub=Count("pk", filter=hub),
        hub_pressing=Count("pk", filter=hub & is_pressing),
        accept=Count("pk", filter=handed_over),
        accept_pressing=Count("pk", filter=handed_over & is_pressing),
    )
    return figures


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many referrals wait for the hub, to be accepted, and in quarantine."""
    reports = home_education.todo(user)
    if not may(user, Permission.CASE_TRIAGE):
        return reports
    figures = numbers(user, on=on)
    news = Todo(
        "referrals_news",
        unread_by(user).count(),
        ("referral with something new", "referrals with something new"),
        QUEUE,
        {"list": NEWS},
        "new",
    )
    apart = Todo(
        "referrals_quarantine",
        figures["apart"],
        ("form in quarantine", "forms in quarantine"),
        "referrals:quarantine",
        meaning="late" if figures["apart_pressing"] else "soon",
    )
    waiting = [
        Todo(
            f"referrals_{which}",
            figures[which],
            words,
            QUEUE,
            {"list": which},
            "late" if figures[f"{which}_pressing"] else "soon",
        )
        for which, words in _WAITING.items()
    ]
    return [*waiting, apart, news, *reports]


def panel(child: Child, user: User, *, case: Case | None, on: date) -> Panel | None:
    """Return what was added to the referrals of a case, and what hub and officer told each other.

    Who may not read referrals sees that something was added, and no word of it (matrix, row 9).
    """
    updates = updates_of_case(case) if case else []
    sees = may(user, Permission.CASE_TRIAGE)
    if case is None or not (updates or (sees and notifications_of_case(case))):
        return None
    rows = notifications_of_case(case) if sees else []
    context = {"updates": updates, "table": colleagues_table(rows), "sees": sees}
    return Panel("referrals/parts/panel.html", context)


def events(case: Case, user: User) -> list[Event]:
    """Return what happened to the referrals of a case, for who may see them."""
    if not may(user, Permission.CASE_TRIAGE):
        return []
    steps = ReferralStep.objects.filter(referral__children__case=case)
    rows = steps.annotate(ref=F("referral__ref")).select_related("by").distinct()
    return [Event(step.at, f"Referral {step.ref}: {step.what}", step.why, step.by) for step in rows]
