"""What is asked of a meeting of agencies, of its agenda, and of what it decided."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from django import forms

from onroll.cases.action_forms import ACTION, ActionForm
from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form, choose
from onroll.meetings.queries import Proposal
from onroll.rules.meetings import GROUNDS, NoPerson, people_in

OFF = {"autocomplete": "off"}


def _text(label: str, hint: str, needs: str, rows: int = 4, **options: Any) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": needs},
        **options,
    )


class PlanForm(Form):
    """When and where agencies meet."""

    on = GovDateField(label="On which day?", error_messages={"required": "Enter the day"})
    starts_at = forms.TimeField(
        label="At what time?",
        help_text="For example, 10:30.",
        required=False,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-5"}),
        error_messages={"invalid": "Time: write it as 10:30"},
    )
    place = forms.CharField(
        label="Where?",
        help_text="A room, or “online”.",
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Say where"},
    )

    @property
    def hour(self) -> time | None:
        """Return at what time it starts, of a form that is valid, as far as it was said."""
        hour: time | None = self.cleaned_data["starts_at"]
        return hour


class ProposalsForm(Form):
    """Which of the cases that the register proposes come on the agenda."""

    cases = forms.MultipleChoiceField(
        label="Which of them come on the agenda?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the cases, or go back to the meeting"},
    )

    def __init__(
        self, *args: Any, proposals: Sequence[Proposal], names: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._proposals = {row.case.ref: row for row in proposals}
        choices = [(ref, _choice(row, names)) for ref, row in self._proposals.items()]
        choose(self, "cases", choices)

    @property
    def chosen(self) -> list[Proposal]:
        """Return what was chosen, of a form that is valid."""
        return [self._proposals[ref] for ref in self.cleaned_data["cases"]]


def _choice(proposal: Proposal, names: Mapping[int, str]) -> Choice:
    """Return the child and the case, with the grounds below."""
    why = ". ".join(GROUNDS[ground] for ground in proposal.grounds)
    return Choice(f"{names[proposal.case.pk]}, case {proposal.case.ref}", why)


class AddForm(Form):
    """A case that an officer puts on the agenda, and why."""

    ref = forms.CharField(
        label="Which case?",
        help_text="Its reference, for example 234-567-89A.",
        max_length=20,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-10"}),
        error_messages={"required": "Enter the reference of the case"},
    )
    why = _text("Why is it talked about?", "It stands on the agenda.", "Say why", 3)


class RemoveForm(Form):
    """Why a case is taken off the agenda."""

    why = _text("Why is it taken off?", "It stays in the chronology.", "Say why", 3)


class DecisionForm(ActionForm):
    """What was decided, who does it and by when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].label = "What was decided?"
        self.fields["whom"].help_text = "The name, and of which agency."


class TalkForm(DecisionForm):
    """What was said of a case, and what was decided first, if anything was."""

    field_order = ("words", "is_decided", *ACTION)
    reveals = {"is_decided": {"yes": ACTION}}  # noqa: RUF012 - as Form reads it

    words = _text(
        "What was said?",
        "What each agency knows of the child, and what worries them. In the minutes the child’s "
        "name becomes initials; write no other child’s name.",
        "Say what was said",
        6,
    )
    is_decided = forms.ChoiceField(
        label="Was anything decided?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether anything was decided"},
    )


class EndForm(Form):
    """Who came to the meeting."""

    people = _text(
        "Who came?",
        "A line for each person: the name, a comma, and for whom they came. "
        "For example: Grace Quill, housing.",
        "Say who came",
        8,
    )

    def clean_people(self) -> list[tuple[str, str]]:
        """Return who came and for whom."""
        try:
            people = people_in(self.cleaned_data["people"])
        except NoPerson as mistake:
            raise forms.ValidationError(str(mistake)) from None
        return people
