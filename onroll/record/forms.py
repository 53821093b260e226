"""What is asked of what the family was told, of a complaint and its answer, and of a case file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form, choose
from onroll.record.actions import Telling
from onroll.record.models import Complaint
from onroll.rules.complaints import COMPLAINANTS, TELLINGS, Complainant

OFF = {"autocomplete": "off"}


def _text(label: str, hint: str, needs: str, rows: int = 4) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": needs},
    )


class TellingForm(Form):
    """What the family was told, by whom and how; or why it was not told."""

    field_order = ("was_told", "whom", "method", "on", "words")
    reveals = {"was_told": {"yes": ("whom", "method")}}  # noqa: RUF012 - as Form reads it

    was_told = forms.ChoiceField(
        label="Was the family told?",
        choices=(
            ("yes", Choice("Yes")),
            ("no", Choice("No", "Say below why not: that is part of the record as well.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the family was told"},
    )
    whom = forms.CharField(
        label="Who was told?",
        help_text="The name, and what they are to the child.",
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Enter who was told"},
    )
    method = forms.ChoiceField(
        label="How?",
        choices=TELLINGS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they were told"},
    )
    on = GovDateField(label="On which day?", error_messages={"required": "Enter the day"})
    words = _text(
        "What were they told, or why not?",
        "A family is told only where that is safe for the child.",
        "Say what they were told, or why not",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_after = today

    @property
    def telling(self) -> Telling:
        """Return what is to be written down, of a form that is valid."""
        answers = self.cleaned_data
        was_told = answers["was_told"] == "yes"
        return Telling(
            was_told=was_told,
            on=answers["on"],
            words=answers["words"],
            whom=answers["whom"] if was_told else "",
            method=answers["method"] if was_told else "",
        )


class ComplaintForm(Form):
    """A complaint about a case: when it came, from whom and of what."""

    came_on = GovDateField(
        label="On which day did it come?", error_messages={"required": "Enter the day it came"}
    )
    complainant = forms.ChoiceField(
        label="Who complains?",
        choices=[(code.value, title) for code, title in COMPLAINANTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who complains"},
    )
    name = forms.CharField(
        label="Their name", max_length=120, required=False, widget=forms.TextInput(attrs=OFF)
    )
    words = _text("Of what do they complain?", "In their words.", "Say what they complain of")

    @property
    def person(self) -> Complainant:
        """Return who complains, of a form that is valid."""
        return Complainant(self.cleaned_data["complainant"])


class AnswerForm(Form):
    """On which day a complaint was answered, and how."""

    on = GovDateField(
        label="On which day was it answered?", error_messages={"required": "Enter the day"}
    )
    answer = _text(
        "What was answered?",
        "What was found, what is put right, and that they may go to the ombudsman.",
        "Say what was answered",
    )


class CaseFileForm(Form):
    """Why the file of a case is made, and for which complaint."""

    why = _text(
        "Why is the file made?", "It stands on the file and in the log.", "Say why it is made", 3
    )
    complaint = forms.ChoiceField(label="For which complaint?", required=False)

    def __init__(self, *args: Any, complaints: Sequence[Complaint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._complaints = {row.ref: row for row in complaints}
        titles = [(row.ref, f"{row.ref}: {row.whose}") for row in complaints]
        choose(self, "complaint", [("", "Not about a complaint"), *titles])

    @property
    def chosen(self) -> Complaint | None:
        """Return the complaint that was chosen, of a form that is valid."""
        return self._complaints.get(self.cleaned_data["complaint"])
