"""Putting a child on the register (P30). A second reason joins the open case."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.actions.clocks import end_reviews, start_clocks
from onroll.cases.actions.locking import record
from onroll.cases.actions.whereabouts import update_whereabouts
from onroll.cases.models import Case, CaseReason
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child, Place, Source, SourceKind
from onroll.govuk.fields import in_words
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.clocks import CLOCKS
from onroll.rules.policy import LocalPolicy
from onroll.rules.reasons import CASE_REASONS, EVENTS, Event
from onroll.rules.refusal import Refused
from onroll.schools.models import School


@transaction.atomic
def open_case(
    *,
    child: Child,
    reason: str,
    clause: str,
    source: Source,
    missing_since_on: date,
    on: date,
    at: datetime,
    calendar: SchoolCalendar,
    policy: LocalPolicy,
    because: str = "",
    row: int | None = None,
    left_place: Place | None = None,
    school: School | None = None,
    is_whereabouts_known: bool = False,
    is_since_known: bool = True,
    event_on: date | None = None,
    by: User | None = None,
) -> tuple[Case, bool]:
    """Put a child on the register, or add the reason to the case already open (P30).

    `because` is what the source says; `left_place` the place that ended, where a day said it and
    nobody. `missing_since_on` is the first day nobody knew of a place, or, where that is not known
    (`is_since_known`), the day we were told, as `on` is; `event_on` the day from which the law
    counts (`EVENTS`). Returns the case and whether it is new. A new case starts the clocks of its
    reason, waits for a place that is to begin, and takes over from a closed one what was still to
    be looked at; a further reason starts its own.
    """
    child = _locked(child)
    case = Case.objects.select_for_update().filter(child=child, closed_on__isnull=True).first()
    is_new = case is None
    if case is None:
        case = Case.objects.create(
            child=child,
            reason=reason,
            school=school,
            opened_from=source,
            opened_on=on,
            missing_since_on=missing_since_on,
            is_whereabouts_known=is_whereabouts_known,
            is_since_known=is_since_known,
        )
        why = because or (words.describe_leaving(left_place) if left_place else "")
        record(case, "Case opened", why=why, at=at, by=by)
        for closed in Case.objects.filter(child=child, closed_on__isnull=False):
            end_reviews(case=closed, on=on)
    reason_ = CaseReason(
        case=case,
        code=reason,
        because=because,
        clause=clause,
        source=source,
        source_row=row,
        left_place=left_place,
        added_at=at,
    )
    if _add_reason(reason_, at=at, by=by, is_first=is_new):
        start_clocks(
            case=case,
            reason=reason,
            calendar=calendar,
            policy=policy,
            event_on=event_on,
            is_further=not is_new,
        )
        if reason in EVENTS and event_on is None:
            _say_day_is_missing(case, EVENTS[reason], at=at)
    if is_new:
        update_whereabouts(child=child, on=on, at=at, by=by)
        case.refresh_from_db()
    return case, is_new


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


def _locked(child: Child) -> Child:
    """Lock the record of a child, or the one it was merged into: a page may be older than that."""
    target = Child.objects.values_list("merged_into_id", flat=True).get(pk=child.pk)
    record_ = Child.objects.select_for_update().get(pk=target or child.pk)
    return _locked(record_) if record_.merged_into_id else record_


def _add_reason(reason: CaseReason, *, at: datetime, by: User | None, is_first: bool) -> bool:
    """Keep why the case exists and say whether it is new; the same of one source is kept once."""
    _, is_added = CaseReason.objects.get_or_create(
        case=reason.case,
        code=reason.code,
        source=reason.source,
        source_row=reason.source_row,
        defaults={
            "because": reason.because,
            "clause": reason.clause,
            "left_place": reason.left_place,
            "added_at": at,
        },
    )
    if is_added and not is_first:
        title = CASE_REASONS[reason.code].title
        record(reason.case, f"Another report joined: {title}", why=reason.because, at=at, by=by)
    return is_added


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
    calendar: SchoolCalendar,
    policy: LocalPolicy,
    school: School | None = None,
    left_on: date | None = None,
    event_on: date | None = None,
) -> Case:
    """Put a child on the register from what an officer entered; a child not on file is added.

    `key` names the entry: sent twice, even at once, it is one child and one case. `school` and
    `left_on` are the last school and the last day there, as far as they are known, and
    `event_on` the day from which the law counts. Raises Refused for a child who died.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    reported = CaseReason.objects.filter(source__reference=key).select_related("case").first()
    if reported is not None:
        return reported.case
    if isinstance(child, Child):
        child = _locked(child)
        if child.died_on:
            raise Refused(_has_died(child, child.died_on))
    source = children.add_source(
        kind=SourceKind.OFFICER, said_by=said_by, said_on=on, at=at, by=by, reference=key
    )
    if isinstance(child, ChildFacts):
        child = children.add_child(facts=child, source=source)
        if school is not None and left_on is not None:
            children.end_place(child=child, school=school, left_on=left_on, source=source)
    case, _ = open_case(
        child=child,
        reason=reason,
        because=because,
        clause="",
        source=source,
        row=None,
        missing_since_on=left_on + timedelta(days=1) if left_on else on,
        is_since_known=left_on is not None,
        on=on,
        at=at,
        calendar=calendar,
        policy=policy,
        school=school,
        event_on=event_on,
        by=by,
    )
    return case


def _has_died(child: Child, died_on: date) -> str:
    return (
        f"{child.name} died on {in_words(died_on)}, as the record has it, so there is no case "
        "to open. If that is not so, take the death back first: open the case again that was "
        "closed with it."
    )
