"""Is this child on a roll: yes, no or please refer, and nothing more (P60)."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from onroll.accounts.decorators import needs, public
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.accounts.sides import Side, side_of
from onroll.addresses import page_address
from onroll.advice import actions, queries, question_child
from onroll.advice.forms import RollByCodeForm, RollForm
from onroll.advice.models import RollQuestion
from onroll.advice.queries import Asker
from onroll.agencies.queries import find_code
from onroll.drafts.authors import author_of, remember
from onroll.govuk.forms import Form
from onroll.govuk.languages import translated
from onroll.govuk.questions import Done, ask
from onroll.referrals.views import beginnings
from onroll.rules.refusal import Refused
from onroll.rules.roll_question import Purpose, Reply
from onroll.senders import actions as senders
from onroll.senders.queries import Kind, number
from onroll.senders.sender import sender_of

SALT = "roll question"
TITLE = gettext_noop("Is this child on a roll?")
WRONG_CODE = gettext_noop("This code is not valid. Ask whoever gave it to you for a new one.")
WRONG_CODES = gettext_noop(
    "Too many wrong codes came from your connection. Try again in some minutes."
)
MOST_WRONG = 10
ANSWERS = {
    Reply.YES: (gettext_noop("Yes"), gettext_noop("This child is on the roll of a school.")),
    Reply.NO: (
        gettext_noop("No"),
        gettext_noop("We know of no school that has this child on its roll."),
    ),
    Reply.REFER: (
        gettext_noop("Please refer"),
        gettext_noop("We cannot answer this. It says nothing about the child."),
    ),
}


@needs(Permission.ROLL_ASK)
def roll_question(request: HttpRequest) -> HttpResponse:
    """Ask about one child, signed in."""
    form = RollForm(posted(request)[0], on=timezone.localdate())
    return _ask(request, form, lambda _form: Asker(user=me(request)))


@public
@translated
def roll_question_by_code(request: HttpRequest) -> HttpResponse:
    """Ask about one child, with a code that the council gave to an agency."""
    form = RollByCodeForm(posted(request)[0], on=timezone.localdate())
    return _ask(request, form, lambda form: _of_code(request, form))


def _ask(
    request: HttpRequest, form: RollForm, asker_of: Callable[[RollForm], Asker]
) -> HttpResponse:
    author = author_of(request)

    def act(form: RollForm) -> Done:
        question = actions.answer_roll_question(
            typed=form.typed,
            purpose=Purpose(form.cleaned_data["purpose"]),
            asker=asker_of(form),
            at=timezone.localtime(),
        )
        # Nobody makes this key anew from what is stored.
        key = signing.dumps(f"{question.ref} {secrets.token_urlsafe(16)}", salt=SALT)
        question_child.keep(form.typed, ref=question.ref, key=key, author=author)
        return Done(reverse("advice:roll_answer", args=[key]))

    def show(form: RollForm) -> HttpResponse:
        context = {
            "title": gettext(TITLE),
            "form": form,
            "button": gettext("Ask"),
            "back_url": reverse("home"),
        }
        return render(request, "advice/roll_question.html", context)

    return remember(ask(request, form, act, show), author)


def _of_code(request: HttpRequest, form: RollForm) -> Asker:
    """Return who asks by a code; Refused for a wrong one, in other words after many wrong ones.

    A right one is answered whatever others of the same connection typed: nobody guesses 100 bits.
    """
    at, sender = timezone.localtime(), sender_of(request)
    code = find_code(form.cleaned_data["code"], at=at)
    if code is not None:
        return Asker(code=code)
    since = at - timedelta(minutes=settings.SENDER_MINUTES)
    if number(Kind.WRONG_CODE, sender, since=since, at=at).address >= MOST_WRONG:
        raise Refused(gettext(WRONG_CODES), field="code")
    senders.count(kind=Kind.WRONG_CODE, sender=sender, at=at)
    raise Refused(gettext(WRONG_CODE), field="code")


@public
@translated
def roll_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show the answer, for an hour, to who has the signed address.

    Who asked refers the child from here, and need not name the child again.
    """
    question, author = _answered(key), author_of(request)

    def act(_form: Form) -> Done:
        typed = question_child.find(ref=question.ref, key=key, author=author)
        if typed is None:
            return Done(page_address(_form_of(request)))
        begun = beginnings.begin_with(request, typed, author=author, details=_of_asker(question))
        question_child.forget(ref=question.ref, author=author)
        return Done(begun)

    def show(form: Form) -> HttpResponse:
        title, words = ANSWERS[Reply(question.reply)]
        is_yes = question.reply == Reply.YES
        said = {"title": gettext(title), "words": gettext(words)}
        context = {**said, "is_yes": is_yes, "form": form}
        return render(request, "advice/roll_answer.html", context)

    return remember(ask(request, Form(posted(request)[0]), act, show), author)


def _answered(key: str) -> RollQuestion:
    try:
        ref = signing.loads(key, salt=SALT, max_age=question_child.HOUR).split()[0]
        return queries.get_question(ref)
    except (signing.BadSignature, queries.NoQuestion):
        raise Http404 from None


def _of_asker(question: RollQuestion) -> dict[str, str]:
    """Return what the form asks of who refers, as far as their code says it."""
    code = question.code
    return {"referrer_name": code.person, "agency": code.agency.name} if code else {}


def _form_of(request: HttpRequest) -> str:
    """Return the page of the form in which the reader refers."""
    is_school = isinstance(request.user, User) and side_of(request.user) is Side.SCHOOL
    return "referrals:school" if is_school else "referrals:professional"
