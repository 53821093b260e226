"""What was done about a child who is not safe, who was told, and what was mistaken (P66)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from onroll.cases.sighting_forms import SMALL, YEARS, line
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.rules.sightings import Care


def _version() -> forms.IntegerField:
    """Keep whether somebody's answer stood on the page when it was opened."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class WorryForm(Form):
    """What was done about a child who is not safe, or of whom nobody is sure."""

    why = forms.CharField(
        label="What was done, and who was told?",
        help_text="Names, teams, and when: for example the hub, the social worker, the police.",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say what was done, and who was told"},
    )
    version = _version()


class CareForm(Form):
    """Who at social care was told that a child may be privately fostered, or why nobody is."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "is_told": {
            "yes": ("care_name", "care_team", "care_on"),
            "no": ("care_why_not", "decided_by", "decided_on"),
        },
    }
    is_told = forms.ChoiceField(
        label="Was children’s social care told?",
        choices=[("yes", "Yes"), ("no", "No, and nobody is to be told")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether children’s social care was told"},
    )
    care_name = line("Name of who was told", 120, needs="Enter the name of who was told")
    care_team = line("Their team", 120, needs="Enter the team of who was told")
    care_on = GovDateField(
        label="On which day were they told?", error_messages={"required": "Enter the day"}
    )
    care_why_not = forms.CharField(
        label="Why not?",
        max_length=2000,
        widget=forms.Textarea(attrs=SMALL),
        error_messages={"required": "Say why nobody is told"},
    )
    decided_by = line(
        "Who decided that?",
        120,
        help_text="Name and role.",
        needs="Enter the name of who decided that",
    )
    decided_on = GovDateField(
        label="On which day was that decided?", error_messages={"required": "Enter the day"}
    )
    version = _version()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("care_on", "decided_on"):
            field = self.fields[name]
            assert isinstance(field, GovDateField)
            field.not_before, field.not_after = today - YEARS, today

    @property
    def care(self) -> Care:
        """Return who was told, or who decided that nobody is, of a form that is valid."""
        answers = self.cleaned_data
        if answers["is_told"] == "yes":
            return Care(name=answers["care_name"], team=answers["care_team"], on=answers["care_on"])
        why_not, name = answers["care_why_not"], answers["decided_by"]
        return Care(name=name, on=answers["decided_on"], why_not=why_not)


class WithdrawSightingForm(Form):
    """Why something that was written down is no longer to stand."""

    why = forms.CharField(
        label="What was mistaken?",
        help_text="It stays to read, with this reason. To correct it, write it down anew.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was mistaken"},
    )
