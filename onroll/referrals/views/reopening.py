"""The hub opens a child again about whom it decided (P15)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.questions import Done
from onroll.referrals import actions
from onroll.referrals.forms.hub import ReasonForm
from onroll.referrals.views import conflict
from onroll.referrals.views.frame import address, ask, children_with_matches, find


@needs(Permission.CASE_TRIAGE)
def open_again(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Ask why a child is opened again whom nobody has accepted by name."""
    referral = find(request, ref)
    about = children_with_matches(request, referral)
    entry = next((child for child, _ in about if child.number == number), None)
    if entry is None:
        raise Http404
    if entry.decision is None or not entry.decision.may_be_opened_again:
        if request.method != "POST":
            return redirect(address(referral))
        return conflict.answered(request, referral, entry)
    form = ReasonForm(
        posted(request)[0],
        initial={"version": referral.version},
        label="Why is it opened again?",
        hint="The decision stays on this page, with your reason.",
        needs="Say why it is opened again",
    )

    def act(form: ReasonForm) -> Done:
        actions.open_again(
            entry=entry,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
            version=form.cleaned_data["version"],
        )
        return Done(address(referral), "The hub decides again. Your reason is kept.")

    title = "Open this child again"
    return ask(
        request, form, act, referral, about, title=title, button="Open it again", entry=entry
    )
