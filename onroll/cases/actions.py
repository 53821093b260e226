"""Every write to cases. Nothing leaves the register without an outcome, proved or believed."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.models import (
    Alert,
    Case,
    CaseReason,
    Deadline,
    DeadlineChange,
    Member,
    Note,
    SavedView,
    Step,
)
from onroll.cases.queries import nowhere_known
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child, Source, SourceKind
from onroll.rules import age, clocks, outcomes, pathway
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.pathway import Move, MoveRefused, Stage
from onroll.rules.policy import LocalPolicy
from onroll.rules.reasons import CASE_REASONS
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy


class CaseChanged(ValueError):
    """Someone else changed this case after you opened the page. Read it again, then decide."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@transaction.atomic
def open_case(
    *,
    child: Child,
    reason: str,
    because: str,
    clause: str,
    source: Source,
    row: int | None,
    missing_since_on: date,
    on: date,
    at: datetime,
    calendar: SchoolCalendar,
    policy: LocalPolicy,
    school: School | None = None,
    is_whereabouts_known: bool = False,
    by: User | None = None,
) -> tuple[Case, bool]:
    """Put a child on the register, or add the reason to the case already open (P30).

    `missing_since_on` is the first day nobody knew of a place; `on` is the day we were told.
    Returns the case and whether it is new. A new case starts the clocks of its reason.
    """
    Child.objects.select_for_update().get(pk=child.pk)
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
        )
        _record(case, "Case opened", why=because, at=at, by=by)
        start_clocks(case=case, reason=reason, calendar=calendar, policy=policy)
    _add_reason(case, reason, because, clause, source, row, at, by, is_first=is_new)
    return case, is_new


def _add_reason(
    case: Case,
    code: str,
    because: str,
    clause: str,
    source: Source,
    row: int | None,
    at: datetime,
    by: User | None,
    *,
    is_first: bool,
) -> None:
    _, is_added = CaseReason.objects.get_or_create(
        case=case,
        code=code,
        source=source,
        source_row=row,
        defaults={"because": because, "clause": clause, "added_at": at},
    )
    if is_added and not is_first:
        title = CASE_REASONS[code].title
        _record(case, f"Another report joined: {title}", why=because, at=at, by=by)


def _record(case: Case, what: str, *, why: str, at: datetime, by: User | None) -> Step:
    return Step.objects.create(case=case, what=what[:120], why=why, stage=case.stage, at=at, by=by)


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
) -> Case:
    """Put a child on the register from what an officer entered; a child not on file is added.

    `key` names the entry: sent twice, even at once, it is one child and one case. `school` and
    `left_on` are the last school and the last day there, as far as they are known.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    told = CaseReason.objects.filter(source__reference=key).select_related("case").first()
    if told is not None:
        return told.case
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
        on=on,
        at=at,
        calendar=calendar,
        policy=policy,
        school=school,
        by=by,
    )
    return case


_FROM_ABSENCE = {"absence_20", "four_week_point", "absence_10"}
_FROM_LAST_DAY = {"leave_10", "cml_20"}


@transaction.atomic
def start_clocks(
    *, case: Case, reason: str, calendar: SchoolCalendar, policy: LocalPolicy
) -> list[Deadline]:
    """Start every clock that a case with this reason runs on (P32)."""
    last_day = case.missing_since_on - timedelta(days=1)
    starts = dict.fromkeys(_FROM_ABSENCE, case.missing_since_on)
    starts |= dict.fromkeys(_FROM_LAST_DAY, last_day)
    return Deadline.objects.bulk_create(
        (
            Deadline(
                case=case,
                clock=clock.code,
                starts_on=(start := starts.get(clock.code, case.opened_on)),
                due_on=max(start, clocks.due_on(clock, start, calendar=calendar, policy=policy)),
            )
            for clock in clocks.for_case(reason)
        ),
        ignore_conflicts=True,
    )


def _take(case: Case, version: int | None) -> Case:
    """Lock the case; refuse when the page it was decided on is older than the case."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if version is not None and version != case.version:
        raise CaseChanged
    return case


