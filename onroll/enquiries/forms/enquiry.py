"""What is asked of an enquiry that is no part of the plan: its step, and its first entry."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from onroll.enquiries.forms.entry import AnswerForm
from onroll.enquiries.forms.questions import line, text, to_chase_on
from onroll.govuk.fields import Choice
from onroll.govuk.forms import choose
from onroll.rules.enquiries import ENQUIRY_STEPS, OTHER
from onroll.rules.enquiry_log import can_be_asked
from onroll.schools.models import School

STATES = (
    ("planned", Choice("Still to be made", "It stands on the list.")),
    ("asked", Choice("We wait for an answer", "A day is set on which to ask again.")),
    ("answered", Choice("There is an answer, or it is clear that there will be none")),
)


class EnquiryForm(AnswerForm):
    """An enquiry that is no part of the plan: the step, the children, and its first entry."""

    field_order = (
        *("step", "step_words", "also", "school", "state", "on", "time", "done_by", "name"),
        *("contact", "address", "method", "asked_words", "chase_on", "result", "words"),
        *("lives_there", "evidence", "file"),
    )
    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "state": {
            "asked": ("asked_words", "chase_on"),
            "answered": ("result", "words", "lives_there", "evidence", "file"),
        },
    }

    needed_by_answer = ("step_words", "method")

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
    chase_on = to_chase_on()

    def __init__(
        self,
        *args: Any,
        also: Sequence[tuple[str, str]] = (),
        schools: QuerySet[School] | None = None,
        is_of_school: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].required = False
        if is_of_school:
            choose(self, "state", [row for row in STATES if row[0] != "planned"])
        choose(self, "step", [("", "Choose one"), *steps_for(is_of_school=is_of_school)])
        choose(self, "also", also)
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
