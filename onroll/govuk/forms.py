"""A form that speaks as the design system does, and shows some questions only when they matter."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.fields import Field

from onroll.govuk.fields import lower_first

CHOOSES = (forms.RadioSelect, forms.Select, forms.CheckboxSelectMultiple)


class Form(forms.Form):
    """A plain Django form with three additions, all optional.

    - A required field left empty says "Enter the child's name" or "Select a reason", from its
      label.
    - `reveals = {"reason": {"other": ("details",)}}` shows `details` under the choice "other"
      of `reason`,
      needs it only there, and forgets what was typed into it elsewhere.
    - `marks_optional = False` leaves "(optional)" off labels, for filters.
    """

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {}
    marks_optional: ClassVar[bool] = True
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed_when_shown: set[str] = set()
        for field in self.fields.values():
            say_what_is_missing(field)
        for name in self.revealed:
            if self.fields[name].required:
                self.needed_when_shown.add(name)
                self.fields[name].required = False

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
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


def say_what_is_missing(field: Field) -> None:
    """Give a field a sentence for when it is left empty, unless it has its own."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    label = str(field.label or "an answer")
    verb = "Select" if isinstance(field.widget, CHOOSES) else "Enter"
    if isinstance(field, forms.FileField):
        verb = "Choose"
    what = f"an answer to “{label}”" if label.endswith("?") else lower_first(label)
    field.error_messages["required"] = f"{verb} {what}"


def _is_chosen(answer: Any, value: str) -> bool:
    if isinstance(answer, list | tuple | set):
        return value in {str(each) for each in answer}
    return str(answer) == value
