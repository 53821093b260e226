"""Officers' pages about files: the list, one file with its records, one record, and upload."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.queries import protected
from onroll.children.queries import protected_of
from onroll.documents.frame import hand_out
from onroll.govuk.parts import Link
from onroll.govuk.questions import Done, ask
from onroll.intake import actions, forms, queries
from onroll.intake.models import ListKind, Transfer
from onroll.intake.pages import record as one_record
from onroll.intake.pages import tables
from onroll.intake.pages.results import result_of
from onroll.intake.slots import PANELS
from onroll.intake.views import uploads
from onroll.intake.views.frame import whom

PER_PAGE = 50
FILES = {
    "": "All files",
    "columns": "Waiting for columns",
    "refused": "Refused, or could not be read",
}
WAITING, BEING_DEALT_WITH = "Waiting", "Being dealt with"


def _links(key: str, lists: dict[str, str], now: str) -> list[Link]:
    """Return links between the lists of one page; the present one is marked."""
    return [Link(title, f"?{key}={code}", is_current=code == now) for code, title in lists.items()]


def _waiting(user: User) -> str:
    """Return what to call the records that wait: for who may not know of all, or for whom."""
    return WAITING if protected.knows_all(user) else BEING_DEALT_WITH


def _which(user: User, wanted: str) -> list[Link]:
    waiting = {"": "All records", "waiting": _waiting(user)}
    return _links("show", {**waiting, "faults": "With something to put right"}, wanted)


@needs(Permission.FILES_VIEW)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the files that came, newest first."""
    stage = request.GET.get("stage", "")
    since, until = (_day(request.GET.get(name, "")) for name in ("since", "until"))
    transfers = queries.visible_transfers(me(request), stage=stage, since=since, until=until)
    page = Paginator(transfers, PER_PAGE).get_page(request.GET.get("page"))
    filters = {"stage": stage, "since": since, "until": until}
    context = {
        "page": page,
        "files": tables.files(
            page, by_school=True, waiting=_waiting(me(request)), is_part=bool(stage)
        ),
        "stage": stage,
        "since": since,
        "until": until,
        "keep": urlencode({name: value for name, value in filters.items() if value}),
        "lists": _links("stage", FILES, stage),
    }
    return render(request, "intake/files.html", context)


def _day(text: str) -> date | None:
    """Return the day of an address such as `?since=2026-11-16`; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@needs(Permission.FILES_VIEW)
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in by hand."""
    form = forms.UploadForm(*posted(request), audience="council")

    def act(form: forms.UploadForm) -> Done:
        return Done(uploads.take(request, form.cleaned_data["files"]))

    def show_upload(form: forms.UploadForm) -> HttpResponse:
        context = {
            "form": form,
            "title": "Upload files",
            "button": "Upload",
            "back_url": reverse("intake:files"),
        }
        return render(request, "intake/upload.html", context)

    return ask(request, form, act, show_upload)


@needs(Permission.FILES_VIEW)
@require_safe
def uploaded(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what became of each file that a person sent together."""
    return uploads.show(request, ref)


@needs(Permission.FILES_VIEW)
def upload_list(request: HttpRequest) -> HttpResponse:
    """Take in a list that is to be compared with what is known."""
    attached = queries.attachment_of(me(request), request.POST.get("attached", ""))
    form = forms.ListForm(*posted(request), attached=attached)

    def act(form: forms.ListForm) -> Done:
        file = form.cleaned_data["file"]
        received = actions.receive_list(
            content=uploads.bytes_of(file),
            name=str(file.name),
            kind=ListKind(form.cleaned_data["kind"]),
            on=form.cleaned_data["on"],
            how="upload",
            at=timezone.localtime(),
            by=me(request),
        )
        if attached is not None:
            actions.drop_attachment(attachment=attached)
        uploads.say_if_here_already(request, name=received.name, is_first=received.is_first)
        return Done(reverse("intake:transfer", args=[received.transfer.ref]))

    def show_list(form: forms.ListForm) -> HttpResponse:
        context = {
            "form": form,
            "attached": uploads.keep_chosen(form, by=me(request)),
            "title": "Compare a list",
            "lead": "Who is on no roll, on two, or gone? What the list shows waits in review.",
            "button": "Upload and compare",
            "back_url": reverse("intake:files"),
        }
        return render(request, "intake/upload.html", context)

    return ask(request, form, act, show_list)


@needs(Permission.FILES_VIEW)
@require_safe
def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one file: what it said of whom, what was done, and what the school should put right."""
    file = queries.get_transfer(me(request), ref)
    may_see = access.scope(me(request), Permission.CASE_LIST) == Scope.ALL
    wanted = request.GET.get("show", "")
    sight = queries.sight_of(me(request))
    rows = queries.rows_of(file, wanted=wanted, hidden=sight.hidden)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")) if may_see else None
    result = result_of(file, audience="council", names=may_see)
    if may_see:
        children = whom([*(page or ()), *result.rows])
        saw(request, children, "file", Permission.FILES_VIEW, ("identity", "born", "upn"))
    context = {
        **tables.facts_of(file),
        "result": result,
        "page": page,
        "show": wanted,
        "lists": _which(me(request), wanted),
        "is_veiled": not sight.is_whole,
        "records": tables.records_of(page, sight) if page is not None else None,
        "panels": [panel for make in PANELS if (panel := make(file, sight)) is not None],
    }
    return render(request, "intake/transfer.html", context)


@needs(Permission.FILES_VIEW)
@require_safe
def progress(request: HttpRequest, ref: str) -> JsonResponse:
    """Say how far a file has come, in figures only, for the page that waits for it."""
    return as_figures(queries.get_transfer(me(request), ref))


def as_figures(file: Transfer) -> JsonResponse:
    """Return how far a file has come."""
    is_working = file.stage in queries.UNFINISHED
    return JsonResponse({"done": file.done, "of": file.records, "is_working": is_working})


@needs(Permission.FILES_VIEW, Permission.CASE_VIEW)
@require_safe
def as_it_came(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand out the bytes of a file, exactly as they came."""
    found = queries.get_transfer(me(request), ref)
    children = queries.children_in(found)
    fields: tuple[str, ...] = ()
    if hidden := protected_of(children):
        if not protected.works_with(me(request), hidden):
            raise PermissionDenied(Permission.PROTECTED_ADDRESS_VIEW.value)
        if not access.may(me(request), Permission.PROTECTED_ADDRESS_VIEW):
            return redirect(f"{reverse('reason')}?{urlencode({'next': request.path})}")
        fields = ("protected address",)
    return hand_out(
        request,
        found.document_id,
        name=found.name,
        children=children,
        page="file as it came",
        permission=Permission.FILES_VIEW,
        fields=fields,
    )


@needs(Permission.FILES_VIEW, Permission.CASE_VIEW)
@require_safe
def record(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Show one record: everything it said, whom it matched and why, and what it did."""
    row = queries.get_row(me(request), ref, number)
    saw(request, whom([row]), "record of a file", Permission.FILES_VIEW, ("record",))
    return render(request, "intake/record.html", one_record.page(row, me(request)))
