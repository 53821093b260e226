"""The short form for anyone, without an account: a child, a worry, and who tells us (P10)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import public
from onroll.accounts.models import User
from onroll.drafts import question_pages
from onroll.drafts.wizard import Inputs, Page, Wizard
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done
from onroll.referrals import actions
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.public_forms import ChildForm, WorryForm, YouForm, urgent_why
from onroll.referrals.views.following import after_sending
from onroll.senders.sender import sender_of


@public
def refer(request: HttpRequest) -> HttpResponse:
    """Ask which child it is about; what is sent starts the draft."""
    return question_pages.start(request, REFERRAL, initial={}, back_url="/")


@public
def go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, REFERRAL, ref, page)


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
    return after_sending(actions.receive(ref=ref, facts=facts, by=by, at=at, sender=sender))


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
