"""What is asked before a letter is made, of letters made at once, and of what became of one."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from onroll.cases.queries import home_in_words
from onroll.children.models import Address
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form, choose
from onroll.letters.actions import Draft
from onroll.letters.queries import ANYBODY
from onroll.rules.letters import (
    AT_A_DOOR,
    FATE_TITLES,
    KIND_TITLES,
    WAY_TITLES,
    LetterKind,
    Way,
)

OFF = {"autocomplete": "off", "spellcheck": "false"}
A_YEAR = timedelta(days=366)
MEANWHILE = "Somebody changed some of these meanwhile. Look at who is left, and send it again"


def _day(label: str, hint: str = "") -> GovDateField:
    return GovDateField(label=label, help_text=hint)


def _between(form: Form, name: str, *, on: date) -> None:
    field = form.fields[name]
    assert isinstance(field, GovDateField)
    field.not_before, field.not_after, field.initial = on - A_YEAR, on, on


class LetterForm(Form):
    """To whom a letter goes, how, and where."""

    reveals: ClassVar = {"way": {Way.EMAIL.value: ("email",), Way.TEXT.value: ("phone",)}}

    called_on = _day("Day on which you called")
    person = forms.ChoiceField(label="To whom?", widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label="How do you send it?",
        help_text="Onroll sends nothing. You print it, or copy the text.",
        choices=[(way.value, title) for way, title in WAY_TITLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you send it"},
    )
    email = forms.EmailField(
        label="Their email address",
        help_text="Make sure that it is theirs: the letter has a private link.",
        error_messages={"required": "Enter the email address of the parent"},
    )
    phone = forms.CharField(
        label="Their telephone number",
        max_length=40,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Enter the telephone number of the parent"},
    )
    address = forms.ChoiceField(
        label="To which address?", help_text="Of a letter by post or by hand.", required=False
    )

    def __init__(
        self,
        *args: Any,
        kind: LetterKind,
        on: date,
        people: Sequence[str],
        homes: Sequence[Address],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.homes = kind, {str(home.pk): home for home in homes}
        rows = [(key, home_in_words(home)) for key, home in self.homes.items()]
        choose(self, "address", [("", "None of these"), *rows])
        choose(self, "person", [(name, name) for name in (ANYBODY, *people)])
        self.initial.setdefault("person", ANYBODY)
        self.initial.setdefault("address", next(iter(self.homes), ""))
        if kind is LetterKind.VISIT:
            _between(self, "called_on", on=on)
        else:
            del self.fields["called_on"]

    def clean(self) -> dict[str, Any]:
        """Ask for an address of a letter that goes to a door."""
        cleaned = super().clean()
        if cleaned.get("way") in AT_A_DOOR and not cleaned.get("address"):
            self.add_error("address", "Select the address, or another way to send it")
        return cleaned

    @property
    def draft(self) -> Draft:
        """Return what is decided of the letter, of a form that is valid."""
        answers, way = self.cleaned_data, Way(self.cleaned_data["way"])
        is_door = way in AT_A_DOOR
        return Draft(
            kind=self.kind,
            way=way,
            addressee=answers["person"],
            home=self.homes[answers["address"]] if is_door else None,
            place="" if is_door else answers["email"] or answers["phone"],
            called_on=answers.get("called_on"),
        )


class MailingForm(Form):
    """Which kind of letter goes to the families of the cases that were ticked."""

    kind = forms.ChoiceField(
        label="Which letter?",
        choices=[
            (kind.value, title)
            for kind, title in KIND_TITLES.items()
            if kind in (LetterKind.FIRST, LetterKind.CHASER)  # of others each has its own day
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select which letter"},
    )
    cases = forms.MultipleChoiceField(
        label="To the families of which children?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one child", "invalid_choice": MEANWHILE},
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "cases", cases)
        self.initial.setdefault("cases", [ref for ref, _ in cases])


class FateForm(Form):
    """What became of a letter, on which day, and what is known of it."""

    fate = forms.ChoiceField(
        label="What became of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what became of it"},
    )
    on = _day("Day on which it was")
    words = forms.CharField(
        label="What do you know of it?",
        help_text="For example what the envelope says: gone away, no such address.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, on: date, sent_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "fate", [(fate.value, title) for fate, title in FATE_TITLES.items()])
        _between(self, "on", on=on)
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_before = sent_on
