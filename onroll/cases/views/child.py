"""The child: with a case, as one of its pages, and without one."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.audit import actions as audit
from onroll.cases import queries
from onroll.cases.models import Case
from onroll.cases.queries import Typed
from onroll.cases.views.frame import find_case, me, page_above, show, sub_pages, today, trail
from onroll.cases.views.search import TO_ADD, keep
from onroll.children.models import Child, Part
from onroll.children.queries import is_plain
from onroll.govuk.parts import Link

FIELDS = ("name", "former names", "date of birth", "sex", "numbers", "background", "places")


@needs(Permission.CASE_VIEW)
@require_safe
def child_of_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the child of a case: who they are, family, addresses and places, as far as they may."""
    case = find_case(request, ref)
    about, fields = _about(request, case.child, case)
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "child"),
        "places": queries.places_of(case.child, cases=[case], on=today()),
        **about,
    }
    return show(
        request, case, "cases/child.html", page="case: child", context=context, fields=fields
    )


def find_child(request: HttpRequest, ref: str) -> Child:
    """Return the child; 404 when out of sight, exactly as when there is none."""
    try:
        return queries.get_child_in_sight(me(request), ref, on=today())
    except Child.DoesNotExist:
        raise Http404 from None


@needs(Permission.CASE_VIEW)
@require_safe
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a child, with a case or without one, as far as this person may see them."""
    child, user, on = find_child(request, ref), me(request), today()
    cases = queries.cases_of(user, child, on=on)
    case = cases[0] if cases else None
    about, fields = _about(request, child, case)
    open_case = next((each for each in cases if each.is_open), None)
    seen = queries.identity_of_child(child, user=user, on=on)
    context = {
        "child": child,
        "links": [Link("Find a child", reverse("children:find")), Link(f"Child {child.ref}")],
        "seen": seen,
        "cases": cases,
        "sees_every_case": access.scope(user, Permission.CASE_LIST) in queries.SEES_EVERY_CHILD,
        "may_start": open_case is None
        and child.died_on is None
        and all(access.may(user, each) for each in TO_ADD),
        "places": queries.places_of(child, cases=cases, on=on),
        **about,
    }
    audit.saw(
        by=user,
        children=[child.pk],
        page="child",
        ground=access.ground(user, Permission.CASE_VIEW),
        at=timezone.localtime(),
        fields=[*seen.fields, *fields],
        case_refs=[each.ref for each in cases],
    )
    return render(request, "cases/child_alone.html", context)


def _about(
    request: HttpRequest, child: Child, case: Case | None
) -> tuple[dict[str, Any], list[str]]:
    """Return what both pages show of a child, and the names of the fields that shows."""
    user = me(request)
    home = queries.home_of(child, case, user=user)
    is_masked = access.is_masked(user, Permission.CASE_VIEW)
    corrections = [] if is_masked else queries.corrections_of(child)
    may_correct = queries.may_on(user, Permission.IDENTITY_CHANGE, case) and not is_masked
    correct = {part.value: _address_of(child, part) for part in Part} if may_correct else {}
    sections = [] if is_masked else queries.record_of(child, corrections)
    about = {
        "home": home,
        "sections": [
            replace(section, address=correct.get(section.part.value, "")) for section in sections
        ],
        "changes": queries.history_of(corrections, sees_home=home.sees_all),
        "correct": correct,
        "team_url": _team_url(user, case),
        "to_ask": _to_ask(user, case) if home.has_hidden_address else "",
        "why_not": "" if may_correct else _why_not(user, case),
        "merge_url": page_above("duplicates:perhaps_same", child.ref)
        if access.may(user, Permission.MERGE_PROPOSE)
        else "",
        "reason_url": f"{reverse('reason')}?next={request.path}",
    }
    return about, ["risk groups", *([] if is_masked else FIELDS), *home.fields]


def _team_url(user: User, case: Case | None) -> str:
    """Return where to join the team of an open case; nothing for who may not, or is on it."""
    if case is None or not case.is_open or queries.works_on(user, case):
        return ""
    may_join = queries.may_on(user, Permission.CASE_ASSIGN, case)
    return reverse("cases:team", args=[case.ref]) if may_join else ""


def _to_ask(user: User, case: Case | None) -> str:
    """Return whom to ask for what this person may not see, never themselves; nothing for nobody."""
    owner = case.owner.name if case is not None and case.owner else ""
    names = dict.fromkeys((owner, *queries.managers()))
    return " or ".join(name for name in names if name and name != user.name)


def _address_of(child: Child, part: Part) -> str:
    return reverse("children:correct", args=[child.ref, part.value])


def _why_not(user: User, case: Case | None) -> str:
    """Return why a person who may correct records may not correct this one; nothing for others."""
    if not access.may(user, Permission.IDENTITY_CHANGE):
        return ""
    if case is None:
        return "Nobody works on a case of this child, so a manager corrects what is on record."
    return "Who owns the case, its team and managers correct what is on record."


@needs(*TO_ADD)
@require_POST
def start(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin to open a case for a child on file: go to the question why."""
    child = find_child(request, ref)
    if not is_plain(child):
        raise Http404
    handle = keep(request, Typed(child.forename, child.surname, child.born_on))
    return redirect("cases:open_for_child", handle, child.ref)
