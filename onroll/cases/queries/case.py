"""One case as its pages show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject

from onroll.accounts.access import may_by_glass, opened, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import ROLES_TO_HOLD, Role
from onroll.cases import words
from onroll.cases.models import (
    WHEREABOUTS_KNOWN,
    Alert,
    Case,
    CaseReason,
    Closing,
    Member,
    Step,
)
from onroll.cases.models.case import CaseReasonQuerySet
from onroll.cases.queries.holding import has_police_report, has_warning
from onroll.cases.queries.manager import with_reviews
from onroll.cases.queries.own import cover_in_words, cover_today, is_own, name_of_absent
from onroll.cases.queries.risk import with_risk
from onroll.children.models import Child, Identifier, IdentifierKind
from onroll.clocks.models import ENDED_WORDS, Deadline, Ended
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.outcomes import REVIEWS
from onroll.rules.pathway import LOCATE
from onroll.rules.triage import RISK_REVIEW
from onroll.rules.warnings import WARNING_REVIEW

LAST_STEPS = 3
"""So many entries of the chronology stand on the page of a case."""


def get_case(user: User, ref: str, *, on: date) -> Case:
    """Return a case this user may see on a day, with the child's numbers; else DoesNotExist.

    `first_opened_on` is when a case of the child was opened that they may see: this one, or the
    first of several. `last_steps` is the newest of what happened to it, and `known_steps` of it by
    what it is known where the child is.
    """
    number = Identifier.objects.filter(child=OuterRef("child"), kind=IdentifierKind.UPN.value)
    visible = Case.objects.visible_to(user, on=on)
    last = Step.objects.filter(case=OuterRef("pk")).values(
        whole=JSONObject(what="what", at="at", by="by__name", why="why")
    )
    known = last.filter(what__in=(WHEREABOUTS_KNOWN, LOCATE.title))
    of_child = visible.filter(child=OuterRef("child")).order_by("opened_on")
    return (
        with_reviews(with_risk(visible))
        .select_related("child", "school", "owner", "opened_from")
        .annotate(is_worked_on=works(user, on=on))
        .annotate(upn=Subquery(number.order_by("pk").values("value")[:1]))
        .annotate(cover=cover_today("owner", on=on), covered_for=name_of_absent(user, on=on))
        .annotate(has_warning=has_warning(), has_police=has_police_report())
        .annotate(first_opened_on=Subquery(of_child.values("opened_on")[:1]))
        .annotate(last_steps=ArraySubquery(last[:LAST_STEPS]))
        .annotate(known_steps=ArraySubquery(known[:1]))
        .get(ref=ref)
    )


def owner_of(case: Case) -> str:
    """Return who has a case, which `get_case` returned, and who covers for them today."""
    if case.owner is None:
        return "Nobody yet"
    cover = cover_in_words(getattr(case, "cover", None))
    return ", ".join(filter(None, (case.owner.name, cover)))


def is_covered(case: Case) -> bool:
    """Return whether the user for whom `get_case` returned a case covers for its owner: it stays
    with the owner, and nobody offers it to the colleague."""
    return bool(getattr(case, "covered_for", None))


def child_of_case(ref: str) -> Child | None:
    """Return the child of a case, for commands on the server; None if there is no such case."""
    return Child.objects.filter(cases__ref=ref).first()


def may_on(user: User, permission: Permission, case: Case | None) -> bool:
    """Return whether a user may do something to this case, which `get_case` returned.

    Where the matrix says `A`, only its owner, its team and who covers for its owner may; if there
    is no case, nobody may. On a sealed case that they opened by break-glass they may read
    (`access.may_by_glass`), no more.
    """
    if case is not None and case.child_id in opened(user):
        return may_by_glass(user, permission)
    match scope(user, permission):
        case Scope.ALL | Scope.JUSTIFIED:
            return True
        case Scope.ASSIGNED:
            return works_on(user, case)
        case _:
            return False


def works(user: User, *, on: date) -> "ExpressionWrapper[Q]":
    """Return whether a user works on each of these cases on a day, which `works_on` reads."""
    return ExpressionWrapper(is_own(user, on=on), output_field=BooleanField())


def works_on(user: User, case: Case | None) -> bool:
    """Return whether a user works on this case on the day for which `get_case` returned it."""
    if case is None:
        return False
    return case.owner_id == user.pk or bool(getattr(case, "is_worked_on", False))


def cases_worked_on(user: User, *, on: date | None) -> QuerySet[Case]:
    """Return the cases that a user works on, open or closed; where no day is given, without those
    for whose owner they cover.

    Not those of a child another case of whom is sealed, unless they are on the team of that.
    """
    return Case.objects.filter(is_own(user, on=on)).not_sealed_off(user)


def case_of_child(user: User, child: Child, *, on: date) -> Case | None:
    """Return the child's open case, if this user may see it."""
    return Case.objects.visible_to(user, on=on).filter(child=child, closed_on__isnull=True).first()


