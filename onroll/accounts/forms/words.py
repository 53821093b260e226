"""Our labels and hints on allauth's own forms."""

from typing import Any, ClassVar

from django import forms

from onroll.govuk.forms import say_what_is_wrong

EMAIL_WRONG = "Enter an email address in the correct format, like name@example.gov.uk"


class OurWords(forms.Form):
    """Sets labels and hints, and removes placeholders that repeat the label.

    Stands before allauth's form among the base classes.
    """

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}
    missing: ClassVar[dict[str, str]] = {}  # what is said of a field left empty
    boxes: ClassVar[dict[str, dict[str, str]]] = {}  # attributes of the inputs

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs |= self.boxes.get(name, {})
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = EMAIL_WRONG
            if name in self.missing:
                field.error_messages["required"] = self.missing[name]
            say_what_is_wrong(field)
