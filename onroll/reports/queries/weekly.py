"""The weekly report, built from what the week's files did and how the register changed (P52)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from onroll.cases.models import Case, Step
from onroll.children.models import Place, PlaceKind
from onroll.clocks.models import Deadline, Subject
from onroll.intake.models import Row
from onroll.reports.content import CaseLine, ChildLine, ClockLine, Count, Weekly
from onroll.reports.queries.records import (
    list_of,
    records_of_the_week,
    where_leavers_went,
)
from onroll.reports.queries.sent import refused_files, school_lines
from onroll.rules import age
from onroll.rules.missed_change import CHANGE_TITLES
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import STAGE_TITLES, Stage
from onroll.rules.reasons import CASE_REASONS, DFE_DURATION_BANDS, duration_band
from onroll.schools.queries import our_policy

DAY = timedelta(days=1)
WENT = {
    "unknown": "No place is known: there is a case",
    "confirmed_destination": "Another school, with a day and a reason that agree",
    "named_destination": "A school was named; its own file has not said so",
    "home_education": "Home education",
    "abroad": "Abroad, says the school",
    "place_ended": "Already on another roll",
    "end_of_phase": "End of the school's last year",
    "below_age": "Not yet of compulsory school age",
    "over_age": "Over compulsory school age",
    "died": "Died",
    "perhaps_died": "May have died: someone must ask the school",
    "detained": "Detained by a court",
    "excluded": "Permanently excluded, with a place named",
    "kept": "The file does not say that the child left",
}


@dataclass(frozen=True)
class Span:
    """The days a report covers, first and last included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Return the start of the first day."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def until(self) -> datetime:
        """Return the moment before which the last day ends: the start of the day after."""
        return timezone.make_aware(datetime.combine(self.last + DAY, time.min))


def weekly(*, starts_on: date, at: datetime) -> Weekly:
    """Return the report of the week from a Monday, as of a time.

    While the week runs, it ends today. The number of queries does not grow with the week.
    """
    on = timezone.localtime(at).date()
    span = Span(starts_on, min(starts_on + 6 * DAY, on))
    by_list = _lists(span)
    opened, closed = _opened_cases(span), _closed_cases(span)
    clocks = _clocks(span, on)
    schools = school_lines(since=span.since, until=span.until, on=span.last)
    register = _Register.on(span.last, until=span.until)
    lists = {
        **{name: by_list.get(name, ()) for name in ("unknown", "home_education", "abroad")},
        "gaps_closed": by_list.get("gaps_closed", ()),
        "opened": opened,
        "closed": closed,
        "clocks": clocks,
    }
    numbers = {code: len(lines) for code, lines in lists.items()} | {
        "late": sum(line.is_late for line in schools),
        "after_last_day": sum(line.is_to_ask for line in schools),
        "silent": sum(line.is_silent for line in schools),
        "refused": refused_files(since=span.since, until=span.until).count(),
        "waiting": sum(line.waiting for line in schools),
        "register": register.total,
    }
    policy = our_policy().on(span.last)
    return Weekly(
        authority=policy.authority_name,
        starts_on=starts_on,
        ends_on=span.last,
        made_at=at,
        silent_after_weeks=policy.silent_school_weeks,
        local_leaver_days=policy.cml_days,
        figures=tuple(
            Count(code=code, title=FIGURES[code], number=number) for code, number in numbers.items()
        ),
        schools=schools,
        opened_by_reason=_counts((line.reason, line.reason) for line in opened),
        opened_by_change=_changes(opened),
        closed_by_outcome=_counts((line.outcome, line.outcome) for line in closed),
        passed_by_clock=_counts((line.clock, line.clock) for line in clocks),
        leavers_by_effect=_leavers(span),
        leavers_counted="Children",
        register_total=register.total,
        register_by_time=register.by_time,
        register_by_stage=register.by_stage,
        register_by_year=register.by_year,
        **lists,  # type: ignore[arg-type]  # each list is of the lines its field names
    )


FIGURES = {
    "unknown": "left for an unknown destination",
    "home_education": "said to be newly home educated",
    "abroad": "said to have moved abroad",
    "gaps_closed": "missing children said to have joined a school",
    "opened": "cases opened",
    "closed": "cases closed",
    "clocks": "clocks that ran out",
    "late": "schools that told us late",
    "after_last_day": "schools to ask why they told after the last day",
    "silent": "silent schools",
    "refused": "files refused",
    "waiting": "records waiting for an officer",
    "register": "children on the register",
}


