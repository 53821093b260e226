"""What needs someone today, and how the register stands: only what the person may see."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Alert, Case, Deadline
from onroll.intake.models import Row, RowStage, Transfer, TransferStage
from onroll.intake.queries import merges_to_agree, out_of_sight, shown_findings
from onroll.reports.models import Notice, WeeklyReport
from onroll.reports.queries.issued import newest, unread_notice, week_of
from onroll.reports.queries.jobs import oldest_job
from onroll.reports.queries.sent import silent_schools

REFUSED_SHOWN = timedelta(days=14)


@dataclass(frozen=True)
class Today:
    """One person's day. A figure that the person may not see is not there at all."""

    on: date
    needs: dict[str, int] = field(default_factory=dict)
    week: dict[str, int] = field(default_factory=dict)
    ages: tuple[int, ...] | None = None
    """Days open of each case on the register; None for those who may not see exact figures."""
    report: WeeklyReport | None = None
    notice: Notice | None = None
    health: dict[str, int] = field(default_factory=dict)
    late: timedelta | None = None
    """How long the oldest job has waited, when that is too long; for who looks after the system
    it stands in `health`."""
    sees_cases: Scope = Scope.NONE


def today(user: User, *, at: datetime) -> Today:
    """Return what needs this person, and what they may know of the whole. At most 14 queries."""
    on = timezone.localtime(at).date()
    is_told_figures = may(user, Permission.STATISTICS_EXACT)
    week_began = timezone.make_aware(datetime.combine(week_of(on), time.min))
    needs: dict[str, int] = {}
    week: dict[str, int] = {}
    if may(user, Permission.MATCH_DECIDE) or is_told_figures:
        waiting, told = _records(user, week_began)
        if may(user, Permission.MATCH_DECIDE):
            needs |= waiting | {"findings": shown_findings(user).count()}
            if may(user, Permission.MERGE_AGREE):
                needs["merges"] = merges_to_agree(user).count()
        week |= told if is_told_figures else {}
    sees = scope(user, Permission.CASE_LIST)
    if sees in (Scope.ALL, Scope.ASSIGNED):
        needs |= _casework(user, on)
    ages: tuple[int, ...] | None = None
    if is_told_figures:
        ages, moves = _register(week_of(on), on)
        week |= moves
    if may(user, Permission.FILES_VIEW):
        needs |= {"refused": _refused(at), "silent": silent_schools(on=on, until=at)}
    waited, is_system = oldest_job(), _looks_after_the_system(user)
    return Today(
        on=on,
        needs=needs,
        week=week,
        ages=ages,
        report=newest() if is_told_figures else None,
        notice=unread_notice(user) if is_told_figures else None,
        health=_health(waited) if is_system else {},
        late=waited if user.role and not is_system and is_late(waited) else None,
        sees_cases=sees,
    )


def waiting_for_review(user: User) -> int | None:
    """Return how many records, findings and merges wait for this person; None for who may not.

    One query: the menu of every page says it.
    """
    if not may(user, Permission.MATCH_DECIDE):
        return None
    rows = Row.objects.filter(_UNSURE | _TO_CONFIRM).exclude(out_of_sight(user))
    every = (rows, shown_findings(user), merges_to_agree(user))
    first, *others = (some.order_by().values("pk") for some in every)
    return first.union(*others, all=True).count()


_UNSURE = Q(stage=RowStage.UNSURE.value)
_HELD = Q(stage=RowStage.HELD.value)
_TO_CONFIRM = Q(is_to_confirm=True, confirmed_at__isnull=True, stage=RowStage.APPLIED.value)
_TOLD = {
    "put_on": Q(effect__in=["case_opened", "case_joined"]),
    "home_education": Q(effect="home_education"),
    "gaps_closed": Q(effect="gap_closed"),
}


def _records(user: User, since: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Return what waits for a decision of this person's, and what this week's records did."""
    may_see = ~out_of_sight(user)
    this_week = Q(
        applied_at__gte=since,
        effect__in=["case_opened", "case_joined", "home_education", "gap_closed"],
    )
    found = Row.objects.filter(_UNSURE | _HELD | _TO_CONFIRM | this_week).aggregate(
        unsure=Count("pk", filter=_UNSURE & may_see),
        to_confirm=Count("pk", filter=_TO_CONFIRM & may_see),
        held=Count("pk", filter=_HELD),
        **{name: Count("pk", filter=what & this_week) for name, what in _TOLD.items()},
    )
    waiting = {name: found[name] for name in ("unsure", "to_confirm", "held")}
    return waiting, {name: found[name] for name in _TOLD}


def _casework(user: User, on: date) -> dict[str, int]:
    """Return what the person's cases ask for: their own and all they may see."""
    cases = Case.objects.visible_to(user, on=on).open()
    mine = Q(owner=user)
    counted = cases.aggregate(
        open=Count("pk"),
        mine=Count("pk", filter=mine),
        unowned=Count("pk", filter=Q(owner__isnull=True)),
    )
    theirs = Q(case__owner=user)
    late = Deadline.objects.filter(case__in=cases, met_on__isnull=True, due_on__lt=on).aggregate(
        overdue=Count("case", distinct=True),
        overdue_mine=Count("case", filter=theirs, distinct=True),
    )
    every, is_open = Case.objects.visible_to(user, on=on), Q(case__closed_on__isnull=True)
    alerts = Alert.objects.filter(case__in=every, settled_at__isnull=True).aggregate(
        alerts=Count("case", filter=is_open, distinct=True),
        alerts_mine=Count("case", filter=is_open & theirs, distinct=True),
        leads=Count("case", filter=Q(kind="lead"), distinct=True),
    )
    return counted | late | alerts


def _register(since: date, on: date) -> tuple[tuple[int, ...], dict[str, int]]:
    """Return how old each open case is in days, and how many were opened and closed since a day."""
    cases = list(
        Case.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=since) | Q(opened_on__gte=since)
        ).values_list("opened_on", "closed_on")
    )
    ages = tuple((on - opened).days for opened, closed in cases if closed is None)
    return ages, {
        "opened": sum(opened >= since for opened, _ in cases),
        "closed": sum(closed is not None and closed >= since for _, closed in cases),
    }


def _refused(at: datetime) -> int:
    return Transfer.objects.filter(
        stage=TransferStage.REFUSED.value, received_at__gte=at - REFUSED_SHOWN
    ).count()


def _looks_after_the_system(user: User) -> bool:
    """Say whether the queue is this person's business: who sees its health but no cases."""
    return may(user, Permission.HEALTH_VIEW) and not may(user, Permission.STATISTICS_EXACT)


def is_late(waited: timedelta | None) -> bool:
    """Say whether a job has waited longer than the service's administrators allow."""
    return waited is not None and waited > timedelta(minutes=settings.LATE_MINUTES)


def _health(waited: timedelta | None) -> dict[str, int]:
    """Return how many jobs wait, run and have failed, how long the oldest has waited, in minutes,
    and how many files are not finished.
    """
    jobs = ProcrastinateJob.objects.aggregate(
        waiting=Count("pk", filter=Q(status="todo")),
        running=Count("pk", filter=Q(status="doing")),
        failed=Count("pk", filter=Q(status="failed")),
    )
    unfinished = (TransferStage.RECEIVED.value, TransferStage.READ.value)
    return jobs | {
        "oldest": int((waited or timedelta()).total_seconds()) // 60,
        "unfinished": Transfer.objects.filter(stage__in=unfinished).count(),
    }
