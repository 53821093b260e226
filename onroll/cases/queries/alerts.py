"""The alerts of cases that nobody has settled, by kind: who has seen them, and what is muted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import Alert, AlertWord, Case
from onroll.cases.queries.case import unsettled_alerts
from onroll.cases.queries.grave import may_be_in_danger
from onroll.cases.queries.names import name_of
from onroll.cases.queries.own import is_own, name_of_absent
from onroll.rules.alerts import Group, Raised, Remark, groups, why_no_mute


def with_alerts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Say of each case what was raised on it, and what was said of that, for `groups_of`.

    Whether the child may be in danger is asked of those cases alone of which something was said.
    """
    return cases.annotate(alert_raisings=_raised("pk"), alert_remarks=_remarks("pk"))


def _raised(case: str) -> ArraySubquery:
    waiting = Alert.objects.filter(case=OuterRef(case), settled_at__isnull=True).order_by("pk")
    return ArraySubquery(waiting.values(whole=JSONObject(kind="kind", at="raised_at")))


def _remarks(case: str) -> ArraySubquery:
    about = AlertWord.objects.filter(case=OuterRef(case)).order_by("at", "pk")
    grave = ExpressionWrapper(may_be_in_danger("case__"), BooleanField())
    whole = JSONObject(
        word="word",
        kind="kind",
        at="at",
        by="by_id",
        name="by__name",
        until="back_on",
        why="why",
        grave=grave,
    )
    return ArraySubquery(about.values(whole=whole))


def groups_of(case: Any, *, on: date) -> list[Group]:
    """Return the alerts of a case by kind, as `with_alerts` read them."""
    raised = [Raised(row["kind"], datetime.fromisoformat(row["at"])) for row in case.alert_raisings]
    remarks = [_word(row) for row in case.alert_remarks]
    is_grave = any(row["grave"] for row in case.alert_remarks)
    return groups(raised, remarks, is_grave=is_grave, on=on)


def _word(row: Mapping[str, Any]) -> Remark:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    at = datetime.fromisoformat(row["at"])
    return Remark(row["word"], row["kind"], at, row["by"], row["name"], until, row["why"])


@dataclass(frozen=True)
class GroupOnCase:
    """The alerts of one kind on the page of their case, the newest first."""

    group: Group
    alerts: tuple[Alert, ...]
    has_looked: bool
    """Whether who reads the page has said that they have seen them."""
    may_mute: bool

    @property
    def newest(self) -> int:
        """Return the number of the alert that was raised last."""
        return max(alert.pk for alert in self.alerts)

    @property
    def is_quiet(self) -> bool:
        """Say whether the reader is not told of them on Today."""
        return self.has_looked or self.group.mute is not None

    @property
    def title(self) -> str:
        """Return what kind they are of, in words."""
        return words.ALERT_TITLES[self.group.kind]


def alerts_on_case(case: Case) -> QuerySet[Alert]:
    """Return the rows for `groups_on_case`."""
    grave = ExpressionWrapper(may_be_in_danger("case__"), BooleanField())
    return unsettled_alerts(case).annotate(remarks=_remarks("case"), is_grave=grave)


def groups_on_case(rows: Sequence[Any], user: User, *, on: date) -> list[GroupOnCase]:
    """Return the alerts of a case by kind, the gravest first."""
    if not rows:
        return []
    raised = [Raised(row.kind, row.raised_at) for row in rows]
    remarks, is_grave = [_word(word) for word in rows[0].remarks], rows[0].is_grave
    return [
        GroupOnCase(
            group,
            tuple(row for row in rows if row.kind == group.kind),
            any(word.by == user.pk for word in group.looks),
            not why_no_mute(group.kind, is_grave=is_grave),
        )
        for group in groups(raised, remarks, is_grave=is_grave, on=on)
    ]


@dataclass(frozen=True)
class QuietGroup:
    """Alerts of one kind that somebody has seen or muted, with their case."""

    group: Group
    ref: str
    child: int
    about: str
    words: str
    newest: int
    covered_for: str


def quiet_alerts(user: User, *, on: date, is_everyones: bool) -> list[QuietGroup]:
    """Return what is seen or muted on a person's own cases, or on all that they may see.

    What is muted comes first, that which comes back first before the rest.
    """
    cases = Case.objects.visible_to(user, on=on).open()
    if not (is_everyones and sees_every_case(user)):
        cases = cases.filter(is_own(user, on=on))
    remarks = AlertWord.objects.values("case_id")
    read = with_alerts(cases.filter(pk__in=remarks)).select_related("child")
    rows: list[Any] = list(read.annotate(covered_for=name_of_absent(user, on=on)))
    quiet = [(case, group) for case in rows for group in groups_of(case, on=on) if _is_quiet(group)]
    newest = _newest(case.pk for case, _ in quiet)
    drawn = [_drawn(case, group, newest, user) for case, group in quiet]
    return sorted(drawn, key=_order)


def sees_every_case(user: User) -> bool:
    """Say whether a person may see what is muted on everybody's cases."""
    return scope(user, Permission.CASE_LIST) is Scope.ALL


def _is_quiet(group: Group) -> bool:
    return group.mute is not None or bool(group.looks)


def _newest(cases: Iterable[int]) -> dict[tuple[int, str], Alert]:
    """Return the alert of each kind that was raised last on some cases."""
    rows = Alert.objects.filter(case__in=list(cases), settled_at__isnull=True)
    rows = rows.select_related("case__child", "place__school", "place__source", "source")
    return {(row.case_id, row.kind): row for row in rows.order_by("pk")}


def _drawn(
    case: Any, group: Group, newest: Mapping[tuple[int, str], Alert], user: User
) -> QuietGroup:
    return QuietGroup(
        group,
        case.ref,
        case.child_id,
        name_of(case.child, user),
        words.describe_alerts(newest[case.pk, group.kind], group.number),
        newest[case.pk, group.kind].pk,
        case.covered_for or "",
    )


def _order(row: QuietGroup) -> tuple[date, datetime, str]:
    until = row.group.mute.until if row.group.mute else None
    return until or date.max, row.group.since, row.ref


def describe_calling(calling: Iterable[Group], alerts: Iterable[Alert]) -> str:
    """Say in one line what calls a person on a case: the gravest kind, and how much else does."""
    first, *others = calling
    alert = next(row for row in alerts if row.kind == first.kind)
    line = words.describe_alerts(alert, first.number)
    number = sum(group.number for group in others)
    if not number:
        return line
    return f"{line} And {number} other alert{'' if number == 1 else 's'}."
