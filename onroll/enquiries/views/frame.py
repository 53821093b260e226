"""What every page about enquiries of a case does."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.forms import HiddenInput, IntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.cases.frame import find_case, require, show, sub_pages, trail
from onroll.cases.models import Case
from onroll.cases.queries import name_of, warnings_of
from onroll.enquiries import queries
from onroll.enquiries.models import Enquiry
from onroll.govuk.forms import Form

F = TypeVar("F", bound=Form)


def find(request: HttpRequest, ref: str, permission: Permission) -> Case:
    """Return the case whose enquiries a person may read, or add to; 404 or 403 else."""
    case = find_case(request, ref)
    require(request, permission, case)
    return case


def find_enquiry(case: Case, ref: str) -> Enquiry:
    """Return an enquiry of the case; 404 for another's."""
    try:
        return queries.get_enquiry(case, ref)
    except queries.NoEnquiry:
        raise Http404 from None


def with_last_entry(form: F, enquiry: Enquiry, user: User) -> F:
    """Let a form keep which entry was the last when its page was opened, for the next who saves."""
    last = queries.last_entry(enquiry, user)
    form.fields["version"] = IntegerField(widget=HiddenInput, required=False)
    form.initial["version"] = last.pk if last else 0
    return form


def show_page(
    request: HttpRequest,
    case: Case,
    template: str,
    page: str,
    *,
    siblings: Iterable[Case] = (),
    has_homes: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show a page of the enquiries of a case, once it is written down who reads it.

    `siblings` are the cases of brothers and sisters who are named on it; `has_homes` says whether
    addresses of the child stand there.
    """
    _saw(request, siblings, page)
    frame = {"links": trail(case), "sub_links": sub_pages(case, "enquiries")}
    return show(
        request,
        case,
        template,
        page=f"case: {page}",
        context={**frame, **context},
        fields=("enquiries", "addresses") if has_homes else ("enquiries",),
    )


def show_question(
    request: HttpRequest,
    case: Case,
    *,
    title: str,
    page: str,
    back_url: str,
    siblings: Iterable[Case] = (),
    has_homes: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show a page that asks one thing about the enquiries of a case; the rest as above.

    What is to be known before somebody visits stands above the question.
    """
    _saw(request, siblings, page)
    warnings = warnings_of(case, me(request))
    told = ("warnings",) if warnings and warnings.is_told else ()
    return show(
        request,
        case,
        "cases/question.html",
        page=f"case: {page}",
        context={"title": title, "back_url": back_url, "warnings": warnings, **context},
        fields=[*(("enquiries", "addresses") if has_homes else ("enquiries",)), *told],
    )


def _saw(request: HttpRequest, siblings: Iterable[Case], page: str) -> None:
    """Write down that the names of brothers and sisters are about to be shown."""
    if children := [sibling.child_id for sibling in siblings]:
        saw(request, children, f"case: {page}", Permission.CASE_LIST, ("name", "enquiries"))


def names_of(request: HttpRequest, enquiries: Iterable[Enquiry]) -> list[str]:
    """Return each child of some enquiries as the person may know them, with the case."""
    return [f"{name_of(row.case.child, me(request))} (case {row.case.ref})" for row in enquiries]


def goes_also(request: HttpRequest, siblings: Sequence[Enquiry]) -> str:
    """Say for whom else what is written on a page is recorded; "" for nobody."""
    names = " and ".join(names_of(request, siblings))
    return f"What you write here is recorded also for {names}." if names else ""


def also_by_entry(
    request: HttpRequest, enquiry: Enquiry, siblings: Iterable[Enquiry]
) -> dict[int, list[str]]:
    """Return by the key of its entry for which other children in sight it was recorded at once."""
    made = [(sibling, {(e.act, e.at) for e in sibling.entries.all()}) for sibling in siblings]
    return {
        entry.pk: names_of(request, [row for row, acts in made if (entry.act, entry.at) in acts])
        for entry in enquiry.entries.all()
    }


def on_cases(enquiries: Sequence[Enquiry]) -> str:
    """Say on which cases something was recorded, where they are several; names stand in no message.

    The first is of the page from which it came.
    """
    refs = [enquiry.case.ref for enquiry in enquiries]
    return f" It stands on cases {', '.join(refs[:-1])} and {refs[-1]}." if refs[1:] else ""


def list_url(case: Case) -> str:
    """Return the address of the enquiries of a case."""
    return reverse("enquiries:enquiries", args=[case.ref])


def enquiry_url(enquiry: Enquiry) -> str:
    """Return the address of an enquiry on its case."""
    return reverse("enquiries:enquiry", args=[enquiry.case.ref, enquiry.ref])
