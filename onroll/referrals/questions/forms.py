"""The forms of a referral, made from its definition: for a page, at a depth."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.forms.fields import Field
from django.utils.translation import gettext_lazy

from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.referrals.definition import questions_on
from onroll.referrals.definition.kinds import Depth, Kind, Question
from onroll.referrals.questions import ages
from onroll.referrals.questions.checks import CHECKS, needed_on
from onroll.referrals.questions.urgency import urgent_why
from onroll.rules.hours import ENGLAND
from onroll.rules.policy_words import quoted
from onroll.schools.queries import our_policy

OFF = {"autocomplete": "off", "spellcheck": "false"}
MAY_BE_TO_COME = {"abroad_return_on"}
"""Days that need not be past."""


class QuestionForm(Form):
    """One page of a referral at a moment. `before` are the answers of the pages before it.

    `may_wait` is true for a page that an urgent referral may go without.
    """

    page: ClassVar[str]
    may_follow: ClassVar[frozenset[str]]
    """The questions of the page that something urgent is sent without."""

    def __init__(
        self,
        *args: Any,
        at: datetime,
        before: Mapping[str, Any] | None = None,
        may_wait: bool = False,
        is_urgent: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.at = before or {}, at
        self.is_urgent = is_urgent or self._says_urgent()
        needed = [code for code, field in self.fields.items() if field.required]
        self.waits = needed if may_wait else []
        for code, field in self.fields.items():
            if isinstance(field, GovDateField) and code not in MAY_BE_TO_COME:
                field.not_after = at.astimezone(ENGLAND).date()
            if may_wait:
                field.required = False
        if may_wait:
            self.needed_when_shown.clear()
        for code in self.may_follow if self.is_urgent else ():
            self.fields[code].required = False
            self.needed_when_shown.discard(code)

    def _says_urgent(self) -> bool:
        """Say whether the pages before this one, and what is typed on it, make it urgent."""
        typed = {
            code: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(code))
            for code, field in self.fields.items()
            if self.is_bound
        }
        return bool(urgent_why({**self.before, **typed}))

    @property
    def needed(self) -> str:
        """Return what its questions need together, as it stands above them; "" for nothing."""
        return needed_on(self.page, self.fields, self.before, is_urgent=self.is_urgent)

    def owes(self) -> bool:
        """Say whether an urgent referral was left without an answer of this page that it owes."""
        return self.is_valid() and any(not self.cleaned_data.get(code) for code in self.waits)

    def clean(self) -> dict[str, Any]:
        """Check what several answers of the page say together."""
        cleaned = super().clean()
        check = CHECKS.get(self.page)
        for code, sentence in check(cleaned, self) if check else ():
            self.add_error(code, sentence)
        return cleaned


@cache
def form_of(page: str, depth: Depth, without: frozenset[str] = frozenset()) -> type[QuestionForm]:
    """Return the form of a page at a depth, without the questions that are answered already."""
    questions = [q for q in questions_on(page, depth) if q.code not in without]
    fields: dict[str, Any] = {question.code: _field(question, depth) for question in questions}
    of_page = {
        "page": page,
        "reveals": _reveals(questions),
        "may_follow": frozenset(q.code for q in questions if q.may_follow),
    }
    return type("PageForm", (QuestionForm,), {**fields, **of_page})


def _reveals(questions: Collection[Question]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return which questions stand under which answers, where both are on the page."""
    codes = {question.code for question in questions}
    reveals: dict[str, dict[str, tuple[str, ...]]] = {}
    for question in questions:
        asker, answer = question.under
        if asker in codes:
            under = reveals.setdefault(asker, {})
            under[answer] = (*under.get(answer, ()), question.code)
    return reveals


def _field(question: Question, depth: Depth) -> Field:
    same: dict[str, Any] = {
        "label": gettext_lazy(question.words_at(depth)),
        "help_text": gettext_lazy(question.hint_at(depth)),
        "required": depth in question.needed,
    }
    if needs := question.needs_at(depth):
        same["error_messages"] = {"required": gettext_lazy(needs)}
    field = _MAKES[question.kind](question, depth, same)
    words = quoted(question.policy, our_policy()) if question.policy else None
    if words:
        source = f"{our_policy().policy_title}, page {words.page}"
        field.aside = {  # type: ignore[attr-defined]  # drawn by `govuk_forms.field`
            "words": gettext_lazy("What the policy says"),
            "content": f"“{words.words}” ({source})",
            "is_english": True,
        }
    return field


def _line(question: Question, depth: Depth, same: dict[str, Any]) -> Field:
    attrs = dict(OFF)
    if question.code == "referrer_name" and depth is not Depth.OFFICER:
        attrs["autocomplete"] = "name"
    if question.most <= 20:
        attrs["class"] = "govuk-input--width-20"
    return forms.CharField(max_length=question.most, widget=forms.TextInput(attrs=attrs), **same)


def _text(question: Question, _depth: Depth, same: dict[str, Any]) -> Field:
    widget = forms.Textarea(attrs={**OFF, "rows": question.rows or 3})
    return forms.CharField(max_length=question.most, widget=widget, **same)


def _day(_question: Question, _depth: Depth, same: dict[str, Any]) -> Field:
    return GovDateField(**same)


class AgeField(forms.CharField):
    """An age as people write it. One that no child has is asked again; other words are kept."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_old": gettext_lazy("Age must be 19 or less")
    }

    def validate(self, value: str) -> None:
        """Refuse a number of years that is too high: it is a slip."""
        super().validate(value)
        number = ages.number_in(value)
        if number is not None and number > ages.OLDEST:
            raise forms.ValidationError(self.error_messages["too_old"], code="too_old")


def _age(_question: Question, _depth: Depth, same: dict[str, Any]) -> Field:
    widget = forms.TextInput(attrs={**OFF, "class": "govuk-input--width-10"})
    return AgeField(max_length=ages.MOST, widget=widget, **same)


def _radios(question: Question, depth: Depth, same: dict[str, Any]) -> Field:
    choices = _choices(question, depth)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **same)


def _pick(question: Question, depth: Depth, same: dict[str, Any]) -> Field:
    return forms.ChoiceField(
        choices=[("", gettext_lazy("Select one")), *_choices(question, depth)], **same
    )


def _choices(question: Question, depth: Depth) -> list[tuple[str, Any]]:
    return [(code, gettext_lazy(words)) for code, words in question.choices_at(depth)]


def _several(question: Question, depth: Depth, same: dict[str, Any]) -> Field:
    choices = _choices(question, depth)
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **same)


_MAKES = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.AGE: _age,
    Kind.RADIOS: _radios,
    Kind.PICK: _pick,
    Kind.SEVERAL: _several,
}
