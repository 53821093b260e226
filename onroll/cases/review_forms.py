"""What the later looks at a case ask: is it still so, and which risks are there by now (P76)?"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from onroll.cases.forms import OnCase
from onroll.cases.queries.risk_before import Before
from onroll.govuk.fields import Choice, GovDateField
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, Word, denied_after

_WORDS_TO = {
    RiskAnswer.YES: ("What is known of it?", "Say what is known of it"),
    RiskAnswer.NOT_SURE: ("What makes you unsure?", "Say what is known of it"),
    RiskAnswer.NO: ("Why is the answer no now?", "Say why the answer is no now: {risk}"),
}
"""How the words to each answer are asked for, and what is said where they are missing."""


def words_of(risk: str, answer: RiskAnswer) -> str:
    """Return the name of the question that has the words to an answer."""
    return f"{risk}_{answer.value}"


class RisksForm(OnCase):
    """Each of the greater risks of a missing child: yes, not sure or no, with what is known.

    A *no* asks why where the answer `before` was another, or the hub found the risk.
    """

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        risk: {answer.value: (words_of(risk, answer),) for answer in RiskAnswer}
        for risk in GREATER_RISKS
    }

    def __init__(self, *args: Any, before: Mapping[str, Before], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for risk in GREATER_RISKS:
            was = before.get(risk)
            if was is not None and denied_after(RiskAnswer.NO, was.answer):
                self.fields[risk].help_text = f"{was}."
            else:
                self._leave_out_why(risk)

    def _leave_out_why(self, risk: str) -> None:
        """Ask nobody why a risk is not there of which nobody had said that it may be."""
        name = words_of(risk, RiskAnswer.NO)
        del self.fields[name]
        under = {value: names for value, names in self.reveals[risk].items() if name not in names}
        self.reveals = {**self.reveals, risk: under}  # type: ignore[misc]  # of this page alone
        self.needed_when_shown.discard(name)

    @property
    def answers(self) -> dict[str, tuple[RiskAnswer, str]]:
        """Return each risk with its answer and the words to it, of a form that is valid."""
        given = self.cleaned_data
        answers = {risk: RiskAnswer(given[risk]) for risk in GREATER_RISKS}
        return {
            risk: (answer, given.get(words_of(risk, answer)) or "")
            for risk, answer in answers.items()
        }

    @property
    def telling(self) -> Word:
        """Return who was told of what was found, of a form that is valid."""
        return self._word("told")

    @property
    def work(self) -> Word:
        """Return who in child employment was told, of a form that is valid."""
        return self._word("work_told")

    def _word(self, name: str) -> Word:
        answers = self.cleaned_data
        return Word(answers[name], answers[f"{name}_on"], answers[f"{name}_why_not"])


def _questions() -> dict[str, forms.Field]:
    """Return the questions of the review, those of the words below the answer they are about."""
    fields: dict[str, forms.Field] = {}
    for risk, title in GREATER_RISKS.items():
        fields[risk] = forms.ChoiceField(
            label=title,
            choices=[
                (RiskAnswer.YES.value, "Yes"),
                (RiskAnswer.NOT_SURE.value, "I am not sure"),
                (RiskAnswer.NO.value, "No"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": f"Select whether there is a risk: {title.lower()}"},
        )
        for answer, (label, required) in _WORDS_TO.items():
            fields[words_of(risk, answer)] = forms.CharField(
                label=label,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": required.format(risk=title.lower())},
            )
    fields |= _tellings()
    return fields


def _tellings() -> dict[str, forms.Field]:
    """Return the questions of who was told of what was found, and when (P76)."""
    fields: dict[str, forms.Field] = {}
    for name, label, help_text in (
        (
            "told",
            "Who was told of what you found?",
            "Name and team, like the hub or the police. Leave it empty if every answer is no.",
        ),
        (
            "work_told",
            "Who in child employment was told, if the child may be working?",
            "Name and team.",
        ),
    ):
        fields[name] = forms.CharField(
            label=label,
            help_text=help_text,
            max_length=300,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        fields[f"{name}_on"] = GovDateField(label="When were they told?", required=False)
        fields[f"{name}_why_not"] = forms.CharField(
            label="Why was nobody told?",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    return fields


RisksForm.base_fields.update(_questions())


class ReviewForm(OnCase):
    """The answer of a later look: is it still so?"""

    is_still_so = forms.ChoiceField(
        label="Is it still so?",
        choices=[
            ("yes", Choice("Yes", "The next look is set, where one is due.")),
            ("no", Choice("No", "The case is worked on again.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is still so"},
    )
    why = forms.CharField(
        label="Whom did you ask, how, and what did they answer?",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say whom you asked and what they answered"},
    )


class UntracedForm(RisksForm, ReviewForm):
    """A look at a child who was not traced: is it still so, and which risks are there by now?"""