# What the week's files did


def _lists(span: Span) -> dict[str, tuple[ChildLine, ...]]:
    """Return by code the lists of children whom the week's files tell of, a child once a list."""
    rows = list(
        records_of_the_week(since=span.since, until=span.until)
        .select_related("child", "case", "transfer__sender", "overtaken_by__school")
        .defer("said", "candidates", "child__search_keys")
        .order_by("transfer__sender__name", "child__surname", "child__forename", "pk")
    )
    left = _last_days(rows)
    lists: dict[str, dict[int, ChildLine]] = defaultdict(dict)
    for row in rows:
        line, lines = _line(row, left), lists[list_of(row.effect, row.reason)]
        lines[line.child_id] = (
            _join_lines(lines[line.child_id], line) if line.child_id in lines else line
        )
    return {name: tuple(by_child.values()) for name, by_child in lists.items()}


def _join_lines(first: ChildLine, second: ChildLine) -> ChildLine:
    """Return one line for two records of a child: both schools, the later day, the first reason."""
    schools = dict.fromkeys((*first.school.split("; "), *second.school.split("; ")))
    days = [day for day in (first.left_on, second.left_on) if day]
    return replace(
        first,
        school="; ".join(schools),
        left_on=max(days, default=None),
        case=first.case or second.case,
        is_to_confirm=first.is_to_confirm or second.is_to_confirm,
    )


def _line(row: Any, left: dict[tuple[int | None, ...], date]) -> ChildLine:
    child, sender = row.child, row.transfer.sender
    school = sender.pk if sender else None
    key = (child.pk, school)
    return ChildLine(
        child_id=child.pk,
        child=child.ref,
        name=child.name,
        school=sender.name if sender else row.transfer.sender_text,
        left_on=left.get((*key, row.transfer.source_id), left.get(key)),
        reason=CASE_REASONS[row.reason].title if row.reason in CASE_REASONS else "",
        why=row.result,
        clause=row.clause,
        case=row.case.ref if row.case else "",
        is_to_confirm=row.is_to_confirm and row.confirmed_at is None,
    )


def _last_days(rows: Iterable[Row]) -> dict[tuple[int | None, ...], date]:
    """Return last days at school by (child, school), and by (child, school, source that said so).

    Sources are the files that ended the place. Of several days, the latest.
    """
    ended = Place.objects.filter(
        child__in={row.child_id for row in rows},
        school__in={row.transfer.sender_id for row in rows},
        kind=PlaceKind.REGISTERED.value,
        to_on__isnull=False,
    ).order_by("to_on")
    last_days: dict[tuple[int | None, ...], date] = {}
    for child, school, source, to_on in ended.values_list(
        "child_id", "school_id", "ended_by_id", "to_on"
    ):
        if to_on is not None:
            last_days[child, school] = last_days[child, school, source] = to_on
    return last_days


def _leavers(span: Span) -> tuple[Count, ...]:
    """Return how many children left in the week, by what became of them; none with no children."""
    numbers = where_leavers_went(since=span.since, until=span.until)
    codes = [*WENT, *sorted(set(numbers) - set(WENT))]
    return tuple(
        Count(
            code=code,
            title=WENT.get(code, code.replace("_", " ").capitalize()),
            number=numbers[code],
        )
        for code in codes
        if numbers.get(code)
    )


# The register


def _opened_cases(span: Span) -> tuple[CaseLine, ...]:
    cases = Case.objects.filter(opened_on__range=(span.first, span.last))
    return tuple(_case_line(case, case.opened_on) for case in _in_order(cases, "opened_on"))


def _closed_cases(span: Span) -> tuple[CaseLine, ...]:
    cases = Case.objects.filter(closed_on__range=(span.first, span.last))
    return tuple(_case_line(c, c.closed_on) for c in _in_order(cases, "closed_on") if c.closed_on)


def _in_order(cases: QuerySet[Case], by: str) -> QuerySet[Case]:
    return (
        cases.select_related("child", "school")
        .defer("child__search_keys")
        .order_by(by, "child__surname", "child__forename", "pk")
    )


def _case_line(case: Case, on: date) -> CaseLine:
    outcome = OUTCOMES.get(case.outcome)
    reason = CASE_REASONS.get(case.reason)
    return CaseLine(
        child_id=case.child_id,
        child=case.child.ref,
        name=case.child.name,
        case=case.ref,
        school=case.school.name if case.school else "",
        on=on,
        reason=reason.title if reason else case.reason,
        change=case.missed_change,
        outcome=outcome.title if outcome else case.outcome,
        is_proved=bool(case.is_outcome_proved),
    )


