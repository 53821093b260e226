"""Entering a child by hand: first look whether the child is known, then open a case.

What was typed is kept in the session under a random handle, so that no name stands in an address.
"""

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.audit import actions as audit
from onroll.cases import actions, forms, queries
from onroll.cases.views.frame import me, today
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child, IdentifierKind
from onroll.children.queries import get_child
from onroll.receipts.keys import content
from onroll.rules.identifiers import check_upn
from onroll.schools.queries import calendar_for, our_policy, reporting_schools

ENTRIES = "entries"
MOST_ENTRIES = 10
BOTH = (Permission.CHILD_FIND, Permission.CASE_TRIAGE)


@needs(*BOTH)
def find(request: HttpRequest) -> HttpResponse:
    """Ask who the child is, and keep the answer under a handle."""
    form = forms.FindChildForm(request.POST or None, on=today())
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        handle = secrets.token_urlsafe(9)
        entries = dict(request.session.get(ENTRIES, {}))
        born = asked["born"].isoformat() if asked["born"] else ""
        entries[handle] = {
            "forename": asked["forename"],
            "surname": asked["surname"],
            "born": born,
        }
        request.session[ENTRIES] = dict(list(entries.items())[-MOST_ENTRIES:])
        return redirect("cases:likely", handle)
    return render(request, "cases/find.html", {"title": "Add a child", "form": form})


@needs(*BOTH)
@require_safe
def likely(request: HttpRequest, handle: str) -> HttpResponse:
    """Show children on file who may be the one meant, with what agrees and what does not."""
    user, asked = me(request), _entry(request, handle)
    found = queries.likely(user, queries.person(**asked), on=today())
    audit.saw(
        by=user,
        children=[each.child.pk for each in found],
        page="find a child",
        ground=access.ground(user, Permission.CHILD_FIND),
        at=timezone.localtime(),
        fields=("name", "date of birth", "sex", "last school", "open case"),
        case_refs=[each.case.ref for each in found if each.case],
    )
    context = {"title": "Is this the child?", "found": found, "asked": asked, "handle": handle}
    return render(request, "cases/likely.html", context)


@needs(*BOTH)
def open_for_child(request: HttpRequest, handle: str, child: str) -> HttpResponse:
    """Open a case for a child on file, or add a reason to the case the child has."""
    user, on = me(request), today()
    _entry(request, handle)
    try:
        known = get_child(user, child, on=on)
    except Child.DoesNotExist:
        raise Http404 from None
    if known.is_protected:
        raise Http404
    form = forms.ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        school, left_on = queries.last_school(known)
        return _report(request, handle, known, form, school=school, left_on=left_on)
    audit.saw(
        by=user,
        children=[known.pk],
        page="open a case",
        ground=access.ground(user, Permission.CHILD_FIND),
        at=timezone.localtime(),
        fields=("name", "date of birth"),
    )
    context = {
        "title": "Why is the child on the register?",
        "form": form,
        "seen": queries.describe(known, upn="", on=on),
        "has_case": queries.case_of_child(user, known, on=on),
        "handle": handle,
    }
    return render(request, "cases/open_for_child.html", context)


@needs(*BOTH)
def add(request: HttpRequest, handle: str) -> HttpResponse:
    """Add a child nobody has on file and open their case."""
    asked = _entry(request, handle)
    form = forms.NewChildForm(
        request.POST or None, initial=asked, on=today(), schools=reporting_schools()
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        school, left_on = said["school"], said["left_on"]
        return _report(request, handle, _facts(said), form, school=school, left_on=left_on)
    context = {"title": "Add a new child", "form": form, "handle": handle}
    return render(request, "cases/add.html", context)


def _entry(request: HttpRequest, handle: str) -> dict[str, Any]:
    """Return what was typed under a handle; 404 when it is not this person's, or is gone."""
    kept = request.session.get(ENTRIES, {}).get(handle)
    if kept is None:
        raise Http404
    return {**kept, "born": date.fromisoformat(kept["born"]) if kept["born"] else None}


def _report(
    request: HttpRequest,
    handle: str,
    child: Child | ChildFacts,
    form: forms.ReportForm,
    **known: Any,
) -> HttpResponse:
    said, at = form.cleaned_data, timezone.localtime()
    case = actions.report_child(
        key=_key(request, handle),
        child=child,
        reason=said["reason"],
        because=said["because"],
        said_by=said["said_by"],
        by=me(request),
        on=today(),
        at=at,
        calendar=calendar_for(known["school"]),
        policy=our_policy(),
        **known,
    )
    messages.success(request, f"Case {case.ref} is on the register.")
    return redirect("cases:case", case.ref)


def _key(request: HttpRequest, handle: str) -> str:
    """Return what the same entry sent twice has in common, and another has not.

    The key of the form guards against a second sending; this also when the page was loaded anew,
    and so has another key. A twin is entered from the same search, by going back and changing the
    forename.
    """
    return f"entry {handle} {content(request)[:16]}"


def _facts(said: dict[str, Any]) -> ChildFacts:
    lines = tuple(line.strip() for line in said["address"].splitlines() if line.strip())
    is_permanent = check_upn(said["upn"]).kind == "permanent"
    kind = IdentifierKind.UPN if is_permanent else IdentifierKind.TEMPORARY_UPN
    return ChildFacts(
        forename=said["forename"],
        middle_names=said["middle_names"],
        surname=said["surname"],
        born_on=said["born"],
        sex=said["sex"],
        identifiers=((kind.value, said["upn"]),) if said["upn"] else (),
        addresses=(AddressFacts(lines=lines, postcode=said["postcode"].upper()),)
        if lines or said["postcode"]
        else (),
    )
