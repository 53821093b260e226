"""The chronology of a case: one list of everything that happened and that people wrote."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.casefile.filters import ChronologyForm
from onroll.casefile.queries.chronology import Chronology, Filters, chronology_of
from onroll.cases import queries
from onroll.cases.frame import find_case, show, sub_pages, trail
from onroll.cases.offers import EventKind
from onroll.govuk.fields import in_words
from onroll.govuk.parts import Link

A_PAGE = 25
DAYS = ("from_on", "until_on")


@needs(Permission.CASE_VIEW)
@require_safe
def chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what happened and what people wrote, the newest first, as filtered, page by page."""
    case, user = find_case(request, ref), me(request)
    whole = chronology_of(case, user)
    form = ChronologyForm(request.GET, kinds=whole.kinds, people=whole.people)
    filters = Filters(**form.cleaned_data) if form.is_valid() else Filters()
    events = [event for event in whole.events if filters.fits(event)]
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "chronology"),
        "page": page,
        "number": whole.number,
        "filter_form": form,
        "form": form,
        "chosen": _chosen(form, whole, request.GET),
        "clear_url": request.path,
        "query": _query(request.GET),
        "may_note": queries.may_on(user, Permission.NOTE_ADD, case),
    }
    fields = [*_fields(page), "chronology"]
    name, template = "case: chronology", "casefile/chronology.html"
    return show(request, case, template, page=name, context=context, fields=fields)


def _fields(page: Any) -> list[str]:
    """Return the names of what the page shows besides: notes, and those about safety."""
    notes = [event for event in page if event.kind is EventKind.NOTE and event.by]
    is_grave = any(note.is_safeguarding for note in notes)
    return [*(["notes"] if notes else []), *(["safeguarding notes"] if is_grave else [])]


def _query(query: QueryDict, *without: str) -> str:
    """Return the query of the address, without the page and these filters."""
    out = QueryDict(mutable=True)
    for name in query:
        if name != "page" and not name.startswith(without):
            out.setlist(name, [value for value in query.getlist(name) if value])
    return out.urlencode()


def _chosen(form: ChronologyForm, whole: Chronology, query: QueryDict) -> list[Link]:
    """Return the filters in force in words, each with the address that takes it off."""
    if not form.is_valid():
        return []
    answers = form.cleaned_data
    words = {
        "kind": dict(whole.kinds).get(answers["kind"], ""),
        "person": dict(whole.people).get(answers["person"], ""),
        **{name: in_words(answers[name]) if answers[name] else "" for name in DAYS},
    }
    return [
        Link(f"{form.fields[name].label}: {text}", f"?{_query(query, name)}")
        for name, text in words.items()
        if text
    ]