def _changes(opened: Iterable[CaseLine]) -> tuple[Count, ...]:
    """Return how many cases were opened by the change of school missed, in the policy's order."""
    numbers = Counter(line.change for line in opened)
    return tuple(
        Count(code=change.value, title=title, number=numbers[change.value])
        for change, title in CHANGE_TITLES.items()
        if numbers[change.value]
    )


def _clocks(span: Span, on: date) -> tuple[ClockLine, ...]:
    """Return the clocks that ran out in the week: due before the task was done.

    A clock that had run out before its case was opened counts in the week of the opening; one due
    today has not run out.
    """
    last = min(span.last, on - DAY)
    of_case = Case.objects.filter(pk=OuterRef("subject_id"))
    opened = of_case.filter(opened_on__range=(span.first, span.last))
    in_week = Q(Exists(of_case.filter(opened_on__lte=span.last)), due_on__gte=span.first)
    late_from_the_start = Q(Exists(opened), due_on__lt=span.first)
    deadlines = list(
        Deadline.objects.filter(in_week | late_from_the_start)
        .filter(subject=Subject.CASE.value, due_on__lte=last)
        .filter(
            Q(met_on__isnull=True, ended_on__isnull=True)
            | Q(met_on__gt=F("due_on"))
            | Q(ended_on__gt=F("due_on"))
        )
        .order_by("due_on", "clock", "child__surname", "pk")
    )
    numbers = {deadline.subject_id for deadline in deadlines}
    cases = Case.objects.select_related("child", "owner").defer("child__search_keys")
    by_number = cases.in_bulk(numbers)
    return tuple(_clock_line(deadline, by_number[deadline.subject_id]) for deadline in deadlines)


def _clock_line(deadline: Deadline, case: Case) -> ClockLine:
    clock = deadline.rule
    return ClockLine(
        child_id=case.child_id,
        child=case.child.ref,
        name=case.child.name,
        case=case.ref,
        clock=clock.title,
        basis=clock.basis,
        source=f"{clock.source} {clock.clause}".strip(),
        due_on=deadline.due_on,
        done_on=deadline.met_on or deadline.ended_on,
        ended_why=deadline.ended_why,
        owner=case.owner.name if case.owner else "",
    )


@dataclass(frozen=True)
class _Register:
    total: int
    by_time: tuple[Count, ...]
    by_stage: tuple[Count, ...]
    by_year: tuple[Count, ...]

    @classmethod
    def on(cls, day: date, *, until: datetime) -> "_Register":
        """Count the cases open at the end of a day, by the stage they had then."""
        steps = Step.objects.filter(case=OuterRef("pk"), at__lt=until).order_by("-at", "-pk")
        cases = (
            Case.objects.filter(opened_on__lte=day)
            .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))
            .annotate(then=Coalesce(Subquery(steps.values("stage")[:1]), F("stage")))
            .values_list("opened_on", "then", "child__born_on")
        )
        rows = list(cases)
        times = Counter(duration_band((day - opened).days).code for opened, _, _ in rows)
        stages = Counter(stage for _, stage, _ in rows)
        years = Counter(age.year_group(born, on=day) if born else "" for _, _, born in rows)
        return cls(
            total=len(rows),
            by_time=tuple(
                Count(code=band.code, title=band.title, number=times[band.code])
                for band in DFE_DURATION_BANDS
                if band.days is not None
            ),
            by_stage=tuple(
                Count(code=stage.value, title=STAGE_TITLES[stage], number=stages[stage.value])
                for stage in Stage
                if stage is not Stage.CLOSED or stages[stage.value]
            ),
            by_year=tuple(
                Count(code=year or "unknown", title=_year(year), number=years[year])
                for year in sorted(years, key=_order)
            ),
        )


def _year(year: str) -> str:
    if not year:
        return "Date of birth not known"
    named = {"R": "Reception", "X": "Outside school years", "N1": "Nursery 1", "N2": "Nursery 2"}
    return named.get(year, f"Year {year}")


def _order(year: str) -> tuple[int, str]:
    first = {"N1": -3, "N2": -2, "R": -1, "X": 98, "": 99}
    return first.get(year, int(year) if year.isdigit() else 97), year


def _counts(pairs: Iterable[tuple[str, str]]) -> tuple[Count, ...]:
    counts = Counter(pairs)
    return tuple(
        Count(code=code, title=title, number=number)
        for (code, title), number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
