"""What is asked of a message about a missing pupil, and of what its authority is answered."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from onroll.advice.actions import MessageAnswer, MessageFacts
from onroll.advice.models import PupilMessage
from onroll.advice.queries import Possible
from onroll.children.models import Child
from onroll.formats.pupil_message import read_message
from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.identifiers import normalise
from onroll.rules.pupil_messages import ANSWERS, PupilAnswer, open_answers
from onroll.schools.queries import authorities

OFF = {"autocomplete": "off", "spellcheck": "false"}
NOBODY_NAMED = "Enter the UPN, or at least one name"
A_YEAR = timedelta(days=366)
NOBODY = "nobody"
WAYS = (("s2s", "On S2S"), ("email", "Secure email"), ("telephone", "Telephone"))


def _line(label: str, most: int, hint: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )


class MessageForm(Form):
    """A message, pasted or typed: who asks, and of whom."""

    text = forms.CharField(
        label="The message",
        help_text="Paste it here. What stands after words such as “Surname:” is read from it.",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    authority = forms.ChoiceField(
        label="Which authority asks?",
        error_messages={"required": "Select the authority that asks"},
    )
    contact = _line("Who asks there?", 200, "Name and team, as the message has it.")
    received_on = GovDateField(label="Day it came")
    forename = _line("Forename", 80)
    surname = _line("Surname", 80)
    born_on = GovDateField(label="Date of birth", required=False)
    upn = _line("Unique pupil number", 13)
    school = _line("Last school", 200)
    address = _line("Address that they give", 300)

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data, initial={"received_on": on})
        choose(self, "authority", [("", "Choose an authority"), *authorities()])
        for name in ("received_on", "born_on"):
            field = self.fields[name]
            assert isinstance(field, GovDateField)
            field.not_after = on
        day = self.fields["received_on"]
        assert isinstance(day, GovDateField)
        day.not_before = on - A_YEAR

    def clean_upn(self) -> str:
        """Return the number as numbers are kept."""
        return normalise(self.cleaned_data["upn"])

    def clean(self) -> dict[str, Any]:
        """Ask for something by which the child can be looked for."""
        answers = super().clean()
        names = ("upn", "forename", "surname")
        if not any(answers.get(name) for name in names) and not self.errors.keys() & set(names):
            self.add_error("upn", NOBODY_NAMED)
        return answers

    def read(self, *, on: date) -> tuple["MessageForm", bool]:
        """Return the form with what the pasted text says in questions that are empty, and whether
        anything was read.
        """
        message = read_message(str(self.data.get("text", "")))
        answers = {name: getattr(message, name) for name in self.fields if hasattr(message, name)}
        typed = {name: self[name].value() for name in self.fields}
        more = {name: words for name, words in answers.items() if words and not _has(typed[name])}
        again = MessageForm(None, on=on)
        again.initial.update({**typed, **more})
        return again, bool(more)

    @property
    def facts(self) -> MessageFacts:
        """Return the message, of a form that is valid."""
        return MessageFacts(**self.cleaned_data)


def _has(typed: Any) -> bool:
    """Say whether something was typed; a day has three boxes."""
    return any(typed) if isinstance(typed, tuple) else bool(str(typed or "").strip())


class MessageAnswerForm(Form):
    """What an authority is answered, from a closed list, and of which child on record."""

    reveals = {  # noqa: RUF012 - as Form reads it
        "answer": {
            PupilAnswer.MOVED_ON.value: ("place",),
            PupilAnswer.NOT_AT_ADDRESS.value: ("visit",),
        }
    }
    field_order = ("child", "why_sure", "answer", "place", "visit", "method")

    child = forms.ChoiceField(
        label="Which child on record is meant?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which child is meant, or that nobody of these is"},
    )
    why_sure = _line(
        "Why is it this child?", 500, "Only where name, date of birth or number do not agree."
    )
    answer = forms.ChoiceField(
        label="What are they answered?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they are answered"},
    )
    place = forms.CharField(
        label="Where to?",
        help_text="The authority, or the country. No address.",
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Enter the authority or the country"},
    )
    visit = forms.CharField(
        label="Who looked there, and on which day?",
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Enter who looked, and on which day"},
    )
    method = forms.ChoiceField(
        label="How do you answer?",
        help_text="Onroll sends nothing. The next page has the words to copy.",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you answer"},
    )

    def __init__(self, data: Any, *, message: PupilMessage, possible: Possible) -> None:
        super().__init__(data)
        self.children: dict[str, Child] = {m.child.ref: m.child for m in possible.matches}
        answers = open_answers(says_enough=message.says_enough)
        choose(self, "answer", [(code.value, Choice(ANSWERS[code].title)) for code in answers])
        if self.children:
            choose(self, "child", [*_children(possible), (NOBODY, "Nobody of these")])
        else:
            del self.fields["child"], self.fields["why_sure"]

    @property
    def chosen(self) -> MessageAnswer:
        """Return the answer, of a form that is valid."""
        answers = self.cleaned_data
        answer = PupilAnswer(answers["answer"])
        child = self.children.get(answers.get("child", "")) if ANSWERS[answer].tells else None
        return MessageAnswer(
            answer=answer,
            method=answers["method"],
            child=child,
            named=answers.get("place") or answers.get("visit") or "",
            why_sure=answers.get("why_sure", "") if child else "",
        )


def _children(possible: Possible) -> Sequence[tuple[str, str]]:
    return [
        (
            match.child.ref,
            Choice(
                f"{match.name}, {match.child.ref}",
                "Certain" if match.child.pk in possible.sure else "Perhaps: say below why it is",
            ),
        )
        for match in possible.matches
    ]


class DaysForm(Form):
    """Between which days the log is read; both stand in the address."""

    marks_optional = False
    from_on = GovDateField(label="From this day", required=False)
    until_on = GovDateField(label="Until this day", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Until this day must not be before the first day")
        return cleaned
