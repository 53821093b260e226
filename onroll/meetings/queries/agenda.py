"""What is on an agenda, and which cases the register proposes for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from onroll.accounts.models import User
from onroll.cases.models import Case, PoliceReport
from onroll.cases.queries import actions_by_case
from onroll.cases.queries.day import is_overdue_by_law
from onroll.cases.queries.risk import level_of
from onroll.children.queries import protected_of
from onroll.enquiries.models import Enquiry
from onroll.enquiries.queries.log import due_on
from onroll.meetings.models import AgendaItem, Meeting
from onroll.rules.action_points import Origin
from onroll.rules.meetings import AgendaFacts, Ground, grounds_of, order
from onroll.rules.pathway import Stage
from onroll.rules.risk_level import RiskLevel
from onroll.schools.queries import our_policy

FAMILY_LETTER = "letter"
"""The step that asks the family, and no agency."""
AT_ONCE = 30
"""So many cases are proposed at a time: no meeting talks about more."""


@dataclass(frozen=True)
class Proposal:
    """A case that should be talked about, and why, the gravest first."""

    case: Case
    grounds: list[Ground]


def items_of(meeting: Meeting, user: User, *, on: date) -> list[AgendaItem]:
    """Return the agenda of a meeting, as far as a person may see the cases; two queries."""
    decided = actions_by_case(Origin.MEETING, meeting.ref)
    rows = AgendaItem.objects.visible_to(user, on=on).filter(
        meeting=meeting, removed_at__isnull=True
    )
    rows = rows.select_related("case__child", "case__owner", "talked_by", "by")
    items = list(rows.order_by("pk"))
    for item in items:
        item.decisions = decided.get(item.case_id, ())
    return items


def is_whole(meeting: Meeting, items: Sequence[AgendaItem]) -> bool:
    """Say whether these are all that a meeting talked about. Its minutes speak of each of them, and
    are not for who may not see one; one query."""
    every = AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True)
    return every.count() == len(items)


def proposals(meeting: Meeting, user: User, *, on: date) -> list[Proposal]:
    """Return the cases that the register proposes for a meeting, the gravest first; two queries.

    Without those that are on its agenda or were taken off it, and without protected children, who
    are not talked about at a meeting of many.
    """
    on_it = AgendaItem.objects.filter(meeting=meeting).values("case")
    cases: Sequence[Any] = list(
        _with_facts(Case.objects.visible_to(user, on=on).open().exclude(pk__in=on_it), on)
    )
    guarded = protected_of([case.child_id for case in cases])
    days = our_policy().on(on).meeting_long_open_days
    rows = [
        Proposal(case, grounds_of(_facts(case), on=on, long_open_days=days))
        for case in cases
        if case.child_id not in guarded
    ]
    called = [row for row in rows if row.grounds]
    return sorted(called, key=lambda row: order(row.grounds, row.case.opened_on))[:AT_ONCE]


def _with_facts(cases: Any, on: date) -> Any:
    of_agencies = Enquiry.objects.filter(
        case=OuterRef("pk"), asked_school__isnull=True, by_school__isnull=True
    ).exclude(step=FAMILY_LETTER)
    late = of_agencies.waiting().annotate(due=due_on()).filter(due__lt=on)
    reports = PoliceReport.objects.filter(case=OuterRef("pk"), is_reported=True)
    return cases.select_related("child", "owner").annotate(
        level=level_of(),
        is_with_police=Exists(reports),
        is_overdue_by_law=is_overdue_by_law(on),
        is_without_reply=Exists(late),
    )


def _facts(case: Any) -> AgendaFacts:
    return AgendaFacts(
        opened_on=case.opened_on,
        level=RiskLevel(case.level),
        is_whereabouts_known=case.is_whereabouts_known,
        is_untraced=case.stage == Stage.UNTRACED.value,
        is_with_police=case.is_with_police,
        is_overdue_by_law=case.is_overdue_by_law,
        is_without_reply=case.is_without_reply,
    )
