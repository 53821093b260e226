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
from onroll.cases.models import Case
from onroll.cases.queries import has_alert, is_overdue, merges_to_agree
from onroll.intake.models import Row, Transfer, TransferStage
from onroll.intake.queries import (
    HELD,
    TO_CONFIRM,
    UNSURE,
    out_of_sight,
    waiting_counts,
)
from onroll.lists.queries import shown_findings
from onroll.reports.models import Notice, WeeklyReport
from onroll.reports.queries.issued import newest, unread_notice, week_of
from onroll.reports.queries.jobs import oldest_job
from onroll.reports.queries.records import children_by_list
from onroll.reports.queries.sent import refused_files, silent_schools

DAY = timedelta(days=1)
REFUSED_SHOWN = 14 * DAY


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
    for_review: int | None = None
    """What waits for this person in review, as `waiting_for_review` says it of every page."""


def today(user: User, *, at: datetime) -> Today:
    """Return what needs this person, and what they may know of the whole. At most 15 queries."""
    on = timezone.localtime(at).date()
    is_told_figures = may(user, Permission.STATISTICS_EXACT)
    week_began = _midnight(week_of(on))
    needs: dict[str, int] = {}
    week: dict[str, int] = {}
    for_review: int | None = None
    if may(user, Permission.MATCH_DECIDE):
        needs |= waiting_counts(user) | {"findings": shown_findings(user).count()}
        for_review = sum(needs.values())
        if may(user, Permission.MERGE_AGREE):
            needs["merges"] = merges_to_agree(user).count()
            for_review += needs["merges"]
    sees = scope(user, Permission.CASE_LIST)
    if sees in (Scope.ALL, Scope.ASSIGNED):
        needs |= _casework(user, on)
    ages: tuple[int, ...] | None = None
    if is_told_figures:
        ages, moves = _register(week_of(on), on)
        week |= children_by_list(since=week_began, until=_midnight(on + DAY)) | moves
    if may(user, Permission.FILES_VIEW):
        refused = refused_files(since=_midnight(refused_since(on)), until=_midnight(on + DAY))
        needs |= {"refused": refused, "silent": silent_schools(on=on, until=at)}
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
        for_review=for_review,
    )


def waiting_for_review(user: User) -> int | None:
    """Return how many records, findings and merges wait for this person; None for who may not.

    What the lists of the page Review add up to. One query: the menu of every page says it.
    """
    if not may(user, Permission.MATCH_DECIDE):
        return None
    rows = Row.objects.filter(UNSURE | TO_CONFIRM).exclude(out_of_sight(user))
    held = Row.objects.filter(HELD)
    every = (rows, held, shown_findings(user), merges_to_agree(user))
    first, *others = (some.order_by().values("pk") for some in every)
    return first.union(*others, all=True).count()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _casework(user: User, on: date) -> dict[str, int]:
    """Return what the person's cases ask for, their own and all they may see, as the register does.

    A record may be of the child of a case that is closed: those count as well.
    """
    cases = Case.objects.visible_to(user, on=on)
    mine = Q(owner=user)
    late, alert = Q(is_late=True), Q(is_noticed=True)
    counted = cases.open().annotate(is_late=is_overdue(on), is_noticed=has_alert())
    return {
        **counted.aggregate(
            open=Count("pk"),
            mine=Count("pk", filter=mine),
            unowned=Count("pk", filter=Q(owner__isnull=True)),
            overdue=Count("pk", filter=late),
            overdue_mine=Count("pk", filter=late & mine),
            alerts=Count("pk", filter=alert),
            alerts_mine=Count("pk", filter=alert & mine),
        ),
        "leads": cases.filter(has_alert("lead")).count(),
        "looks": cases.filter(is_overdue(on), closed_on__isnull=False).count(),
    }


def _register(since: date, on: date) -> tuple[tuple[int, ...], dict[str, int]]:
    """Return how old each open case is in days, and how many were opened and closed since a day."""
    cases = list(
        Case.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=since) | Q(opened_on__gte=since)
        ).values_list("opened_on", "closed_on")
    )
    ages = tuple((on - opened).days for opened, closed in cases if closed is None)
    return ages, {
        "opened": sum(since <= opened <= on for opened, _ in cases),
        "closed": sum(closed is not None and since <= closed <= on for _, closed in cases),
    }


def refused_since(on: date) -> date:
    """Return the first of the days of which the page of a day counts refused files."""
    return on - REFUSED_SHOWN + DAY


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
