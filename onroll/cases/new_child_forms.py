"""What is asked page by page of a child nobody has on file; why they go on the register is last."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.cases import queries, words
from onroll.cases.forms import CARERS, OFF, Schools, refuse_what_is_none
from onroll.children.models import Child
from onroll.formats.codes import RELATIONSHIPS
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.placeholders import is_no_fixed_abode
from onroll.rules import age
from onroll.rules.identifiers import check_upn, normalise
from onroll.schools.models import School


def _not_after(form: Form, name: str, on: date) -> None:
    field = form.fields[name]
    assert isinstance(field, GovDateField)
    field.not_after = on


class ChildForm(Form):
    """Who the child is. `holders` are the other children who have the number that was typed."""

    forename = forms.CharField(
        label="Forename",
        max_length=80,
        required=False,
        help_text="A child may have one name only: leave the other empty.",
        widget=forms.TextInput(attrs=OFF),
    )
    middle_names = forms.CharField(
        label="Middle names", max_length=80, required=False, widget=forms.TextInput(attrs=OFF)
    )
    surname = forms.CharField(
        label="Surname", max_length=80, required=False, widget=forms.TextInput(attrs=OFF)
    )
    born = GovDateField(
        label="Date of birth", required=False, help_text="Leave this empty if nobody knows."
    )
    is_born_estimated = forms.BooleanField(
        label="This date of birth is only about right", required=False
    )
    sex = forms.ChoiceField(
        label="Sex",
        choices=[("F", "Female"), ("M", "Male"), ("U", "Not known")],
        widget=forms.RadioSelect(attrs={"is_inline": True}),
        error_messages={"required": "Select the child's sex, or that it is not known"},
    )
    upn = forms.CharField(
        label="Unique pupil number (UPN)",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-20"}),
    )
    is_shared = forms.BooleanField(
        label="The number is this child’s, though another record has it", required=False
    )

    def __init__(self, *args: Any, on: date, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.user = on, user
        self.holders: Sequence[Child] = ()
        if not self.data.get("is_shared"):
            self.fields["is_shared"].widget = forms.HiddenInput()
        _not_after(self, "born", on)

    def clean_upn(self) -> str:
        """Refuse a number that cannot be right; it would lead to another child."""
        upn = normalise(self.cleaned_data["upn"])
        check = check_upn(upn)
        if upn and not check.is_valid:
            raise forms.ValidationError(check.problem)
        return upn

    def clean(self) -> dict[str, Any]:
        """Refuse a child without any name, no child, and a number that another child has."""
        cleaned = super().clean()
        refuse_what_is_none(self, "forename", "middle_names", "surname")
        if not cleaned.get("forename") and not cleaned.get("surname") and not self.errors:
            self.add_error("forename", "Enter a forename or a surname")
        born = cleaned.get("born")
        if born and not age.is_of_a_pupil(born, on=self.on):
            self.add_error("born", words.no_childs_birthday(born, on=self.on))
        self._refuse_number_of_another(cleaned)
        return cleaned

    def _refuse_number_of_another(self, cleaned: dict[str, Any]) -> None:
        upn = cleaned.get("upn")
        found = queries.holders_of(self.user, [upn], on=self.on) if upn else []
        self.holders = [child for _, child in found]
        if self.holders and not cleaned.get("is_shared"):
            self.fields["is_shared"].widget = forms.CheckboxInput()
            names = " and ".join(child.name for child in self.holders)
            self.add_error("upn", f"Unique pupil number (UPN): {names} already has {upn}")
            self.add_error(
                "is_shared",
                "Go back and look for that child, correct the number, or tick that it is also "
                "this child’s",
            )


class LastHomeForm(Form):
    """Where the child was last known to live."""

    address = forms.CharField(
        label="Last known address",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={**OFF, "rows": 3}),
    )
    postcode = forms.CharField(
        label="Postcode",
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-10"}),
    )
    has_no_home = forms.BooleanField(label="The child has no fixed abode", required=False)

    def clean(self) -> dict[str, Any]:
        """Take the code or the words for no fixed abode as that, and not as an address."""
        cleaned = super().clean()
        for name in ("address", "postcode"):
            if is_no_fixed_abode(cleaned.get(name) or ""):
                cleaned.update({name: "", "has_no_home": True})
        instead = "Leave this empty, or tick that the child has no fixed abode"
        refuse_what_is_none(self, instead=instead)
        return cleaned


class CarerForm(Form):
    """A parent or carer, if one is known."""

    carer_forename = forms.CharField(
        label="Parent or carer: forename",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    carer_surname = forms.CharField(
        label="Parent or carer: surname",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    carer_kind = forms.ChoiceField(
        label="Parent or carer: what they are to the child",
        required=False,
        choices=[("", "Not known"), *((code, RELATIONSHIPS[code]) for code in CARERS)],
    )
    carer_phone = forms.CharField(
        label="Parent or carer: telephone",
        max_length=35,
        required=False,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-20"}),
    )
    carer_is_responsible = forms.ChoiceField(
        label="Do they have parental responsibility?",
        required=False,
        choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect(attrs={"is_inline": True}),
    )


class LastSchoolForm(Form):
    """The school where the child was last, if one is known."""

    school: "forms.ModelChoiceField[School]" = Schools(
        queryset=School.objects.none(),
        label="Last school",
        required=False,
        empty_label="Not known, or none",
    )
    left_on = GovDateField(
        label="Last day there", required=False, help_text="Leave this empty if nobody knows."
    )

    def __init__(
        self,
        *args: Any,
        on: date,
        born: date | None,
        schools: QuerySet[School],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.born_on = born
        _not_after(self, "left_on", on)
        school = self.fields["school"]
        assert isinstance(school, forms.ModelChoiceField)
        school.queryset = schools

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the child was born."""
        cleaned = super().clean()
        left_on = cleaned.get("left_on")
        if self.born_on and left_on and left_on < self.born_on:
            self.add_error("left_on", "Last day there: this is before the date of birth")
        return cleaned
