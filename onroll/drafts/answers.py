"""What was answered, in the words that check-your-answers shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_noop

from onroll.drafts.wizard import Page
from onroll.govuk.fields import in_words
from onroll.govuk.forms import Form
from onroll.govuk.templatetags.govuk_forms import first_id

NOT_GIVEN = gettext_noop("Not given")


@dataclass(frozen=True)
class Row:
    """One question, its answer, and where it is changed."""

    question: str
    answer: str
    url: str


def rows(page: Page, form: Form, *, url: str) -> list[Row]:
    """Return the answers of a page, question by question; `url` is the page's.

    A form whose answers are no single questions has `lines`: each a heading, words and an anchor.
    """
    if lines := getattr(form, "lines", None):
        return [Row(title, words, f"{url}#{anchor}") for title, words, anchor in lines()]
    return [
        Row(str(question.label), words or gettext(NOT_GIVEN), f"{url}#{first_id(question)}")
        for question in form.visible_fields()
        if (words := _words_in(form, question))
        or question.name not in {*page.hides_empty, *form.revealed}
    ]


def _words_in(form: Form, question: BoundField) -> str:
    """Return an answer in words; one that is not right as it was typed."""
    if not question.errors:
        return words_of(question, form.cleaned_data.get(question.name))
    typed = question.value()
    return " ".join(map(str, filter(None, typed))) if isinstance(typed, list) else str(typed or "")


def words_of(question: BoundField, answer: Any) -> str:
    """Return an answer in words; nothing for one that was not given."""
    field = question.field
    if answer is True:
        return gettext("Yes")
    if answer in (None, "", False) or answer == []:
        return ""
    if isinstance(answer, date):
        return in_words(answer)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.label_from_instance(answer))
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        titles = {str(code): str(title) for code, title in choices}
        chosen = answer if isinstance(answer, list) else [answer]
        return ", ".join(titles.get(str(code), str(code)) for code in chosen)
    return str(answer)
