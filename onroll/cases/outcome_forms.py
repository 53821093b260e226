"""What closing a case asks: which outcome, and then the facts of that one (`rules.outcomes`)."""

from typing import Any

from django import forms

from onroll.cases.forms import OFF, OnCase, WhyForm
from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import say_what_is_wrong
from onroll.rules.outcomes import MEANS, MISTAKES, OUTCOMES, Answer, Fact, Outcome
from onroll.schools.models import School
from onroll.schools.queries import authorities, schools_named

NOT_ON_FILE = "is_not_on_file"


def _hint(outcome: Outcome) -> str:
    parts = ["Believed only: a clock asks again."] if outcome.basis == "believed" else []
    if outcome.is_manager_needed:
        parts.append("A manager records this.")
    return " ".join(parts)


class OutcomeForm(OnCase):
    """Which way a case ends."""

    outcome = forms.ChoiceField(
        label="How is the child being educated, or why does the case end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the outcome"},
        choices=[
            (outcome.code, Choice(outcome.title, _hint(outcome)))
            for outcome in OUTCOMES.values()
            if outcome.is_by_hand
        ],
    )


class SchoolField(forms.CharField):
    """A school typed by name or number: the School, or the words where no school on file fits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={**OFF, "list": "schools", "class": "govuk-input--width-30"})
        super().__init__(max_length=120, widget=widget, **kwargs)

    def clean(self, value: Any) -> School | str:
        """Return the one school that is meant. Raises ValidationError when several may be."""
        words = super().clean(value)
        schools = schools_named(words) if words else []
        if len(schools) > 1:
            names = "; ".join(f"{school.name} ({school.number})" for school in schools[:6])
            raise forms.ValidationError(
                f"Several schools fit. Type the whole name or the number of one: {names}"
            )
        return schools[0] if schools else words


class FactsForm(WhyForm):
    """The facts of one outcome, each with its own question, and why the case is closed."""

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome = outcome
        for fact in outcome.facts:
            self.fields[fact.code] = field = field_of(fact)
            say_what_is_wrong(field)
            if fact.answer == Answer.SCHOOL:
                self.fields[NOT_ON_FILE] = forms.BooleanField(
                    label="This school is not on file: keep its name as written", required=False
                )
        self.fields["why"] = self.fields.pop("why")  # asked last

    def clean(self) -> dict[str, Any]:
        """Refuse a school that nobody knows, unless it is said to be one."""
        cleaned = super().clean()
        school = cleaned.get("school")
        if isinstance(school, str) and school and not cleaned.get(NOT_ON_FILE):
            self.add_error(
                "school",
                "No school on file is called that. Check the spelling or type its number, or tick "
                "that it is not on file.",
            )
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Return the answers by the code of the fact."""
        return {fact.code: self.cleaned_data.get(fact.code) for fact in self.outcome.facts}

    def show_errors(self, errors: dict[str, str]) -> None:
        """Put what the rules refuse beside the question it is about."""
        for code, words in errors.items():
            self.add_error(code if code in self.fields else None, words)


def field_of(fact: Fact) -> forms.Field:
    """Return the question that asks a fact."""
    asked: dict[str, Any] = {
        "label": fact.question,
        "help_text": fact.hint,
        "required": fact.is_needed,
    }
    match fact.answer:
        case Answer.SCHOOL:
            return SchoolField(**asked)
        case Answer.DAY:
            return GovDateField(**asked)
        case Answer.TEXT:
            return forms.CharField(
                max_length=2000, widget=forms.Textarea(attrs={"rows": 3, **OFF}), **asked
            )
        case Answer.MEANS:
            return _choice(MEANS, asked)
        case Answer.MISTAKE:
            return _choice(MISTAKES, asked)
        case Answer.AUTHORITY:
            choices = [("", "Choose an authority"), *authorities()]
            return forms.ChoiceField(choices=choices, **asked)
        case Answer.WORDS:
            most = {"country": 60, "hours": 60, "reference": 40}.get(fact.code, 120)
            return forms.CharField(max_length=most, widget=forms.TextInput(attrs=OFF), **asked)


def _choice(choices: dict[str, str], asked: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[*choices.items()], widget=forms.RadioSelect, **asked)


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
