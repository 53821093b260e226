"""A school's own pages: the files it sent, what became of them, and what it should put right."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.advice.queries import answers_to_read
from onroll.cases.queries import as_school_sees, new_files_of
from onroll.drafts.queries import unfinished
from onroll.enquiries.queries import questions_for_school
from onroll.govuk.questions import Done, ask
from onroll.intake import forms, queries
from onroll.intake.pages import tables
from onroll.intake.pages.results import result_of
from onroll.intake.views import uploads
from onroll.intake.views.columns import ROW, ask_columns
from onroll.intake.views.files import as_figures
from onroll.intake.views.frame import whom
from onroll.schools.queries import school_choice

PER_PAGE = 50


@needs(Permission.FILE_UPLOAD)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a school what it has sent and what waits for it."""
    choice = school_choice(me(request), request.GET.get("school", ""))
    transfers = queries.visible_transfers(me(request), school=choice.chosen)
    page = Paginator(transfers, PER_PAGE).get_page(request.GET.get("page"))
    asked = new_files_of(me(request), on=timezone.localdate(), at=choice.chosen)
    new_files = [as_school_sees(row, on=timezone.localdate()) for row in asked]
    if new_files:
        children = [row.child_id for row in new_files]
        saw(
            request, children, "school: new files", Permission.CASE_LIST, ("initials", "year group")
        )
    context = {
        "choice": choice,
        "new_files": new_files,
        "questions": questions_for_school(me(request), on=timezone.localdate()),
        "answers": answers_to_read(me(request)),
        "unfinished": list(unfinished(me(request), at=timezone.localtime())),
        "page": page,
        "files": tables.files(page, by_school=False, names_school=choice.has_several),
    }
    return render(request, "intake/school_home.html", context)


@needs(Permission.FILE_UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """Take files from a school, of its own pupils only."""
    form = forms.UploadForm(*posted(request), audience="school")

    def act(form: forms.UploadForm) -> Done:
        return Done(uploads.take(request, form.cleaned_data["files"], is_from_school=True))

    def show(form: forms.UploadForm) -> HttpResponse:
        context = {
            "form": form,
            "title": "Send files",
            "button": "Send",
            "back_url": reverse("school_home"),
        }
        return render(request, "intake/upload.html", context)

    return ask(request, form, act, show)


@needs(Permission.FILE_UPLOAD)
@require_safe
def uploaded(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a school what became of each file it sent together."""
    return uploads.show(request, ref, is_school=True)


@needs(Permission.FILE_UPLOAD)
@require_safe
def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a school one of its files: each record, and what to put right. No match, no case."""
    file = queries.get_transfer(me(request), ref)
    page = Paginator(queries.rows_of(file, wanted=""), PER_PAGE).get_page(request.GET.get("page"))
    result = result_of(file, audience="school", names=True)
    children = whom([*page, *result.rows])
    saw(request, children, "school's own file", Permission.FILE_UPLOAD, ("identity", "born"))
    context = {
        **tables.facts_of(file),
        "result": result,
        "page": page,
        "records": tables.schools_records(page),
    }
    return render(request, "intake/school_file.html", context)


@needs(Permission.FILE_UPLOAD)
@require_safe
def progress(request: HttpRequest, ref: str) -> JsonResponse:
    """Say how far one of the school's files has come, in figures only."""
    return as_figures(queries.get_transfer(me(request), ref))


@needs(Permission.FILE_UPLOAD)
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask a school which column of its list holds what."""
    file = queries.get_transfer(me(request), ref)
    saw(request, queries.children_in(file), "columns of a list", Permission.FILE_UPLOAD, ROW)
    return ask_columns(request, file, back_url=reverse("school_file", args=[ref]))
