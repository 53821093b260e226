"""What is asked of who wants to know whether a child is on a roll."""

from datetime import date
from typing import Any

from django import forms

from onroll.cases.queries.typed import Typed
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.rules import age
from onroll.rules.roll_question import PURPOSES

OFF = {"autocomplete": "off", "spellcheck": "false"}


class RollForm(Form):
    """One child, and for what one asks."""

    purpose = forms.ChoiceField(
        label="Why do you ask?",
        choices=[(purpose.value, words) for purpose, words in PURPOSES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why you ask"},
    )
    forename = forms.CharField(
        label="The child’s forename", max_length=80, widget=forms.TextInput(attrs=OFF)
    )
    surname = forms.CharField(
        label="The child’s surname", max_length=80, widget=forms.TextInput(attrs=OFF)
    )
    born = GovDateField(label="Date of birth")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_born(self) -> date:
        """Refuse a birthday that no pupil has."""
        born: date = self.cleaned_data["born"]
        if not age.is_of_a_pupil(born, on=self.on):
            raise forms.ValidationError("Date of birth: nobody born then is at school")
        return born

    @property
    def typed(self) -> Typed:
        """Return what was typed of the child."""
        answers = self.cleaned_data
        return Typed(answers["forename"], answers["surname"], answers["born"])


class RollByCodeForm(RollForm):
    """The same for who has a code of the council instead of an account."""

    field_order = ("code", "purpose", "forename", "surname", "born")

    code = forms.CharField(
        label="Your code",
        help_text="The council gave it to you by name. Do not pass it on.",
        max_length=40,
        widget=forms.TextInput(attrs=OFF),
    )
