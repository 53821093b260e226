"""When a child was born, and the sex."""

from typing import Any

from django import forms

from onroll.cases.record_forms.correction import INLINE, CorrectionForm, not_after
from onroll.cases.words import SEXES
from onroll.children import actions as children
from onroll.children.models import Child, Part
from onroll.govuk.fields import Choice, GovDateField


class BirthForm(CorrectionForm):
    """A birthday, known, estimated or not known, and the sex."""

    part = Part.BIRTH
    known = forms.ChoiceField(
        label="Is the date of birth known?",
        widget=forms.RadioSelect,
        choices=[
            ("exact", "Yes"),
            ("estimated", Choice("Only about", "Enter the likeliest day.")),
            ("unknown", Choice("No", "Nobody knows, or the date on record is not the child’s.")),
        ],
        error_messages={"required": "Select whether the date of birth is known"},
    )
    born = GovDateField(label="Date of birth", required=False)
    sex = forms.ChoiceField(
        label="Sex",
        choices=[(code, words) for code, words in SEXES.items()],
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": "Select the child’s sex, or that it is not known"},
    )

    def shown(self, child: Child) -> dict[str, Any]:
        """Return the birthday and the sex that stand."""
        known = "estimated" if child.is_born_estimated else "exact"
        return {
            "known": known if child.born_on else "unknown",
            "born": child.born_on,
            "sex": child.sex,
        }

    def prepare(self, child: Child) -> None:
        """Refuse a birthday that is still to come."""
        not_after(self, "born", self.on)

    def clean(self) -> dict[str, Any]:
        """Refuse no date where one is known."""
        cleaned = super().clean()
        is_known = cleaned.get("known") in ("exact", "estimated")
        if is_known and not cleaned.get("born") and "born" not in self.errors:
            self.add_error("born", "Enter the date of birth, or say that it is not known")
        return cleaned

    @property
    def facts(self) -> children.Birth:
        """Return the birthday as it should stand."""
        said = self.cleaned_data
        born = None if said["known"] == "unknown" else said["born"]
        return children.Birth(born, said["known"] == "estimated", said["sex"])
