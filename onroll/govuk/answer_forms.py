"""A form of one shape: an answer chosen from a few, and the reason for it in words."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from onroll.govuk.forms import Form, choose
from onroll.rules.contradictions_words import tells_nothing


def choice(label: str, *, missing: str) -> forms.ChoiceField:
    """Return the question for an answer; `missing` is said when none is selected."""
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, error_messages={"required": missing}
    )


def reason(label: str, *, missing: str = "", hint: str = "") -> forms.CharField:
    """Return the question for a reason; one without the words of `missing` may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=bool(missing),
        error_messages={"required": missing} if missing else {},
    )


class AnswerForm(Form):
    """An answer, and how one knows. A subclass says its own questions with `choice` and `reason`.

    `substantial` are the answers whose reason is refused when it tells nobody anything.
    """

    substantial: ClassVar[tuple[str, ...]] = ()

    answer = choice("What is your answer?", missing="Select your answer")
    why = reason("How do you know?", missing="Enter how you know")

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "answer", answers)

    def clean(self) -> dict[str, Any]:
        """Refuse a reason that tells nothing, where the answer needs one."""
        cleaned = super().clean()
        if cleaned.get("answer") in self.substantial:
            refuse_empty_words(self, "why")
        return cleaned


def refuse_empty_words(form: forms.Form, name: str) -> None:
    """Refuse an answer in words that tells nobody anything, such as `x` or `N/A`."""
    answer = form.cleaned_data.get(name)
    if answer and tells_nothing(answer):
        form.add_error(name, f"“{answer}” tells nobody anything. Write what you found out")
