"""A family that asks about places, in one minute."""

from datetime import date
from typing import Any

from django import forms

from onroll.admissions.actions import ChildFacts
from onroll.admissions.models import HOW_TITLES
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form

OFF = {"autocomplete": "off", "spellcheck": "false"}
MOST = 4
"""Children of whom the form asks; more go into the remark."""
NAMES = ("first", "second", "third", "fourth")
FACTS = ("adult", "phone", "email", "no_contact_why", "how", "remark")
FEWEST_FIGURES = 8
"""Of a telephone number: a call within Harrow needs eight, one to elsewhere more."""
NO_CONTACT = "Enter a telephone number or an email, or why there is neither"
NO_PHONE = "Enter a telephone number in figures, like 020 7946 0001"


class FamilyForm(Form):
    """Who asked, for which children, and how they are reached."""

    adult = forms.CharField(
        label="Name of the parent or carer", max_length=120, widget=forms.TextInput(attrs=OFF)
    )
    phone = forms.CharField(
        label="Their telephone number",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    email = forms.EmailField(
        label="Their email", required=False, widget=forms.EmailInput(attrs=OFF)
    )
    no_contact_why = forms.CharField(
        label="If they have neither: why, and how can they be found?",
        help_text="For example: no telephone yet, they come to the school each Monday.",
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    how = forms.ChoiceField(
        label="How did they ask?",
        choices=[(how.value, words) for how, words in HOW_TITLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they asked"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, word in enumerate(NAMES, start=1):
            is_first = number == 1
            for part in ("forename", "surname"):
                self.fields[f"{part}_{number}"] = forms.CharField(
                    label=f"{part.capitalize()} of the {word} child",
                    max_length=80,
                    required=is_first,
                    widget=forms.TextInput(attrs=OFF),
                )
            self.fields[f"born_{number}"] = GovDateField(
                label=f"Date of birth of the {word} child",
                required=False,
                not_after=on,
                help_text="Leave this empty if they did not say." if is_first else "",
            )
        self.fields["remark"] = forms.CharField(
            label="Anything else?",
            help_text="For example the last school, when they came, or more children.",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean_phone(self) -> str:
        """Refuse what nobody can ring."""
        phone: str = self.cleaned_data["phone"]
        if phone and sum(letter.isdecimal() for letter in phone) < FEWEST_FIGURES:
            raise forms.ValidationError(NO_PHONE)
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the family, and for both names of each further child."""
        cleaned = super().clean()
        is_wrong = bool({"phone", "email"} & self.errors.keys())
        ways = ("phone", "email", "no_contact_why")
        if not is_wrong and not any(cleaned.get(way) for way in ways):
            self.add_error("phone", NO_CONTACT)
        for number in range(2, MOST + 1):
            names = [cleaned.get(f"{part}_{number}") for part in ("forename", "surname")]
            if any((*names, cleaned.get(f"born_{number}"))) and not all(names):
                empty = "surname" if names[0] else "forename"
                self.add_error(f"{empty}_{number}", "Enter both names of this child")
        return cleaned

    @property
    def facts(self) -> dict[str, str]:
        """Return what was answered about the family."""
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def children(self) -> list[ChildFacts]:
        """Return the children of whom a name was given."""
        answers = self.cleaned_data
        return [
            ChildFacts(
                answers[f"forename_{number}"],
                answers[f"surname_{number}"],
                answers[f"born_{number}"],
            )
            for number in range(1, MOST + 1)
            if answers[f"forename_{number}"]
        ]


class NoteForm(Form):
    """What is done about a family."""

    remark = forms.CharField(
        label="What do you do?",
        help_text="For example: sent the form, rang them, opened a case. Whoever told us reads it.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
