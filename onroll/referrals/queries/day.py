"""What referrals ask of a person today: one row a referral, with its gravest call."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import DateField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.addresses import page_address
from onroll.cases.offers import DayPart, DayRow
from onroll.cases.queries.calls import Calling, calling, part_of
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import AT_THE_HUB, Stage
from onroll.referrals.models import (
    RECEIVED_AT,
    Escalation,
    HubDecision,
    Referral,
    ReferredChild,
)
from onroll.referrals.queries.lists import about_cases_of, with_due
from onroll.referrals.queries.notifications import unread_by, unread_of
from onroll.rules.day import Call, call_of_clock, over_at
from onroll.rules.grades import Grade


class Ask(StrEnum):
    """What a referral asks of a person; of several the first is done first."""

    PASSED_ON = "passed_on"
    BACK = "back"
    DECIDE = "decide"
    TAKE = "take"
    ACCEPT = "accept"
    HEAR = "hear"
    READ = "read"
    KNOW = "know"


_WORDS = {
    Ask.PASSED_ON: ("Passed on to you: it waits too long", ""),
    Ask.BACK: ("Turned back to the hub, to decide again", "Decide again"),
    Ask.DECIDE: ("A referral for the hub to decide", "Decide"),
    Ask.TAKE: ("A referral about your open case", "Take it into the case"),
    Ask.ACCEPT: ("A hand-over to accept", "Accept"),
    Ask.HEAR: ("Sent on, and nobody has said that they have it", "Write down who has it"),
    Ask.READ: ("Something new about what was referred", "Read it"),
    Ask.KNOW: ("A referral about your open case, which the hub has", "Read it"),
}
"""What is asked, and the next step; of what was passed on that is the step of who had it."""
_STEPS = {
    Stage.CONTACT: "Decide",
    Stage.SCREENING: "Decide",
    Stage.HANDED_OVER: "Accept",
    Stage.SENT_ON: "Write down who has it",
}
_OF_HUB = {Ask.DECIDE, Ask.BACK}
"""What is due by the clock of the referral itself."""
_TO_READ = {Ask.READ, Ask.KNOW}
_FACTS = ("pk", "ref", "stage", "is_urgent", "grade", "owner", "due_on", "due_at")


class Demand(NamedTuple):
    """Since when something is asked, and by when it is due, where that has a clock of its own."""

    since: datetime
    due: date | datetime | None

    def first(self, other: "Demand") -> "Demand":
        """Return the earlier of both, as one asks it of several children."""
        dues = [due for due in (self.due, other.due) if due is not None]
        return Demand(min(self.since, other.since), min(dues, key=over_at, default=None))


def day(user: User, *, on: date, at: datetime) -> DayPart | None:
    """Return what the hub, and who accepts its hand-overs, must do about referrals; 4 queries."""
    if not may(user, Permission.CASE_TRIAGE):
        return None
    first, *further = _asks(user, at)
    asked: dict[int, dict[str, Demand]] = {}
    for referral, ask, since, due_on, due_at in first.union(*further, all=True):
        new, of_it = Demand(since, due_at or due_on), asked.setdefault(referral, {})
        of_it[ask] = new.first(of_it.get(ask, new))
    visible = Referral.objects.visible_to(user).exclude(stage=Stage.QUARANTINE.value)
    facts = with_due(visible.filter(pk__in=asked), Subject.REFERRAL).values(*_FACTS)
    rows = ({**row, "asks": asked[row["pk"]]} for row in facts)
    return part_of((calling(row, _calls(row, on=on, at=at)) for row in rows), _draw)


def _asks(user: User, at: datetime) -> Iterator[Any]:
    """Yield by what may be asked of this person the referrals that ask it, each with since when
    and, where it has a clock of its own, by when.

    Who sent a child on is asked once nobody has said in time that they have it; of an urgent or a
    red one at once.
    """
    decisions = HubDecision.objects.all()
    overdue = Deadline.objects.of_each(Subject.HUB_DECISION, OuterRef("pk")).overdue(at=at)
    is_grave = Q(entry__referral__is_urgent=True) | Q(entry__referral__grade=Grade.RED.value)
    to_hear = decisions.sent_on().filter(receipt_on__isnull=True, by=user)
    to_hear = to_hear.filter(is_grave | Exists(overdue))
    passed_on = (
        Escalation.objects.open()
        .filter(to=user)
        .annotate(due_on=F("deadline__due_on"), due_at=F("deadline__due_at"))
    )
    news = unread_of(user).filter(referral__in=_pks(unread_by(user)))
    yield _values(passed_on, Ask.PASSED_ON, "referral", "at")
    yield _of_decisions(to_hear, Ask.HEAR)
    yield _values(news, Ask.READ, "referral", "at")
    yield _values(about_cases_of(user), Ask.KNOW, "pk", RECEIVED_AT)
    if user.role == Role.MASH:
        is_free = Q(owner=user) | Q(owner__isnull=True)
        of_hub = Referral.objects.filter(is_free, stage__in=AT_THE_HUB)
        back = decisions.turned_back().filter(entry__referral__in=_pks(of_hub))
        yield _values(of_hub, Ask.DECIDE, "pk", RECEIVED_AT)
        yield _values(back, Ask.BACK, "entry__referral", "turned_back_at")
    if may(user, Permission.REFERRAL_ACCEPT):
        to_accept, of_case = decisions.to_accept(), "entry__known_case__owner"
        own, of_nobody = ({of_case: user}, {f"{of_case}__isnull": True})
        yield _of_decisions(to_accept.filter(**own), Ask.TAKE)
        yield _of_decisions(to_accept.filter(**of_nobody), Ask.ACCEPT)


def _of_decisions(rows: QuerySet[HubDecision], ask: Ask) -> Any:
    due = with_due(rows, Subject.HUB_DECISION)
    return _values(due, ask, "entry__referral", "at")


def _values(rows: QuerySet[Any], ask: Ask, referral: str, since: Any) -> Any:
    when = F(since) if isinstance(since, str) else since
    named = rows.order_by().annotate(ask=Value(ask.value), since=when)
    if "due_on" not in named.query.annotations:
        named = named.annotate(due_on=Value(None, DateField()), due_at=Value(None, DateTimeField()))
    return named.values_list(referral, "ask", "since", "due_on", "due_at")


def _pks(rows: QuerySet[Referral]) -> Any:
    return rows.order_by().values("pk")


def _ask_of(row: Mapping[str, Any]) -> Ask:
    return next(ask for ask in Ask if ask in row["asks"])


def _calls(row: Mapping[str, Any], *, on: date, at: datetime) -> dict[Call, date | datetime]:
    """Return how a referral calls, each with since when."""
    ask, due = _ask_of(row), row["due_at"] or row["due_on"]
    since = row["asks"][ask].since
    if row["is_urgent"] and ask not in _TO_READ:
        return {Call.DANGER: since}
    if ask is Ask.HEAR and row["grade"] == Grade.RED:
        return {Call.NOT_ACCEPTED: since}
    if call := _CALLS.get(ask):
        return {call: since}
    calls: dict[Call, date | datetime] = {}
    if row["owner"] is None:
        calls[Call.NOT_ACCEPTED] = since
    is_over = row["due_at"] is not None and row["due_at"] < at
    if call := Call.LOCAL_OVERDUE if is_over else call_of_clock(row["due_on"], is_law=False, on=on):
        calls[call] = due
    return calls


_CALLS = {
    Ask.PASSED_ON: Call.PASSED_ON,
    Ask.BACK: Call.ARRIVED,
    Ask.TAKE: Call.ARRIVED,
    Ask.ACCEPT: Call.NOT_ACCEPTED,
    Ask.HEAR: Call.LOCAL_OVERDUE,
    Ask.READ: Call.ARRIVED,
    Ask.KNOW: Call.ARRIVED,
}
"""How each calls that is not urgent; what the hub has to decide calls by its clock."""


def _draw(first: Sequence[Calling]) -> list[DayRow]:
    """Draw the rows of a day: each referral with the children about whom it asks something."""
    children = ReferredChild.objects.select_related("case", "known_case").order_by("number")
    asked: dict[int, list[ReferredChild]] = {}
    for child in children.filter(referral__in=[row.pk for row in first]).prefetch_related(
        "decisions"
    ):
        asked.setdefault(child.referral_id, []).append(child)
    return [_row(row, _about(_ask_of(row.row), asked.get(row.pk, ()))) for row in first]


def _about(ask: Ask, children: Sequence[ReferredChild]) -> Sequence[ReferredChild]:
    """Return the children of a referral about whom something is asked."""
    match ask:
        case Ask.PASSED_ON:
            return [child for child in children if child.decision is None or child.waits]
        case Ask.BACK:
            return [child for child in children if child.turned_back]
        case Ask.DECIDE:
            return [child for child in children if child.decision is None]
        case Ask.TAKE | Ask.ACCEPT | Ask.HEAR:
            return [child for child in children if child.waits]
        case _:
            return children


def _row(called: Calling, children: Sequence[ReferredChild]) -> DayRow:
    row, ask = called.row, _ask_of(called.row)
    words, step = _WORDS[ask]
    of_hub = row["due_at"] or row["due_on"]
    cases = [case for child in children for case in (child.case, child.known_case) if case]
    return DayRow(
        call=called.call,
        since=called.since,
        words=words,
        step=step or _STEPS.get(Stage(row["stage"]), "Open it"),
        step_url=page_address("referrals:referral", row["ref"]),
        about=", ".join(child.name or "Name not known" for child in children),
        ref=row["ref"],
        is_due=called.since in (row["due_at"], row["due_on"]),
        due=of_hub if ask in _OF_HUB else row["asks"][ask].due,
        children=tuple(case.child_id for case in cases),
    )
