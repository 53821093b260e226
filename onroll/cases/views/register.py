"""The register: search, filters, order, kept views, and the page as a sheet."""

import secrets
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.addresses import page_address
from onroll.audit import actions as audit
from onroll.cases import actions, queries, sheets
from onroll.cases.forms import FiltersForm, SearchForm, ViewNameForm
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries.register import DEFAULT_SORT, FITS, SORTS, Filters, Line
from onroll.cases.queries.risk import sees_levels
from onroll.govuk.parts import Column, Link
from onroll.govuk.questions import Done, ask
from onroll.schools.queries import calendar_for

A_PAGE = 25
ADDRESS_CODES = (*FITS, "sort")
"""What may stand in the register's address, and in a kept view: codes, never anything typed."""
SEARCHES = "register_searches"
MOST_SEARCHES = 10
TO_WRITE = (
    Permission.ENQUIRY_ADD,
    Permission.ADDRESS_VIEW,
    Permission.DOCUMENT_OPEN,
    Permission.CASE_WORK,
)
TO_ADD = (Permission.CHILD_FIND, Permission.CASE_TRIAGE)


@needs(Permission.CASE_LIST)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the register as filtered, searched and sorted."""
    filters, handle = _filters(request)
    page, lines = _page(request, filters)
    choices = queries.filter_choices(me(request), on=today())
    form = FiltersForm(
        codes_of(request.GET),
        owners=choices["owner"],
        schools=choices["school"],
        levels=sees_levels(me(request)),
    )
    form.is_valid()
    context = {
        "title": "Register",
        "page": page,
        "lines": lines,
        "columns": _columns(request.GET, filters.sort),
        "filter_form": form,
        "chosen": _chosen(form, request.GET),
        "clear_url": address_of(handle=handle),
        "search_form": SearchForm(initial={"words": filters.words, "born": filters.born}),
        "is_search": bool(handle),
        "handle": handle,
        "views": _views(request),
        "view_form": ViewNameForm(),
        "query": _query(request.GET),
        "sees_every_case": access.scope(me(request), Permission.CASE_LIST)
        in queries.SEES_EVERY_CHILD,
        **_to_tick(request, lines, page.number),
        "may_add": all(access.may(me(request), permission) for permission in TO_ADD),
    }
    _log(request, lines, "register")
    return render(request, "cases/register.html", context)


def _to_tick(request: HttpRequest, lines: list[Line], page: int) -> dict[str, Any]:
    """Return what the ticks of the register need, for who gives cases to officers or writes to
    families: what leads back to this page, and the addresses that take the ticked cases."""
    user = me(request)
    may_assign = access.may(user, Permission.CASE_ASSIGN)
    may_write = all(access.may(user, permission) for permission in TO_WRITE)
    if not may_assign and not may_write:
        return {}
    kept = parse_qsl(f"{_query(request.GET)}&page={page}")
    refs = [("case", line.ref) for line in lines if line.is_open]
    every_url = f"{reverse('cases:assign_several')}?{urlencode([*refs, *kept])}"
    return {
        "may_assign": may_assign,
        "letters_url": page_address("letters:new") if may_write else "",
        "kept": kept,
        "open_number": len(refs),
        "every_url": every_url,
    }


@needs(Permission.CASE_LIST)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep what is looked for in the session, and go to an address that says nothing about it."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/search.html", {"title": "Search the register", "form": form})
    handle = secrets.token_urlsafe(9)
    born = form.cleaned_data["born"]
    searches = dict(request.session.get(SEARCHES, {}))
    searches[handle] = {
        "words": form.cleaned_data["words"],
        "born": born.isoformat() if born else "",
    }
    request.session[SEARCHES] = dict(list(searches.items())[-MOST_SEARCHES:])
    audit.security(
        by=me(request), event="register_searched", outcome="kept", at=timezone.localtime()
    )
    return redirect(address_of(handle=handle, stage="all"))


@needs(Permission.CASE_LIST)
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters in the address under a name."""
    filters = codes_of(request.GET)

    def act(form: ViewNameForm) -> Done:
        name = form.cleaned_data["name"]
        actions.save_view(user=me(request), name=name, filters=filters)
        return Done(address_of(**filters), f"“{name}” is kept.")

    def show(form: ViewNameForm) -> HttpResponse:
        context = {"title": "Keep these filters", "form": form, "button": "Keep"}
        return render(request, "govuk/question.html", context)

    return ask(request, ViewNameForm(request.POST), act, show)


