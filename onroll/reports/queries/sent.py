"""Which schools sent files, how late, and which have fallen silent (P54)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from onroll.children.models import Place, PlaceKind
from onroll.formats import FileKind
from onroll.intake.models import Row, Transfer, TransferStage
from onroll.intake.queries import HELD, TO_CONFIRM, UNSURE
from onroll.reports.content import SchoolLine
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.clocks import clock_on, due_on
from onroll.schools.queries import calendar_for, our_policy, reporting_schools

SCHOOL_DAYS_A_WEEK = 5
LISTS = FileKind.ROLL.value
"""Kinds of files that report neither leavers nor joiners: rolls and censuses."""


@dataclass
class _Heard:
    """What one school's files of the week stated of leavers and joiners, and when."""

    leavers: int = 0
    late_by_law: int = 0
    late_by_policy: int = 0
    longest: int = 0
    joiners: int = 0
    joiners_late: int = 0
    files: Counter[str] = field(default_factory=Counter)


def school_lines(*, since: datetime, until: datetime, on: date) -> tuple[SchoolLine, ...]:
    """Return a line for each reporting school, and each other sender with waiting records."""
    calendar = calendar_for(None)
    heard = _heard(since, until, calendar)
    last, waiting = _last_files(until), _waiting()
    lines = []
    for school in reporting_schools():
        newest = last.get(school.pk)
        lines.append(
            SchoolLine(
                number=school.number,
                name=school.name,
                last_file_on=newest,
                is_silent=_is_silent(newest, on, calendar),
                **_facts(heard.pop(school.pk, None)),
                **waiting.pop(school.pk, {}),
            )
        )
    return (*lines, *_other_senders(waiting))


def silent_schools(*, on: date, until: datetime) -> int:
    """Return how many reporting schools have sent no file for as long as policy allows."""
    calendar, last = calendar_for(None), _last_files(until)
    schools = reporting_schools().values_list("pk", flat=True)
    return sum(_is_silent(last.get(pk), on, calendar) for pk in schools)


def _is_silent(newest: date | None, on: date, calendar: SchoolCalendar) -> bool:
    """Return whether a school whose last file came on a day has been silent for too long."""
    silent_after = our_policy().on(on).silent_school_weeks * SCHOOL_DAYS_A_WEEK
    return newest is None or calendar.between(newest, on) >= silent_after


def refused_files(*, since: datetime, until: datetime) -> int:
    """Return how many files could not be read, from any sender."""
    came = Transfer.objects.filter(received_at__gte=since, received_at__lt=until)
    return came.filter(stage=TransferStage.REFUSED.value).count()


def _facts(heard: _Heard | None) -> dict[str, int]:
    if heard is None:
        return {}
    return {
        "files": heard.files.total(),
        "refused": heard.files[TransferStage.REFUSED.value],
        "leavers": heard.leavers,
        "leavers_late_by_law": heard.late_by_law,
        "leavers_late_by_policy": heard.late_by_policy,
        "longest_days": heard.longest,
        "joiners": heard.joiners,
        "joiners_late": heard.joiners_late,
    }


def _heard(since: datetime, until: datetime, calendar: SchoolCalendar) -> dict[int, _Heard]:
    """Return what each school's files stated, and how late by law and by policy.

    Days count from the last day at school, since files do not give the day of deletion (Regs 2024
    reg 13(4)); for joiners, from the day of entry (reg 13(1)).
    """
    heard: dict[int, _Heard] = defaultdict(_Heard)
    came_on: dict[int, date] = {}
    transfers = Transfer.objects.filter(
        received_at__gte=since, received_at__lt=until, sender__isnull=False
    ).exclude(kind=LISTS)
    for sender, source, received_at, stage in transfers.values_list(
        "sender_id", "source_id", "received_at", "stage"
    ):
        if sender is not None:
            heard[sender].files[stage] += 1
        if source is not None:
            came_on[source] = timezone.localtime(received_at).date()
    for school, to_on, source in _ended(came_on):
        _note_leaver(heard[school], to_on, came_on[source], calendar)
    for school, from_on, source in _started(came_on):
        rule = clock_on("joiner_5", on=from_on)
        late = due_on(rule, from_on, calendar=calendar, policy=our_policy())
        heard[school].joiners += 1
        heard[school].joiners_late += came_on[source] > late
    return heard


def _note_leaver(heard: _Heard, left_on: date, came_on: date, calendar: SchoolCalendar) -> None:
    by_law, by_policy = (
        due_on(clock_on(code, on=left_on), left_on, calendar=calendar, policy=our_policy())
        for code in ("leaver_at_deletion", "cml_20")
    )
    heard.leavers += 1
    heard.late_by_law += came_on > by_law
    heard.late_by_policy += came_on > by_policy
    heard.longest = max(heard.longest, (came_on - left_on).days)


def _ended(sources: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """Return school, last day and source of each place that one of these files ended."""
    return Place.objects.filter(
        ended_by__in=list(sources),
        kind=PlaceKind.REGISTERED.value,
        to_on__isnull=False,
        school__isnull=False,
    ).values_list("school_id", "to_on", "ended_by_id")


def _started(sources: Iterable[int]) -> Iterable[tuple[Any, ...]]:
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
    rows = (
        Transfer.objects.filter(received_at__lt=until, sender__is_reporting=True)
        .exclude(kind=LISTS)
        .order_by()
        .values_list("sender_id")
        .annotate(last=Max("received_at"))
    )
    return {pk: timezone.localtime(last).date() for pk, last in rows if pk is not None}


def _waiting() -> dict[int | None, dict[str, Any]]:
    """Return what waits for an officer, by sender; `name` is the name in the file."""
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
    """Return one line for all waiting records of senders that are no schools on file."""
    if not waiting:
        return []
    names = ("unsure", "held", "to_confirm")
    totals: dict[str, Any] = {n: sum(counts[n] for counts in waiting.values()) for n in names}
    return [SchoolLine(number="", name="Other senders", **totals)]
