"""What referrals ask of a person today: one row a referral, with its gravest call."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import is_theirs
from onroll.accounts.roles import Role
from onroll.at_once import Query, Values
from onroll.cases.offers import DayPart, Rows
from onroll.cases.queries.calls import gravest_call, part_of
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import AT_THE_HUB, Decision, Stage
from onroll.referrals.models import (
    RECEIVED_AT,
    Audience,
    Escalation,
    Happening,
    HubDecision,
    Referral,
)
from onroll.referrals.promise import late
from onroll.referrals.queries.lists import about_cases_of, with_due
from onroll.referrals.queries.notifications import asked_to_read
from onroll.referrals.queries.readers import reads_as
from onroll.referrals.queries.reviewing import to_review
from onroll.referrals.queries.ringing import is_tried, to_ring
from onroll.referrals.queries.rows_of_day import children_of, decided_by, draw
from onroll.rules.day import Call, over_at
from onroll.rules.day_referrals import Ask, DayReferral, calls_of_referral
from onroll.rules.grades import Grade
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RiskAnswer

_FACTS = ("pk", "ref", "stage", "is_urgent", "grade", "owner", "due_on", "due_at")


class Demand(NamedTuple):
    """Since when something is asked, and by when it is due, where that has a clock of its own."""

    since: datetime
    due: date | datetime | None

    def first(self, other: "Demand") -> "Demand":
        """Return the earlier of both, as one asks it of several children."""
        dues = [due for due in (self.due, other.due) if due is not None]
        return Demand(min(self.since, other.since), min(dues, key=over_at, default=None))


def day_rows(user: User, *, on: date, at: datetime) -> dict[str, Query]:
    """Return which referrals ask something of this person: of which, what, and since when."""
    if not may(user, Permission.CASE_TRIAGE):
        return {}
    return {f"asks_{n}": Values(rows, _DEMAND) for n, rows in enumerate(_asks(user, on, at))}


_DEMAND = ("referral_pk", "ask", "since", "due_on", "due_at")


def day(user: User, *, on: date, at: datetime, rows: Rows) -> DayPart | None:
    """Return what the hub, and who accepts its hand-overs, must do about referrals; one query more
    where anything is asked.

    Nothing of one that this person may not see.
    """
    if not may(user, Permission.CASE_TRIAGE):
        return None
    asks: dict[int, dict[Ask, Demand]] = defaultdict(dict)
    for referral, code, since, due_on, due_at in chain.from_iterable(rows.values()):
        ask, new = Ask(code), Demand(since, due_at or due_on)
        asks[referral][ask] = new.first(asks[referral].get(ask, new))
    has_case = reads_as(user) is Audience.OFFICER
    facts = [row | {"asks": asks[row["pk"]]} for row in _facts(user, asks)]
    called = (gravest_call(row, _calls(row, has_case=has_case, on=on, at=at)) for row in facts)
    return part_of(called, lambda first, read: draw(first, user, read), children_of)


def _facts(user: User, referrals: Collection[int]) -> Sequence[dict[str, Any]]:
    """Return what the order of a day needs of some referrals, as far as a person sees them."""
    if not referrals:
        return ()
    visible = Referral.objects.visible_to(user).exclude(stage=Stage.QUARANTINE.value)
    rows = with_due(visible.filter(pk__in=list(referrals)), Subject.REFERRAL)
    return list(rows.order_by().values(*_FACTS, received_at=RECEIVED_AT))


def _asks(user: User, on: date, at: datetime) -> Iterator[Any]:
    """Yield the referrals that ask something of this person, with what, since when and, where it
    has a clock of its own, by when.

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
        .filter(is_theirs(user, "to", on=on))
        .annotate(due_on=F("deadline__due_on"), due_at=F("deadline__due_at"))
    )
    yield _values(passed_on, Ask.PASSED_ON, "referral", "at")
    yield _of_decisions(to_hear, Ask.HEAR)
    yield _values(asked_to_read(user, on=on), _to_read(user), "referral", "at")
    yield _values(about_cases_of(user, on=on), Ask.KNOW, "pk", RECEIVED_AT)
    yield _values(to_review(user, on=on), Ask.REVIEW, "entry__referral", "taken_at")
    if user.role == Role.MASH:
        is_free = is_theirs(user, "owner", on=on) | Q(owner__isnull=True)
        of_hub = Referral.objects.filter(is_free, stage__in=AT_THE_HUB)
        back = decisions.turned_back().filter(entry__referral__in=_pks(of_hub))
        again_or_first = _either(is_tried(), Ask.RING_AGAIN, Ask.RING)
        yield _values(of_hub, Ask.DECIDE, "pk", RECEIVED_AT)
        yield _values(_taken_and_late(is_free, at), Ask.WATCH, "pk", RECEIVED_AT)
        yield _values(to_ring(user, on=on), again_or_first, "referral", "at")
        yield _values(back, Ask.BACK, "entry__referral", "turned_back_at")
    if may(user, Permission.REFERRAL_ACCEPT):
        of_case = "entry__known_case__owner"
        of_nobody = Q(**{f"{of_case}__isnull": True})
        to_accept = decisions.to_accept().filter(is_theirs(user, of_case, on=on) | of_nobody)
        yield _of_decisions(to_accept, _either(of_nobody, Ask.ACCEPT, Ask.TAKE))


