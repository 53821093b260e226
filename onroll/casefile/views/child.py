"""The child: with a case, as one of its pages, and without one."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.audit import actions as audit
from onroll.casefile import features
from onroll.cases import queries
from onroll.cases.entries import TO_ADD
from onroll.cases.frame import find_case, find_child, show, sub_pages, today, trail
from onroll.cases.models import Case
from onroll.children.models import Child, Part
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
        "sub_links": sub_pages(case, "case_child"),
        "places": queries.places_of(case.child, cases=[case], on=today()),
        **about,
    }
    return show(
        request, case, "casefile/child.html", page="case: child", context=context, fields=fields
    )


@needs(Permission.CASE_VIEW)
@require_safe
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a child, with a case or without one, as far as this person may see them."""
    child, user, on = find_child(request, ref), me(request), today()
    cases = queries.cases_of(user, child, on=on)
    case = cases[0] if cases else None
    about, fields = _about(request, child, case)
    open_case = next((row for row in cases if row.is_open), None)
    identity = queries.identity_of_child(child, user=user, on=on)
    context = {
        "child": child,
        "links": [Link("Find a child", reverse("casefile:find")), Link(f"Child {child.ref}")],
        "identity": identity,
        "cases": cases,
        "sees_every_case": access.scope(user, Permission.CASE_LIST) in queries.SEES_EVERY_CHILD,
        "may_start": open_case is None
        and child.died_on is None
        and all(access.may(user, permission) for permission in TO_ADD),
        "places": queries.places_of(child, cases=cases, on=on),
        **about,
    }
    audit.saw(
        by=user,
        children=[child.pk],
        page="child",
        ground=access.ground(user, Permission.CASE_VIEW),
        at=timezone.localtime(),
        fields=[*identity.fields, *fields],
        case_refs=[row.ref for row in cases],
    )
    return render(request, "casefile/child_alone.html", context)


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
    panels = features.panels(child, user, case=case, on=today())
    about = {
        "home": home,
        "sections": [
            replace(section, address=correct.get(section.part.value, "")) for section in sections
        ],
        "history_url": "" if is_masked else _history_url(child, case),
        "changes": queries.history_of(corrections, sees_home=home.sees_all),
        "correct": correct,
        "team_url": _team_url(user, case),
        "to_ask": _to_ask(user, case) if home.has_hidden_address else "",
        "why_not": "" if may_correct else _why_not(user, case),
        "panels": panels,
        "reason_url": f"{reverse('reason')}?next={request.path}",
    }
    of_panels = [field for panel in panels for field in panel.fields]
    return about, ["risk groups", *([] if is_masked else FIELDS), *home.fields, *of_panels]


def _history_url(child: Child, case: Case | None) -> str:
    """Return the address of the history of the child, field by field."""
    if case is not None:
        return reverse("record:history", args=[case.ref])
    return reverse("record:child_history", args=[child.ref])


def _team_url(user: User, case: Case | None) -> str:
    """Return the address of the page on which the user can join the team of an open case.

    It is empty if the user may not join or is on the team.
    """
    if case is None or not case.is_open or queries.works_on(user, case):
        return ""
    may_join = queries.may_on(user, Permission.CASE_ASSIGN, case)
    return reverse("casefile:team", args=[case.ref]) if may_join else ""


def _to_ask(user: User, case: Case | None) -> str:
    """Return whom to ask for what this person may not see, never themselves; nothing for nobody."""
    owner = case.owner.name if case is not None and case.owner else ""
    may_see = queries.managers()
    if case is not None and case.child.is_sealed:
        may_see = [member.user.name for member in queries.team_of(case) if member.user.is_active]
    names = dict.fromkeys((owner, *may_see))
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