def reasons_of(case: Case) -> list[CaseReason]:
    """Return the reasons of a case with their sources, without withdrawn ones."""
    return list(every_reason_of(case).standing())


def every_reason_of(case: Case) -> CaseReasonQuerySet:
    """Return the reasons of a case with their sources, withdrawn ones too."""
    reasons = CaseReason.objects.filter(case=case)
    return reasons.select_related(
        "source__recorded_by", "left_place__school", "case__child", "withdrawn_by"
    )


@dataclass(frozen=True)
class Clock:
    """A deadline with its rule. `is_certain` is false if school days had to be guessed."""

    pk: int
    title: str
    then: str
    basis: str
    clause: str
    due_on: date
    away: str
    meaning: str
    met_on: date | None
    ended_on: date | None
    ended_why: str
    moves: int
    is_certain: bool
    is_review: bool
    """Whether it asks if something is still so, to be answered yes or no."""
    is_risk_review: bool
    """Whether it asks which of the greater risks are there, each on a page of its own."""
    is_warning_review: bool
    """Whether it asks if the warnings still hold, on a page of their own."""
    is_running: bool


def deadlines_of(case: Case) -> QuerySet[Deadline]:
    """Return the rows for `clocks_of`."""
    return case.deadlines.annotate(moves=Count("changes"))


def clocks_of(deadlines: Iterable[Deadline], *, on: date, calendar: SchoolCalendar) -> list[Clock]:
    """Return the clocks of a case: running ones first, by due day, each with its clause (P32)."""
    clocks = [_clock(deadline, on, calendar) for deadline in deadlines]
    return sorted(clocks, key=lambda clock: (not clock.is_running, clock.due_on))


def _clock(deadline: Any, on: date, calendar: SchoolCalendar) -> Clock:
    rule = deadline.rule
    is_running = deadline.is_running
    return Clock(
        pk=deadline.pk,
        title=rule.title,
        then=rule.then,
        basis=rule.basis,
        clause=" ".join(filter(None, (rule.source, rule.clause))),
        due_on=deadline.due_on,
        away=words.away(deadline.due_on, on=on, calendar=calendar) if is_running else "",
        meaning=words.meaning(deadline.due_on, on=on) if is_running else "done",
        met_on=deadline.met_on,
        ended_on=deadline.ended_on,
        ended_why=ENDED_WORDS[Ended(deadline.ended_why)] if deadline.ended_why else "",
        moves=deadline.moves,
        is_review=deadline.clock in REVIEWS,
        is_risk_review=deadline.clock == RISK_REVIEW,
        is_warning_review=deadline.clock == WARNING_REVIEW,
        is_running=is_running,
        is_certain=rule.unit.value != "school_days"
        or calendar.are_certain(deadline.starts_on, deadline.due_on),
    )


def clock_of(case: Case, pk: int, *, with_stopped: bool = False) -> Deadline:
    """Return a clock of a case: a running one, or with `with_stopped` any; else DoesNotExist."""
    clocks = case.deadlines if with_stopped else case.deadlines.running()
    return clocks.get(pk=pk)


def unsettled_alerts(case: Case) -> QuerySet[Alert]:
    """Return the alerts of a case that wait for someone, newest first."""
    return _alerts(case).filter(settled_at__isnull=True)


def alert_of(case: Case, pk: int, *, with_settled: bool = False) -> Alert:
    """Return an alert of a case, settled or not; else DoesNotExist."""
    alerts = _alerts(case) if with_settled else unsettled_alerts(case)
    return alerts.get(pk=pk)


def _alerts(case: Case) -> "QuerySet[Alert]":
    return case.alerts.select_related("case__child", "source", "place__school", "place__source")


def closings_of(case: Case) -> QuerySet[Closing]:
    """Return each closing of a case, newest first."""
    return case.closings.select_related("school", "by")


def chronology(case: Case) -> Sequence[Step]:
    """Return everything that happened to the case, the newest first."""
    return list(steps_of(case))


def steps_of(case: Case) -> QuerySet[Step]:
    return case.steps.select_related("by")


def team_of(case: Case) -> list[Member]:
    """Return the team of a case, in the order they joined."""
    return list(case.members.select_related("user").order_by("added_at", "pk"))


def managers() -> list[str]:
    """Return the names of the managers of children missing education."""
    users = User.objects.filter(is_active=True, roles_held__role=Role.MGR.value)
    return list(users.order_by("name").values_list("name", flat=True).distinct())


OWNERS = (Role.LOC, Role.MGR)
WITH_CASES = tuple(
    role
    for role in ROLES_TO_HOLD
    if Permission.CASE_LIST.cell(role).scope in (Scope.ALL, Scope.ASSIGNED)
)


def colleagues(*, to_own: bool) -> QuerySet[User]:
    """Return the people a case can be given to, or who can join its team."""
    roles = [role.value for role in (OWNERS if to_own else WITH_CASES)]
    users = User.objects.filter(is_active=True, roles_held__role__in=roles)
    return users.order_by("name").distinct()
