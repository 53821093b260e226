"""What is asked of who breaks the glass, and of who reviews that."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from onroll.glass.actions import Target
from onroll.glass.models import BY_NAME, BY_REFERENCE
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.rules.break_glass import VERDICTS, Verdict

OFF = {"autocomplete": "off"}
YEARS = timedelta(days=366 * 20)


def _line(label: str, needs: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=80,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs},
    )


class BreakGlassForm(Form):
    """Which case, or which child, and why."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "by": {BY_REFERENCE: ("ref",), BY_NAME: ("forename", "surname", "born_on")}
    }
    by = forms.ChoiceField(
        label="What do you have?",
        choices=[
            (BY_REFERENCE, "The reference of the case"),
            (BY_NAME, "The name and the birthday of the child"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you have"},
    )
    ref = _line("Reference", "Enter the reference", "For example: 234-567-892.")
    forename = _line("First name", "Enter the first name")
    surname = _line("Last name", "Enter the last name")
    born_on = GovDateField(label="Birthday", error_messages={"required": "Enter the birthday"})
    why = forms.CharField(
        label="Why must you see this case now?",
        help_text="What could happen to the child otherwise, and who asks you. The data "
        "protection officer and the team of the case read it.",
        min_length=20,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Say why you must see this case now",
            "min_length": "Say why in a few words more",
        },
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["born_on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after = on - YEARS, on

    @property
    def target(self) -> Target:
        """Return what is looked for, of a form that is valid."""
        answers = self.cleaned_data
        if answers["by"] == BY_REFERENCE:
            return Target(ref=answers["ref"])
        return Target("", answers["forename"], answers["surname"], answers["born_on"])


class VerdictForm(Form):
    """What the review of a break-glass found."""

    verdict = forms.ChoiceField(
        label="What do you find?",
        choices=[(verdict.value, title) for verdict, title in VERDICTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you find"},
    )
    words = forms.CharField(
        label="Why, and what happens now?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, and what happens now"},
    )

    @property
    def chosen(self) -> Verdict:
        """Return what was found, of a form that is valid."""
        return Verdict(self.cleaned_data["verdict"])
