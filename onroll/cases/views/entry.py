"""Entering a child by hand, once the search has shown whether the child is known: open a case."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import actions, forms, queries
from onroll.cases.entries import TO_ADD, find_entry, keep_entry
from onroll.cases.frame import find_child, today
from onroll.cases.queries import Typed
from onroll.children.actions import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import Child, IdentifierKind
from onroll.children.queries import get_child, is_plain, plain
from onroll.govuk.questions import Done, ask
from onroll.receipts.keys import content
from onroll.rules.identifiers import check_upn
from onroll.schools.queries import calendar_for, our_policy, reporting_schools

YES_OR_NO = {"yes": True, "no": False}


@needs(*TO_ADD)
@require_POST
def start(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin to open a case for a child on file: go to the question why."""
    child = find_child(request, ref)
    if not is_plain(child):
        raise Http404
    handle = keep_entry(request, Typed(child.forename, child.surname, child.born_on))
    return redirect("cases:open_for_child", handle, child.ref)


@needs(*TO_ADD)
def open_for_child(request: HttpRequest, handle: str, child: str) -> HttpResponse:
    """Open a case for a child on file, or add a reason to the case the child has."""
    user, on = me(request), today()
    find_entry(request, handle)
    try:
        known = get_child(user, child, of=plain(), on=on)
    except Child.DoesNotExist:
        raise Http404 from None
    school, left_on = queries.last_school(known)
    form = forms.ReportForm(
        posted(request)[0], on=on, born=queries.exact_birthday(known), since=left_on
    )

    def act(form: forms.ReportForm) -> Done:
        return _report(request, handle, known, form, school=school, left_on=left_on)

    def show(form: forms.ReportForm) -> HttpResponse:
        saw(request, [known.pk], "open a case", Permission.CHILD_FIND, ("name", "date of birth"))
        context = {
            "title": "Why is the child on the register?",
            "form": form,
            "seen": queries.describe(known, upn="", on=on),
            "has_case": queries.case_of_child(user, known, on=on),
            "handle": handle,
        }
        return render(request, "cases/open_for_child.html", context)

    return ask(request, form, act, show)


@needs(*TO_ADD)
def add(request: HttpRequest, handle: str) -> HttpResponse:
    """Add a child nobody has on file and open their case."""
    typed = find_entry(request, handle)
    asked = {"forename": typed.forename, "surname": typed.surname, "born": typed.born}
    if check_upn(typed.number).is_valid:
        asked["upn"] = typed.number
    form = forms.NewChildForm(
        posted(request)[0],
        initial=asked,
        on=today(),
        user=me(request),
        entry=_key(request, handle),
        schools=reporting_schools(),
    )

    def act(form: forms.NewChildForm) -> Done:
        said = form.cleaned_data
        school, left_on = said["school"], said["left_on"]
        return _report(request, handle, _facts(said), form, school=school, left_on=left_on)

    def show(form: forms.NewChildForm) -> HttpResponse:
        if form.holders:
            children = [child.pk for child in form.holders]
            saw(request, children, "add a child", Permission.CHILD_FIND, ("name", "numbers"))
        context = {"title": "Add a new child", "form": form, "handle": handle}
        return render(request, "cases/add.html", context)

    return ask(request, form, act, show)


def _report(
    request: HttpRequest,
    handle: str,
    child: Child | ChildFacts,
    form: forms.ReportForm,
    **known: Any,
) -> Done:
    said, at = form.cleaned_data, timezone.localtime()
    case = actions.report_child(
        key=_key(request, handle),
        child=child,
        reason=said["reason"],
        because=said["because"],
        said_by=said["said_by"],
        event_on=said["event_on"],
        by=me(request),
        on=today(),
        at=at,
        calendar=calendar_for(known["school"]),
        policy=our_policy(),
        **known,
    )
    return Done(reverse("casefile:case", args=[case.ref]), f"Case {case.ref} is on the register.")


def _key(request: HttpRequest, handle: str) -> str:
    """Return what the same entry sent twice has in common, and another has not.

    The key of the form guards against a second sending; this also when the page was loaded anew,
    and so has another key. A twin is entered from the same search, by going back and changing the
    forename.
    """
    return f"entry {handle} {content(request)[:16]}"


def _facts(said: dict[str, Any]) -> ChildFacts:
    is_permanent = check_upn(said["upn"]).kind == "permanent"
    kind = IdentifierKind.UPN if is_permanent else IdentifierKind.TEMPORARY_UPN
    return ChildFacts(
        forename=said["forename"],
        middle_names=said["middle_names"],
        surname=said["surname"],
        born_on=said["born"],
        is_born_estimated=bool(said["born"]) and said["is_born_estimated"],
        sex=said["sex"],
        identifiers=((kind.value, said["upn"]),) if said["upn"] else (),
        addresses=tuple(_homes(said)),
        adults=tuple(_carers(said)),
    )


def _homes(said: dict[str, Any]) -> Iterable[AddressFacts]:
    """Yield the last known address, and that there is no fixed abode: both may be so."""
    lines = tuple(line.strip() for line in said["address"].splitlines() if line.strip())
    if lines or said["postcode"]:
        yield AddressFacts(lines=lines, postcode=said["postcode"].upper())
    if said["has_no_home"]:
        yield AddressFacts(has_none=True)


def _carers(said: dict[str, Any]) -> Iterable[AdultFacts]:
    if said["carer_forename"] or said["carer_surname"] or said["carer_phone"]:
        yield AdultFacts(
            forename=said["carer_forename"],
            surname=said["carer_surname"],
            kind=said["carer_kind"],
            has_responsibility=YES_OR_NO.get(said["carer_is_responsible"]),
            phones=(said["carer_phone"],) if said["carer_phone"] else (),
        )
