"""A private link that was lost is sent again to the address that was given (P17)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onroll.accounts import limits
from onroll.accounts.decorators import public
from onroll.accounts.request import posted
from onroll.govuk.languages import translated
from onroll.govuk.questions import Done, ask
from onroll.referrals import actions
from onroll.referrals.forms.referrer import LostLinkForm
from onroll.rules.refusal import Refused


@public
@translated
def lost_link(request: HttpRequest) -> HttpResponse:
    """Send a lost link to the address that was given; the answer is the same if there is none."""
    form = LostLinkForm(posted(request)[0])

    def act(form: LostLinkForm) -> Done:
        reference = form.cleaned_data["reference"]
        if not limits.count_lost_link(request, ref=reference):
            raise Refused(gettext("You have asked often. Wait an hour, or ring us."))
        actions.ask_for_link(ref=reference, at=timezone.localtime())
        return Done(reverse("referrals:link_sent"))

    def show(form: LostLinkForm) -> HttpResponse:
        return render(request, "referrals/lost_link.html", {"form": form})

    return ask(request, form, act, show)


@public
@translated
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens after somebody asked for a lost link, whatever they typed."""
    return render(request, "referrals/link_sent.html")
