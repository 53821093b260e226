"""What comes due on a person's own cases, for their diary."""

from datetime import date
from typing import Any

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases.models import Case
from onroll.cases.offers import Coming
from onroll.cases.queries.action_points import coming_actions
from onroll.cases.queries.names import name_of
from onroll.cases.queries.own import is_own, name_of_absent
from onroll.clocks.models import Deadline, Subject


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the running clocks of cases that are a person's own, and by when what is to be done
    on them is due; three queries."""
    if not may(user, Permission.CASE_WORK):
        return []
    own = Case.objects.visible_to(user, on=on).open().filter(is_own(user, on=on))
    own = own.annotate(covered_for=name_of_absent(user, on=on))
    cases = own.select_related("child").in_bulk()
    clocks = Deadline.objects.running().filter(
        subject=Subject.CASE.value, subject_id__in=list(cases), due_on__range=(on, until)
    )
    rows = [_row(clock, cases[clock.subject_id], user) for clock in clocks]
    return [*rows, *coming_actions(user, on=on, until=until)]


def _row(clock: Deadline, case: Any, user: User) -> Coming:
    rule = clock.rule
    return Coming(
        on=clock.due_on,
        words=rule.title,
        clause=f"{rule.source} {rule.clause}".strip(),
        due_at=clock.due_at,
        about=name_of(case.child, user),
        ref=case.ref,
        url=page_address("casefile:case", case.ref),
        child=case.child_id,
        covered_for=case.covered_for or "",
    )
