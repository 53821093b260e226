"""The hub's queue, a referral, and what is decided about it (P07, P15, P42)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.models import Case
from onroll.cases.queries import Match
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child
from onroll.govuk.forms import Form
from onroll.govuk.parts import Link
from onroll.govuk.questions import Done, F, ask
from onroll.referrals import actions, forms, queries
from onroll.referrals.models import AT_THE_HUB, Decision, Referral, ReferredChild, Stage
from onroll.referrals.pages import queue_table, stage_title
from onroll.rules.refusal import Refused

PER_PAGE = 25
TITLES = {
    queries.HUB: "For the hub to decide",
    queries.ACCEPT: "Waiting to be accepted",
    queries.DONE: "Decided",
}
FIELDS = ("identity", "born", "places", "cases")


@needs(Permission.CASE_TRIAGE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List referrals: at the hub, waiting to be accepted, or decided."""
    which = request.GET.get("list", queries.HUB)
    which = which if which in TITLES else queries.HUB
    user = me(request)
    page = Paginator(queries.queue(user, which), PER_PAGE).get_page(request.GET.get("page"))
    children = [each.case.child_id for row in page for each in row.children.all() if each.case]
    saw(request, children, "list of referrals", Permission.CASE_TRIAGE, ("name",))
    lists = [
        Link(title, f"?list={code}", is_current=code == which) for code, title in TITLES.items()
    ]
    context = {
        "page": page,
        "which": which,
        "lists": lists,
        "table": queue_table(page, title=TITLES[which], at=timezone.localtime()),
    }
    return render(request, "referrals/queue.html", context)


