"""A form that speaks as the design system does, and shows some questions only when they matter."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.fields import Field
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, gettext_noop, ngettext

from onroll.govuk.fields import of
from onroll.rules.refusal import Changed, Refused

CHOOSES = (forms.RadioSelect, forms.Select, forms.CheckboxSelectMultiple)
CHOOSE, SELECT, ENTER = (
    gettext_noop("Choose {the_label}"),
    gettext_noop("Select {the_label}"),
    gettext_noop("Enter {the_label}"),
)


class Form(forms.Form):
    """A plain Django form with four additions, all optional.

    - A required field left empty says "Enter the date of birth" or "Select the reason", from its
      label; what is too long, or not among the choices, is said in the same way.
    - `reveals = {"reason": {"other": ("details",)}}` shows `details` under the choice "other"
      of `reason`,
      needs it only there, and forgets what was typed into it elsewhere.
    - `marks_optional = False` leaves "(optional)" off labels, for filters.
    - `needed_by_answer` names fields that some answers need: they are not "(optional)".
    """

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {}
    marks_optional: ClassVar[bool] = True
    needed_by_answer: ClassVar[Collection[str]] = ()
    use_required_attribute = False
    is_overtaken = False
    """Whether somebody changed what the form is about after its page was opened."""
    stands: Mapping[str, str] = {}
    """What they wrote, where the refusal says so: by question, or by words of its own."""
    is_final = False
    """Whether nothing can be added to that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed_when_shown: set[str] = set()
        for name in self.revealed:
            if self.fields[name].required:
                self.needed_when_shown.add(name)
                self.fields[name].required = False

    def full_clean(self) -> None:
        """Check the answers; questions that a form adds to itself speak as the others do."""
        for field in self.fields.values():
            say_what_is_wrong(field)
        super().full_clean()

    def owes(self) -> bool:
        """Say whether an answer that is needed was left for later, of a form that allows it."""
        return False

    @property
    def revealed(self) -> dict[str, tuple[str, str]]:
        """Return, for each field shown under a choice, the field and the choice it belongs to."""
        return {
            name: (asker, value)
            for asker, answers in self.reveals.items()
            for value, names in answers.items()
            for name in names
        }

    def clean(self) -> dict[str, Any]:
        """Check the revealed fields against the choice that shows them."""
        cleaned = super().clean() or self.cleaned_data
        for name, (asker, value) in self.revealed.items():
            if not _is_chosen(cleaned.get(asker), value):
                cleaned[name] = getattr(self.fields[name], "empty_value", None)
                self.errors.pop(name, None)
            elif (
                name in self.needed_when_shown and not cleaned.get(name) and name not in self.errors
            ):
                field = self.fields[name]
                message = str(field.error_messages["required"])
                self.add_error(name, message.replace("{the_label}", of(str(field.label))))
        return cleaned

    def refuse(self, refusal: Refused) -> None:
        """Put what cannot be done beside the question it is about, or above them all."""
        for name, sentence in refusal.errors.items():
            self.add_error(name if name in self.fields else None, sentence)
        if isinstance(refusal, Changed):
            self.stands, self.is_final = refusal.stands, refusal.is_final
            self.take_up()

    def take_up(self) -> None:
        """Let the same answer be sent again, on what the page shows now."""
        self.write("version", str(self.initial.get("version", "")))
        self.is_overtaken = True

    def write(self, name: str, value: str) -> None:
        """Put a value into a hidden field of a form that was sent."""
        sent: Any = self.data
        self.data = data = sent.copy()
        data[name] = value


class VersionForm(Form):
    """A form that changes something as it was when the page was opened (`version`).

    `no_version` is what is said, on top, where that cannot be told: nobody sees the field itself.
    """

    no_version: ClassVar[str]
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Say on top that the version is missing, and let the same answer be sent again."""
        cleaned = super().clean()
        if self.errors.pop("version", None):
            self.add_error(None, self.no_version)
            self.take_up()
        return cleaned


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Give a question of a form its answers."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def say_what_is_wrong(field: Field) -> None:
    """Give a field sentences for what can be wrong with an answer, unless it has its own.

    Each is made when somebody reads it: most answers are right, and a form of many pages is checked
    whole with each of them.
    """
    label = field.label or "An answer"
    kind: Any = type(field)
    for code in ("required", "invalid_choice", "empty"):
        if field.error_messages.get(code) is _django_message(kind, code):
            field.error_messages[code] = _sentence(code, _verb(field), label)
    if any(isinstance(validator, MaxLengthValidator) for validator in field.validators):
        field.validators = [_in_our_words(validator, label) for validator in field.validators]


class _Longest(MaxLengthValidator):
    """Says in our words that an answer is too long."""

    def __init__(self, most: int, sentence: Any) -> None:
        super().__init__(most)
        self.message = sentence  # as it is: Django would ask whether it is empty, and so read it


def _in_our_words(validator: Any, label: str | Promise) -> Any:
    """Return a validator of a length that speaks as we do; never the one that all forms share."""
    if not isinstance(validator, MaxLengthValidator) or isinstance(validator, _Longest):
        return validator
    return _Longest(validator.limit_value, _sentence_of_length(label, validator.limit_value))


def _verb(field: Field) -> str:
    """Return what is asked for where there is no answer, in English."""
    if isinstance(field, forms.FileField):
        return CHOOSE
    return SELECT if isinstance(field.widget, CHOOSES) else ENTER


def _say(code: str, verb: str, label: str | Promise) -> str:
    """Return what is wrong, in the language of the page that says so."""
    if code == "invalid_choice":
        return gettext("Select one of the answers shown")
    if code == "empty":
        return gettext("The file you chose is empty. Export it again and send the whole file")
    words = str(label)
    is_question = words.endswith("?")
    thing = gettext("an answer to “{label}”").format(label=words) if is_question else of(words)
    return gettext(verb).format(the_label=thing)


def _say_length(label: str | Promise, most: int) -> str:
    message = ngettext(
        "{label} must be {number} character or fewer",
        "{label} must be {number} characters or fewer",
        most,
    )
    return message.format(label=label, number=most)


_sentence, _sentence_of_length = lazy(_say, str), lazy(_say_length, str)


@cache
def _django_message(kind: type, code: str) -> Any:
    """Return what Django would say, by the nearest of its own kinds of field that says anything."""
    kinds = (above for above in kind.__mro__ if above.__module__.startswith("django."))
    messages = (getattr(above, "default_error_messages", {}).get(code) for above in kinds)
    return next((message for message in messages if message is not None), None)


def _is_chosen(answer: Any, value: str) -> bool:
    if isinstance(answer, list | tuple | set):
        return value in {str(chosen) for chosen in answer}
    return str(answer) == value
