"""Is this child on a roll: yes, no or please refer, and nothing more (P60)."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs, public
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.accounts.sides import Side, side_of
from onroll.addresses import page_address
from onroll.advice import actions, queries
from onroll.advice.forms import RollByCodeForm, RollForm
from onroll.advice.queries import Asker
from onroll.agencies.queries import find_code
from onroll.govuk.languages import translated
from onroll.govuk.questions import Done, ask
from onroll.rules.refusal import Refused
from onroll.rules.roll_question import Purpose, Reply
from onroll.senders import actions as senders
from onroll.senders.queries import Kind, number
from onroll.senders.sender import sender_of

SALT, HOUR = "roll question", 60 * 60
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
    def act(form: RollForm) -> Done:
        question = actions.answer_roll_question(
            typed=form.typed,
            purpose=Purpose(form.cleaned_data["purpose"]),
            asker=asker_of(form),
            at=timezone.localtime(),
        )
        return Done(reverse("advice:roll_answer", args=[signing.dumps(question.ref, salt=SALT)]))

    def show(form: RollForm) -> HttpResponse:
        context = {
            "title": gettext(TITLE),
            "form": form,
            "button": gettext("Ask"),
            "back_url": reverse("home"),
        }
        return render(request, "advice/roll_question.html", context)

    return ask(request, form, act, show)


def _of_code(request: HttpRequest, form: RollForm) -> Asker:
    """Return who asks by a code; Refused for a wrong one, and after many wrong ones for any."""
    at, sender = timezone.localtime(), sender_of(request)
    since = at - timedelta(minutes=settings.SENDER_MINUTES)
    if number(Kind.WRONG_CODE, sender, since=since, at=at).address >= MOST_WRONG:
        raise Refused(gettext(WRONG_CODES), field="code")
    code = find_code(form.cleaned_data["code"], at=at)
    if code is None:
        senders.count(kind=Kind.WRONG_CODE, sender=sender, at=at)
        raise Refused(gettext(WRONG_CODE), field="code")
    return Asker(code=code)


@public
@translated
@require_safe
def roll_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show the answer, for an hour, to who has the signed address."""
    try:
        question = queries.get_question(signing.loads(key, salt=SALT, max_age=HOUR))
    except (signing.BadSignature, queries.NoQuestion):
        raise Http404 from None
    reply = Reply(question.reply)
    title, words = ANSWERS[reply]
    context = {
        "title": gettext(title),
        "words": gettext(words),
        "is_yes": reply is Reply.YES,
        "refer_url": page_address(_form_of(request)),
    }
    return render(request, "advice/roll_answer.html", context)


def _form_of(request: HttpRequest) -> str:
    """Return the page of the form in which the reader refers."""
    is_school = isinstance(request.user, User) and side_of(request.user) is Side.SCHOOL
    return "referrals:school" if is_school else "referrals:professional"