@needs(Permission.CASE_LIST)
@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own kept views."""
    actions.forget_view(user=me(request), pk=pk)
    messages.success(request, "The view is forgotten.")
    return redirect("cases:register")


@needs(Permission.EXPORT_SHOWN)
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the rows of one page as a sheet, after writing down whose they are."""
    filters, _ = _filters(request)
    page, lines = _page(request, filters)
    _log(request, lines, "register export")
    content, media = sheets.WRITERS[kind](lines)
    response = HttpResponse(content, content_type=media)
    name = f"register-{today():%Y-%m-%d}-page-{page.number}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def codes_of(query: QueryDict) -> dict[str, str]:
    """Return the codes of filters and order in an address; nothing else in it is taken."""
    return {name: str(query[name])[:60] for name in ADDRESS_CODES if query.get(name)}


def _filters(request: HttpRequest) -> tuple[Filters, str]:
    """Return the filters with the words of the search, and its handle; 404 if it is forgotten."""
    handle = request.GET.get("found", "")
    terms = request.session.get(SEARCHES, {}).get(handle, {})
    if handle and not terms:
        raise Http404
    born = date.fromisoformat(terms["born"]) if terms.get("born") else None
    return Filters(**codes_of(request.GET), words=terms.get("words", ""), born=born), handle


def _page(request: HttpRequest, filters: Filters) -> tuple["Page[Case]", list[Line]]:
    user, on = me(request), today()
    page = Paginator(queries.register(user, filters, on=on), A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = queries.shown_lines(page.object_list, user=user, on=on, calendar=calendar_for(None))
    return page, lines


def _log(request: HttpRequest, lines: list[Line], page: str) -> None:
    user = me(request)
    audit.saw(
        by=user,
        children=[line.child_id for line in lines],
        page=page,
        ground=access.ground(user, Permission.CASE_LIST),
        at=timezone.localtime(),
        fields=sheets.FIELDS,
        case_refs=[line.ref for line in lines],
    )


def address_of(*, handle: str = "", **codes: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in codes.items() if value})
    if handle:
        query["found"] = handle
    address = reverse("cases:register")
    return f"{address}?{query.urlencode()}" if query else address


def _query(query: QueryDict, **changed: str) -> str:
    """Return the query of an address with the changes: codes and handle, without the page."""
    codes = codes_of(query) | changed
    if query.get("found"):
        codes["found"] = str(query["found"])
    out = QueryDict(mutable=True)
    out.update({name: value for name, value in codes.items() if value})
    return out.urlencode()


HEADS = (
    ("Child", "name"),
    ("Why and last school", ""),
    ("Stage and owner", "stage"),
    ("On register", "opened"),
    ("Next clock", "due"),
)


def _columns(query: QueryDict, sort: str) -> list[Column]:
    now, is_down = sort.lstrip("-"), sort.startswith("-")
    now = now if now in SORTS else DEFAULT_SORT
    return [
        Column(
            name,
            sort_url=f"?{_query(query, sort=f'-{by}' if by == now and not is_down else by)}"
            if by
            else "",
            sorted=("descending" if is_down else "ascending") if by == now else "",
        )
        for name, by in HEADS
    ]


def _chosen(form: FiltersForm, query: QueryDict) -> list[Link]:
    """Return the filters in force in words, each with the address that takes it off."""
    chosen = []
    for name in (name for name in FITS if name in form.fields):
        value = query.get(name)
        choices: Any = getattr(form.fields[name], "choices", ())
        words = dict(choices).get(value) if value else None
        if words:
            chosen.append(
                Link(f"{form.fields[name].label}: {words}", f"?{_query(query, **{name: ''})}")
            )
    return chosen


def _views(request: HttpRequest) -> list[tuple[int, Link]]:
    return [
        (view.pk, Link(view.name, address_of(**view.filters)))
        for view in queries.saved_views(me(request))
    ]
