"""Audits, the cases of their samples, and their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from onroll.accounts.models import User
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.cases.models import Case
from onroll.cases.queries import actions_by_case
from onroll.rules.action_points import Origin
from onroll.rules.case_audits import GRADES, QUESTIONS, Answer, figures, share_met


@dataclass(frozen=True)
class Figures:
    """How often each grade was given, and each question answered how; and the share that was met.

    They count every case of the audit, and name none.
    """

    grades: Sequence[tuple[str, int]]
    questions: Sequence[tuple[str, Sequence[int], str]]
    left_out: int


def audits_in_sight(user: User) -> QuerySet[Any]:
    """Return audits, the latest first, each with how many cases it has and how many wait."""
    is_waiting = Q(cases__graded_at__isnull=True, cases__left_out_at__isnull=True)
    rows = CaseAudit.objects.visible_to(user).defer("references").select_related("by")
    waiting = Count("cases", filter=is_waiting)
    return rows.annotate(drawn_number=Count("cases"), waiting=waiting).order_by("-pk")


def get_audit(user: User, ref: str) -> CaseAudit:
    """Return an audit that a person may see; CaseAudit.DoesNotExist else."""
    return CaseAudit.objects.visible_to(user).select_related("by", "ended_by").get(ref=ref)


def cases_of(audit: CaseAudit, user: User, *, on: date) -> list[SampleCase]:
    """Return the sample of an audit, as far as a person may see the cases; two queries."""
    asked = actions_by_case(Origin.CASE_AUDIT, audit.ref)
    rows = SampleCase.objects.visible_to(user, on=on).filter(audit=audit)
    rows = rows.select_related("case__child", "case__owner", "graded_by", "left_out_by")
    cases = list(rows.order_by("place"))
    for row in cases:
        row.actions = asked.get(row.case_id, ())
    return cases


def references_in_sight(audit: CaseAudit, user: User, *, on: date) -> list[str]:
    """Return the cases there were to choose from that a person may see, in order."""
    rows = Case.objects.visible_to(user, on=on).filter(ref__in=audit.references)
    return sorted(rows.values_list("ref", flat=True))


def figures_of(audit: CaseAudit) -> Figures:
    """Return the figures of an audit; one query."""
    rows = list(SampleCase.objects.filter(audit=audit).only("grade", "answers", "left_out_at"))
    counted = figures(row.answers for row in rows if row.grade)
    return Figures(
        grades=[
            (words, sum(row.grade == grade.value for row in rows))
            for grade, words in GRADES.items()
        ],
        questions=[
            (
                question.title,
                [counted[code][answer] for answer in Answer],
                share_met(counted[code]),
            )
            for code, question in QUESTIONS.items()
        ],
        left_out=sum(row.left_out_at is not None for row in rows),
    )


def sample_of(audit: CaseAudit, user: User, pk: int, *, on: date) -> SampleCase:
    """Return a case of a sample that a person may see; SampleCase.DoesNotExist else."""
    rows = SampleCase.objects.visible_to(user, on=on)
    rows = rows.select_related("case__child", "case__owner", "audit")
    row: SampleCase = rows.defer("audit__references").get(audit=audit, pk=pk)
    return row
