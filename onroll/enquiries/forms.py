"""What the pages of enquiries ask: policy p.9 for each entry."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from onroll.cases.models import Case
from onroll.enquiries.actions import EntryFacts, File
from onroll.govuk.fields import FILES_TAKEN, Choice, GovDateField, lower_first
from onroll.govuk.forms import Form, choose
from onroll.rules.enquiries import ENQUIRY_STEPS, METHODS, OTHER, EnquiryStep
from onroll.rules.enquiry_log import (
    LEAD_TITLES,
    RESULT_TITLES,
    TO_CHOOSE,
    Lead,
    Result,
    can_be_asked,
)
from onroll.schools.models import School

A_YEAR = timedelta(days=366)
OFF = {"autocomplete": "off", "spellcheck": "false"}
SMALL = {"is_small": True}


def line(label: str, most: int = 200, *, help_text: str = "", needs: str = "") -> Any:
    """Return a question that is answered in one line; `needs` is said where it must be."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=bool(needs),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs} if needs else {},
    )


def text(label: str, *, help_text: str = "", rows: int = 4, needs: str = "") -> Any:
    """Return a question that is answered in words; `needs` is said where they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=8000,
        required=bool(needs),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": needs} if needs else {},
    )


def _results() -> Iterator[tuple[str, str]]:
    """Yield the choices of what came of an enquiry; of a lead one for each kind."""
    for result in TO_CHOOSE:
        if result is Result.LEAD:
            for lead, title in LEAD_TITLES.items():
                yield f"{result.value}:{lead.value}", f"A lead: {lower_first(title)}"
        else:
            yield result.value, RESULT_TITLES[result]


RESULTS = tuple(_results())


class EntryForm(Form):
    """An entry: who did it, whom they asked, when and how."""

    on = GovDateField(label="Day it was done", error_messages={"required": "Enter the day"})
    time = line("At what time?", 20, help_text="If it matters, for example of a visit: 9am.")
    done_by = line(
        "Who did it?", 120, help_text="Name and team. Leave it empty if you did it yourself."
    )
    name = line("Who was asked?", help_text="Name and team, or who was spoken to and who they are.")
    contact = line("Their telephone number, email or address")
    method = forms.ChoiceField(
        label="How?",
        choices=METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it was done"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = on
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
        return _facts(self.cleaned_data, on=self.day)


def _facts(answers: Mapping[str, Any], *, on: date) -> EntryFacts:
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
        evidence=answers.get("evidence", ""),
        result=Result(result) if result else None,
        lead=Lead(lead) if lead else None,
        chase_on=answers.get("chase_on"),
        file=_file(answers.get("file")),
    )


def _file(file: UploadedFile | None) -> File | None:
    """Return a file that was chosen: its name and its bytes."""
    return (str(file.name), file.read()) if file else None


def _chase_on() -> GovDateField:
    """Return the question when an answer is asked for again."""
    return GovDateField(
        label="Day to ask again, if nothing comes",
        help_text="Leave it empty for the council’s own time for an answer.",
        required=False,
    )


class AskForm(EntryForm):
    """That somebody was asked, or asked again."""

    chase_on = _chase_on()
    words = text("What did you ask?", help_text="Tell them no more than they need to answer.")


class ChaseForm(EntryForm):
    """That somebody was asked again."""

    chase_on = _chase_on()
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
    evidence = text(
        "What shows it?", help_text="For example: their email of 3 November; a letter.", rows=2
    )
    file = forms.FileField(
        label="A letter or a picture",
        help_text=FILES_TAKEN,
        required=False,
        allow_empty_file=True,
    )


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
    file = forms.FileField(
        label="A letter or a picture",
        help_text=FILES_TAKEN,
        required=False,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def facts(self) -> EntryFacts:
        """Return what the school says, of a form that is valid."""
        return _facts(self.cleaned_data, on=self.on)


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


STATES = (
    ("planned", Choice("Still to be made", "It stands on the list.")),
    ("asked", Choice("We wait for an answer", "A day is set on which to ask again.")),
    ("answered", Choice("There is an answer, or it is clear that there will be none")),
)


class EnquiryForm(AnswerForm):
    """An enquiry that is no part of the plan: the step, the children, and its first entry."""

    field_order = (
        *("step", "step_words", "also", "school", "state", "on", "time", "done_by", "name"),
        *("contact", "method", "asked_words", "chase_on", "result", "words", "evidence", "file"),
    )
    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "state": {
            "asked": ("asked_words", "chase_on"),
            "answered": ("result", "words", "evidence", "file"),
        },
    }

    step = forms.ChoiceField(
        label="What was tried?", error_messages={"required": "Select what was tried"}
    )
    step_words = line(
        "What was it, if it is on no list?", help_text="Only if you selected “Something else”."
    )
    also = forms.MultipleChoiceField(
        label="Is it for these children as well?",
        help_text="They live at the same address and have an open case.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    school = forms.ModelChoiceField(
        queryset=School.objects.none(),
        label="Which school is asked?",
        help_text="Only if it is one of these: it reads the question in Onroll, and answers there.",
        required=False,
        empty_label="None of these",
    )
    state = forms.ChoiceField(
        label="How far is it?",
        choices=STATES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how far it is"},
    )
    asked_words = text("What did you ask?", help_text="Tell them no more than they need to answer.")
    chase_on = _chase_on()

    def __init__(
        self,
        *args: Any,
        also: Sequence[Case] = (),
        schools: QuerySet[School] | None = None,
        is_of_school: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].required = False
        if is_of_school:
            choose(self, "state", [row for row in STATES if row[0] != "planned"])
        choose(self, "step", [("", "Choose one"), *steps_for(is_of_school=is_of_school)])
        choose(self, "also", [(case.ref, case.child.name) for case in also])
        if not also:
            del self.fields["also"]
        if schools is None or not schools.exists():
            del self.fields["school"]
        else:
            field = self.fields["school"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = schools

    def clean(self) -> dict[str, Any]:
        """Ask what it was where it stands in no list, and only there."""
        cleaned = super().clean()
        step, words = cleaned.get("step"), cleaned.get("step_words")
        if step == OTHER and not words:
            self.add_error("step_words", "Say what it was")
        elif step and step != OTHER and words:
            self.add_error("step_words", "Leave this empty, or select “Something else” above")
        if cleaned.get("school"):
            self._check_question(cleaned)
        elif cleaned.get("state") in ("asked", "answered") and not cleaned.get("method"):
            self.add_error("method", "Select how it was done")
        return cleaned

    def _check_question(self, cleaned: Mapping[str, Any]) -> None:
        """Ask for what a school needs that is asked in Onroll: a step for it, and a question."""
        if cleaned.get("step") and not can_be_asked(cleaned["step"]):
            self.add_error("school", "No school can tell this: leave it empty, or change the step")
        if cleaned.get("state") in ("planned", "answered"):
            self.add_error("school", "Leave this empty: no answer of a school is waited for")
        elif cleaned.get("state") == "asked" and not cleaned.get("asked_words"):
            self.add_error("asked_words", "Write the question that the school reads")


def steps_for(*, is_of_school: bool) -> list[tuple[str, str]]:
    """Return the steps that a school may record, or the authority: of others after its own."""
    steps = [step for step in ENQUIRY_STEPS.values() if step.by != "authority" or not is_of_school]
    if not is_of_school:
        steps.sort(key=lambda step: step.by == "school")
    return [(step.code, step.title) for step in steps]
