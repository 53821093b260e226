"""The warnings that hold for a case, and whether the police know, as far as a person may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from onroll.accounts.access import is_masked, sees_flag
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, PoliceReport, WarningNote
from onroll.cases.queries.case import may_on
from onroll.cases.queries.holding import standing_for
from onroll.cases.queries.sightings import home_in_words
from onroll.children.queries import is_home_protected

NoWarning = WarningNote.DoesNotExist


@dataclass(frozen=True)
class WarningLine:
    """A warning as one person may read it: of what it is, and whether it is of another child."""

    warning: WarningNote
    about: str
    is_own: bool


@dataclass(frozen=True)
class Warnings:
    """What holds for a case. `is_told` says whether this person may read it (row 9)."""

    lines: Sequence[WarningLine] = ()
    is_told: bool = False


def may_read_warnings(user: User, case: Case) -> bool:
    """Return whether a person may read warnings on a case (access matrix, row 9)."""
    return may_on(user, Permission.NOTES_VIEW, case) and not is_masked(user, Permission.NOTES_VIEW)


def warnings_of(case: Case, user: User) -> Warnings | None:
    """Return what holds for a case, which `get_case` returned; None where nothing does.

    Also for who may know nothing of it. Whose cell is a flag learns that there is something.
    """
    if not getattr(case, "has_warning", True):
        return None
    is_told = may_read_warnings(user, case)
    if not is_told and not sees_flag(user, Permission.NOTES_VIEW):
        return None
    rows = standing_for(case.child_id, case.child_id).select_related("address", "by", "case__child")
    lines = [_line(row, case, user) for row in rows]
    return Warnings(lines, is_told) if lines else None


def _line(row: WarningNote, case: Case, user: User) -> WarningLine:
    is_own = row.case.child_id == case.child_id
    return WarningLine(row, _about(row, case, user), is_own)


def _about(row: WarningNote, case: Case, user: User) -> str:
    """Return what a warning is about; an address only for who may see it."""
    if row.address is None:
        return "The child and the family"
    needed = Permission.ADDRESS_VIEW
    if is_home_protected(row.case.child, row.address):
        needed = Permission.PROTECTED_ADDRESS_VIEW
    return home_in_words(row.address) if may_on(user, needed, case) else "An address"


def warning_of(case: Case, pk: int, *, with_ended: bool = False) -> WarningNote:
    """Return a standing warning of the child of a case, or with `with_ended` any; else
    WarningNote.DoesNotExist."""
    rows = WarningNote.objects.filter(case__child=case.child_id)
    rows = rows if with_ended else rows.filter(ended_at__isnull=True)
    return rows.select_related("address", "case__child").get(pk=pk)


def ended_warnings(case: Case) -> list[WarningNote]:
    """Return the warnings of the child of a case that are over, the newest end first."""
    rows = WarningNote.objects.filter(case__child=case.child_id, ended_at__isnull=False)
    return list(rows.select_related("by", "ended_by").order_by("-ended_at", "-pk"))


def police_of(case: Case, user: User) -> PoliceReport | None:
    """Return whether the police know, as it was told last; None where nothing is written down,
    or the case is masked for this person.
    """
    if is_masked(user, Permission.CASE_VIEW) or not getattr(case, "has_police", True):
        return None
    return case.police_reports.select_related("by").first()
