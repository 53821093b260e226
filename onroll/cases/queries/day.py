"""What a person's own cases ask of them today: one row a case, with its gravest call."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Alert, AlertKind, Case, Member, Note, RiskReview, Step
from onroll.cases.offers import DayPart, DayRow
from onroll.cases.queries.calls import GravestCall, gravest_call, part_of
from onroll.clocks.models import Deadline, Subject
from onroll.rules.clocks import CLOCKS, clock_on
from onroll.rules.day import Call, DayCase, calls_of_case

_LAW = [code for code, clock in CLOCKS.items() if clock.basis == "law"]
_FACTS = ("pk", "owner", "opened_on", "law_due", "next_due", "arrived_at", "looked_at")


def day(user: User, *, on: date, at: datetime) -> DayPart | None:
    """Return what a person's own cases ask of them, and those that nobody has; three queries.

    `at` is not used: clocks of cases run out by the day.
    """
    if not may(user, Permission.CASE_WORK):
        return None
    facts = _with_facts(_cases_of(user, on), on).values(*_FACTS)
    rows = (gravest_call(row, _calls(row, on)) for row in facts)
    is_hidden = is_masked(user, Permission.CASE_LIST) or is_masked(user, Permission.CASE_VIEW)
    return part_of(rows, lambda first: _draw(first, on=on, is_hidden=is_hidden))


def _cases_of(user: User, on: date) -> QuerySet[Case]:
    """Return the open cases of a person, those whose team they are on, and for who gives cases to
    officers those that nobody has.
    """
    on_team = Member.objects.filter(user=user).values("case_id")
    own = Q(owner=user) | Q(pk__in=on_team)
    whose = own | Q(owner__isnull=True) if may(user, Permission.CASE_ASSIGN) else own
    return Case.objects.visible_to(user, on=on).open().filter(whose)


def _with_facts(cases: QuerySet[Case], on: date) -> QuerySet[Case]:
    """Say of each case when its first clocks are due, what arrived when, and who looked when."""
    arrived = _arrived(OuterRef("pk")).values("raised_at")
    return cases.annotate(
        law_due=Subquery(_overdue_by_law(OuterRef("pk"), on).values("due_on")[:1]),
        next_due=Subquery(_running(OuterRef("pk")).values("due_on")[:1]),
        arrived_at=Subquery(arrived[:1]),
        looked_at=Greatest(*(_newest(model) for model in (Step, Note, RiskReview))),
    )


def _running(pk: Any) -> QuerySet[Deadline]:
    return Deadline.objects.of_each(Subject.CASE, pk).running().order_by("due_on", "pk")


def _overdue_by_law(pk: Any, on: date) -> QuerySet[Deadline]:
    return _running(pk).filter(clock__in=_LAW, due_on__lt=on)


def _arrived(pk: Any) -> QuerySet[Alert]:
    """Return what has arrived on a case and nobody has settled: all but that it is untraced."""
    waiting = Alert.objects.filter(case=pk, settled_at__isnull=True)
    return waiting.exclude(kind=AlertKind.UNTRACED.value).order_by("raised_at", "pk")


def _newest(model: Any) -> Subquery:
    """Return when a person last wrote something of a kind on a case."""
    rows = model.objects.filter(case=OuterRef("pk"), by__isnull=False)
    return Subquery(rows.order_by("-at").values("at")[:1])


def _calls(row: Mapping[str, Any], on: date) -> dict[Call, date | datetime]:
    """Return how a case calls, each with since when."""
    facts = DayCase(is_owned=row["owner"] is not None, **{name: row[name] for name in _FACTS[2:]})
    return calls_of_case(facts, on=on)


def _draw(first: Sequence[GravestCall], *, on: date, is_hidden: bool) -> list[DayRow]:
    """Draw the rows of a day: each case with its child, and the clock or the alert it is about."""
    pks = [row.pk for row in first]
    clock = _running(OuterRef("pk"))
    law = _overdue_by_law(OuterRef("pk"), on)
    cases = Case.objects.select_related("child").annotate(
        law_clock=Subquery(law.values("clock")[:1]),
        law_starts=Subquery(law.values("starts_on")[:1]),
        next_clock=Subquery(clock.values("clock")[:1]),
        next_starts=Subquery(clock.values("starts_on")[:1]),
    )
    kept = cases.in_bulk(pks)
    alerts = _alerts_of(row.pk for row in first if row.call is Call.ARRIVED)
    return [_row(row, kept[row.pk], alerts.get(row.pk), is_hidden=is_hidden) for row in first]


def _alerts_of(cases: Iterable[int]) -> dict[int, Alert]:
    """Return the first alert of each case."""
    alerts = _arrived(OuterRef("case"))
    rows = Alert.objects.filter(case__in=list(cases), pk=Subquery(alerts.values("pk")[:1]))
    return {row.case_id: row for row in rows.select_related("case__child", "place", "source")}


def _row(called: GravestCall, case: Any, alert: Alert | None, *, is_hidden: bool) -> DayRow:
    rule = _rule(called.call, case)
    return DayRow(
        call=called.call,
        since=called.since,
        words=rule.title if rule else _words(called.call, alert),
        clause=f"{rule.source} {rule.clause}".strip() if rule else "",
        about=words.initials(case.child) if is_hidden else case.child.name,
        ref=case.ref,
        step=_STEPS.get(called.call, "Open the case"),
        step_url=page_address("casefile:case", case.ref),
        is_due=rule is not None,
        children=(case.child_id,),
    )


def _rule(call: Call, case: Any) -> Any:
    """Return the rule of the clock that calls; None where no clock does."""
    if call is Call.LAW_OVERDUE:
        return clock_on(case.law_clock, on=case.law_starts)
    is_clock = call in {Call.LOCAL_OVERDUE, Call.DUE_TODAY, Call.DUE_THIS_WEEK}
    return clock_on(case.next_clock, on=case.next_starts) if is_clock else None


def _words(call: Call, alert: Alert | None) -> str:
    return words.describe_alert(alert) if alert else _WORDS[call]


_WORDS = {
    Call.NOT_ACCEPTED: "An open case that nobody has",
    Call.ARRIVED: "Something new about the child",
    Call.NOT_LOOKED_AT: "Nobody has written anything on the case",
}
_STEPS = {
    Call.NOT_ACCEPTED: "Take it",
    Call.ARRIVED: "Follow it up",
    Call.NOT_LOOKED_AT: "Look at it",
}
"""The next step of a case, where it is not only to open it."""
