"""Alerts of a case, by kind: seen, muted with a reason until a day, and shown again."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.addresses import page_address
from onroll.cases import actions, queries
from onroll.cases.forms import MuteForm, NewestAlertForm
from onroll.cases.frame import find_case, require, today
from onroll.cases.models import Case
from onroll.cases.views.work import Question, ask_about
from onroll.cases.words import ALERT_TITLES, describe_alerts
from onroll.govuk.fields import lower_first
from onroll.govuk.parts import Link
from onroll.govuk.questions import Done, press
from onroll.rules.alerts import days_of_mute
from onroll.rules.dated import in_words

A_PAGE = 25
EVERYONE = "everyone"


@needs(Permission.CASE_WORK)
@require_safe
def quiet_alerts(request: HttpRequest) -> HttpResponse:
    """List what is seen or muted on one's own cases; for who sees every case, on all."""
    user = me(request)
    is_everyones = request.GET.get("whose") == EVERYONE and queries.sees_every_case(user)
    rows = queries.quiet_alerts(user, on=today(), is_everyones=is_everyones)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    saw(request, [row.child for row in page], "alerts", Permission.CASE_LIST, ("name", "alerts"))
    address = page_address("cases:quiet_alerts")
    lists = [
        Link("On your cases", address, is_current=not is_everyones),
        Link("On everybody’s", f"{address}?whose={EVERYONE}", is_current=is_everyones),
    ]
    context = {
        "page": page,
        "lists": lists if queries.sees_every_case(user) else [],
        "keep": f"whose={EVERYONE}" if is_everyones else "",
    }
    return render(request, "cases/quiet_alerts.html", context)


@needs(Permission.CASE_WORK)
@require_POST
def see_alerts(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Write down that the reader has seen the alerts of a kind."""
    return _press(request, ref, kind, actions.see_alerts, "It is written down that you saw this.")


@needs(Permission.CASE_WORK)
@require_POST
def show_alerts_again(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Show to everybody again what was seen or muted."""
    return _press(request, ref, kind, actions.show_alerts_again, "It is shown again.")


@needs(Permission.CASE_WORK)
def mute_alerts(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Ask until which day the alerts of a kind are muted, and why."""
    case = _find(request, ref, kind)
    groups = queries.groups_on_case(list(queries.alerts_on_case(case)), me(request), on=today())
    group = next((row for row in groups if row.group.kind == kind), None)
    if request.method != "POST" and (group is None or not group.may_mute):
        raise Http404
    first, last = days_of_mute(today())

    def act(form: MuteForm) -> None:
        answers = form.cleaned_data
        actions.mute_alerts(
            case=case,
            kind=kind,
            newest=answers["version"],
            back_on=answers["back_on"],
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
        )

    initial = {"version": group.newest} if group else {}
    form = MuteForm(posted(request)[0], initial=initial, first=first, last=last)
    title = f"Mute: {lower_first(ALERT_TITLES[kind])}"
    context: dict[str, Any] = {"words": MUTE_WORDS}
    if group is not None:
        context["alert"] = describe_alerts(group.alerts[0], group.group.number)
    done = f"It is muted, and stands under “Alerts seen or muted”. Case {case.ref}."
    fields = ("alerts",) if group is not None else ()
    question = Question(title, form, act, done, button="Mute", context=context, fields=fields)
    return ask_about(request, case, question)


MUTE_WORDS = (
    "Until that day nobody is told of it on Today. It stays on the case and under “Alerts seen or "
    "muted”. It comes back sooner if another alert as grave is raised on the case, or if the child "
    "may be in danger. No clock is muted."
)


def _press(request: HttpRequest, ref: str, kind: str, action: Any, words: str) -> HttpResponse:
    """Do what a button on the page of the case, or on the list, asks of the alerts of a kind."""
    case = _find(request, ref, kind)
    is_listed = "list" in request.POST
    back_url = reverse("cases:quiet_alerts") if is_listed else _case_url(case)

    def act(form: NewestAlertForm) -> Done:
        at, newest = timezone.localtime(), form.cleaned_data["version"]
        action(case=case, kind=kind, newest=newest, by=me(request), at=at)
        return Done(back_url, f"{words} Case {case.ref}, {in_words(today())}.")

    return press(request, NewestAlertForm(request.POST), act, back_url=back_url)


def _case_url(case: Case) -> str:
    return reverse("casefile:case", args=[case.ref])


def _find(request: HttpRequest, ref: str, kind: str) -> Case:
    """Return the case; 404 out of sight and for a kind that is none, 403 where not to work on."""
    case = find_case(request, ref)
    if kind not in ALERT_TITLES:
        raise Http404
    require(request, Permission.CASE_WORK, case)
    return case