@needs(Permission.CASE_TRIAGE)
@require_safe
def referral(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a referral, the children whom it may be about, and what may be done."""
    return _show(request, _find(request, ref), "referrals/referral.html", {})


@needs(Permission.CASE_TRIAGE)
@require_POST
def take_on(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that whoever presses the button looks at the referral."""
    found = _find(request, ref)
    form = forms.OnReferral(request.POST)
    if not form.is_valid():
        messages.error(request, forms.NO_VERSION)
        return redirect("referrals:referral", found.ref)
    version, at = form.cleaned_data["version"], timezone.localtime()
    try:
        actions.take_on(referral=found, by=me(request), at=at, version=version)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You look at this referral.")
    return redirect("referrals:referral", found.ref)


@needs(Permission.CASE_TRIAGE)
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the hub's decision, with its reason."""
    found = _find(request, ref)
    if request.method != "POST" and found.stage not in AT_THE_HUB:
        return redirect("referrals:referral", found.ref)
    children = queries.children_of(found)
    cases = _open_cases(request, children) if len(children) == 1 else {}
    choices = [(case.ref, f"Case {case.ref}: {name}") for case, name in cases.values()]
    form = forms.DecideForm(posted(request)[0], initial={"version": found.version}, cases=choices)

    def act(form: forms.DecideForm) -> Done:
        data = form.cleaned_data
        actions.decide(
            referral=found,
            decision=Decision(data["decision"]),
            why=data["why"],
            case=cases[data["case"]][0] if data["case"] else None,
            by=me(request),
            at=timezone.localtime(),
            version=data["version"],
        )
        return _done(found, "Decided. Your reason is kept.")

    return _ask(request, form, act, found, "What happens with this referral?", "Save the decision")


@needs(Permission.CASE_TRIAGE, Permission.REFERRAL_ACCEPT)
def accept(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Accept one child of a referral: a child on record or a new one gets a case."""
    found = _find(request, ref)
    children = queries.children_of(found)
    entry = next((each for each in children if each.number == number), None)
    if entry is None:
        raise Http404
    if request.method != "POST" and (found.stage != Stage.HANDED_OVER.value or entry.case):
        return redirect("referrals:referral", found.ref)
    on = timezone.localdate()
    matches = {match.child.ref: match for match in queries.likely(me(request), entry, on=on)}
    initial = {
        "version": found.version,
        "forename": entry.forename,
        "surname": entry.surname,
        "born": entry.born_on,
    }
    form = forms.AcceptForm(
        posted(request)[0],
        initial=initial,
        children=[(ref, f"{each.name}, {each.age}") for ref, each in matches.items()],
        on=on,
    )

    def act(form: forms.AcceptForm) -> Done:
        data = form.cleaned_data
        case = actions.accept_child(
            entry=entry,
            child=_chosen(data, matches, entry),
            because=data["because"],
            by=me(request),
            at=timezone.localtime(),
            version=data["version"],
        )
        return Done(reverse("casefile:case", args=[case.ref]), f"Accepted as case {case.ref}.")

    return _ask(request, form, act, found, "Do you accept this child?", "Accept")


@needs(Permission.CASE_TRIAGE, Permission.REFERRAL_ACCEPT)
def turn_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a hand-over back to the hub, with the reason."""
    found = _find(request, ref)
    if request.method != "POST" and found.stage != Stage.HANDED_OVER.value:
        return redirect("referrals:referral", found.ref)
    form = forms.TurnBackForm(posted(request)[0], initial={"version": found.version})

    def act(form: forms.TurnBackForm) -> Done:
        why, version = form.cleaned_data["why"], form.cleaned_data["version"]
        actions.turn_back(
            referral=found, why=why, by=me(request), at=timezone.localtime(), version=version
        )
        return _done(found, "It is back with the hub, with your reason.")

    return _ask(request, form, act, found, "Turn this referral back", "Turn it back")


def _find(request: HttpRequest, ref: str) -> Referral:
    try:
        return queries.get_referral(me(request), ref)
    except queries.NoReferral:
        raise Http404 from None


def _done(found: Referral, words: str) -> Done:
    return Done(reverse("referrals:referral", args=[found.ref]), words)


def _open_cases(request: HttpRequest, children: list[ReferredChild]) -> dict[str, tuple[Case, str]]:
    """Return the open cases of the likely children by reference, each with the child's name."""
    on, user = timezone.localdate(), me(request)
    matches = (match for each in children for match in queries.likely(user, each, on=on))
    return {match.case.ref: (match.case, match.name) for match in matches if match.case}


def _chosen(
    data: dict[str, Any], matches: dict[str, Match], entry: ReferredChild
) -> Child | ChildFacts:
    if data["child"] != forms.NEW:
        return matches[data["child"]].child
    home = tuple(line.strip() for line in entry.home.splitlines() if line.strip())
    return ChildFacts(
        forename=data["forename"],
        surname=data["surname"],
        born_on=data["born"],
        sex=data["sex"],
        addresses=(AddressFacts(lines=home),) if home else (),
    )


def _ask(
    request: HttpRequest,
    form: F,
    act: Callable[[F], Done],
    found: Referral,
    title: str,
    button: str,
) -> HttpResponse:
    def show(form: Form) -> HttpResponse:
        context = {
            "title": title,
            "form": form,
            "button": button,
            "back_url": reverse("referrals:referral", args=[found.ref]),
        }
        return _show(request, found, "referrals/question.html", context)

    return ask(request, form, act, show)


def _show(
    request: HttpRequest, found: Referral, template: str, context: dict[str, Any]
) -> HttpResponse:
    user, on = me(request), timezone.localdate()
    children = queries.children_of(found)
    about = [(each, () if each.case else queries.likely(user, each, on=on)) for each in children]
    seen = {match.child.pk for _, matches in about for match in matches}
    seen |= {each.case.child_id for each in children if each.case}
    saw(request, seen, f"referral {found.ref}", Permission.CHILD_FIND, FIELDS)
    is_waiting = found.stage == Stage.HANDED_OVER.value
    context |= {
        "referral": found,
        "stage": stage_title(found),
        "about": about,
        "steps": queries.steps_of(found),
        "clocks": list(found.deadlines.running()),
        "sees_referrer": queries.sees_referrer(user, found),
        "is_at_the_hub": found.stage in AT_THE_HUB,
        "is_mine": found.owner_id == user.pk,
        "may_accept": is_waiting and access.may(user, Permission.REFERRAL_ACCEPT),
        "may_turn_back": not any(each.case for each in children),
    }
    return render(request, template, context)
