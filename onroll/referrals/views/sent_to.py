"""What the hub sent to who looks: taken with one press, or turned back; what came of it (P02, P15).

Nothing of the child stands on these pages: the papers come by the hub's own way.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from onroll.accounts.access import may
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.forms import Form
from onroll.govuk.inline import link
from onroll.govuk.parts import Link, Table
from onroll.govuk.questions import Done, F, ask
from onroll.govuk.templatetags.govuk import when
from onroll.referrals import actions, pages
from onroll.referrals.forms.sent_on import NotForMeForm, NotTakenForm, OutcomeForm
from onroll.referrals.models import HubDecision
from onroll.referrals.queries import sent_to as queries
from onroll.schools.queries import our_policy

PER_PAGE = 15
TITLES = {
    queries.TO_TAKE: "To take",
    queries.TO_ANSWER: "To say what came of it",
    queries.OVER: "Done",
}


@needs(Permission.SENT_RECEIVE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what the hub sent to this person's desk; 403 for who has no such desk."""
    user, on = me(request), timezone.localdate()
    if not queries.is_sent_anything(user, on=on):
        raise PermissionDenied(Permission.SENT_RECEIVE.value)
    lists = queries.lists_of(user, on=on)
    asked = request.GET.get("list", queries.TO_TAKE)
    which = asked if asked in lists else queries.TO_TAKE
    rows = queries.listed(user, which, on=on)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "keep": f"list={which}",
        "lists": [Link(TITLES[code], f"?list={code}", is_current=code == which) for code in lists],
        "table": _table(page, which),
        "policy": our_policy(),
    }
    return render(request, "referrals/sent_to_you.html", context)


def _table(decisions: Iterable[HubDecision], which: str) -> Table:
    """Draw one list: of what waits when it is due, and of what is done what came of it."""
    name, cell = ("What came of it", _came_of) if which == queries.OVER else ("Receipt due", _due)
    columns = ("Reference", "The hub’s referral", "Sent", "By", name, "Who has it")
    empty, title = "Nothing is on this list.", TITLES[which]
    rows = [_row(decision, cell(decision)) for decision in decisions]
    return Table(title, columns, rows, empty=empty, is_caption_hidden=True, is_stacked=True)


def _came_of(decision: HubDecision) -> str:
    """Return what came of it in short; that nobody asked, where it ended without that."""
    if decision.came_of:
        return Truncator(decision.came_of).words(30)
    if decision.turned_back_at:
        return "The hub took it back"
    return "Home education has it. Nothing more is asked."


def _row(decision: HubDecision, state: object) -> tuple[object, ...]:
    link_ = link(reverse("referrals:sent", args=[decision.ref]), decision.ref)
    mark = pages.urgent_mark(decision.entry.referral)
    return (
        format_html("{} {}", link_, mark) if mark else link_,
        decision.entry.referral.ref,
        when(decision.at),
        decision.by.name if decision.by else "Onroll",
        state,
        _who_has(decision),
    )


def _due(decision: HubDecision) -> object:
    is_urgent = decision.entry.referral.is_urgent
    return pages.due(decision, at=timezone.localtime(), is_urgent=is_urgent)


def _who_has(decision: HubDecision) -> str:
    """Return who has it; of what the hub took back since, that as well."""
    name = decision.receipt_name or "Nobody yet"
    return f"{name}, until the hub took it back" if decision.turned_back_at else name


@needs(Permission.SENT_RECEIVE)
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """Show when the hub sent something and who has it; who takes it presses the button."""
    decision = _find(request, ref)

    def act(form: Form) -> Done:
        actions.take_sent(decision=decision, by=me(request), at=timezone.localtime())
        return Done(_address(decision), "The hub now knows that you have it.")

    return ask(
        request, Form(posted(request)[0]), act, _show(request, decision, "referrals/sent.html")
    )


@needs(Permission.SENT_RECEIVE)
def outcome(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what came of a child whom attendance has."""
    decision = _find(request, ref)
    if request.method != "POST" and not decision.asks_what_came_of_it:
        return redirect(_address(decision))
    form = OutcomeForm(posted(request)[0])

    def act(form: OutcomeForm) -> Done:
        actions.enter_outcome(
            decision=decision,
            words=form.cleaned_data["words"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(_address(decision), "The hub now knows what came of it.")

    title = "What came of it at attendance?"
    return _ask(request, form, act, decision, title=title, button="Save")


@needs(Permission.SENT_RECEIVE)
def turn_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why what the hub sent is not for this desk; it goes back with that."""
    decision = _find(request, ref)
    if request.method != "POST" and not decision.waits_at_its_desk:
        return redirect(_address(decision))

    def act(form: NotForMeForm) -> Done:
        why, at = form.cleaned_data["why"], timezone.localtime()
        actions.turn_back_sent(decision=decision, why=why, by=me(request), at=at)
        return Done(_address(decision), "It is back with the hub, with your reason.")

    form = NotForMeForm(posted(request)[0])
    title = "Why is this not for you?"
    return _ask(request, form, act, decision, title=title, button="Back to the hub")


@needs(Permission.SENT_RECEIVE)
def not_taken(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why somebody took a child by mistake, who then waits at the desk again."""
    decision = _find(request, ref)
    if request.method != "POST" and not decision.may_be_given_back:
        return redirect(_address(decision))

    def act(form: NotTakenForm) -> Done:
        why, at = form.cleaned_data["why"], timezone.localtime()
        actions.take_receipt_back(decision=decision, why=why, by=me(request), at=at)
        return Done(_address(decision), "It waits at your desk again. Your reason is kept.")

    form = NotTakenForm(posted(request)[0])
    title = "Why was this taken by mistake?"
    return _ask(request, form, act, decision, title=title, button="Nobody here has this")


def _ask(
    request: HttpRequest,
    form: F,
    act: Callable[[F], Done],
    decision: HubDecision,
    **words: str,
) -> HttpResponse:
    show = _show(request, decision, "referrals/sent_question.html", **words)
    return ask(request, form, act, show)


def _show(request: HttpRequest, decision: HubDecision, template: str, **words: str) -> Any:
    def show(form: Form) -> HttpResponse:
        now = _find(request, decision.ref)
        context = {
            "form": form,
            "decision": now,
            "due": _due(now),
            "report": _report(request, now),
            "policy": our_policy(),
            **words,
        }
        return render(request, template, context)

    return show


def _report(request: HttpRequest, decision: HubDecision) -> str:
    """Return the address of the school's report of the same referral, for who may read it."""
    referral = decision.entry.referral
    has_report = getattr(referral, "home_education_report", None) is not None
    is_theirs = has_report and may(me(request), Permission.HOME_EDUCATION)
    return reverse("referrals:report", args=[referral.ref]) if is_theirs else ""


def _find(request: HttpRequest, ref: str) -> HubDecision:
    try:
        return queries.get_sent(me(request), ref, on=timezone.localdate())
    except queries.NothingSent:
        raise Http404 from None


def _address(decision: HubDecision) -> str:
    return reverse("referrals:sent", args=[decision.ref])
