"""Which sealed case somebody seeks, what waits for review, and how often somebody did so today."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.audit.queries import Viewing, seen_by_glass
from onroll.cases.models import Case, Member, Seal, sealed_off
from onroll.cases.offers import Todo
from onroll.children.models import Child, NameKind
from onroll.clocks.models import Deadline, Subject
from onroll.glass.models import BreakGlass, BreakGlassQuerySet
from onroll.matching import fold
from onroll.rules.break_glass import OPEN_FOR, Verdict
from onroll.rules.day import Call

NothingToReview = BreakGlass.DoesNotExist
LAST = 50
"""So many that are reviewed stand on the list."""


def sealed_case(ref: str, names: tuple[str, str], born_on: date | None) -> Case | None:
    """Return the sealed case with a reference, or of the one child with a name and birthday.

    Sealed cases are few: their children are read one by one.
    """
    seals = Seal.objects.standing().select_related("case__child", "case__owner")
    if ref:
        seal = seals.filter(case__ref=ref.strip().upper()).first()
        return seal.case if seal else None
    born = seals.filter(case__child__born_on=born_on).prefetch_related("case__child__names")
    alike = [seal.case for seal in born if _bears(seal.case.child, names)]
    return alike[0] if len(alike) == 1 else None


def _bears(child: Child, names: tuple[str, str]) -> bool:
    aliases = [row for row in child.names.all() if row.kind != NameKind.WRONG.value]
    pairs = [
        (child.forename, child.surname),
        (child.chosen_forename or child.forename, child.chosen_surname or child.surname),
        *((row.forename or child.forename, row.surname or child.surname) for row in aliases),
    ]
    return _folded(names) in {_folded(pair) for pair in pairs}


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(name) for name in names)


def sees_it(user: User, case: Case) -> bool:
    """Return whether a person sees a sealed case without breaking the glass."""
    return not sealed_off(user).filter(case__child=case.child_id).exists()


def open_to(user: User, uses: Collection[int]) -> dict[int, str]:
    """Return the children whose sealed case these uses open to a person, each with why.

    Not once a review found the use not justified, nor after the seal that stood then was taken
    away, even if another followed; nor for who is on the team since, and does more than read.
    """
    rows = BreakGlass.objects.filter(pk__in=uses, by=user)
    rows = rows.exclude(verdict=Verdict.NOT_JUSTIFIED.value)
    rows = rows.filter(case__seals__ended_at=None, case__seals__at__lte=F("at"))
    rows = rows.exclude(case__owner=user).exclude(case__members__user=user)
    return dict(rows.order_by("at").values_list("case__child_id", "why"))


def of_today(user: User, *, at: datetime) -> QuerySet[BreakGlass]:
    """Return each time that a person broke the glass, or tried to, on this day."""
    day = timezone.localtime(at).date()
    return BreakGlass.objects.filter(
        by=user, at__gte=timezone.make_aware(datetime.combine(day, time.min))
    )


def _with_due(rows: QuerySet[BreakGlass], at: datetime) -> QuerySet[BreakGlass]:
    running = Deadline.objects.of_each(Subject.BREAK_GLASS, OuterRef("pk"))
    with_clock = rows.annotate(
        due_on=running.values("due_on")[:1], is_overdue=Exists(running.overdue(at=at))
    )
    return with_clock.select_related("by", "case", "judged_by")


def reviewable(user: User) -> BreakGlassQuerySet:
    """Return what a person may read the review of: a manager what data protection officers opened,
    so that what the only one of those opened does not wait for herself."""
    match scope(user, Permission.BREAK_GLASS_REVIEW):
        case Scope.ALL:
            return BreakGlass.objects.all()
        case Scope.OWN_TEAM:
            return BreakGlass.objects.filter(role=Role.DPO.value)
        case _:
            return BreakGlass.objects.none()


def to_review(user: User, *, at: datetime) -> QuerySet[BreakGlass]:
    """Return what nobody has reviewed, the oldest first, each with its last day."""
    return _with_due(reviewable(user).waiting(), at).order_by("at", "pk")


def reviewed(user: User, *, at: datetime) -> QuerySet[BreakGlass]:
    """Return the last that were reviewed, the newest first."""
    rows = reviewable(user).exclude(judged_at=None)
    return _with_due(rows, at).order_by("-judged_at", "-pk")[:LAST]


def get_break_glass(user: User, ref: str, *, at: datetime) -> BreakGlass:
    """Return one by its reference; DoesNotExist else."""
    return _with_due(reviewable(user), at).get(ref=ref)


def pages_of(row: BreakGlass) -> list[Viewing]:
    """Return which pages about the child were opened under a use, from the audit trail."""
    if row.case is None:
        return []
    return seen_by_glass(row.by_id, child=row.case.child_id, since=row.at, until=row.at + OPEN_FOR)


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return what waits for who reviews, of managers what waits too long, and what the team of a
    sealed case has to know: who else opened it, until that is reviewed."""
    overdue = Deadline.objects.of_each(Subject.BREAK_GLASS, OuterRef("pk")).overdue(at=at)
    late = Exists(overdue)
    todos = [_opened_of(user)] if may(user, Permission.CASE_VIEW) else []
    if may(user, Permission.BREAK_GLASS_REVIEW):
        todos.append(_to_review(user, late))
    if may(user, Permission.CASE_OVERSEE):
        words = (
            "use of break-glass whose review is overdue",
            "uses of break-glass whose review is overdue",
        )
        rows = BreakGlass.objects.waiting().filter(late)
        todos.append(Todo("break_glass_late", rows, words, meaning="late", is_silent_at_none=True))
    return todos


def _to_review(user: User, late: Exists) -> Todo:
    return Todo(
        "break_glass",
        reviewable(user).waiting().exclude(by=user),
        ("use of break-glass to review", "uses of break-glass to review"),
        page="glass:reviews",
        meaning="soon",
        since="at",
        presses=late,
        call=Call.WAITS,
        call_if_late=Call.LOCAL_OVERDUE,
        is_silent_at_none=True,
    )


def _opened_of(user: User) -> Todo:
    on_team = Member.objects.filter(user=user).values("case_id")
    is_theirs = Q(case__owner=user) | Q(case__in=on_team)
    return Todo(
        "opened_by_glass",
        BreakGlass.objects.waiting().filter(is_theirs).exclude(by=user),
        (
            "time that somebody opened a sealed case of yours in an emergency",
            "times that somebody opened a sealed case of yours in an emergency",
        ),
        page="cases:sealed" if may(user, Permission.SEAL_PROPOSE) else "",
        meaning="new",
        is_silent_at_none=True,
    )