def _keep(case: Case, *fields: str) -> None:
    Case.objects.filter(pk=case.pk).update(
        version=F("version") + 1, **{field: getattr(case, field) for field in fields}
    )
    case.refresh_from_db()


@transaction.atomic
def assign_case(
    *, case: Case, owner: User, by: User, at: datetime, version: int | None = None
) -> Case:
    """Give a case to an officer, who is then told of what falls due on it."""
    case = _take(case, version)
    _refuse_closed(case, "given to someone")
    case.owner = owner
    _keep(case, "owner")
    _record(case, f"Assigned to {owner.name}", why="", at=at, by=by)
    return case


def _refuse_closed(case: Case, done: str) -> None:
    if not case.is_open:
        raise MoveRefused(f"This case is closed and cannot be {done}. Open it again first.")


@transaction.atomic
def add_member(*, case: Case, user: User, by: User, at: datetime) -> Member:
    """Put someone on the team of a case, so that they can see it and work on it."""
    case = _take(case, None)
    member, is_added = Member.objects.get_or_create(case=case, user=user, defaults={"added_at": at})
    if is_added:
        _record(case, f"{user.name} joined the team", why="", at=at, by=by)
    return member


@transaction.atomic
def add_note(
    *, case: Case, text: str, by: User, at: datetime, is_safeguarding: bool = False
) -> Note:
    """Add a note. Notes are never changed; a correction is another note."""
    return Note.objects.create(case=case, text=text, by=by, at=at, is_safeguarding=is_safeguarding)


@transaction.atomic
def move_case(
    *,
    case: Case,
    move: Move,
    why: str,
    at: datetime,
    by: User | None,
    version: int | None = None,
) -> Case:
    """Take a case to the next stage by a move other than closing; refuse a move not open to it."""
    case = _take(case, version)
    if move.ends == Stage.CLOSED:
        raise MoveRefused("A case is closed with an outcome.")
    case.stage = pathway.after(move, Stage(case.stage)).value
    if move in _SAYS_WHEREABOUTS:
        case.is_whereabouts_known = _SAYS_WHEREABOUTS[move]
    _keep(case, "stage", "is_whereabouts_known")
    _record(case, move.title, why=why, at=at, by=by)
    _meet(case, {"triage_1"}, on=at.date())
    if move == pathway.GIVE_UP:
        _keep_looking(case, at=at)
    return case


_SAYS_WHEREABOUTS = {pathway.LOCATE: True, pathway.LOSE: False, pathway.GIVE_UP: False}


def _keep_looking(case: Case, *, at: datetime) -> None:
    """Alert on a child who is still not found after the enquiries, and start the review (P53)."""
    raise_alert(case=case, kind="untraced", words=_STILL_UNKNOWN, at=at)
    clock, start = clocks.CLOCKS["untraced_review"], at.date()
    due_on = clocks.due_on(clock, start, calendar=calendar_for(None), policy=our_policy())
    Deadline.objects.get_or_create(
        case=case, clock=clock.code, starts_on=start, defaults={"due_on": due_on}
    )


_STILL_UNKNOWN = (
    "The destination is still unknown after the enquiries. Whoever meets this child or the "
    "family must tell the lead officer at once."
)


def _meet(case: Case, codes: set[str], *, on: date) -> None:
    Deadline.objects.filter(case=case, clock__in=codes, met_on__isnull=True).update(met_on=on)


@transaction.atomic
def meet_deadline(*, deadline: Deadline, why: str, by: User, at: datetime) -> Deadline:
    """Say that what a clock was waiting for has been done."""
    deadline = Deadline.objects.select_for_update().select_related("case").get(pk=deadline.pk)
    if deadline.met_on is None:
        deadline.met_on = at.date()
        deadline.save(update_fields=["met_on"])
        title = clocks.CLOCKS[deadline.clock].title
        _record(deadline.case, f"Done: {title}", why=why, at=at, by=by)
    return deadline


