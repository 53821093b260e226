"""The form that corrects date of birth and sex."""

from datetime import date
from typing import Any

from django import forms

from onroll.cases import words
from onroll.cases.record_forms.correction import INLINE, CorrectionForm, not_after
from onroll.cases.words import SEXES
from onroll.children import actions as children
from onroll.children.models import Child, Part
from onroll.govuk.fields import Choice, GovDateField, in_words
from onroll.rules import age


class BirthForm(CorrectionForm):
    """Date of birth, known, estimated or not known, and sex."""

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
    is_right = forms.BooleanField(label="This date of birth is right all the same", required=False)
    sex = forms.ChoiceField(
        label="Sex",
        choices=[(code, words) for code, words in SEXES.items()],
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": "Select the child’s sex, or that it is not known"},
    )

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current date of birth and sex."""
        known = "estimated" if child.is_born_estimated else "exact"
        return {
            "known": known if child.born_on else "unknown",
            "born": child.born_on,
            "sex": child.sex,
        }

    def prepare(self, child: Child) -> None:
        """Refuse a date in the future; ask for confirmation only if in doubt."""
        not_after(self, "born", self.on)
        if not self.data.get("is_right"):
            self.fields["is_right"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Require a date if one is known."""
        cleaned = super().clean()
        is_known = cleaned.get("known") in ("exact", "estimated")
        born = cleaned.get("born")
        if is_known and not born and "born" not in self.errors:
            self.add_error("born", "Enter the date of birth, or say that it is not known")
        if is_known and born and born != self.initial.get("born"):
            self._doubt(born)
        return cleaned

    def _doubt(self, born: date) -> None:
        """Refuse a date that is no child's; ask for confirmation of an unlikely one."""
        if not age.is_of_a_pupil(born, on=self.on):
            self.add_error("born", words.no_childs_birthday(born, on=self.on))
            return
        doubt = words.doubt_of_birthday(born, on=self.on) or _before_a_place(self.child, born)
        if doubt and not self.cleaned_data.get("is_right"):
            self.fields["is_right"].widget = forms.CheckboxInput()
            self.add_error("is_right", f"{doubt} Tick that it is right, or correct it")

    @property
    def facts(self) -> children.Birth:
        """Return the corrected date of birth and sex."""
        data = self.cleaned_data
        born = None if data["known"] == "unknown" else data["born"]
        return children.Birth(born, data["known"] == "estimated", data["sex"])


def _before_a_place(child: Child, born: date) -> str:
    """Return a doubt if the record has a place before the date of birth; else empty."""
    place = child.places.filter(from_on__lt=born).select_related("school").first()
    if place is None or place.from_on is None:
        return ""
    where = place.title or "a place not named"
    return f"Date of birth: the record has the child at {where} from {in_words(place.from_on)}."
