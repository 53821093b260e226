"""A school's own pages: the files it sent, what became of them, and what it should put right."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.audit.actions import saw
from onroll.intake import forms, pages, queries
from onroll.intake.views.files import say_what_came, take
from onroll.schools.queries import school_of

PER_PAGE = 50


@needs(Permission.FILE_UPLOAD)
def home(request: HttpRequest) -> HttpResponse:
    """Show a school what it has sent and what waits for it."""
    page = Paginator(queries.visible_transfers(request.user), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = {
        "school": school_of(request.user),
        "page": page,
        "files": pages.file_table(page, by_school=False),
    }
    return render(request, "intake/school_home.html", shown)


@needs(Permission.FILE_UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """Take files from a school."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        received = take(form.cleaned_data["files"], by=request.user, is_from_school=True)
        say_what_came(request, received)
        return redirect("school_home")
    shown = {"form": form, "title": "Send files", "button": "Send"}
    return render(request, "intake/upload.html", shown)


@needs(Permission.FILE_UPLOAD)
def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a school one of its files: each record, and what to put right. No match, no case."""
    found = queries.get_transfer(request.user, ref)
    page = Paginator(queries.rows_of(found, wanted=""), PER_PAGE).get_page(request.GET.get("page"))
    saw(
        by=request.user,
        children=[row.child_id for row in page if row.child_id],
        page="school's own file",
        ground=access.ground(request.user, Permission.FILE_UPLOAD),
        at=timezone.now(),
    )
    shown = {
        **pages.file_facts(found),
        "transfer": found,
        "page": page,
        "records": pages.school_record_table(page),
        "problems": pages.problem_table(queries.problems_of(found), names=True),
    }
    return render(request, "intake/school_file.html", shown)
