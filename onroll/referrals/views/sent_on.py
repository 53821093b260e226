"""What was sent to somebody outside Onroll: their receipt, and what came of it (P02)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.questions import Done
from onroll.referrals import actions
from onroll.referrals.forms.sent_on import EnteredOutcomeForm, ReceiptForm
from onroll.referrals.models import HubDecision, ReferredChild
from onroll.referrals.views.frame import About, address, ask, children_with_matches, find_in_part


@needs(Permission.CASE_TRIAGE)
def receipt(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Ask who says that they have a child who was sent on, and since when."""
    referral = find_in_part(request, ref)
    about = children_with_matches(request, referral)
    decision = _sent_on(about, number)
    if request.method != "POST" and not (decision and decision.is_to_receive):
        return redirect(address(referral))
    initial = {"version": referral.version, "on": timezone.localdate()}
    form = ReceiptForm(posted(request)[0], initial=initial)

    def act(form: ReceiptForm) -> Done:
        answers = form.cleaned_data
        actions.enter_receipt(
            decision=_or_404(decision),
            name=answers["name"],
            on=answers["on"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )
        return Done(address(referral), "Entered.")

    title = "Who has this child now?"
    words = {"title": title, "button": "Save"}
    return ask(request, form, act, referral, about, **words, entry=_child_of(about, number))


@needs(Permission.CASE_TRIAGE)
def outcome(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Ask what came of a child who was sent to attendance."""
    referral = find_in_part(request, ref)
    about = children_with_matches(request, referral)
    decision = _sent_on(about, number)
    is_asked = decision is not None and decision.asks_what_came_of_it
    if request.method != "POST" and not is_asked:
        return redirect(address(referral))
    form = EnteredOutcomeForm(posted(request)[0], initial={"version": referral.version})

    def act(form: EnteredOutcomeForm) -> Done:
        words, version = form.cleaned_data["words"], form.cleaned_data["version"]
        actions.enter_outcome(
            decision=_or_404(decision),
            words=words,
            by=me(request),
            at=timezone.localtime(),
            version=version,
        )
        return Done(address(referral), "Entered.")

    title = "What came of it at attendance?"
    return ask(
        request,
        form,
        act,
        referral,
        about,
        title=title,
        button="Save",
        entry=_child_of(about, number),
    )


def _sent_on(about: About, number: int) -> HubDecision | None:
    """Return what is decided about a child of a referral; 404 where it has no such child."""
    return _child_of(about, number).decision


def _child_of(about: About, number: int) -> ReferredChild:
    for entry, _ in about:
        if entry.number == number:
            return entry
    raise Http404


def _or_404(decision: HubDecision | None) -> HubDecision:
    if decision is None:
        raise Http404
    return decision
