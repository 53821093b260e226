"""What the page of a chronology asks: which of its events are wanted."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form

Choices = Sequence[tuple[str, str]]


class ChronologyForm(Form):
    """The filters of a chronology: codes and days only, since they stand in the address."""

    marks_optional = False
    kind = forms.ChoiceField(label="What it is of", required=False)
    person = forms.ChoiceField(label="Who did it", required=False)
    from_on = GovDateField(label="From this day", required=False)
    until_on = GovDateField(label="Until this day", required=False)

    def __init__(self, *args: Any, kinds: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, every, choices in (("kind", "Everything", kinds), ("person", "Anyone", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", every), *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Until this day must not be before the first day")
        return cleaned
