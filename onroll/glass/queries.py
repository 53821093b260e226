"""Which sealed case somebody seeks, what waits for review, and how often somebody did so today."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Seal, sealed_off
from onroll.cases.offers import Todo
from onroll.children.models import Child, NameKind
from onroll.clocks.models import Deadline, Subject
from onroll.glass.models import BreakGlass
from onroll.matching import fold
from onroll.rules.break_glass import Verdict
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


def to_review(*, at: datetime) -> QuerySet[BreakGlass]:
    """Return what nobody has reviewed, the oldest first, each with its last day."""
    return _with_due(BreakGlass.objects.waiting(), at).order_by("at", "pk")


def reviewed(*, at: datetime) -> QuerySet[BreakGlass]:
    """Return the last that were reviewed, the newest first."""
    rows = BreakGlass.objects.exclude(judged_at=None)
    return _with_due(rows, at).order_by("-judged_at", "-pk")[:LAST]


def get_break_glass(ref: str, *, at: datetime) -> BreakGlass:
    """Return one by its reference; DoesNotExist else."""
    return _with_due(BreakGlass.objects.all(), at).get(ref=ref)


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return what waits for the data protection officer; of managers, what waits too long."""
    overdue = Deadline.objects.of_each(Subject.BREAK_GLASS, OuterRef("pk")).overdue(at=at)
    waiting = BreakGlass.objects.waiting()
    if may(user, Permission.BREAK_GLASS_REVIEW):
        words = ("use of break-glass to review", "uses of break-glass to review")
        return [
            Todo(
                "break_glass",
                waiting,
                words,
                page="glass:reviews",
                meaning="soon",
                since="at",
                presses=Exists(overdue),
                call=Call.WAITS,
                call_if_late=Call.LOCAL_OVERDUE,
                is_silent_at_none=True,
            )
        ]
    if may(user, Permission.CASE_OVERSEE):
        late = (
            "use of break-glass whose review is overdue",
            "uses of break-glass whose review is overdue",
        )
        rows = waiting.filter(Exists(overdue))
        return [Todo("break_glass_late", rows, late, meaning="late", is_silent_at_none=True)]
    return []
