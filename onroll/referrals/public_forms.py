"""The short form for anyone: what a neighbour can answer, and nothing else (P10)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.referrals.codes import Relation

OFF = {"autocomplete": "off", "spellcheck": "false"}
NOT_SURE = "The person who referred is not sure whether the child is in danger."
RELATIONS = (
    (Relation.NEIGHBOUR.value, "A neighbour"),
    (Relation.RELATIVE.value, "A relative or a friend of the family"),
    (Relation.PARENT.value, "The child’s parent or carer"),
    (Relation.PROFESSIONAL.value, "I work with children or families"),
    (Relation.SOMEBODY_ELSE.value, "Somebody else"),
    (Relation.NOT_SAID.value, "I would rather not say"),
)


def _text(label: str, most: int, *, help_text: str = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={**OFF, "rows": rows}) if rows else forms.TextInput(attrs=OFF)
    return forms.CharField(
        label=label, max_length=most, required=False, help_text=help_text, widget=widget
    )


class ChildForm(Form):
    """Which child it is about, as far as the person knows."""

    forename = _text("First name", 80)
    surname = _text("Last name", 80)
    age = forms.IntegerField(
        label="About how old is the child?",
        required=False,
        min_value=0,
        max_value=19,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Age must be a number, like 9",
            "min_value": "Age must be 0 or more",
            "max_value": "Age must be 19 or less",
        },
    )
    born = GovDateField(
        label="Date of birth", required=False, help_text="Leave this empty if you do not know it."
    )
    home = _text(
        "Where does the child live, or where did you see them?",
        400,
        help_text="A street is enough.",
        rows=3,
    )
    school_words = _text("Which school did they go to?", 200)
    last_seen = _text("When did you last see the child?", 400)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born = self.fields["born"]
        assert isinstance(born, GovDateField)
        born.not_after = on

    def clean(self) -> dict[str, Any]:
        """Ask for something by which the child can be looked for."""
        cleaned = super().clean()
        if not self.errors and not any(
            cleaned.get(name) for name in ("forename", "surname", "home", "school_words")
        ):
            self.add_error("forename", "Enter a name, or where the child lives, or a school")
        return cleaned


class WorryForm(Form):
    """What worries the person, and whether the child may be in danger."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "danger": {"yes": ("danger_why",)}
    }

    worry = forms.CharField(
        label="What worries you?",
        help_text="Tell us what you saw or heard. Name other children here too.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter what worries you"},
    )
    danger = forms.ChoiceField(
        label="Could the child be hurt soon?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the child could be hurt soon"},
    )
    danger_why = forms.CharField(
        label="What makes you think so?",
        help_text="Ring us as well. Do not wait for an answer to this form.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what makes you think so"},
    )


def urgent_why(answers: Mapping[str, Any]) -> str:
    """Return from the answers why a referral is urgent; not sure counts as urgent."""
    if answers["danger"] == "yes":
        return str(answers["danger_why"])
    return NOT_SURE if answers["danger"] == "not_sure" else ""


class YouForm(Form):
    """Who refers, if they want to say so."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "gives_name": {"yes": ("referrer_name", "referrer_contact")}
    }

    relation = forms.ChoiceField(
        label="Who are you to the child?",
        choices=RELATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who you are to the child"},
    )
    gives_name = forms.ChoiceField(
        label="Will you give us your name?",
        help_text="You do not have to. With a name we can ask you if something is not clear.",
        choices=[("yes", "Yes"), ("no", "No, I want to stay anonymous")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you will give us your name"},
    )
    referrer_name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    referrer_contact = forms.CharField(
        label="Your telephone number or email",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
