"""What is asked of a line of the sharing log that somebody writes by hand, or withdraws."""

from datetime import date, timedelta
from typing import Any

from django import forms

from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.enquiries import METHODS
from onroll.rules.sharing import bases_on
from onroll.sharing.actions import Line
from onroll.sharing.forms import WhomForm, line

A_YEAR = timedelta(days=366)


def _text(label: str, hint: str, needs: str) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": needs},
    )


DECISIONS = (
    ("shared", Choice("It was shared")),
    (
        "not",
        Choice("It was decided not to share", "That is written down as well, with the reason."),
    ),
)


class LineForm(WhomForm):
    """What was shared about the child on the telephone or at a meeting, or was not shared."""

    field_order = (
        "decision",
        "agency",
        "whom",
        "on",
        "contents",
        "why",
        "bases",
        "method",
        "done_by",
    )
    reveals = {"decision": {"shared": ("bases", "method")}}  # noqa: RUF012 - as Form reads it

    decision = forms.ChoiceField(
        label="Was it shared?",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it was shared"},
    )
    on = GovDateField(label="Day", error_messages={"required": "Enter the day"})
    contents = _text(
        "What was shared, or asked for?",
        "The kinds of things, such as: last address and date of birth.",
        "Say what was shared, or asked for",
    )
    why = _text(
        "Why, or why not?", "How it helps to keep the child safe and taught.", "Say why, or why not"
    )
    bases = forms.MultipleChoiceField(
        label="On what basis?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one basis"},
    )
    method = forms.ChoiceField(
        label="How?",
        choices=METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it was shared"},
    )
    done_by = line("Who decided?", 120, "Leave it empty if you did.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = bases_on(on).values()
        choose(self, "bases", [(row.code, Choice(row.words, row.source)) for row in rows])
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after, field.initial = on - A_YEAR, on, on

    @property
    def line_of_log(self) -> Line:
        """Return the line of the log, of a form that is valid."""
        answers = self.cleaned_data
        return Line(
            is_shared=answers["decision"] == "shared",
            on=answers["on"],
            whom=self.name,
            agency=answers["agency"],
            contents=answers["contents"],
            why=answers["why"],
            method=answers["method"] or "",
            bases=answers["bases"] or (),
            done_by=answers["done_by"],
        )


class WithdrawForm(Form):
    """Why a line of the log should not count."""

    words = _text(
        "Why is it withdrawn?",
        "For example: it was not sent after all. It stays to be read.",
        "Say why it is withdrawn",
    )
