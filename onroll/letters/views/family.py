"""The page of the private link of a letter: a family says where their child is (P62).

Nothing of the record stands on it, before or after: what a family writes is kept, whether or not
the date of birth is right, and the page that follows is the same.
"""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onroll.accounts import limits
from onroll.accounts.decorators import public, takes_files
from onroll.accounts.request import posted
from onroll.govuk.languages import language_of_page, translated
from onroll.govuk.questions import Done, ask
from onroll.letters import actions, queries
from onroll.letters.forms import FamilyForm
from onroll.letters.models import Letter
from onroll.rules.refusal import Refused
from onroll.schools.queries import our_policy

MANY = "You have added very much. What you wrote is not saved. Ring us, or wait an hour."


@public
@takes_files
@translated
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Ask a family where their child is, and keep what they answer."""
    letter = _find(key)
    if letter is None:
        return _ended(request)
    if request.method != "POST" and not limits.count_letter_look(ref=letter.ref, at=timezone.now()):
        return _too_often(request)
    now = timezone.localtime()
    form = FamilyForm(*posted(request), on=now.date())

    def act(form: FamilyForm) -> Done:
        if not limits.count_letter_answer(request, ref=letter.ref):
            raise Refused(gettext(MANY))
        given = actions.keep_answer(
            case=letter.case,
            letter=letter,
            statement=form.statement(on=now.date(), language=language_of_page()),
            files=form.attached,
            by=None,
            at=now,
        )
        return Done(reverse("letters:sent", args=[key, given.ref]))

    def page(form: FamilyForm) -> HttpResponse:
        context = {
            "form": form,
            "policy": our_policy(),
            "answered_at": queries.last_answer_by(letter),
        }
        return render(request, "letters/family.html", context)

    return ask(request, form, act, page)


@public
@translated
@require_safe
def sent(request: HttpRequest, key: str, answer: str) -> HttpResponse:
    """Show that an answer is kept, with its reference, and what happens next."""
    letter = _find(key)
    if letter is None:
        return _ended(request)
    if not limits.count_letter_look(ref=letter.ref, at=timezone.now()):
        return _too_often(request)
    try:
        row = queries.answer_by_ref(letter, answer)
    except queries.NoAnswer:
        raise Http404 from None
    context = {
        "answer": row,
        "until": letter.link_until_on,
        "again_url": reverse("letters:answer", args=[key]),
    }
    return render(request, "letters/sent.html", context)


def _find(key: str) -> Letter | None:
    """Return the letter of a link that is open today; None for any other."""
    try:
        return queries.find_by_key(key, on=timezone.localdate())
    except queries.NoLetter:
        return None


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "letters/ended.html", status=HTTPStatus.NOT_FOUND)


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "letters/looked_often.html", status=HTTPStatus.TOO_MANY_REQUESTS)
