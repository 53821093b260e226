"""Putting a child on the register (P30). A second reason joins the open case."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.actions.clocks import end_reviews, start_clocks
from onroll.cases.actions.last_school import record_last_school, write_last_school
from onroll.cases.actions.lock import record
from onroll.cases.actions.reasons import add_reason
from onroll.cases.actions.report import LastSchool, Report
from onroll.cases.actions.whereabouts import update_whereabouts
from onroll.cases.models import Case, CaseReason
from onroll.cases.queries.missed_change import change_of
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child, SourceKind
from onroll.govuk.fields import in_words
from onroll.rules.clocks import CLOCKS
from onroll.rules.reasons import CASE_REASONS, EVENTS, Event
from onroll.rules.refusal import Refused
from onroll.schools.queries import calendar_for, our_policy


@transaction.atomic
def open_case(
    *,
    child: Child,
    report: Report,
    on: date,
    at: datetime,
    by: User | None = None,
    is_decided_unknown: bool = False,
) -> tuple[Case, bool]:
    """Put a child on the register, or add the report to the open case (P30).

    Returns the case and whether it is new. A new case starts the clocks of its reason, waits for a
    place that is to begin, and takes over what was still to be looked at on a closed case. A
    further report starts only the clocks of its own reason. What files say of the child's place is
    told by itself, in nobody's name; it is a lead alone where the hub has decided that nobody knows
    where the child is.
    """
    child = _lock_child(child)
    case = Case.objects.select_for_update().filter(child=child, closed_on__isnull=True).first()
    is_new = case is None
    if case is None:
        case = _new_case(child, report, on=on, at=at, by=by)
    if _add_reason(case, report, at=at, by=by, is_first=is_new):
        _start_clocks(case, report, at=at, is_first=is_new)
    if is_new:
        update_whereabouts(child=child, on=on, at=at, is_decided_unknown=is_decided_unknown)
        case.refresh_from_db()
    return case, is_new


def _new_case(child: Child, report: Report, *, on: date, at: datetime, by: User | None) -> Case:
    """Add a case to the register, and end the reviews of the child's closed cases."""
    case = Case.objects.create(
        child=child,
        reason=report.reason,
        school=report.school,
        opened_from=report.source,
        opened_on=on,
        missing_since_on=report.missing_since_on,
        is_since_known=report.is_since_known,
        missed_change=change_of(
            child,
            since=report.missing_since_on,
            school=report.school,
            is_expected=report.reason == "never_arrived",
        ),
    )
    left_place = report.left_place
    why = report.because or (words.describe_leaving(left_place) if left_place else "")
    record(case, "Case opened", why=why, at=at, by=by)
    for closed in Case.objects.filter(child=child, closed_on__isnull=False):
        end_reviews(case=closed, on=on)
    return case


def _add_reason(
    case: Case, report: Report, *, at: datetime, by: User | None, is_first: bool
) -> bool:
    """Keep the report as a reason of the case; return False for one the source gave before."""
    _, is_added = add_reason(
        case,
        code=report.reason,
        source=report.source,
        source_row=report.row,
        because=report.because,
        clause=report.clause,
        left_place=report.left_place,
        at=at,
    )
    if is_added and not is_first:
        title = CASE_REASONS[report.reason].title
        record(case, f"Another report joined: {title}", why=report.because, at=at, by=by)
    return is_added


def _start_clocks(case: Case, report: Report, *, at: datetime, is_first: bool) -> None:
    start_clocks(
        case=case,
        reason=report.reason,
        calendar=calendar_for(report.school),
        policy=our_policy(),
        event_on=report.event_on,
        is_further=not is_first,
    )
    if report.reason in EVENTS and report.event_on is None:
        _say_day_is_missing(case, EVENTS[report.reason], at=at)


def _say_day_is_missing(case: Case, event: Event, *, at: datetime) -> None:
    """Say from which day a clock is counted, or that it is not, where its day is not known."""
    last = case.missing_since_on - timedelta(days=1)
    title = CLOCKS[event.clock].title
    why = (
        f"“{title}” is counted from {last.day} {last:%B %Y}, the last day at the school."
        if event.is_by_last_day
        else f"“{title}” is not counted."
    )
    why += " When you know the day, correct why this case exists and enter it."
    record(case, f"Not on file: {event.title}", why=why, at=at, by=None)


def _lock_child(child: Child) -> Child:
    """Lock the record of a child, or the one it was merged into: a page may be older than that."""
    merged_into = Child.objects.values_list("merged_into_id", flat=True).get(pk=child.pk)
    locked = Child.objects.select_for_update().get(pk=merged_into or child.pk)
    return _lock_child(locked) if locked.merged_into_id else locked


@transaction.atomic
def report_child(
    *,
    key: str,
    child: Child | ChildFacts,
    reason: str,
    because: str,
    said_by: str,
    by: User,
    on: date,
    at: datetime,
    last: LastSchool | None = None,
    event_on: date | None = None,
    is_decided_unknown: bool = False,
) -> Case:
    """Put a child on the register from what an officer entered; a child not on file is added.

    `key` names the entry: sent twice, even at once, it is one child and one case. `last` is what is
    said of the last school, and `event_on` the day from which the law counts. The hub may have
    decided that nobody knows where the child is (`is_decided_unknown`). Raises Refused for a
    child who died.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    entered = CaseReason.objects.filter(source__reference=key).select_related("case").first()
    if entered is not None:
        return entered.case
    if isinstance(child, Child):
        child = _lock_child(child)
        if child.died_on:
            raise Refused(_has_died(child, child.died_on))
    source = children.add_source(
        kind=SourceKind.OFFICER, said_by=said_by, said_on=on, at=at, by=by, reference=key
    )
    last, is_new = last or LastSchool(), isinstance(child, ChildFacts)
    if isinstance(child, ChildFacts):
        child = children.add_child(facts=child, source=source)
    write_last_school(child, last, source, is_new=is_new)
    last_on = last.last_on
    report = Report(
        reason=reason,
        because=because,
        source=source,
        missing_since_on=last_on + timedelta(days=1) if last_on else on,
        is_since_known=last_on is not None,
        school=last.school,
        event_on=event_on,
    )
    case, _ = open_case(
        child=child, report=report, on=on, at=at, by=by, is_decided_unknown=is_decided_unknown
    )
    record_last_school(case, last, source, at=at, by=by)
    return case


def _has_died(child: Child, died_on: date) -> str:
    return (
        f"{child.name} died on {in_words(died_on)}, as the record has it, so there is no case "
        "to open. If that is not so, take the death back first: open the case again that was "
        "closed with it."
    )
