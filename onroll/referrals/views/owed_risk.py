"""The questions about risk that an urgent referral still owes, answered by who referred (P12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from onroll.accounts import limits
from onroll.accounts.decorators import needs, public
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import posted
from onroll.govuk.languages import language_of_page, translated
from onroll.govuk.questions import Done, ask
from onroll.referrals import actions
from onroll.referrals.lacks import open_risk_of
from onroll.referrals.queries import referrer
from onroll.referrals.queries.referrer import FollowedReferral
from onroll.referrals.questions.owed_risk import OwedRiskForm, owed_risk_form
from onroll.referrals.questions.urgency import risk_answers
from onroll.referrals.views.own import find_own
from onroll.referrals.views.referrer import ADDED, MANY, find_by_link
from onroll.rules.refusal import Refused


@public
@translated
def answer_risk(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whoever has the private link; it shows no answer that was given before."""
    return _ask(request, find_by_link(key), reverse("referrals:status", args=[key]))


@needs(Permission.REFERRAL_STATUS)
def own_risk(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask who is signed in about a referral of their own or their school's."""
    referral = find_own(request, ref)
    status_url = reverse("referrals:own_status", args=[referral.ref])
    return _ask(request, referrer.follow(referral), status_url)


def _ask(request: HttpRequest, followed: FollowedReferral, status_url: str) -> HttpResponse:
    referral = followed.referral
    owed = () if followed.far.finished_on else open_risk_of(referral)
    if not owed:
        return redirect(status_url)
    form = owed_risk_form(posted(request)[0], referral.depth, owed)

    def act(form: OwedRiskForm) -> Done:
        if not limits.count_update(request, ref=referral.ref):
            raise Refused(gettext(MANY))
        actions.answer_risk(
            referral=referral,
            answers=risk_answers(form.cleaned_data),
            by=request.user if isinstance(request.user, User) else None,
            language=language_of_page(),
            at=timezone.localtime(),
        )
        return Done(status_url, gettext(ADDED))

    def show(form: OwedRiskForm) -> HttpResponse:
        context = {"form": form, "back_url": status_url, "referral": referral}
        return render(request, "referrals/owed_risk.html", context)

    return ask(request, form, act, show)
