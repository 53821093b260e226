"""The new transfer files that schools are asked for, as the case has them and as a school may."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import ActionPoint, Case
from onroll.cases.models.action_point import ActionPointQuerySet
from onroll.children.models import Place
from onroll.children.queries import holds_protected_address, plain
from onroll.rules.action_points import Origin
from onroll.schools.models import School

NoNewFile = ActionPoint.DoesNotExist


@dataclass(frozen=True)
class NewFile:
    """A new transfer file that a school is asked for: the pupil by initials, and no new school."""

    ref: str
    child_id: int
    name: str
    year: str
    school: str
    due_on: date


def open_new_files(case: Case) -> ActionPointQuerySet:
    """Return what the closing of a case asks of the last school, and is not done."""
    return ActionPoint.objects.of(Origin.CLOSING, case.ref).filter(case=case).open()


def schools_that_may_know(*, on: date) -> ActionPointQuerySet:
    """Return the new files asked of a school that may know of the child, sent or not.

    The child is or was on its roll within twelve months, and nothing of the child is protected or
    sealed: nobody outside the authority learns of such a child (access matrix, rows 5 and 6).
    """
    held = Place.objects.seen_by_schools(on=on).filter(
        child=OuterRef("case__child"), school=OuterRef("school")
    )
    rows = ActionPoint.objects.filter(origin=Origin.CLOSING.value)
    return rows.filter(Exists(held), ~holds_protected_address("case__child"), plain("case__child"))


def new_files_of(user: User, *, on: date, at: School | None = None) -> ActionPointQuerySet:
    """Return the new files that a person's schools are asked for; those `at` one, if named."""
    rows = _of_schools(user, on=on).open()
    return (rows.filter(school=at) if at else rows).order_by("due_on", "pk")


def new_file_of(user: User, ref: str, *, on: date) -> ActionPoint:
    """Return a new file that a person's school is or was asked for; NoNewFile else."""
    return _of_schools(user, on=on).get(ref=ref)


def _of_schools(user: User, *, on: date) -> ActionPointQuerySet:
    if not may(user, Permission.FILE_UPLOAD):
        return ActionPoint.objects.none()
    rows = schools_that_may_know(on=on).visible_to(user, on=on)
    return rows.filter(school__staff__user=user).select_related("case__child", "school")


def as_school_sees(row: ActionPoint, *, on: date) -> NewFile:
    """Return a new file that is asked for as a school sees it."""
    return NewFile(
        ref=row.ref,
        child_id=row.case.child_id,
        name=words.initials(row.case.child),
        year=words.year_of(row.case.child, on=on),
        school=row.school.name if row.school else "",
        due_on=row.due_on,
    )
