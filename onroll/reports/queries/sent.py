"""Which schools sent files, how late, and which have fallen silent (P54)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from onroll.children.models import Place, PlaceKind
from onroll.formats import FileKind
from onroll.intake.models import Row, Transfer, TransferStage
from onroll.intake.queries import HELD, TO_CONFIRM, UNSURE
from onroll.reports.content import SchoolLine
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.clocks import clock_on, due_on
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy, reporting_schools

SCHOOL_DAYS_A_WEEK = 5
LISTS = FileKind.ROLL.value
"""The kind of files that report neither leavers nor joiners: rolls and censuses."""


@dataclass
class _Tally:
    """What one school's files of a week stated, counted: leavers, joiners, and how many were late.

    `longest` is the most days between a leaver's last day and the file; `files` counts by stage.
    """

    leavers: int = 0
    late_by_law: int = 0
    late_by_policy: int = 0
    longest: int = 0
    joiners: int = 0
    joiners_late: int = 0
    files: Counter[str] = field(default_factory=Counter)


def school_lines(*, since: datetime, until: datetime, on: date) -> tuple[SchoolLine, ...]:
    """Return a line for each reporting school, and one for all other senders if records wait.

    Files count that came from `since` until before `until`; a school is silent as of `on`.
    """
    calendar = calendar_for(None)
    tallies = _tallies(since, until, calendar)
    last, waiting = _last_files(until), _waiting_counts()
    silent_by = _silent_by(on, calendar)
    lines = []
    for school in reporting_schools():
        newest = last.get(school.pk)
        lines.append(
            SchoolLine(
                number=school.number,
                name=school.name,
                last_file_on=newest,
                is_silent=newest is None or newest <= silent_by,
                **_figures(tallies.pop(school.pk, None)),
                **waiting.pop(school.pk, {}),
            )
        )
    return (*lines, *_other_senders(waiting))


def silent_schools(*, on: date, until: datetime) -> QuerySet[School]:
    """Return the reporting schools that are silent on a day, by the files that came until then.

    `silent_since` says of each when its last file came; of one that never sent any, when the first
    of any school did.
    """
    came = _files(until).order_by("received_at").values("received_at")
    own = came.filter(sender=OuterRef("pk")).reverse()
    lately = own.filter(received_at__date__gt=_silent_by(on, calendar_for(None)))
    schools = reporting_schools().exclude(Exists(lately))
    return schools.annotate(silent_since=Coalesce(Subquery(own[:1]), Subquery(came[:1])))


def _silent_by(on: date, calendar: SchoolCalendar) -> date:
    """Return the newest day of a last file that leaves a school silent on a day.

    None came since for the school days of the policy; a school without a file is silent as well.
    """
    day, left = on, our_policy().on(on).silent_school_weeks * SCHOOL_DAYS_A_WEEK
    while left:
        left -= calendar.is_school_day(day)
        day -= timedelta(days=1)
    return day


def refused_files(*, since: datetime, until: datetime) -> QuerySet[Transfer]:
    """Return the files that came in this time, from any sender, and could not be read."""
    came = Transfer.objects.filter(received_at__gte=since, received_at__lt=until)
    return came.filter(stage=TransferStage.REFUSED.value)


def _figures(tally: _Tally | None) -> dict[str, int]:
    """Return a tally as fields of SchoolLine."""
    if tally is None:
        return {}
    return {
        "files": tally.files.total(),
        "refused": tally.files[TransferStage.REFUSED.value],
        "leavers": tally.leavers,
        "leavers_late_by_law": tally.late_by_law,
        "leavers_late_by_policy": tally.late_by_policy,
        "longest_days": tally.longest,
        "joiners": tally.joiners,
        "joiners_late": tally.joiners_late,
    }


def _tallies(since: datetime, until: datetime, calendar: SchoolCalendar) -> dict[int, _Tally]:
    """Return by school what its files stated of leavers and joiners, and how late they were.

    For leavers, days count from the last day at school: the law counts from the day of deletion,
    which files do not give (Regs 2024 reg 13(4)). For joiners, from the day of entry (reg 13(1)).
    """
    tallies: dict[int, _Tally] = defaultdict(_Tally)
    came_on: dict[int, date] = {}
    transfers = Transfer.objects.filter(
        received_at__gte=since, received_at__lt=until, sender__isnull=False
    ).exclude(kind=LISTS)
    for sender, source, received_at, stage in transfers.values_list(
        "sender_id", "source_id", "received_at", "stage"
    ):
        if sender is not None:
            tallies[sender].files[stage] += 1
        if source is not None:
            came_on[source] = timezone.localtime(received_at).date()
    for school, to_on, source in _ended_places(came_on):
        _note_leaver(tallies[school], to_on, came_on[source], calendar)
    for school, from_on, source in _begun_places(came_on):
        rule = clock_on("joiner_5", on=from_on)
        late = due_on(rule, from_on, calendar=calendar, policy=our_policy())
        tallies[school].joiners += 1
        tallies[school].joiners_late += came_on[source] > late
    return tallies


def _note_leaver(tally: _Tally, left_on: date, came_on: date, calendar: SchoolCalendar) -> None:
    by_law, by_policy = (
        due_on(clock_on(code, on=left_on), left_on, calendar=calendar, policy=our_policy())
        for code in ("leaver_at_deletion", "cml_20")
    )
    tally.leavers += 1
    tally.late_by_law += came_on > by_law
    tally.late_by_policy += came_on > by_policy
    tally.longest = max(tally.longest, (came_on - left_on).days)


def _ended_places(sources: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """Return school, last day and source of each place that one of these files ended."""
    return Place.objects.filter(
        ended_by__in=list(sources),
        kind=PlaceKind.REGISTERED.value,
        to_on__isnull=False,
        school__isnull=False,
    ).values_list("school_id", "to_on", "ended_by_id")


def _begun_places(sources: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """Return school, first day and source of each place that one of these files began."""
    return (
        Place.objects.filter(
            source__in=list(sources),
            kind=PlaceKind.REGISTERED.value,
            from_on__isnull=False,
            school__isnull=False,
        )
        .exclude(ended_by__in=list(sources))
        .values_list("school_id", "from_on", "source_id")
    )


def _last_files(until: datetime) -> dict[int, date]:
    """Return by reporting school the day of its last file of leavers or joiners before `until`."""
    files = _files(until).order_by().values_list("sender_id")
    rows = files.annotate(last=Max("received_at"))
    return {pk: timezone.localtime(last).date() for pk, last in rows if pk is not None}


def _files(until: datetime) -> QuerySet[Transfer]:
    """Return the files of leavers or joiners that reporting schools sent before `until`."""
    rows = Transfer.objects.filter(received_at__lt=until, sender__is_reporting=True)
    return rows.exclude(kind=LISTS)


def _waiting_counts() -> dict[int | None, dict[str, Any]]:
    """Return how many records wait for an officer, as fields of SchoolLine, by the sender's key.

    The key is None for senders that are no schools on file.
    """
    rows = (
        Row.objects.filter(UNSURE | HELD | TO_CONFIRM)
        .order_by()
        .values_list("transfer__sender_id")
        .annotate(
            unsure=Count("pk", filter=UNSURE),
            held=Count("pk", filter=HELD),
            to_confirm=Count("pk", filter=TO_CONFIRM),
        )
    )
    names = ("unsure", "held", "to_confirm")
    return {pk: dict(zip(names, numbers, strict=True)) for pk, *numbers in rows}


def _other_senders(waiting: dict[int | None, dict[str, Any]]) -> list[SchoolLine]:
    """Return one line for all waiting records of senders that are no reporting schools."""
    if not waiting:
        return []
    names = ("unsure", "held", "to_confirm")
    totals: dict[str, Any] = {n: sum(counts[n] for counts in waiting.values()) for n in names}
    return [SchoolLine(number="", name="Other senders", **totals)]
