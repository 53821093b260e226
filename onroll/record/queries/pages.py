"""What the pages of a case's record show: tellings, complaints with their days, and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onroll.accounts.access import cell, may
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries.own import is_own
from onroll.clocks.models import Deadline, Subject
from onroll.letters.models import Letter
from onroll.letters.queries import letters_of
from onroll.record.models import CaseFile, Complaint, FamilyTelling
from onroll.rules.letters import Fate

NoComplaint = Complaint.DoesNotExist
NoCaseFile = CaseFile.DoesNotExist


@dataclass(frozen=True)
class Page:
    """What the page of a case's record lists; no file is fetched."""

    tellings: Sequence[FamilyTelling]
    letters: Sequence[Letter]
    """Those that went out: they tell the family as well."""
    complaints: Sequence[Complaint]
    files: Sequence[CaseFile]


def page_of(case: Case) -> Page:
    """Return what is on record of a case besides its log; five queries."""
    files = case.case_files.select_related("by", "complaint").defer("whole", "redacted")
    complaints = with_due(Complaint.objects.filter(case=case)).select_related("by", "answered_by")
    return Page(
        tellings=list(case.family_tellings.select_related("by")),
        letters=[row for row in letters_of(case) if row.fate is not Fate.NOT_SENT],
        complaints=list(complaints),
        files=list(files),
    )


def with_due(complaints: QuerySet[Any]) -> QuerySet[Any]:
    """Return complaints with the day by which each is to be answered."""
    due = Deadline.objects.of_each(Subject.COMPLAINT, OuterRef("pk")).order_by("due_on")
    rows: QuerySet[Any] = complaints.annotate(due_on=Subquery(due.values("due_on")[:1]))
    return rows


def get_complaint(case: Case, ref: str) -> Complaint:
    """Return a complaint about a case, with its day; Complaint.DoesNotExist else."""
    rows = with_due(Complaint.objects.filter(case=case)).select_related("case", "by", "answered_by")
    complaint: Complaint = rows.get(ref=ref)
    return complaint


def case_file_of(case: Case, ref: str) -> CaseFile:
    """Return a file that was made of a case; CaseFile.DoesNotExist else."""
    row: CaseFile = CaseFile.objects.select_related("by", "complaint").get(case=case, ref=ref)
    return row


def complaints_in_sight(user: User, *, on: date) -> QuerySet[Any]:
    """Return the complaints to be answered: on a person's own cases, or for managers on every one,
    the one that is due first on top."""
    every = Complaint.objects if may(user, Permission.CASE_WORK) else Complaint.objects.none()
    rows = every.visible_to(user, on=on).filter(answered_on__isnull=True)
    is_managers = cell(user, Permission.CASE_EXPORT).scope is Scope.JUSTIFIED
    own = Q() if is_managers else is_own(user, on=on, case="case__")
    return with_due(rows.filter(own)).select_related("case__child").order_by("due_on", "pk")
