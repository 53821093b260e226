"""The replies to a pack: a row for each child, of which each is taken or not by itself."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.rules.reply_codes import replies_of
from onroll.sharing.actions import Reply
from onroll.sharing.models import Disclosure

A_YEAR = timedelta(days=366)
NO_WORDS = "Say in words what they answered about {}"
NO_CODE = "Select what they answered about {}"


class RepliesForm(Form):
    """What an agency answered about each child; a row may be left for later."""

    on = GovDateField(label="Day of the answer", error_messages={"required": "Enter the day"})

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        step: str,
        lines: Sequence[tuple[Disclosure, str]],
        on: date,
    ) -> None:
        super().__init__(data)
        self.codes, self.lines = replies_of(step), lines
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after, field.initial = on - A_YEAR, on, on
        for line, name in lines:
            self.fields |= _questions(line, name, self._choices())

    def _choices(self) -> list[tuple[str, str]]:
        are_letters = all(len(code) == 1 for code in self.codes)
        return [
            ("", "No answer yet"),
            *(
                (code, f"{code}: {row.title}" if are_letters else row.title)
                for code, row in self.codes.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Say of each row by itself what is missing."""
        cleaned = super().clean()
        replies = ((line, self._reply(line, name)) for line, name in self.lines)
        self.replies = {line: reply for line, reply in replies if reply is not None}
        return cleaned

    def _reply(self, line: Disclosure, name: str) -> Reply | None:
        code = self.cleaned_data.get(f"code_{line.pk}")
        words = self.cleaned_data.get(f"words_{line.pk}") or ""
        if not code:
            if words:
                self.add_error(f"code_{line.pk}", NO_CODE.format(name))
            return None
        if self.codes[code].asks_words and not words:
            self.add_error(f"words_{line.pk}", NO_WORDS.format(name))
            return None
        return Reply(self.codes[code], words)


def _questions(
    line: Disclosure, name: str, choices: Sequence[tuple[str, str]]
) -> dict[str, forms.Field]:
    """Return the two questions about one child, by the names of their fields."""
    code = forms.ChoiceField(
        label=f"{name}: what did they answer?",
        help_text=f"Reference {line.case.ref}",
        choices=choices,
        required=False,
    )
    words = forms.CharField(
        label=f"{name}: their answer in words",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return {f"code_{line.pk}": code, f"words_{line.pk}": words}
