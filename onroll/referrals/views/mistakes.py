"""The hub, or who accepts, takes back what was entered by mistake: a receipt, an acceptance."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.questions import Done
from onroll.referrals import actions, queries
from onroll.referrals.forms.hub import ReasonForm
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.views.frame import About, address, ask, children_with_matches, find


@needs(Permission.CASE_TRIAGE)
def receipt(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Ask why it was a mistake to enter that somebody has a child who was sent on."""
    referral = find(request, ref)
    about = children_with_matches(request, referral)
    entry = _child_of(about, number)
    decision = entry.decision
    if decision is None or (request.method != "POST" and not decision.may_be_given_back):
        return redirect(address(referral))
    form = _form(request, referral, hint="Nobody has the child then, and the receipt is due again.")

    def act(form: ReasonForm) -> Done:
        why, version = form.cleaned_data["why"], form.cleaned_data["version"]
        at = timezone.localtime()
        actions.take_receipt_back(
            decision=decision, why=why, by=me(request), at=at, version=version
        )
        return Done(address(referral), "Nobody has this child now. Your reason is kept.")

    title = "Take back who has this child"
    return ask(request, form, act, referral, about, title=title, button="Take it back", entry=entry)


@needs(Permission.CASE_TRIAGE, Permission.REFERRAL_ACCEPT)
def acceptance(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Ask why it was a mistake to accept a child; say what rests on it where that is too late."""
    referral = find(request, ref)
    about = children_with_matches(request, referral)
    entry = _child_of(about, number)
    is_accepted = entry.decision is not None and entry.decision.accepted_by_id is not None
    if request.method != "POST" and not is_accepted:
        return redirect(address(referral))
    hint = "The child waits to be accepted again. A case that was opened for it alone closes."
    form = _form(request, referral, hint=hint)

    def act(form: ReasonForm) -> Done:
        why, version = form.cleaned_data["why"], form.cleaned_data["version"]
        at = timezone.localtime()
        actions.take_acceptance_back(entry=entry, why=why, by=me(request), at=at, version=version)
        return Done(address(referral), "The child waits to be accepted again. Your reason is kept.")

    rests = queries.rests_on(entry, entry.decision) if entry.decision else ""
    title = "Take the acceptance back"
    return ask(
        request,
        form,
        act,
        referral,
        about,
        title=title,
        button="Take it back",
        entry=entry,
        rests=rests,
    )


def _form(request: HttpRequest, referral: Referral, *, hint: str) -> ReasonForm:
    return ReasonForm(
        posted(request)[0],
        initial={"version": referral.version},
        label="Why was it a mistake?",
        hint=hint,
        needs="Say why it was a mistake",
    )


def _child_of(about: About, number: int) -> ReferredChild:
    for child, _ in about:
        if child.number == number:
            return child
    raise Http404
