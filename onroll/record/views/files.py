"""What is printed of a case: its summary, the hand-over note, and the file for a complaint."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.audit import actions as audit
from onroll.cases.models import Case
from onroll.govuk.document import Document
from onroll.govuk.questions import Done, ask
from onroll.record import actions, queries
from onroll.record.forms import CaseFileForm
from onroll.record.models import CaseFile
from onroll.record.printed import summary as printed
from onroll.record.printed.pdf import pdf
from onroll.record.views.frame import find_to_print, record_url, show_page

FIELDS = ("name", "date of birth", "chronology", "enquiries", "decisions", "sharing log")
OF_A_HAND_OVER = ("risk", "warnings", "alerts", "action points", "addresses", "contacts")


@needs(Permission.CASE_EXPORT)
@require_safe
def summary(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the summary of a case as a PDF, made now."""
    return _made_now(request, ref, printed.summary, "case-summary")


@needs(Permission.CASE_EXPORT)
@require_safe
def hand_over(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the hand-over note of a case as a PDF, made now."""
    return _made_now(request, ref, printed.hand_over, "hand-over-note", OF_A_HAND_OVER)


def _made_now(
    request: HttpRequest,
    ref: str,
    make: Callable[[queries.CaseRecord], Document],
    name: str,
    more: Sequence[str] = (),
) -> HttpResponse:
    case, at = find_to_print(request, ref), timezone.localtime()
    content = pdf(make(queries.record_of(case, me(request), at=at)), made_at=at)
    _log(request, case, f"case: {name.replace('-', ' ')} as a PDF", more)
    return _as_pdf(content, f"{name}-{case.ref}.pdf")


@needs(Permission.CASE_EXPORT)
def make(request: HttpRequest, ref: str) -> HttpResponse:
    """Make the file of a case for a stated reason, whole and redacted."""
    case, user = find_to_print(request, ref), me(request)
    complaints = queries.page_of(case).complaints
    first = {"why": access.stated_reason(user)}
    form = CaseFileForm(posted(request)[0], complaints=complaints, initial=first)

    def act(form: CaseFileForm) -> Done:
        answers = form.cleaned_data
        row = actions.make_case_file(
            case=case,
            why=answers["why"],
            complaint=form.chosen,
            by=user,
            at=timezone.localtime(),
        )
        return Done(_file_url(case, row), f"Case file {row.ref} is made and kept as it is.")

    def page(form: CaseFileForm) -> HttpResponse:
        context = {
            "title": "Make the case file",
            "form": form,
            "button": "Make the file",
            "back_url": record_url(case),
            "words": WORDS,
        }
        return show_page(request, case, "cases/question.html", "make the case file", **context)

    return ask(request, form, act, page)


WORDS = (
    "The file holds everything on record of the case that you may read, as it stands now. A "
    "redacted copy beside it names no third party. Both are kept as they are made."
)


@needs(Permission.CASE_EXPORT)
@require_safe
def case_file(request: HttpRequest, ref: str, file: str) -> HttpResponse:
    """Show a file that was made of a case: by whom, why, and its hashes."""
    case = find_to_print(request, ref)
    row = _find_file(case, file)
    return show_page(request, case, "record/case_file.html", "case file", file=row)


@needs(Permission.CASE_EXPORT)
@require_safe
def whole(request: HttpRequest, ref: str, file: str) -> HttpResponse:
    """Return the whole file of a case, byte by byte as it was made."""
    case = find_to_print(request, ref)
    row = _find_file(case, file)
    _log(request, case, "case: case file as a PDF")
    return _as_pdf(bytes(row.whole), f"case-file-{row.ref}.pdf")


@needs(Permission.CASE_EXPORT)
@require_safe
def redacted(request: HttpRequest, ref: str, file: str) -> HttpResponse:
    """Return the redacted copy of a file, byte by byte as it was made."""
    case = find_to_print(request, ref)
    row = _find_file(case, file)
    _log(request, case, "case: redacted case file as a PDF")
    return _as_pdf(bytes(row.redacted), f"case-file-{row.ref}-redacted.pdf")


def _find_file(case: Case, ref: str) -> CaseFile:
    try:
        return queries.case_file_of(case, ref)
    except queries.NoCaseFile:
        raise Http404 from None


def _file_url(case: Case, row: CaseFile) -> str:
    return reverse("record:case_file", args=[case.ref, row.ref])


def _log(request: HttpRequest, case: Case, page: str, more: Sequence[str] = ()) -> None:
    """Write down that a person is about to take a printed case away, and why."""
    user = me(request)
    audit.saw(
        by=user,
        children=[case.child_id],
        page=page,
        ground=access.ground(user, Permission.CASE_EXPORT),
        at=timezone.localtime(),
        fields=(*FIELDS, *more),
        case_refs=[case.ref],
    )


def _as_pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
