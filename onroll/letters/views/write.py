"""One letter to the family of one child: checked on a page, then made (P62)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.govuk.questions import Done, ask
from onroll.letters import actions, queries
from onroll.letters.content import letter_words
from onroll.letters.forms import LetterForm
from onroll.letters.views.frame import find_to_write, letter_url, letters_url, show_page
from onroll.rules.letters import KIND_TITLES, PLACEHOLDERS, LetterKind, LetterWords, policy_words
from onroll.rules.refusal import Refused
from onroll.schools.queries import our_policy


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
def write(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Show what a letter says, ask to whom and how it goes, and make it when that is sent."""
    case, which = find_to_write(request, ref), _kind(kind)
    homes = queries.homes_of(case.child)
    people = queries.people_of(case.child) if homes else []
    form = LetterForm(posted(request)[0], kind=which, on=today(), people=people, homes=homes)

    def act(form: LetterForm) -> Done:
        letter = actions.write_letter(
            case=case, draft=form.draft, by=me(request), at=timezone.localtime()
        )
        words = f"Letter {letter.ref} is made and nothing is sent yet. Print it, or copy the text."
        return Done(letter_url(letter), words)

    def page(form: LetterForm) -> HttpResponse:
        context = {
            "title": KIND_TITLES[which],
            "form": form,
            "button": "Make the letter",
            "back_url": letters_url(case),
            "letter_words": _preview(case, which),
            "refusal": _refusal(case),
            "policy_words": policy_words(our_policy()),
            "fields": ("addresses", "contacts") if homes else (),
        }
        return show_page(request, case, "letters/write.html", "write a letter", **context)

    return ask(request, form, act, page)


def _kind(code: str) -> LetterKind:
    try:
        return LetterKind(code)
    except ValueError:
        raise Http404 from None


def _refusal(case: Case) -> str:
    """Return why no letter can go to the family of a child at all; "" where one can."""
    try:
        queries.refuse_protected(case.child, None)
    except Refused as refusal:
        return str(refusal)
    return ""


def _preview(case: Case, kind: LetterKind) -> LetterWords:
    """Return the words of a letter with what is known before it is made."""
    values = {name: f"[{name.replace('_', ' ')}]" for name in PLACEHOLDERS}
    values |= {"child": queries.first_name(case.child), "phone": our_policy().cme_phone}
    return letter_words()[kind].fill(values)
