"""What a person's own cases ask of them today: one row a case, with its gravest call."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases.models import Alert, AlertKind, Case
from onroll.cases.offers import DayPart, DayRow, Rows
from onroll.cases.queries.alerts import describe_calling, groups_of, with_alerts
from onroll.cases.queries.calls import GravestCall, gravest_call, part_of
from onroll.cases.queries.looks import last_look
from onroll.cases.queries.manager import has_answer, has_answer_for, waits_for, with_manager_facts
from onroll.cases.queries.names import name_of
from onroll.cases.queries.own import is_own, name_of_absent
from onroll.cases.queries.risk import LEVEL_MEANINGS, first_worry, level_of, sees_levels
from onroll.clocks.models import Deadline, Subject
from onroll.rules.clocks import CLOCKS, clock_on
from onroll.rules.day import Call, DayCase, call_of_clock, calls_of_case, over_at
from onroll.rules.risk_level import LEVEL_TITLES, RiskLevel


class Sight(NamedTuple):
    """What a person sees of the children of their day: the name, and how grave the case is."""

    user: User
    is_level: bool


_LAW = [code for code, clock in CLOCKS.items() if clock.basis == "law"]


def day_rows(user: User, *, on: date, at: datetime) -> dict[str, QuerySet[Case]]:
    """Return a person's own cases, and those that nobody has, with what makes them call: of each
    no more, since all of them are read for the first few. `at` is not used."""
    if not may(user, Permission.CASE_WORK):
        return {}
    cases = _cases_of(user, on).only("owner", "opened_on")
    return {"cases": _with_facts(cases, on).order_by()}


def day(user: User, *, on: date, at: datetime, rows: Rows) -> DayPart | None:
    """Return what a person's own cases ask of them, and those that nobody has.

    `at` is not used: clocks of cases run out by the day.
    """
    if not may(user, Permission.CASE_WORK):
        return None
    called = (_called(case, user, on) for case in rows["cases"])
    sight = Sight(user=user, is_level=sees_levels(user))
    return part_of(
        called,
        lambda first, read: _draw(first, sight, read),
        lambda first: {"cases": _shown(first, user, on), "alerts": _alerts_of(first)},
    )


def _called(case: Case, user: User, on: date) -> GravestCall | None:
    """Return how a case calls a person: of its alerts, those that they are told of."""
    calling = [group for group in groups_of(case, on=on) if group.calls(user.pk)]
    calling = [group for group in calling if group.kind != AlertKind.UNTRACED]
    arrived_at = min((group.since for group in calling), default=None)
    calls = _calls(case, arrived_at, on)
    return gravest_call({"pk": case.pk, "case": case, "calling": calling}, calls)


def _cases_of(user: User, on: date) -> QuerySet[Case]:
    """Return the open cases that are a person's own, and for who gives cases to officers those
    that nobody has.

    Besides, those that call a manager, and those where a question has its answer.
    """
    own = is_own(user, on=on)
    whose = own | Q(owner__isnull=True) if may(user, Permission.CASE_ASSIGN) else own
    cases = Case.objects.visible_to(user, on=on).annotate(
        is_mine=ExpressionWrapper(whose & Q(closed_on__isnull=True), BooleanField()),
        hears=ExpressionWrapper(own | has_answer_for(user), BooleanField()),
    )
    cases = cases.filter(Q(is_mine=True) | waits_for(user, on=on) | own & has_answer())
    return with_manager_facts(cases, user)


def _with_facts(cases: QuerySet[Case], on: date) -> QuerySet[Case]:
    """Say of each case when its first clocks are due, what was raised, and who looked when."""
    return with_alerts(cases).annotate(
        law=_first(_running(OuterRef("pk")).filter(clock__in=_LAW, due_on__lt=on)),
        next=_first(_running(OuterRef("pk"))),
        looked_at=last_look(),
        unsafe_at=first_worry("worry"),
        care_at=first_worry("care"),
    )


def is_overdue_by_law(on: date, case: str = "pk") -> Exists:
    """Return the condition that a running clock of the law of a case was due before a day."""
    return Exists(_running(OuterRef(case)).filter(clock__in=_LAW, due_on__lt=on))


def _running(pk: Any) -> QuerySet[Deadline]:
    return Deadline.objects.of_each(Subject.CASE, pk).running().order_by("due_on", "pk")


def _first(clocks: QuerySet[Deadline]) -> Subquery:
    """Return the first of some clocks whole: its code, when it starts and when it is due."""
    whole = JSONObject(clock="clock", starts="starts_on", due="due_on")
    return Subquery(clocks.values(whole=whole)[:1])


def _calls(case: Any, arrived_at: datetime | None, on: date) -> dict[Call, date | datetime]:
    """Return how a case calls, each with since when: as one's own, and what the manager does."""
    calls = _calls_of_manager(case, on)
    if not case.is_mine:
        return calls
    for call, since in _calls_of_own(case, arrived_at, on).items():
        calls[call] = min(since, calls.get(call, since), key=over_at)
    return calls


def _calls_of_manager(case: Any, on: date) -> dict[Call, date | datetime]:
    calls: dict[Call, date | datetime] = {}
    if case.question:
        calls[Call.WAITS] = datetime.fromisoformat(case.question["at"])
    if case.answer and case.hears:
        calls[Call.ARRIVED] = datetime.fromisoformat(case.answer["answered"])
    due = _day(case.manager_clock, "due")
    if due and due <= on and (call := call_of_clock(due, is_law=False, on=on)):
        calls[call] = due
    return calls


