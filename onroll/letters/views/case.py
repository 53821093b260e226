"""The letters of a case: the list, one of them as PDF and text, and what became of it (P62)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.govuk.parts import Link, Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.letters import actions, queries
from onroll.letters.content import as_text as text_of
from onroll.letters.content import is_stale, sheet_of
from onroll.letters.forms import FateForm
from onroll.letters.models import Letter
from onroll.letters.pdf import pdf
from onroll.letters.views.frame import (
    find,
    find_letter,
    find_to_open,
    find_to_write,
    letter_url,
    refuse_stale,
    show_page,
)
from onroll.rules.letters import KIND_TITLES, Fate, LetterKind, policy_words
from onroll.schools.queries import our_policy

COLUMNS = ("Letter", "Sent", "How", "What became of it")
LINE = 90
"""So many letters stand in a line of the text's box, more or less."""
_FATES = {Fate.ARRIVED: "done", Fate.RETURNED: "soon", Fate.NOT_SENT: "quiet"}


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def letters(request: HttpRequest, ref: str) -> HttpResponse:
    """List what was sent to the family of a child, and what they told us."""
    case, user = find(request, ref), me(request)
    answers = list(queries.answers_of(case))
    sees_home = bool(answers) and queries.sees_home(user, case)
    rows = [_cells(letter) for letter in queries.letters_of(case)]
    may_write = queries.may_write(user, case)
    context: dict[str, Any] = {
        "table": Table("Letters that were made", COLUMNS, rows, NONE, is_stacked=True),
        "answers": answers,
        "looks": queries.looks(answers),
        "sees_home": sees_home,
        "may_open": may_write,
        "kinds": [_write_link(case, kind) for kind in _kinds(case)] if may_write else (),
        "may_write": may_write,
        "policy_words": policy_words(our_policy()),
        "fields": ("what the family told us", "addresses") if sees_home else (),
    }
    return show_page(request, case, "letters/letters.html", "letters", **context)


NONE = "No letter has been sent from here."


def _kinds(case: Case) -> list[LetterKind]:
    is_asking = case.is_open
    return [kind for kind in LetterKind if (kind is not LetterKind.CLOSE) == is_asking]


def _write_link(case: Case, kind: LetterKind) -> Link:
    return Link(KIND_TITLES[kind], reverse("letters:write", args=[case.ref, kind.value]))


def _cells(letter: Letter) -> tuple[object, ...]:
    link = format_html(
        '<a class="govuk-link" href="{}">{} <span class="onroll-when">{}</span></a>',
        letter_url(letter),
        letter.title,
        letter.ref,
    )
    return link, when(letter.sent_on), letter.way_title, standing(letter)


def standing(letter: Letter) -> Any:
    """Return what became of a letter, as a tag: that it was answered first."""
    if getattr(letter, "answer_number", 0):
        return tag("Answered", "done")
    if letter.fate:
        last = [*letter.deliveries.all()][-1]
        return tag(last.title, _FATES[letter.fate])
    if letter.answer_due_on and letter.enquiry and letter.enquiry.is_waiting:
        return format_html(
            "{} Wanted by {}", tag("No answer yet", "waiting"), when(letter.answer_due_on)
        )
    return "Not known"


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def letter(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Show a letter: its words, where it went, and what became of it."""
    case = find(request, ref)
    row, user = find_letter(case, letter), me(request)
    may_open = queries.may_open(case, user)
    may_write = queries.may_write(user, case)
    context = {
        "letter": row,
        "standing": standing(row),
        "may_open": may_open and not is_stale(row),
        "sees_place": may_open,
        "may_say": may_write and not _is_ended(row),
        "hidden": queries.HIDDEN if may_write else "",
        "fields": ("addresses",) if may_open else (),
    }
    return show_page(request, case, "letters/letter.html", "letter", **context)


def _is_ended(letter: Letter) -> bool:
    """Return whether nothing more can become of a letter."""
    fates = {delivery.fate for delivery in letter.deliveries.all()}
    return bool(fates & {Fate.NOT_SENT.value, Fate.RETURNED.value})


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
@require_safe
def as_pdf(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Return a letter as a PDF, with the link with which it went out."""
    case, row = find_to_open(request, ref, letter)
    if is_stale(row):
        return refuse_stale(request, letter_url(row))
    saw(request, [case.child_id], "letter as a PDF", Permission.DOCUMENT_OPEN, ("addresses",))
    policy = our_policy()
    content = pdf(
        [sheet_of(row, policy)],
        title=f"Letter {row.ref}",
        colour=policy.colour,
        made_at=row.at,
    )
    return as_file(content, f"letter-{row.ref}.pdf")


def as_file(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
@require_safe
def as_text(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Show a letter as text, to be copied into an email or a text message."""
    case, row = find_to_open(request, ref, letter)
    if is_stale(row):
        return refuse_stale(request, letter_url(row))
    text = text_of(row, our_policy())
    rows = sum(1 + len(line) // LINE for line in text.splitlines())
    context = {"letter": row, "text": text, "rows": rows}
    return show_page(request, case, "letters/text.html", "letter as text", **context)


@needs(Permission.ENQUIRY_ADD)
def became(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Ask what became of a letter: it arrived, it came back, or it was not sent."""
    case = find_to_write(request, ref)
    row = find_letter(case, letter)
    form = FateForm(posted(request)[0], on=today(), sent_on=row.sent_on)

    def act(form: FateForm) -> Done:
        step = actions.record_fate(
            letter=row,
            fate=Fate(form.cleaned_data["fate"]),
            on=form.cleaned_data["on"],
            words=form.cleaned_data["words"],
            by=me(request),
            at=timezone.localtime(),
        )
        following = f" To be asked next: {step}." if step else ""
        return Done(letter_url(row), f"It is kept with letter {row.ref}.{following}")

    def page(form: FateForm) -> HttpResponse:
        context = {
            "title": "What became of the letter?",
            "form": form,
            "button": "Save",
            "back_url": letter_url(row),
        }
        return show_page(request, case, "cases/question.html", "what became of a letter", **context)

    return ask(request, form, act, page)
