"""Who was told of a referral, what was added to it, and that somebody has read it (P17)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.fields import Choice
from onroll.govuk.questions import Done, ask
from onroll.referrals import actions, queries
from onroll.referrals.forms.referrer import InformationForm
from onroll.referrals.models import BY_ONROLL, Audience, Channel, Happening, Referral
from onroll.referrals.notifications import (
    AUDIENCE_TITLES,
    CHANNEL_TITLES,
    HAPPENING_TITLES,
    STEPS,
)
from onroll.referrals.queries.notifications import steps_that_happened
from onroll.referrals.views.frame import address, find
from onroll.schools.queries import our_policy

HINTS = {
    Channel.NO_ANSWER: "They are still to be rung, and Today says so",
    Channel.NOT_TOLD: "Say below why. Nobody is asked to tell them of this any more",
}
STILL_OWED = "That nobody answered is kept. They are still to be rung."
CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {
    "audience": [(audience.value, title) for audience, title in AUDIENCE_TITLES.items()],
    "channel": [
        (channel.value, Choice(title, HINTS.get(channel, "")))
        for channel, title in CHANNEL_TITLES.items()
        if channel not in BY_ONROLL
    ],
}


@needs(Permission.CASE_TRIAGE)
def information(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down that somebody was told of a step, or why nobody was."""
    referral, on = find(request, ref), timezone.localdate()
    happened = steps_that_happened(referral)
    steps = [(step.value, HAPPENING_TITLES[step]) for step in STEPS if step in happened]
    choices = {"happening": steps, **CHOICES}
    initial = {"on": on, **_of_call(request.GET.get("of", ""), happened)}
    form = InformationForm(posted(request)[0], initial=initial, choices=choices)

    def act(form: InformationForm) -> Done:
        answers = form.cleaned_data
        actions.note_information(
            referral=referral,
            happening=Happening(answers["happening"]),
            audience=Audience(answers["audience"]),
            channel=Channel(answers["channel"]),
            on=answers["on"],
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
        )
        is_owed = answers["channel"] == Channel.NO_ANSWER
        return Done(address(referral), STILL_OWED if is_owed else "Who was told is kept.")

    def show(form: InformationForm) -> HttpResponse:
        context = {
            "form": form,
            "back_url": address(referral),
            "button": "Save",
            "referral": referral,
            "policy": our_policy().on(on),
            **_who_referred(request, referral),
        }
        return render(request, "referrals/information.html", context)

    return ask(request, form, act, show)


def _of_call(step: str, happened: Collection[Happening]) -> dict[str, str]:
    """Return what is filled in beforehand of a call to who referred about a step, if it was one."""
    if step not in happened:
        return {}
    return {
        "happening": step,
        "audience": Audience.REFERRER.value,
        "channel": Channel.TELEPHONE.value,
    }


def _who_referred(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    """Return whether a person may know who referred, and so tell them, or may ask to (row 10)."""
    user, children, on = me(request), queries.children_of(referral), timezone.localdate()
    sees = referral.made_by_id == user.pk or queries.sees_referrer(user, children, on=on)
    return {
        "sees_referrer": sees,
        "may_give_reason": not sees and queries.may_ask_who_referred(user, children, on=on),
        "reason_url": f"{reverse('reason')}?next={request.path}",
    }


@needs(Permission.CASE_TRIAGE)
@require_POST
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """Mark what is new of a referral as read by this person, whom it waits for."""
    referral, user = find(request, ref), me(request)
    actions.note_read(referral=referral, by=user, at=timezone.localtime())
    messages.success(request, "Marked as read.")
    return redirect(address(referral))
