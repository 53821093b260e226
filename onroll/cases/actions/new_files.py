"""The last school of a child who is found elsewhere is told to make a new file for the new school.

Policy p.17 asks it of the school that uploaded a lost pupil's file. It is an action point of the
case (ADR 0045), so it comes back until somebody writes down what became of it.
"""

from datetime import date, datetime

from onroll.accounts.models import User
from onroll.cases.actions.action_points import ask_new_file, withdraw_new_files
from onroll.cases.models import ActionPoint, Case, Closing
from onroll.cases.queries.new_files import open_new_files, schools_that_may_know
from onroll.children.models import Place, PlaceKind
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.rules.hours import ENGLAND
from onroll.schools.models import School

WORDS = "Tell {last} to make a new common transfer file (CTF) for {new}, and to send it on S2S"
WITHDRAWN = "Withdrawn: the case was opened again."


def ask_for_new_file(*, case: Case, closing: Closing, by: User, at: datetime) -> ActionPoint | None:
    """Ask for a new file where a case closes with a roll other than that of the last school.

    Returns None where the child is back at the last school, or that is not known. Who works at
    the last school is told, if it may know of the child.
    """
    if closing.outcome != "on_roll":
        return None
    last = _last_school(case, closing)
    new = closing.school.name if closing.school else closing.provider
    if last is None or last == closing.school or last.name.casefold() == new.casefold():
        return None
    words = WORDS.format(last=last.name, new=new)
    row = ask_new_file(case=case, school=last, words=words, by=by, at=at)
    on = at.astimezone(ENGLAND).date()
    messages.tell(kind=Kind.NEW_FILE_ASKED, ref=row.ref, to=_staff(row, on=on), at=at)
    return row


def withdraw_new_file(*, case: Case, by: User | None, at: datetime) -> None:
    """Withdraw what a closing asked of the last school, since the case is open again."""
    refs = [row.ref for row in open_new_files(case)]
    messages.withdraw(kinds=[Kind.NEW_FILE_ASKED], refs=refs)
    withdraw_new_files(case=case, result=WITHDRAWN, by=by, at=at)


def _last_school(case: Case, closing: Closing) -> School | None:
    """Return where the child was on a roll before; else the school that the case names."""
    places = Place.objects.filter(child=case.child_id, kind=PlaceKind.REGISTERED.value)
    before = places.filter(school__isnull=False).select_related("school")
    if closing.place is not None:
        before = before.exclude(pk=closing.place.pk)
    if closing.school is not None and closing.starts_on is not None:
        # A joiner's file may have said the same before the case closed.
        before = before.exclude(school=closing.school, from_on__gte=closing.starts_on)
    last = before.order_by("to_on", "from_on", "pk").last()
    return last.school if last else case.school


def _staff(row: ActionPoint, *, on: date) -> list[User]:
    """Return who works at the school that is asked, where it may know of the child."""
    if not schools_that_may_know(on=on).filter(pk=row.pk).exists():
        return []
    return list(User.objects.filter(schools__school=row.school, is_active=True).distinct())
