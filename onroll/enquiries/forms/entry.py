"""What is asked of one entry: who did it, whom they asked, when, how, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from onroll.cases.queries import home_in_words
from onroll.children.models import Address
from onroll.enquiries.actions import EntryFacts, File
from onroll.enquiries.forms.questions import RESULTS, evidence_file, line, text, to_chase_on
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.enquiries import METHODS
from onroll.rules.enquiry_log import Lead, Result

A_YEAR = timedelta(days=366)


class EntryForm(Form):
    """An entry: who did it, whom they asked, when and how."""

    on = GovDateField(label="Day it was done", error_messages={"required": "Enter the day"})
    time = line("At what time?", 20, help_text="If it matters, for example of a visit: 9am.")
    done_by = line(
        "Who did it?", 120, help_text="Name and team. Leave it empty if you did it yourself."
    )
    name = line("Who was asked?", help_text="Name and team, or who was spoken to and who they are.")
    contact = line("Their telephone number, email or address")
    address = forms.ChoiceField(
        label="At which address of the child?",
        help_text="Only of a visit, a letter, or neighbours.",
        required=False,
        choices=[("", "None of these")],
    )
    method = forms.ChoiceField(
        label="How?",
        choices=METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it was done"},
    )

    def __init__(
        self, *args: Any, on: date, addresses: Sequence[Address] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day = on
        self.addresses = {str(address.pk): address for address in addresses}
        if addresses:
            rows = [(key, home_in_words(address)) for key, address in self.addresses.items()]
            choose(self, "address", [("", "None of these"), *rows])
        else:
            del self.fields["address"]
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after, field.initial = on - A_YEAR, on, on
        if "chase_on" in self.fields:
            chase = self.fields["chase_on"]
            assert isinstance(chase, GovDateField)
            chase.not_before = on

    @property
    def facts(self) -> EntryFacts:
        """Return what was recorded, of a form that is valid."""
        address = self.addresses.get(self.cleaned_data.get("address", ""))
        return replace(facts_of(self.cleaned_data, on=self.day), address=address)


def facts_of(answers: Mapping[str, Any], *, on: date) -> EntryFacts:
    """Return what was recorded; `on` is the day where none was asked."""
    result, _, lead = (answers.get("result") or "").partition(":")
    return EntryFacts(
        on=answers.get("on") or on,
        time=answers.get("time", ""),
        by=answers.get("done_by", ""),
        name=answers.get("name", ""),
        contact=answers.get("contact", ""),
        method=answers.get("method", ""),
        words=answers.get("words", "") or answers.get("asked_words", ""),
        lives_there=answers.get("lives_there", ""),
        evidence=answers.get("evidence", ""),
        result=Result(result) if result else None,
        lead=Lead(lead) if lead else None,
        chase_on=answers.get("chase_on"),
        file=_file(answers.get("file")),
    )


def _file(file: UploadedFile | None) -> File | None:
    """Return a file that was chosen: its name and its bytes."""
    return (str(file.name), file.read()) if file else None


class AskForm(EntryForm):
    """That somebody was asked, or asked again."""

    chase_on = to_chase_on()
    words = text("What did you ask?", help_text="Tell them no more than they need to answer.")


class ChaseForm(EntryForm):
    """That somebody was asked again."""

    chase_on = to_chase_on()
    words = text(
        "What did you say or hear?",
        help_text="For example: no answer, left a message; or: they will look tomorrow.",
        needs="Say what you said or heard",
    )


class AnswerForm(EntryForm):
    """What came of an enquiry, and what shows it."""

    result = forms.ChoiceField(
        label="What came of it?",
        choices=RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what came of it"},
    )
    words = text(
        "What did they say?",
        help_text="In their words, as far as you can. This cannot be changed later.",
        needs="Say what they answered, or that nobody did",
    )
    lives_there = line(
        "Who lives at that address now?",
        help_text="If it was found out. For example: a family with another name, since October.",
    )
    evidence = text(
        "What shows it?", help_text="For example: their email of 3 November; a letter.", rows=2
    )
    file = evidence_file()


class SchoolAnswerForm(Form):
    """What a school knows of what the council asks it."""

    result = forms.ChoiceField(
        label="Do you know where the child is?",
        choices=[
            (Result.LOCATED.value, "Yes"),
            *((code, title) for code, title in RESULTS if ":" in code),
            (Result.NOTHING_KNOWN.value, "No"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you know where the child is"},
    )
    words = text(
        "What do you know, and from whom?", needs="Say what you know, or that it is nothing"
    )
    evidence = text("What shows it?", help_text="For example: an email of the new school.", rows=2)
    file = evidence_file()

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def facts(self) -> EntryFacts:
        """Return what the school says, of a form that is valid."""
        return facts_of(self.cleaned_data, on=self.on)
