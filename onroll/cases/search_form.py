"""Whom somebody looks for."""

from datetime import date
from typing import Any

from onroll.cases.queries import Typed
from onroll.cases.record_forms.correction import not_after, text
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form


class FindChildForm(Form):
    """Whom somebody looks for: a name, or a number. Sent by POST: it never stands in an address."""

    marks_optional = False
    forename = text("Forename", help_text="A child with one name: type it in either box.")
    surname = text("Surname")
    born = GovDateField(label="Date of birth", help_text="For example, 27 3 2015", required=False)
    number = text(
        "Number or reference",
        20,
        help_text="A UPN, ULN or NHS number, or the reference of a child or a case.",
        **{"class": "govuk-input--width-20"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        not_after(self, "born", on)

    def clean(self) -> dict[str, Any]:
        """Refuse to look for nobody in particular."""
        cleaned = super().clean()
        names = ("forename", "surname", "number")
        if not self.errors and not any(cleaned.get(name) for name in names):
            self.add_error("forename", "Enter a name or a number")
        return cleaned

    @property
    def typed(self) -> Typed:
        """Return what was typed, once it is valid."""
        said = self.cleaned_data
        return Typed(said["forename"], said["surname"], said["born"], said["number"])
