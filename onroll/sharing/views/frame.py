"""What every page of sharing does: find the case or the pack, and write down who reads it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.cases.frame import find_case, require, show, sub_pages, today, trail
from onroll.cases.models import Case
from onroll.govuk.parts import Link
from onroll.rules.requests import KINDS, RequestKind
from onroll.sharing import queries
from onroll.sharing.models import Disclosure, Pack

FIELDS = ("sharing log",)


def find(request: HttpRequest, ref: str, permission: Permission) -> Case:
    """Return the case whose sharing log a person may read, or add to; 404 or 403 else."""
    case = find_case(request, ref)
    require(request, permission, case)
    return case


def find_to_ask(request: HttpRequest, ref: str) -> Case:
    """Return the case about which a person may make a request; 404 or 403 else."""
    case = find_case(request, ref)
    if not queries.may_ask(me(request), case):
        raise PermissionDenied
    return case


def find_kind(step: str) -> RequestKind:
    """Return the kind of request of a step; 404 for a step that asks no agency."""
    try:
        return KINDS[step]
    except KeyError:
        raise Http404 from None


def find_pack(request: HttpRequest, ref: str) -> Pack:
    """Return a pack in sight; 404 else."""
    try:
        return queries.get_pack(me(request), ref, on=today())
    except queries.NoPack:
        raise Http404 from None


def saw_children(request: HttpRequest, lines: Iterable[Disclosure], page: str) -> None:
    """Write down that a person is about to see what was shared of the children of these lines."""
    children = [line.case.child_id for line in lines]
    saw(request, children, page, Permission.ENQUIRY_LOG_VIEW, ("name", *FIELDS))


def show_page(
    request: HttpRequest, case: Case, template: str, page: str, **context: Any
) -> HttpResponse:
    """Show a page of the sharing of a case, once it is written down who reads it."""
    frame = {"links": trail(case), "sub_links": sub_pages(case, "sharing")}
    return show(
        request,
        case,
        template,
        page=f"case: {page}",
        context={**frame, **context},
        fields=(*FIELDS, *context.get("fields", ())),
    )


def pack_trail(pack: Pack, *more: Link) -> list[Link]:
    """Return the breadcrumbs of a pack's page; the last one is the page itself."""
    first = Link("Request packs", reverse("sharing:packs"))
    if not more:
        return [first, Link(f"Pack {pack.ref}")]
    return [first, Link(f"Pack {pack.ref}", reverse("sharing:pack", args=[pack.ref])), *more]


def log_url(case: Case) -> str:
    """Return the address of the sharing log of a case."""
    return reverse("sharing:sharing", args=[case.ref])


def line_url(line: Disclosure) -> str:
    """Return the address of a line on its case."""
    return reverse("sharing:line", args=[line.case.ref, line.ref])


def pack_url(pack: Pack) -> str:
    """Return the address of a pack."""
    return reverse("sharing:pack", args=[pack.ref])