@transaction.atomic
def move_deadline(
    *, deadline: Deadline, due_on: date, why: str, by: User, at: datetime
) -> Deadline:
    """Move the day of a local clock, leaving a trace. A clock of the law cannot be moved."""
    deadline = Deadline.objects.select_for_update().select_related("case").get(pk=deadline.pk)
    clock = clocks.CLOCKS[deadline.clock]
    if clock.basis == "law":
        raise MoveRefused(f"“{clock.title}” is set by law ({clock.source}) and cannot be moved.")
    if due_on < deadline.starts_on:
        raise MoveRefused("The new day must not be before the clock started.")
    DeadlineChange.objects.create(
        deadline=deadline, was_on=deadline.due_on, now_on=due_on, why=why, at=at, by=by
    )
    deadline.due_on, deadline.raised_at = due_on, None
    deadline.save(update_fields=["due_on", "raised_at"])
    _record(deadline.case, f"Due day moved: {clock.title}", why=why, at=at, by=by)
    return deadline


@transaction.atomic
def raise_alert(*, case: Case, kind: str, words: str, at: datetime) -> Alert:
    """Tell whoever works on the case that something needs a look; once while it is unsettled."""
    alert, is_new = Alert.objects.get_or_create(
        case=case, kind=kind, words=words, settled_at=None, defaults={"raised_at": at}
    )
    if is_new:
        _record(case, "Alert raised", why=words, at=at, by=None)
    return alert


@transaction.atomic
def settle_alert(*, alert: Alert, why: str, by: User, at: datetime) -> Alert:
    """Settle an alert, saying what was done about it."""
    alert = Alert.objects.select_for_update().select_related("case").get(pk=alert.pk)
    if alert.settled_at is None:
        alert.settled_at, alert.settled_by, alert.settled_why = at, by, why
        alert.save(update_fields=["settled_at", "settled_by", "settled_why"])
        _record(alert.case, "Alert settled", why=why, at=at, by=by)
    return alert


@transaction.atomic
def note_sighting(
    *, case: Case, words: str, on: date, at: datetime, by: User | None = None
) -> Case:
    """Take a case to *located* because a school says the child has joined it.

    The case stays open until an officer has proof of attendance: a file is a claim, and a twin
    can be taken for the child.
    """
    case = _take(case, None)
    if case.is_open and pathway.LOCATE in pathway.moves_from(Stage(case.stage)):
        case = move_case(case=case, move=pathway.LOCATE, why=words, at=at, by=by)
    raise_alert(case=case, kind="located", words=words, at=at)
    return case


