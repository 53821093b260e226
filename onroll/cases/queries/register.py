"""The register as a page shows it: filtered, sorted, with a fixed number of queries a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields import BooleanField
from django.db.models.functions import Coalesce

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.models import Alert, Case, CaseReason, SavedView
from onroll.cases.queries.looks import unlooked, unseen
from onroll.cases.queries.manager import has_question, is_review_due
from onroll.cases.queries.names import is_name_hidden
from onroll.cases.queries.risk import LEVEL_MEANINGS, level_is, level_of, sees_levels
from onroll.children.models import Flag, Identifier
from onroll.children.queries import UPN_KINDS
from onroll.clocks.models import Deadline, Subject
from onroll.matching import sound_keys, written_keys
from onroll.rules import age
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.clocks import CLOCKS
from onroll.rules.groups import RISK_GROUPS
from onroll.rules.missed_change import MissedChange
from onroll.rules.pathway import STAGE_TITLES, Stage
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.references import as_stored
from onroll.rules.risk_level import LEVEL_TITLES, RiskLevel
from onroll.schools.models import School

YEARS = ("R", *(str(n) for n in range(1, 12)))
SORTS: dict[str, tuple[str, ...]] = {
    "due": ("next_due_on", "opened_on"),
    "opened": ("opened_on",),
    "name": ("child__surname", "child__forename"),
    "age": ("child__born_on",),
    "stage": ("stage", "opened_on"),
    "school": ("school__name", "opened_on"),
    "owner": ("owner__name", "opened_on"),
}
DEFAULT_SORT = "due"


@dataclass(frozen=True)
class Filters:
    """Filters of the register: codes, and `words` and `born` of a search."""

    stage: str = ""
    owner: str = ""
    reason: str = ""
    change: str = ""
    school: str = ""
    year: str = ""
    group: str = ""
    overdue: str = ""
    alerts: str = ""
    whereabouts: str = ""
    risk: str = ""
    review: str = ""
    question: str = ""
    unseen: str = ""
    unlooked: str = ""
    sort: str = DEFAULT_SORT
    words: str = ""
    born: date | None = None


@dataclass(frozen=True)
class Line:
    """One case as one user may see it; `name` is initials if names are masked."""

    ref: str
    child_id: int
    name: str
    age: str
    school: str
    why: str
    stage: str
    stage_meaning: str
    owner: str
    time: str
    due_on: date | None
    due_title: str
    due_away: str
    due_meaning: str
    alerts: int
    is_open: bool = True
    risk: str = ""
    """The level of an open case in words, for who reads of risk."""
    risk_meaning: str = ""


def register(user: User, filters: Filters, *, on: date) -> QuerySet[Case]:
    """Return the cases this user may see that pass the filters, sorted."""
    cases: QuerySet[Case] = Case.objects.visible_to(user, on=on)
    for name, fit in FITS.items():
        cases = fit(cases, getattr(filters, name), on, user)
    if filters.words or filters.born:
        cases = _search(cases, filters)
    return _in_order(_with_next_clock(cases), filters)


def _with_next_clock(cases: QuerySet[Case]) -> QuerySet[Case]:
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running().order_by("due_on")
    waiting = (
        Alert.objects.filter(case=OuterRef("pk"), settled_at__isnull=True)
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
    )
    return cases.select_related("child", "school", "owner").annotate(
        next_due_on=Subquery(running.values("due_on")[:1]),
        next_clock=Subquery(running.values("clock")[:1]),
        risk=level_of(),
        alerts_waiting=Coalesce(Subquery(waiting.values("n"), output_field=IntegerField()), 0),
    )


def _in_order(cases: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    is_down = filters.sort.startswith("-")
    fields = SORTS.get(filters.sort.lstrip("-"), SORTS[DEFAULT_SORT])
    order: list[Any] = [
        F(field).desc(nulls_last=True) if is_down else F(field).asc(nulls_last=True)
        for field in fields
    ]
    if filters.words:
        written = written_keys([filters.words])
        exact = ExpressionWrapper(Q(child__search_keys__contains=written), BooleanField())
        cases = cases.annotate(is_exact=exact)
        order.insert(0, "-is_exact")
    return cases.order_by(*order, "pk")


def _search(cases: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    """Return the cases with the typed reference, number or sounds, and the date of birth."""
    if filters.born:
        cases = cases.filter(child__born_on=filters.born)
    typed = filters.words.strip().upper()
    if not typed:
        return cases
    number = "".join(typed.split())
    numbered = Identifier.objects.filter(value=number, kind__in=UPN_KINDS).values("child_id")
    ref = as_stored(typed)
    by_number = Q(ref=ref) | Q(child__ref=ref) | Q(child__in=numbered)
    sounds = sound_keys([filters.words])
    return cases.filter(by_number | Q(child__search_keys__contains=sounds) if sounds else by_number)


def _stage(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    if value == "all":
        return cases
    return cases.filter(stage=value) if value in set(Stage) else cases.open()  # type: ignore[attr-defined]  # our QuerySet


def _owner(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    if value == "me":
        return cases.filter(owner=user)
    if value == "nobody":
        return cases.filter(owner__isnull=True)
    return cases.filter(owner_id=int(value)) if value.isdecimal() else cases


def _reason(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    if value not in CASE_REASONS:
        return cases
    standing = CaseReason.objects.standing().filter(case=OuterRef("pk"), code=value)
    return cases.filter(Exists(standing))


def _change(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    return cases.filter(missed_change=value) if value in set(MissedChange) else cases


def _school(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    return cases.filter(school_id=int(value)) if value.isdecimal() else cases


def _year(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    if value not in YEARS:
        return cases
    eldest = age.school_year(on) - (4 if value == "R" else int(value) + 4)
    return cases.filter(child__born_on__range=(date(eldest - 1, 9, 1), date(eldest, 8, 31)))


def _group(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    if value not in RISK_GROUPS:
        return cases
    raised = Flag.objects.filter(child=OuterRef("child"), kind=value, to_on__isnull=True)
    return cases.filter(Exists(raised))


def _overdue(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    return cases.filter(is_overdue(on)) if value == "yes" else cases


def is_overdue(on: date) -> Exists:
    """Return the condition that a running clock of a case was due before a day."""
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running()
    return Exists(running.filter(due_on__lt=on))


def _alerts(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    kind = "lead" if value == "lead" else ""
    return cases.filter(has_alert(kind)) if value in {"yes", "lead"} else cases


def has_alert(kind: str = "") -> Exists:
    """Return the condition that an alert on a case, or one of a kind, is not settled."""
    waiting = Alert.objects.filter(case=OuterRef("pk"), settled_at__isnull=True)
    return Exists(waiting.filter(kind=kind) if kind else waiting)


def _whereabouts(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    is_known = {"known": True, "unknown": False}.get(value)
    return cases if is_known is None else cases.filter(is_whereabouts_known=is_known)


def _risk(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    if value not in set(RiskLevel) or not sees_levels(user):
        return cases
    return cases.filter(level_is(RiskLevel(value)), closed_on__isnull=True)


def _review(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    return cases.filter(is_review_due(on)) if value == "due" else cases


def _question(cases: QuerySet[Case], value: str, on: date, user: User) -> QuerySet[Case]:
    return cases.filter(has_question()) if value == "waits" else cases


FITS = {
    "stage": _stage,
    "owner": _owner,
    "reason": _reason,
    "change": _change,
    "school": _school,
    "year": _year,
    "group": _group,
    "overdue": _overdue,
    "alerts": _alerts,
    "whereabouts": _whereabouts,
    "risk": _risk,
    "review": _review,
    "question": _question,
    "unseen": unseen,
    "unlooked": unlooked,
}
"""By name, what each filter does. Other names are ignored."""

STAGE_MEANINGS: Mapping[str, str] = {
    Stage.REPORTED: "new",
    Stage.ENQUIRIES: "info",
    Stage.LOCATED: "waiting",
    Stage.UNTRACED: "soon",
    Stage.CLOSED: "quiet",
}


def shown_lines(
    cases: Iterable[Any], *, user: User, on: date, calendar: SchoolCalendar
) -> list[Line]:
    """Return the cases of one page as this user may see them (access matrix, rows 5 and 6)."""
    masked = is_name_hidden(user)
    levelled = sees_levels(user)
    lines = ((_line(case, masked, on, calendar), RiskLevel(case.risk)) for case in cases)
    return [_with_level(line, level) if levelled else line for line, level in lines]


def _with_level(line: Line, level: RiskLevel) -> Line:
    """Say how grave an open case is."""
    if not line.is_open:
        return line
    return replace(line, risk=LEVEL_TITLES[level], risk_meaning=LEVEL_MEANINGS[level])


def _line(case: Any, masked: bool, on: date, calendar: SchoolCalendar) -> Line:
    child, due_on = case.child, case.next_due_on
    clock = CLOCKS.get(case.next_clock or "")
    stage = Stage(case.stage)
    return Line(
        ref=case.ref,
        child_id=child.pk,
        name=words.initials(child) if masked else child.name,
        age=words.years_and_group(child, on=on),
        school=case.school.name if case.school else "Not known",
        why=CASE_REASONS[case.reason].title,
        stage=STAGE_TITLES[stage],
        stage_meaning=STAGE_MEANINGS[stage],
        owner=case.owner.name if case.owner else "Nobody yet",
        time=words.time_on_register(case.opened_on, case.closed_on or on, calendar=calendar),
        due_on=due_on,
        due_title=clock.title if clock else "",
        due_away=words.away(due_on, on=on, calendar=calendar) if due_on else "",
        due_meaning=words.meaning(due_on, on=on) if due_on else "",
        alerts=case.alerts_waiting,
        is_open=case.is_open,
    )


def filter_choices(user: User, *, on: date) -> dict[str, list[tuple[str, str]]]:
    """Return the owners and schools of the cases this user may see, for the filters."""
    visible = Case.objects.visible_to(user, on=on).order_by()
    owners = User.objects.filter(pk__in=visible.values("owner")).order_by("name")
    schools = School.objects.filter(pk__in=visible.values("school")).order_by("name")
    return {
        "owner": [(str(pk), name) for pk, name in owners.values_list("pk", "name")],
        "school": [(str(pk), name) for pk, name in schools.values_list("pk", "name")],
    }


def saved_views(user: User) -> QuerySet[SavedView]:
    """Return the filters that a user has saved."""
    return SavedView.objects.filter(user=user)
