"""What families told us, as the pages of a case show it, and the files that came with it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries import may_on, works_on
from onroll.children.queries import protected_of
from onroll.documents.models import Document
from onroll.documents.queries import Look, looks_of
from onroll.enquiries.models import Enquiry
from onroll.letters.models import FamilyAnswer, FamilyFile, Letter

NoAnswer = FamilyAnswer.DoesNotExist
NoFile = FamilyFile.DoesNotExist


def answers_of(case: Case) -> QuerySet[FamilyAnswer]:
    """Return what the family of a case told us, the newest first; no file is fetched."""
    return _with_files(FamilyAnswer.objects.filter(case=case)).order_by("-at", "-pk")


def answers_to(enquiry: Enquiry) -> QuerySet[FamilyAnswer]:
    """Return what a family told us on an enquiry, the newest first."""
    return _with_files(FamilyAnswer.objects.filter(enquiry=enquiry)).order_by("-at", "-pk")


def _with_files(rows: QuerySet[FamilyAnswer]) -> QuerySet[FamilyAnswer]:
    files = FamilyFile.objects.select_related("document").defer("document__content")
    return rows.select_related("by", "letter", "enquiry").prefetch_related(Prefetch("files", files))


def answer_by_ref(letter: Letter, ref: str) -> FamilyAnswer:
    """Return what came by the link of a letter; FamilyAnswer.DoesNotExist for another's."""
    return FamilyAnswer.objects.get(letter=letter, ref=ref)


def last_answer_by(letter: Letter) -> datetime | None:
    """Return when an answer last came by the link of a letter; None where none came."""
    times = FamilyAnswer.objects.filter(letter=letter, by=None).values_list("at", flat=True)
    return times.order_by("-at").first()


def looks(answers: Iterable[FamilyAnswer]) -> dict[int, Look]:
    """Return by the key of its document how each file that came with answers is shown."""
    keys = [file.document_id for answer in answers for file in answer.files.all()]
    return looks_of(Document.objects.defer("content").filter(pk__in=keys)) if keys else {}


def document_of(case: Case, pk: int) -> int:
    """Return the key of the document of a file on a case; FamilyFile.DoesNotExist for another's."""
    return FamilyFile.objects.get(case=case, pk=pk).document_id


def sees_home(user: User, case: Case) -> bool:
    """Return whether a person may read the address and the contacts that a family gave.

    Where the child or an address is protected, only who works on the case (access matrix, row 8).
    """
    if not may_on(user, Permission.ADDRESS_VIEW, case):
        return False
    hidden = protected_of([case.child_id])
    is_let_in = may_on(user, Permission.PROTECTED_ADDRESS_VIEW, case)
    return not hidden or (is_let_in and works_on(user, case))
