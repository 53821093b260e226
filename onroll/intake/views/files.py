"""Officers' pages about files: the list, one file with its records, one record, and upload."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.audit.actions import saw
from onroll.intake import actions, forms, pages, queries

PER_PAGE = 50


@needs(Permission.FILES_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """List the files that came, newest first."""
    stage = request.GET.get("stage", "")
    found = queries.visible_transfers(request.user, stage=stage)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "files": pages.file_table(page, by_school=True), "stage": stage}
    return render(request, "intake/files.html", shown)


@needs(Permission.FILES_VIEW)
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in by hand."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        received = take(form.cleaned_data["files"], by=request.user)
        say_what_came(request, received)
        if len(received) == 1:
            return redirect("intake:transfer", received[0].transfer.ref)
        return redirect("intake:files")
    shown = {"form": form, "title": "Upload files", "button": "Upload"}
    return render(request, "intake/upload.html", shown)


def take(
    files: list[UploadedFile], *, by: User, is_from_school: bool = False
) -> list[actions.Received]:
    """Receive each uploaded file; a file never seen before starts on its way at once."""
    return [
        received
        for file in files
        for received in actions.receive(
            content=file.read(),
            name=str(file.name),
            how="upload",
            by=by,
            at=timezone.now(),
            is_from_school=is_from_school,
        )
    ]


def say_what_came(request: HttpRequest, received: list[actions.Received]) -> None:
    """Tell the person what was taken in, and what was there already."""
    new = sum(one.is_first for one in received)
    if new:
        messages.success(
            request, f"{pages.count(new, 'file')} taken in. Nothing is lost from here on."
        )
    for one in received:
        if not one.is_first:
            messages.info(
                request, f"We already hold the file {one.transfer.name}. This is the first one."
            )


@needs(Permission.FILES_VIEW)
def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one file: what it said of whom, what was done, and what the school should put right."""
    found = queries.get_transfer(request.user, ref)
    may_see = access.scope(request.user, Permission.CASE_LIST) == access.Scope.ALL
    wanted = request.GET.get("show", "")
    rows = queries.rows_of(found, wanted=wanted)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")) if may_see else None
    if page is not None:
        _record_sight(request, [row.child_id for row in page if row.child_id], "file")
    shown = {
        **pages.file_facts(found),
        "transfer": found,
        "page": page,
        "show": wanted,
        "records": pages.record_table(page) if page is not None else None,
        "counts": queries.effects(found),
        "problems": pages.problem_table(queries.problems_of(found), names=may_see),
    }
    return render(request, "intake/transfer.html", shown)


def _record_sight(request: HttpRequest, children: list[int], page: str) -> None:
    saw(
        by=request.user,
        children=children,
        page=page,
        ground=access.ground(request.user, Permission.FILES_VIEW),
        at=timezone.now(),
    )


@needs(Permission.FILES_VIEW, Permission.CASE_VIEW)
def as_it_came(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand out the bytes of a file, exactly as they came."""
    found = queries.get_transfer(request.user, ref)
    _record_sight(request, queries.children_in(found), "file as it came")
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response["Content-Disposition"] = str(content_disposition_header(True, found.name))
    return response


@needs(Permission.FILES_VIEW, Permission.CASE_VIEW)
def record(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Show one record: everything it said, whom it matched and why, and what it did."""
    row = queries.get_row(request.user, ref, number)
    _record_sight(request, [row.child_id] if row.child_id else [], "record of a file")
    return render(request, "intake/record.html", pages.record_page(row, request.user))
