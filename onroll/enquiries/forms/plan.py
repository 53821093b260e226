"""What is asked of the plan of a case, and why an enquiry is left out or withdrawn."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.forms.questions import SMALL, text
from onroll.govuk.forms import Form, choose
from onroll.rules.enquiries import EnquiryStep


class LeaveOutForm(Form):
    """Why an enquiry that the case asks for is not made."""

    words = text(
        "Why is it left out?",
        help_text="For example: the family never lived in council housing.",
        needs="Say why it is left out",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def facts(self) -> EntryFacts:
        """Return what was recorded, of a form that is valid."""
        return EntryFacts(on=self.on, words=self.cleaned_data["words"])


class WithdrawForm(LeaveOutForm):
    """Why an enquiry should not stand on the list."""

    words = text(
        "Why is it withdrawn?",
        help_text="For example: it was recorded twice, or on a wrong day. It stays to be read.",
        needs="Say why it is withdrawn",
    )


MEANWHILE = (
    "Somebody has put some of these on the list meanwhile. Look at what is left, and send it again."
)


class PlanForm(Form):
    """Which enquiries are to be made, and why others are not."""

    steps = forms.MultipleChoiceField(
        label="Which enquiries are to be made?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
        error_messages={"invalid_choice": MEANWHILE},
    )
    left_out_why = text(
        "Why are the others left out?",
        help_text="Only if you left out one that the case asks for.",
        rows=3,
    )

    def __init__(self, *args: Any, asked_for: Sequence[EnquiryStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_for = [step.code for step in asked_for]
        choose(self, "steps", [(step.code, step.title) for step in asked_for])
        self.initial.setdefault("steps", self.asked_for)

    @property
    def left_out(self) -> list[str]:
        """Return the steps that were left out, of a form that is valid."""
        return [code for code in self.asked_for if code not in self.cleaned_data["steps"]]

    def clean(self) -> dict[str, Any]:
        """Ask for a word wherever something is left out."""
        cleaned = super().clean()
        if not self.errors and self.left_out and not cleaned.get("left_out_why"):
            self.add_error("left_out_why", "Say why the others are left out")
        return cleaned
