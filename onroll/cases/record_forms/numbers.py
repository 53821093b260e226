"""The form that corrects a child's numbers."""

from collections.abc import Callable
from typing import Any

from django import forms

from onroll.cases import queries
from onroll.cases.forms import SMALL
from onroll.cases.record_forms.correction import CorrectionForm, text
from onroll.children import actions as children
from onroll.children.models import Child, Identifier, IdentifierKind, Part
from onroll.children.queries import UPNS, current_number
from onroll.rules.identifiers import Check, check_nhs_number, check_uln, check_upn, normalise


class NumbersForm(CorrectionForm):
    """A child's numbers; all optional."""

    part = Part.NUMBERS
    upn = text("Unique pupil number (UPN)", 20, **{"class": "govuk-input--width-20"})
    old = forms.ChoiceField(
        label="If you changed the UPN: what is the one on record?",
        required=False,
        widget=forms.RadioSelect(attrs=SMALL),
        choices=[
            ("wrong", "Never this child’s number, or written wrongly"),
            ("former", "A number the child had before"),
        ],
    )
    is_shared = forms.BooleanField(
        label="The number is this child’s, though another record has it", required=False
    )
    uln = text("Unique learner number (ULN)", 20, **{"class": "govuk-input--width-20"})
    nhs_number = text("NHS number", 20, **{"class": "govuk-input--width-20"})
    wrong = forms.MultipleChoiceField(
        label="Are any of these not this child’s numbers?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current number of each kind."""
        return {name: number.value if number else "" for name, number in _numbers(child).items()}

    def prepare(self, child: Child) -> None:
        """Offer other numbers for removal; ask about sharing only if one is shared."""
        self.holders: list[Child] = []
        if not self.data.get("is_shared"):
            self.fields["is_shared"].widget = forms.HiddenInput()
        current = [number.pk for number in _numbers(child).values() if number]
        identifiers = child.identifiers.exclude(kind=IdentifierKind.WRONG.value).exclude(
            pk__in=current
        )
        self.offer("wrong", [(str(n.pk), n.value) for n in identifiers.order_by("pk")])
        if not self.initial["upn"]:
            self.drop("old")

    def clean_upn(self) -> str:
        """Refuse an impossible UPN, unless it is on record already."""
        return self._checked("upn", check_upn)

    def clean_uln(self) -> str:
        """Refuse an impossible ULN."""
        return self._checked("uln", check_uln)

    def clean_nhs_number(self) -> str:
        """Refuse an impossible NHS number."""
        return self._checked("nhs_number", check_nhs_number)

    def _checked(self, name: str, check: Callable[[str], Check]) -> str:
        value = normalise(self.cleaned_data[name])
        checked = check(value)
        if value and value != self.initial[name] and not checked.is_valid:
            raise forms.ValidationError(checked.problem)
        return value

    def clean(self) -> dict[str, Any]:
        """Require what the old UPN was, if the new one differs."""
        cleaned = super().clean()
        upn = cleaned.get("upn")
        is_another = bool(upn and self.initial["upn"] and upn != self.initial["upn"])
        if is_another and not cleaned.get("old"):
            self.add_error("old", "Select what the UPN on record is")
        self._ask_whose_they_are(cleaned)
        return cleaned

    def _ask_whose_they_are(self, cleaned: dict[str, Any]) -> None:
        """Name other children with a newly typed number, and ask for confirmation."""
        new = {
            name: cleaned[name]
            for name in ("upn", "uln", "nhs_number")
            if cleaned.get(name) and cleaned[name] != self.initial[name]
        }
        holders = queries.holders_of(self.user, new.values(), but=self.child, on=self.on)
        self.holders = list({child.pk: child for _, child in holders}.values())
        if not holders or cleaned.get("is_shared"):
            return
        self.fields["is_shared"].widget = forms.CheckboxInput()
        for name, value in new.items():
            names = [child.name for number, child in holders if number == value]
            if names:
                label = self.fields[name].label
                self.add_error(name, f"{label}: {' and '.join(names)} already has {value}")
        self.add_error("is_shared", "Correct the number, or tick that it is this child’s too")

    @property
    def facts(self) -> children.Numbers:
        """Return the corrected numbers."""
        data = self.cleaned_data
        return children.Numbers(
            upn=data["upn"],
            uln=data["uln"],
            nhs_number=data["nhs_number"],
            is_former=data.get("old") == "former",
            wrong=[int(pk) for pk in data.get("wrong", ())],
        )


def _numbers(child: Child) -> dict[str, Identifier | None]:
    return {
        "upn": current_number(child, UPNS),
        "uln": current_number(child, [IdentifierKind.ULN.value]),
        "nhs_number": current_number(child, [IdentifierKind.NHS_NUMBER.value]),
    }
