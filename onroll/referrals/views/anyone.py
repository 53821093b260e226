"""The short form for anyone, without an account: a child, a worry, and who tells us (P10)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import public
from onroll.accounts.models import User
from onroll.drafts import question_pages
from onroll.drafts.wizard import Inputs, Page, Wizard
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done
from onroll.referrals import actions, queries
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.public_forms import ChildForm, WorryForm, YouForm, urgent_why
from onroll.schools.queries import our_policy
from onroll.senders.sender import sender_of

SALT = "referral received"


@public
def refer(request: HttpRequest) -> HttpResponse:
    """Ask which child it is about; what is sent starts the draft."""
    return question_pages.start(request, REFERRAL, initial={}, back_url="/")


@public
def go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, REFERRAL, ref, page)


@public
@require_safe
def received(request: HttpRequest, key: str) -> HttpResponse:
    """Show the reference, the time, and what happens next. Only the signed address leads here."""
    try:
        referral = queries.get_received(signing.loads(key, salt=SALT))
    except (signing.BadSignature, queries.NoReferral):
        raise Http404 from None
    context = {
        "referral": referral,
        "policy": our_policy(),
        "days": our_policy().on(timezone.localdate()).referral_decision_working_days,
    }
    return render(request, "referrals/received.html", context)


def _child(inputs: Inputs) -> Form:
    return ChildForm(inputs.data, on=timezone.localdate())


def _worry(inputs: Inputs) -> Form:
    return WorryForm(inputs.data)


def _you(inputs: Inputs) -> Form:
    return YouForm(inputs.data)


def _send(request: HttpRequest, ref: str, answers: Mapping[str, Any]) -> Done:
    child = ChildWords(
        forename=answers["forename"],
        surname=answers["surname"],
        born_on=answers["born"],
        age=answers["age"],
        home=answers["home"],
        school_words=answers["school_words"],
        last_seen=answers["last_seen"],
    )
    facts = ReferralFacts(
        relation=answers["relation"],
        worry=answers["worry"],
        children=(child,),
        referrer_name=answers["referrer_name"] or "",
        referrer_contact=answers["referrer_contact"] or "",
        urgent_why=urgent_why(answers),
    )
    by = request.user if isinstance(request.user, User) else None
    at, sender = timezone.localtime(), sender_of(request)
    actions.receive(ref=ref, facts=facts, by=by, at=at, sender=sender)
    return Done(reverse("referrals:received", args=[signing.dumps(ref, salt=SALT)]))


REFERRAL = Wizard(
    title="Tell us about a child",
    route="referrals:form",
    pages=(
        Page(
            "child",
            "Which child are you worried about?",
            _child,
            "Leave out what you do not know. What you type is kept as you go on, on this "
            f"browser alone, and deleted after {settings.DRAFT_DAYS} days if you do not send it.",
        ),
        Page("worry", "What worries you?", _worry),
        Page("you", "About you", _you),
    ),
    send=_send,
    button="Send",
    first="referrals/danger.html",
)
