"""What referrals ask of a person today: one row a referral, with its gravest call."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.addresses import page_address
from onroll.cases.offers import DayPart, DayRow
from onroll.cases.queries.calls import Calling, calling, part_of
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import AT_THE_HUB
from onroll.referrals.models import RECEIVED_AT, HubDecision, Referral, ReferredChild
from onroll.referrals.queries.lists import about_cases_of, passed_on_to_person, with_due
from onroll.referrals.queries.notifications import unread_by
from onroll.rules.day import Call, call_of_clock


class Ask(StrEnum):
    """What a referral asks of a person; of several the first is done first."""

    PASSED_ON = "passed_on"
    DECIDE = "decide"
    ACCEPT = "accept"
    HEAR = "hear"
    READ = "read"


_WORDS = {
    Ask.PASSED_ON: ("Passed on to you: it waits too long", "Take it on"),
    Ask.DECIDE: ("A referral for the hub to decide", "Decide"),
    Ask.ACCEPT: ("A hand-over to accept", "Accept"),
    Ask.HEAR: ("Sent on, and nobody has said that they have it", "Ask who has it"),
    Ask.READ: ("Something new about what was referred", "Read it"),
}
"""What is asked, and the next step."""
_WORK = {Ask.PASSED_ON, Ask.DECIDE, Ask.ACCEPT}
_FACTS = ("pk", "ref", "is_urgent", "owner", "since", "due_on", "due_at", *Ask)


def day(user: User, *, on: date, at: datetime) -> DayPart | None:
    """Return what the hub, and who accepts its hand-overs, must do about referrals; two queries."""
    if not may(user, Permission.CASE_TRIAGE):
        return None
    asks = _asks(user, at)
    visible = with_due(Referral.objects.visible_to(user), Subject.REFERRAL)
    facts = visible.annotate(since=_since(), **asks).filter(_any(asks)).values(*_FACTS)
    return part_of((calling(row, _calls(row, on=on, at=at)) for row in facts), _draw)


def _asks(user: User, at: datetime) -> dict[str, Any]:
    """Return by what may be asked the condition of a referral that asks it of this person."""
    decisions = HubDecision.objects.filter(entry__referral=OuterRef("pk"))
    to_accept = decisions & HubDecision.objects.to_accept().filter(_is_for(user))
    overdue = Deadline.objects.of_each(Subject.HUB_DECISION, OuterRef("pk")).overdue(at=at)
    sent_on = decisions & HubDecision.objects.sent_on().filter(Exists(overdue), by=user)
    is_free = Q(owner=user) | Q(owner__isnull=True)
    nothing = Q(pk__in=[])
    return {
        Ask.PASSED_ON: _is(Q(pk__in=_pks(passed_on_to_person(user)))),
        Ask.DECIDE: _is(Q(is_free, stage__in=AT_THE_HUB) if user.role == Role.MASH else nothing),
        Ask.ACCEPT: _is(Q(Exists(to_accept)) if may(user, Permission.REFERRAL_ACCEPT) else nothing),
        Ask.HEAR: _is(Q(Exists(sent_on))),
        Ask.READ: _is(Q(pk__in=_pks(unread_by(user))) | Q(pk__in=_pks(about_cases_of(user)))),
    }


def _is(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _since() -> Coalesce:
    """Return since when a referral waits: since its hand-over, or else since it came."""
    handed_over = HubDecision.objects.to_accept().filter(entry__referral=OuterRef("pk"))
    return Coalesce(Subquery(handed_over.order_by("at").values("at")[:1]), RECEIVED_AT)


def _any(asks: Mapping[str, Any]) -> Q:
    """Return the condition that something is asked."""
    condition = Q()
    for ask in asks:
        condition |= Q(**{ask: True})
    return condition


def _is_for(user: User) -> Q:
    """Return which hand-overs a person may be asked to accept: of their case, or of nobody's."""
    return Q(entry__known_case__owner=user) | Q(entry__known_case__owner__isnull=True)


def _pks(rows: QuerySet[Referral]) -> Any:
    return rows.order_by().values("pk")


def _ask_of(row: Mapping[str, Any]) -> Ask:
    return next(ask for ask in Ask if row[ask])


def _calls(row: Mapping[str, Any], *, on: date, at: datetime) -> dict[Call, date | datetime]:
    """Return how a referral calls, each with since when."""
    ask, since, due = _ask_of(row), row["since"], row["due_at"] or row["due_on"]
    if ask in _WORK and row["is_urgent"]:
        return {Call.DANGER: since}
    if ask is Ask.READ:
        return {Call.ARRIVED: since}
    if ask is Ask.ACCEPT or (ask is Ask.DECIDE and row["owner"] is None):
        return {Call.NOT_ACCEPTED: since}
    if ask is not Ask.DECIDE:
        return {Call.LOCAL_OVERDUE: due or since}
    is_over = row["due_at"] is not None and row["due_at"] < at
    call = Call.LOCAL_OVERDUE if is_over else call_of_clock(row["due_on"], is_law=False, on=on)
    return {call: due} if call else {}


def _draw(first: Sequence[Calling]) -> list[DayRow]:
    """Draw the rows of a day: each referral with the children it names."""
    children = ReferredChild.objects.select_related("case", "known_case")
    named: dict[int, list[ReferredChild]] = {}
    for child in children.filter(referral__in=[row.pk for row in first]).order_by("number"):
        named.setdefault(child.referral_id, []).append(child)
    return [_row(row, named[row.pk]) for row in first]


def _row(called: Calling, children: Sequence[ReferredChild]) -> DayRow:
    ref = called.row["ref"]
    words, step = _WORDS[_ask_of(called.row)]
    cases = [case for child in children for case in (child.case, child.known_case) if case]
    return DayRow(
        call=called.call,
        since=called.since,
        words=words,
        step=step,
        step_url=page_address("referrals:referral", ref),
        about=", ".join(child.name or "Name not known" for child in children),
        ref=ref,
        is_due=called.since in (called.row["due_at"], called.row["due_on"]),
        children=tuple(case.child_id for case in cases),
    )
