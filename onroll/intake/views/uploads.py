"""Files sent by hand, by an officer or a school: taken at the door, then how each went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.formats import Audience
from onroll.formats.problems import words
from onroll.intake import actions, forms, queries
from onroll.intake.models import Attachment, Row, Transfer, UploadItem
from onroll.intake.pages.results import Result, result_of
from onroll.intake.views.frame import whom

MOST_THINGS = 10
"""So many things of each file stand on the page of an upload; the file's own has them all."""


def take(
    request: HttpRequest, files: Sequence[actions.Submission], *, is_from_school: bool = False
) -> str:
    """Receive what a person sent; return the page that shows how it goes.

    That is the file's own where one was sent.
    """
    user, at = me(request), timezone.localtime()
    upload = actions.receive_upload(files=files, by=user, at=at, is_from_school=is_from_school)
    in_sight = list(queries.transfers_of(user, upload))
    items = list(upload.items.all())
    if len(items) == len(in_sight) == 1:
        say_if_here_already(request, name=items[0].name, is_first=items[0].is_first)
        return reverse(_route("file", is_from_school), args=[in_sight[0].ref])
    return reverse(_route("uploaded", is_from_school), args=[upload.ref])


_ROUTES = {"file": "intake:transfer", "progress": "intake:progress", "uploaded": "intake:uploaded"}


def _route(page: str, is_school: bool) -> str:
    return f"school_{page}" if is_school else _ROUTES[page]


def show(request: HttpRequest, ref: str, *, is_school: bool = False) -> HttpResponse:
    """Show what became of each file of an upload."""
    upload = queries.get_upload(me(request), ref)
    page = _Page(me(request), is_school, queries.transfers_of(me(request), upload))
    files = [page.file(item) for item in upload.items.all()]
    rows = [row for file in files for row in file.rows]
    permission = Permission.FILE_UPLOAD if is_school else Permission.FILES_VIEW
    saw(request, whom(rows), "upload of files", permission, ("identity",))
    context = {
        "upload": upload,
        "files": files,
        "title": "What you sent" if upload.by == me(request) else "What was sent together",
        "back_url": reverse("school_home" if is_school else "intake:files"),
        "back_words": "Your school" if is_school else "Files",
    }
    return render(request, "intake/uploaded.html", context)


@dataclass(frozen=True)
class _File:
    """One file of an upload, as its page shows it."""

    name: str
    is_first: bool
    refusal: str
    result: Result | None
    url: str
    progress_url: str

    @property
    def rows(self) -> list[Row]:
        """Return the records that are named."""
        return self.result.rows if self.result else []


class _Page:
    """Who looks at an upload, and which of its files are in sight."""

    def __init__(self, user: User, is_school: bool, transfers: Iterable[Transfer]) -> None:
        self.is_school = is_school
        self.audience: Audience = "school" if is_school else "council"
        self.names = is_school or access.scope(user, Permission.CASE_LIST) == Scope.ALL
        self.transfers = {transfer.pk: transfer for transfer in transfers}

    def file(self, item: UploadItem) -> _File:
        """Return what is shown of a file."""
        if item.rule:
            why = words(item.rule, item.facts, item.name, audience=self.audience)
            return _File(item.name, True, why, None, "", "")
        transfer = self.transfers.get(item.transfer_id or 0)
        if transfer is None:
            return _File(item.name, False, "", None, "", "")
        result = None
        if item.is_first:
            result = result_of(transfer, audience=self.audience, names=self.names, most=MOST_THINGS)
        urls = (
            reverse(_route(page, self.is_school), args=[transfer.ref])
            for page in ("file", "progress")
        )
        return _File(item.name, item.is_first, "", result, *urls)


def say_if_here_already(request: HttpRequest, *, name: str, is_first: bool) -> None:
    """Tell the person that a file came before."""
    if not is_first:
        words = "was here already, and is shown as the first one. Nothing is done twice."
        messages.info(request, f"{name} {words}")


# A file that a form would forget


def bytes_of(file: UploadedFile | Attachment) -> bytes:
    """Return the bytes of a file just chosen, or chosen before on the same form."""
    return bytes(file.content) if isinstance(file, Attachment) else file.read()


def keep_chosen(form: forms.ListForm, *, by: User) -> Attachment | None:
    """Keep the file chosen on a form that has something else to mend, and say so beside the field.

    Returns the one that is attached now: this file, or one chosen before.
    """
    file = form.cleaned_data.get("file") if form.is_bound else None
    attached = form.attached
    if isinstance(file, UploadedFile) and form.errors and "file" not in form.errors:
        file.seek(0)
        attached = actions.keep_attachment(
            content=file.read(), name=str(file.name), by=by, at=timezone.localtime()
        )
    if attached is not None:
        words = f"{attached.name} is attached. Choose another only to send that instead."
        form["file"].help_text = words
    return attached
