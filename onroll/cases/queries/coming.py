"""What comes due on a person's own cases, for their diary."""

from datetime import date
from typing import Any

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.offers import Coming
from onroll.cases.queries.own import is_own, name_of_absent
from onroll.clocks.models import Deadline, Subject


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the running clocks of cases that are a person's own; two queries."""
    if not may(user, Permission.CASE_WORK):
        return []
    own = Case.objects.visible_to(user, on=on).open().filter(is_own(user, on=on))
    own = own.annotate(covered_for=name_of_absent(user, on=on))
    cases = own.select_related("child").in_bulk()
    clocks = Deadline.objects.running().filter(
        subject=Subject.CASE.value, subject_id__in=list(cases), due_on__range=(on, until)
    )
    is_hidden = is_masked(user, Permission.CASE_LIST) or is_masked(user, Permission.CASE_VIEW)
    return [_row(clock, cases[clock.subject_id], is_hidden=is_hidden) for clock in clocks]


def _row(clock: Deadline, case: Any, *, is_hidden: bool) -> Coming:
    rule = clock.rule
    return Coming(
        on=clock.due_on,
        words=rule.title,
        clause=f"{rule.source} {rule.clause}".strip(),
        due_at=clock.due_at,
        about=words.initials(case.child) if is_hidden else case.child.name,
        ref=case.ref,
        url=page_address("casefile:case", case.ref),
        child=case.child_id,
        covered_for=case.covered_for or "",
    )
