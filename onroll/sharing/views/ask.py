"""A request about one child, or a pack about several: one page to check, then it is made (P31)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries import name_of
from onroll.govuk.fields import Choice, lower_first
from onroll.govuk.parts import Link
from onroll.govuk.questions import Done, ask
from onroll.rules.refusal import Refused
from onroll.rules.reply_codes import CODES
from onroll.rules.requests import KINDS, RequestKind
from onroll.rules.sharing import IDENTITY_PROTECTED, ITEMS, bases_on
from onroll.schools.queries import our_policy
from onroll.sharing import actions, queries
from onroll.sharing.content import LEAST, NOTHING
from onroll.sharing.forms import RequestForm, request_form
from onroll.sharing.queries import Facts
from onroll.sharing.views.frame import (
    find_kind,
    find_to_ask,
    pack_url,
    show_page,
)


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
@require_safe
def choose(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask which kind of agency is asked: first those that are planned on the case."""
    case = find_to_ask(request, ref)
    planned = queries.steps_planned(case)
    kinds = sorted(KINDS.values(), key=lambda kind: kind.step not in planned)
    links = [
        (Link(kind.title, reverse("sharing:ask", args=[case.ref, kind.step])), kind.step in planned)
        for kind in kinds
    ]
    context = {"kinds": links, "refusal": _refusal(case), "guidance": _guidance()}
    return show_page(request, case, "sharing/choose.html", "choose an agency to ask", **context)


def _refusal(case: Case) -> str:
    try:
        queries.refuse_protected(case.child)
    except Refused:
        return IDENTITY_PROTECTED
    return "" if case.is_open else f"Case {case.ref} is closed. Open it again first."


def _guidance() -> list[tuple[str, str]]:
    return queries.guidance(our_policy())


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
def ask_about(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """Show a request about one child as it would go out, and make it when it is sent."""
    case, kind = find_to_ask(request, ref), find_kind(step)
    if _refusal(case) and request.method != "POST":
        return redirect("sharing:choose", case.ref)
    facts = queries.facts_of([case])[case.pk]
    form = request_form(kind)(
        posted(request)[0],
        kind=kind,
        on=today(),
        further=_further(kind, facts),
        initial={"agency": queries.usual_agency(kind)},
    )

    def page(form: RequestForm) -> HttpResponse:
        context = {
            **_checked(kind),
            "facts": [(ITEMS[code].title, facts.get(code, NOTHING)) for code in kind.least],
            "form": form,
            "lacking": [(f"Reference {case.ref}", lacks)]
            if (lacks := _lacking(kind, facts))
            else [],
            "title": f"Ask: {kind.title}",
            "button": "Make the request",
            "back_url": reverse("sharing:choose", args=[case.ref]),
            "waiting": queries.waiting_for(case, kind.step),
            "fields": tuple(facts),
        }
        return show_page(request, case, "sharing/ask.html", "lay out a request", **context)

    return ask(request, form, lambda form: _make(request, form, [case]), page)


def _lacking(kind: RequestKind, facts: Facts) -> str:
    """Return what they are to be told of a child and cannot be, in words; nothing for nothing."""
    return ", ".join(lower_first(ITEMS[code].title) for code in kind.least if code not in facts)


def _further(kind: RequestKind, facts: Facts) -> list[tuple[str, str]]:
    """Return what may be added, each with what would be shared; what is not on record is not."""
    return [
        (code, Choice(ITEMS[code].title, facts[code])) for code in kind.further if code in facts
    ]


def _checked(kind: RequestKind) -> dict[str, Any]:
    """Return what every request of a kind says, as its page shows it before it is made."""
    holding = bases_on(today())
    return {
        "kind": kind,
        "bases": [holding[code] for code in kind.bases if code in holding],
        "codes": list(CODES.get(kind.step, {}).values()),
        "promise": LEAST,
        "guidance": _guidance(),
    }


def _make(request: HttpRequest, form: RequestForm, cases: Sequence[Case]) -> Done:
    made = actions.make_pack(
        asking=form.asking,
        cases=cases,
        agency=form.cleaned_data["agency"],
        by=me(request),
        at=timezone.localtime(),
    )
    ref = made.pack.ref
    words = f"Request {ref} is made and nothing is sent yet. Send it as this page says."
    if made.left:
        reasons = " ".join(f"{case.ref}: {why}" for case, why in made.left)
        return Done(pack_url(made.pack), f"{words} Left out: {reasons}", messages.WARNING)
    return Done(pack_url(made.pack), words)


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN, Permission.CASE_WORK)
def ask_about_several(request: HttpRequest, step: str) -> HttpResponse:
    """Show a pack about the children on whose cases a step is planned, and make it when sent."""
    kind, user = find_kind(step), me(request)
    cases = queries.cases_to_ask(user, step, on=today())
    facts = queries.facts_of(cases)
    children = [(case.ref, _child(request, case, kind, facts[case.pk])) for case in cases]
    every = [(code, ITEMS[code].title) for code in kind.further]
    form = request_form(kind)(
        posted(request)[0],
        kind=kind,
        on=today(),
        further=every,
        children=children or NOBODY,
        initial={"agency": queries.usual_agency(kind)},
    )

    def act(form: RequestForm) -> Done:
        chosen = [case for case in cases if case.ref in form.cleaned_data["children"]]
        return _make(request, form, chosen)

    def page(form: RequestForm) -> HttpResponse:
        _saw(request, cases, facts.values())
        context = {
            **_checked(kind),
            "form": form,
            "cases": cases,
            "lacking": [
                (f"{name_of(case.child, user)}, reference {case.ref}", lacks)
                for case in cases
                if (lacks := _lacking(kind, facts[case.pk]))
            ],
            "title": f"Make a pack: {kind.title}",
            "button": "Make the pack",
            "back_url": reverse("sharing:packs"),
            "breadcrumbs": [Link("Request packs", reverse("sharing:packs")), Link(kind.title)],
        }
        return render(request, "sharing/new.html", context)

    return ask(request, form, act, page)


NOBODY = (("", "Nobody"),)


def _child(request: HttpRequest, case: Case, kind: RequestKind, facts: Facts) -> Choice:
    """Return a child as one of the choices: the name, and what would be shared."""
    words = [f"{ITEMS[code].title}: {facts.get(code, NOTHING)}" for code in kind.least]
    return Choice(f"{name_of(case.child, me(request))}, reference {case.ref}", "; ".join(words))


def _saw(request: HttpRequest, cases: Iterable[Case], facts: Iterable[Facts]) -> None:
    fields = sorted({code for shared in facts for code in shared})
    children = [case.child_id for case in cases]
    saw(request, children, "lay out a pack", Permission.CASE_VIEW, tuple(fields))
