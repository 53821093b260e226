"""What comes due on a person's own cases, for their diary."""

from datetime import date

from django.db.models import Q

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Case, Member
from onroll.cases.offers import Coming
from onroll.clocks.models import Deadline, Subject


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the running clocks of cases that a person owns or works on; two queries."""
    if not may(user, Permission.CASE_WORK):
        return []
    on_team = Member.objects.filter(user=user).values("case_id")
    own = Case.objects.visible_to(user, on=on).open().filter(Q(owner=user) | Q(pk__in=on_team))
    cases = own.select_related("child").in_bulk()
    clocks = Deadline.objects.running().filter(
        subject=Subject.CASE.value, subject_id__in=list(cases), due_on__range=(on, until)
    )
    is_hidden = is_masked(user, Permission.CASE_LIST) or is_masked(user, Permission.CASE_VIEW)
    return [_row(clock, cases[clock.subject_id], is_hidden=is_hidden) for clock in clocks]


def _row(clock: Deadline, case: Case, *, is_hidden: bool) -> Coming:
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
    )