def _calls_of_own(case: Any, arrived_at: datetime | None, on: date) -> dict[Call, date | datetime]:
    facts = DayCase(
        is_owned=case.owner_id is not None,
        opened_on=case.opened_on,
        law_due=_day(case.law, "due"),
        next_due=_day(case.next, "due"),
        arrived_at=arrived_at,
        looked_at=case.looked_at,
        unsafe_at=case.unsafe_at,
        care_at=case.care_at,
    )
    return calls_of_case(facts, on=on)


def _day(clock: Mapping[str, str] | None, name: str) -> date | None:
    return date.fromisoformat(clock[name]) if clock else None


def _draw(first: Sequence[GravestCall], sight: Sight, read: Rows) -> list[DayRow]:
    """Draw the rows of a day: each case with its child, and the clock or the alert it is about."""
    of_case: dict[int, list[Alert]] = {}
    for alert in read["alerts"]:
        of_case.setdefault(alert.case_id, []).append(alert)
    cases = {case.pk: case for case in read["cases"]}
    return [_row(row, cases[row.pk], of_case.get(row.pk, ()), sight) for row in first]


def _shown(first: Sequence[GravestCall], user: User, on: date) -> QuerySet[Case]:
    """Return the cases that are drawn, each with its child, its level, and the name of an absent
    owner for whom the person covers."""
    cases = Case.objects.filter(pk__in=[row.pk for row in first]).select_related("child")
    return cases.annotate(risk=level_of(), covered_for=name_of_absent(user, on=on))


def _alerts_of(first: Sequence[GravestCall]) -> QuerySet[Alert]:
    """Return the alerts that nobody has settled of the cases of which something arrived."""
    cases = [row.pk for row in first if row.call is Call.ARRIVED]
    alerts = Alert.objects.filter(case__in=cases, settled_at__isnull=True)
    return alerts.select_related("case__child", "place", "source")


def _row(called: GravestCall, case: Any, alerts: Sequence[Alert], sight: Sight) -> DayRow:
    if row := _row_of_manager(called, case, sight):
        return row
    rule = _rule(called.call, called.row["case"])
    return DayRow(
        call=called.call,
        since=called.since,
        words=rule.title if rule else _words(called, alerts),
        clause=f"{rule.source} {rule.clause}".strip() if rule else "",
        about=name_of(case.child, sight.user),
        ref=case.ref,
        step=_STEPS.get(called.call, "Open the case"),
        step_url=page_address("casefile:case", case.ref),
        besides=called.besides,
        is_due=rule is not None,
        children=(case.child_id,),
        covered_for=case.covered_for or "",
        risk=_level(case) if sight.is_level else ("", ""),
    )


def _row_of_manager(called: GravestCall, case: Any, sight: Sight) -> DayRow | None:
    """Draw what a case asks of its manager, or the answer of one; None where it asks no such."""
    facts_of = called.row["case"]
    clock, question, answer = facts_of.manager_clock, facts_of.question, facts_of.answer
    facts: dict[str, Any] = {}
    if called.call is Call.WAITS and question:
        url = page_address("cases:answer_manager", case.ref, question["pk"])
        facts = {"words": "An officer asks the manager", "step": "Answer", "step_url": url}
    elif answer and called.since == datetime.fromisoformat(answer["answered"]):
        url = page_address("casefile:case", case.ref) + "#manager"
        facts = {"words": "The manager has answered", "step": "Read the answer", "step_url": url}
    elif clock and called.call in _BY_CLOCK and called.since == _day(clock, "due"):
        rule = clock_on(clock["clock"], on=date.fromisoformat(clock["starts"]))
        url = page_address("cases:manager_review", case.ref)
        facts = {"words": rule.title, "step": "Review the case", "step_url": url}
        facts |= {"clause": rule.source, "is_due": True}
    if not facts:
        return None
    return DayRow(
        call=called.call,
        since=called.since,
        about=name_of(case.child, sight.user),
        ref=case.ref,
        besides=called.besides,
        children=(case.child_id,),
        risk=_level(case) if sight.is_level else ("", ""),
        **facts,
    )


_BY_CLOCK = {Call.LOCAL_OVERDUE, Call.DUE_TODAY}


def _level(case: Any) -> tuple[str, str]:
    level = RiskLevel(case.risk)
    return ("", "") if level is RiskLevel.LOW else (LEVEL_TITLES[level], LEVEL_MEANINGS[level])


def _rule(call: Call, case: Any) -> Any:
    """Return the rule of the clock that calls; None where no clock does."""
    is_ours = call in {Call.LOCAL_OVERDUE, Call.DUE_TODAY, Call.DUE_THIS_WEEK}
    clock = case.law if call is Call.LAW_OVERDUE else case.next if is_ours else None
    return clock_on(clock["clock"], on=date.fromisoformat(clock["starts"])) if clock else None


def _words(called: GravestCall, alerts: Sequence[Alert]) -> str:
    if called.call is Call.ARRIVED and called.row["case"].care_at:
        return "Social care is to be told: the child may be privately fostered"
    if called.call is Call.ARRIVED and alerts:
        return describe_calling(called.row["calling"], alerts)
    return _WORDS[called.call]


_WORDS = {
    Call.DANGER: "Not known to be safe, and nobody has written down what was done",
    Call.NOT_ACCEPTED: "An open case that nobody has",
    Call.ARRIVED: "Something new about the child",
    Call.NOT_LOOKED_AT: "Nobody has written anything on the case",
}
_STEPS = {
    Call.DANGER: "Say what was done",
    Call.NOT_ACCEPTED: "Take it",
    Call.ARRIVED: "Follow it up",
    Call.NOT_LOOKED_AT: "Look at it",
}
"""The next step of a case, where it is not only to open it."""
