"""That the hub has what a referral was sent without (P12, P13)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.questions import Done
from onroll.referrals import actions
from onroll.referrals.codes import Stage
from onroll.referrals.forms.answered import AnsweredForm
from onroll.referrals.lacks import open_lacks_of
from onroll.referrals.models import Referral
from onroll.referrals.views.frame import address, ask, children_with_matches, find


def answered_url(referral: Referral) -> str:
    """Return where the hub says what it has now of a referral; nothing of one in quarantine."""
    is_apart = referral.stage == Stage.QUARANTINE.value
    return "" if is_apart else reverse("referrals:answered", args=[referral.ref])


@needs(Permission.CASE_TRIAGE)
def answered(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what the hub has now of that which a referral was sent without, and the answer."""
    referral = find(request, ref)
    lacks = open_lacks_of(referral, ticked=request.POST.getlist("gives"))
    if request.method != "POST" and not (lacks and answered_url(referral)):
        return redirect(address(referral))
    form = AnsweredForm(posted(request)[0], lacks=lacks, initial={"version": referral.version})

    def act(form: AnsweredForm) -> Done:
        answers = form.cleaned_data
        actions.note_answered(
            referral=referral,
            codes=answers["gives"],
            words=answers["words"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )
        return Done(address(referral), "The answer is kept.")

    about = children_with_matches(request, referral)
    return ask(request, form, act, referral, about, title="What is answered?", button="Save")