def _to_read(user: User) -> Case:
    """Return of what is to be read what it is: a warning, words that somebody added, or a step."""
    return Case(
        When(_warns(user), then=Value(Ask.WARN.value)),
        When(happening=Happening.UPDATE.value, then=Value(Ask.ADDED.value)),
        default=Value(Ask.READ.value),
    )


def _either(condition: Any, one: Ask, other: Ask) -> Case:
    """Return what is asked of a row: one thing where a condition holds, else the other."""
    return Case(When(condition, then=Value(one.value)), default=Value(other.value))


def _taken_and_late(is_free: Q, at: datetime) -> QuerySet[Referral]:
    """Return the urgent and red ones that a colleague looks at, and did not decide in time."""
    is_grave = Q(is_urgent=True) | Q(grade=Grade.RED.value)
    of_hub = Referral.objects.filter(is_grave, stage__in=AT_THE_HUB).exclude(is_free)
    return of_hub.filter(late(at=at))


def _warns(user: User) -> Q:
    """Return of what is to be read that the hub joined a child to a case of whom it does not know
    that they are safe, for who reads of the case."""
    is_unsafe = ~Q(risk=RiskAnswer.NO.value) | Q(is_whereabouts_known=False)
    joined = HubDecision.objects.standing().filter(
        is_unsafe, decision=Decision.OPEN_CASE.value, by__isnull=False
    )
    if reads_as(user) is not Audience.OFFICER:
        joined = joined.none()
    return Q(referral__in=joined.order_by().values("entry__referral"))


def _of_decisions(rows: QuerySet[HubDecision], ask: Ask | Case) -> Any:
    due = with_due(rows, Subject.HUB_DECISION)
    return _values(due, ask, "entry__referral", "at")


def _values(rows: QuerySet[Any], ask: Ask | Case, referral: str, since: Any) -> Any:
    code = Value(ask.value) if isinstance(ask, Ask) else ask
    when = F(since) if isinstance(since, str) else since
    named = rows.order_by().annotate(referral_pk=F(referral), ask=code, since=when)
    if "due_on" in named.query.annotations:
        return named
    return named.annotate(due_on=Value(None, DateField()), due_at=Value(None, DateTimeField()))


def _pks(rows: QuerySet[Referral]) -> Any:
    return rows.order_by().values("pk")


def _calls(
    row: Mapping[str, Any], *, has_case: bool, on: date, at: datetime
) -> dict[Call, date | datetime]:
    """Return how a referral calls, each with since when; by the hour by which the hub decides."""
    until = decided_by(row)
    facts = DayReferral(
        asks={ask: demand.since for ask, demand in row["asks"].items()},
        is_urgent=row["is_urgent"],
        is_red=row["grade"] == Grade.RED,
        has_case=has_case,
        is_owned=row["owner"] is not None,
        due_on=until.astimezone(ENGLAND).date() if until else None,
        due_at=until,
    )
    return calls_of_referral(facts, on=on, at=at)