@transaction.atomic
def close_case(
    *,
    case: Case,
    outcome: str,
    proofs: Collection[str],
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Close a case with an outcome that is proved, or believed and to be checked again.

    `proofs` are the codes of what was shown. Refused when proof is missing, or when the outcome
    leaves a child unfound and whoever closes it is not a manager (access matrix, row 20).
    """
    case = _take(case, version)
    chosen = outcomes.OUTCOMES[outcome]
    if missing := outcomes.missing_proof(chosen, proofs):
        raise MoveRefused(
            f"“{chosen.title}” still needs: {'; '.join(proof.text for proof in missing)}."
        )
    if chosen.is_manager_needed and by.role != Role.MGR:
        raise MoveRefused(f"“{chosen.title}” is for a manager to record. Ask yours to look.")
    case.stage = pathway.after(pathway.CLOSE, Stage(case.stage)).value
    case.outcome, case.is_outcome_proved = outcome, chosen.basis == "proved"
    case.closed_on = max(at.date(), case.opened_on)
    _keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    Deadline.objects.filter(case=case, met_on__isnull=True).update(met_on=case.closed_on)
    _record(case, f"Case closed: {chosen.title}", why=why, at=at, by=by)
    return case


@transaction.atomic
def reopen_case(
    *, case: Case, why: str, by: User, at: datetime, version: int | None = None
) -> Case:
    """Open a closed case again, unless the child already has another open one."""
    case = _take(case, version)
    if Case.objects.filter(child=case.child_id, closed_on__isnull=True).exists():
        raise MoveRefused("This child already has another open case. Work on that one.")
    case.stage = pathway.after(pathway.REOPEN, Stage(case.stage)).value
    case.outcome, case.is_outcome_proved, case.closed_on = "", None, None
    _keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    _record(case, "Case opened again", why=why, at=at, by=by)
    return case


@transaction.atomic
def raise_due(*, on: date, at: datetime) -> int:
    """Raise an alert for every clock that ran out before `on`, once each; return how many."""
    overdue = (
        Deadline.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            met_on__isnull=True,
            due_on__lt=on,
            raised_at__isnull=True,
            case__closed_on__isnull=True,
        )
        .select_related("case")
    )
    raised = 0
    for deadline in overdue:
        clock = clocks.CLOCKS[deadline.clock]
        words = f"{clock.title}: due {deadline.due_on:%-d %B %Y} and not marked as done."
        raise_alert(case=deadline.case, kind="overdue", words=words, at=at)
        deadline.raised_at = at
        deadline.save(update_fields=["raised_at"])
        raised += 1
    return raised


@transaction.atomic
def raise_ageing_out(*, on: date, at: datetime) -> int:
    """Alert on open cases whose child is past compulsory school age; never close them silently."""
    leaving = age.leaving_date(on.year if on > age.leaving_date(on.year) else on.year - 1)
    born_by = date(leaving.year - 16, 8, 31)
    raised = 0
    for case in Case.objects.open().filter(child__born_on__lte=born_by).select_related("child"):
        born = case.child.born_on
        if born is None or on <= age.ends_on(born):
            continue
        words = (
            f"Over compulsory school age since {age.ends_on(born):%-d %B %Y}. "
            "Close with that outcome, and tell the post-16 service."
        )
        if not case.alerts.filter(kind="over_age").exists():
            raise_alert(case=case, kind="over_age", words=words, at=at)
            raised += 1
    return raised


@transaction.atomic
def open_for_never_arrived(*, on: date, at: datetime) -> int:
    """Open a case for each child who left somewhere and is nowhere known to be, in time (P01, P04).

    This is the net under everything else: of compulsory school age, no place known today, left
    more school days ago than the policy waits, and no case since. Returns how many were opened.
    """
    policy = our_policy()
    calendar = calendar_for(None)
    opened = 0
    for place in nowhere_known(on=on):
        waited = calendar.between(place.to_on, on) if place.to_on else 0
        if waited <= policy.arrival_school_days or place.to_on is None:
            continue
        source = place.ended_by or place.source
        open_case(
            child=place.child,
            reason="never_arrived" if place.is_expected_elsewhere else "on_no_list",
            because=_never_arrived(place, waited),
            clause="EA96 s.436A; policy p.3",
            source=source,
            row=None,
            missing_since_on=place.to_on + timedelta(days=1),
            on=on,
            at=at,
            school=place.school,
            calendar=calendar,
            policy=policy,
        )
        opened += 1
    return opened


def _never_arrived(place: Any, waited: int) -> str:
    where = place.title or place.kind.replace("_", " ")
    left = f"Left {where} on {place.to_on:%-d %B %Y}, {waited} school days ago."
    if place.is_expected_elsewhere:
        return f"{left} A new place was named, and nobody there has said that the child arrived."
    return f"{left} Nobody has said where the child went."


@transaction.atomic
def save_view(*, user: User, name: str, filters: dict[str, str]) -> SavedView:
    """Keep a set of register filters under a name; the same name again replaces it."""
    view, _ = SavedView.objects.update_or_create(
        user=user, name=name, defaults={"filters": filters}
    )
    return view


@transaction.atomic
def forget_view(*, user: User, pk: int) -> None:
    """Delete one of a person's own saved views."""
    SavedView.objects.filter(user=user, pk=pk).delete()
