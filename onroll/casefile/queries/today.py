"""What needs someone today, and how the register stands: only what the person may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import repeat

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.at_once import Query, at_once
from onroll.casefile.features import day as calls_of_day
from onroll.casefile.features import day_rows, for_review, todos
from onroll.casefile.whole_day import WholeDay
from onroll.cases.models import Case, SavedView
from onroll.cases.offers import DayRow, Todo
from onroll.cases.queries import saved_views
from onroll.documents.models import Scan, ScannerState
from onroll.documents.queries import scan_counts, scanner_state
from onroll.intake.models import Transfer, TransferStage
from onroll.messages.queries import not_taken
from onroll.reports.models import WeeklyReport
from onroll.reports.queries import (
    children_by_list,
    midnight,
    newest,
    oldest_job,
    week_of,
)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Today:
    """One person's day. A figure that the person may not see is not there at all."""

    at: datetime
    on: date
    todos: tuple[Todo, ...] = ()
    calls: WholeDay = field(default_factory=WholeDay)
    """All that the person must do, and why, in order."""
    first: Sequence[DayRow] = ()
    """The first rows of it."""
    week: dict[str, int] = field(default_factory=dict)
    ages: tuple[int, ...] | None = None
    """Days open of each case on the register; None for those who may not see exact figures."""
    report: WeeklyReport | None = None
    views: Sequence[SavedView] = ()
    """The views of the register that the person keeps."""
    unread_ref: str = ""
    """The reference of a report that the person was told of and has not marked as read."""
    health: dict[str, int] = field(default_factory=dict)
    late: timedelta | None = None
    """How long the oldest job has waited, when that is too long; for who looks after the system
    it stands in `health`."""

    @property
    def needs(self) -> dict[str, int]:
        """The number of each thing that waits, by its code."""
        return {todo.code: todo.number for todo in self.todos}

    @property
    def for_review(self) -> int | None:
        """What waits in review, as the menu says it on every page; None for who decides nothing."""
        numbers = [todo.number for todo in self.todos if todo.is_for_review]
        return sum(numbers) if numbers else None


def today(user: User, *, at: datetime) -> Today:
    """Return what needs this person, and what they may know of the whole. At most 12 queries."""
    on = timezone.localtime(at).date()
    is_told_figures = may(user, Permission.STATISTICS_EXACT)
    week: dict[str, int] = {}
    ages: tuple[int, ...] | None = None
    if is_told_figures:
        ages, moves = _register(user, week_of(on), on)
        since = midnight(week_of(on))
        week = children_by_list(since=since, until=midnight(on + DAY)) | moves
    waits = todos(user, on=on, at=at)
    mine: dict[tuple[str, str], Query] = {("", "jobs"): oldest_job()}
    if is_told_figures:
        mine["", "reports"] = newest(user)
    if may(user, Permission.CASE_LIST):
        mine["", "views"] = saved_views(user)
    rows = at_once({**day_rows(user, on=on, at=at), **mine})
    calls = calls_of_day(user, waits, on=on, at=at, rows=rows)
    is_system = _looks_after_the_system(user)
    waited = next((timedelta(seconds=job.seconds) for job in rows["", "jobs"]), None)
    report = next(iter(rows.get(("", "reports"), ())), None)
    return Today(
        at=at,
        on=on,
        todos=tuple(waits),
        calls=calls,
        first=calls.first(),
        week=week,
        ages=ages,
        report=report,
        views=rows.get(("", "views"), ()),
        unread_ref=getattr(report, "unread_ref", ""),
        health=_health(waited, at) if is_system else {},
        late=waited if user.role and not is_system and is_late(waited) else None,
    )


def whole_day(user: User, *, at: datetime) -> WholeDay:
    """Return all that a person must do, and why, of which a page at a time is drawn."""
    on = timezone.localtime(at).date()
    return calls_of_day(user, todos(user, on=on, at=at), on=on, at=at)


def waiting_for_review(user: User) -> int | None:
    """Return how many records, findings and merges wait for this person; None for who may not.

    What the lists of the page Review add up to. One query: the menu of every page says it.
    """
    if not may(user, Permission.MATCH_DECIDE):
        return None
    first, *further = (rows.order_by().values("pk") for rows in for_review(user))
    return first.union(*further, all=True).count()


def _register(user: User, since: date, on: date) -> tuple[tuple[int, ...], dict[str, int]]:
    """Return how old each open case is in days, and how many were opened and closed since a day.

    Who opens the register finds as many there: the ages are without what is sealed from them. The
    moves of a week are statistics, and count every case.
    """
    sees_list = may(user, Permission.CASE_LIST)
    in_list = Case.objects.not_sealed_off(user) if sees_list else Case.objects.all()
    rows = Case.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=since) | Q(opened_on__gte=since)
    ).annotate(is_listed=Exists(in_list.filter(pk=OuterRef("pk"))))
    by_days = rows.order_by().values_list("opened_on", "closed_on", "is_listed")
    every = list(by_days.annotate(number=Count("pk")))
    ages = tuple(
        age
        for opened, closed, is_listed, number in every
        if closed is None and is_listed
        for age in repeat((on - opened).days, number)
    )
    return ages, {
        "opened": sum(number for opened, _, _, number in every if since <= opened <= on),
        "closed": sum(n for _, closed, _, n in every if closed and since <= closed <= on),
    }


def _looks_after_the_system(user: User) -> bool:
    """Say whether the queue is this person's business: who sees its health but no cases."""
    return may(user, Permission.HEALTH_VIEW) and not may(user, Permission.STATISTICS_EXACT)


def is_late(waited: timedelta | None) -> bool:
    """Say whether a job has waited longer than the service's administrators allow."""
    return waited is not None and waited > timedelta(minutes=settings.LATE_MINUTES)


def _health(waited: timedelta | None, at: datetime) -> dict[str, int]:
    """Return how many jobs wait, run and have failed, how long the oldest has waited, in minutes,
    how many files are not finished, how many messages were not taken, and how many
    documents wait for the virus scanner or were found to hold a virus.
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
        "not_taken": not_taken(at=at).count(),
        **_scans(),
    }


def _scans() -> dict[str, int]:
    """Return how many documents wait for the scanner, by how it is, and those nobody may get."""
    numbers = scan_counts()
    return {
        _WAITING_FOR[scanner_state()]: numbers[Scan.WAITING],
        "infected": numbers[Scan.INFECTED],
        "too_large": numbers[Scan.TOO_LARGE],
    }


_WAITING_FOR = {
    ScannerState.OK: "to_scan",
    ScannerState.SILENT: "scanner_silent",
    ScannerState.NOT_SET: "not_scanned",
}
