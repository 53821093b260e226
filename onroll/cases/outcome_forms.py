"""What closing a case asks: which outcome, and then the facts of that one (`rules.outcomes`)."""

from typing import Any, ClassVar

from django import forms

from onroll.cases.actions import FactsRefused
from onroll.cases.forms import OFF, OnCase, WhyForm
from onroll.govuk.answer_forms import refuse_empty_words
from onroll.govuk.fields import Choice, GovDateField, in_words
from onroll.govuk.forms import say_what_is_wrong
from onroll.rules.outcomes import MEANS, MISTAKES, OUTCOMES, Answer, Fact, Outcome
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from onroll.schools.queries import authorities, school_numbered, schools_named

NOT_ON_FILE = "is_not_on_file"
MEANT = "school_meant"


class OutcomeForm(OnCase):
    """Which way a case ends; what only a manager records is offered to managers alone."""

    outcome = forms.ChoiceField(
        label="How is the child being educated, or why does the case end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the outcome"},
    )

    def __init__(self, *args: Any, is_manager: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (outcome.code, Choice(outcome.title, _hint(outcome)))
            for outcome in OUTCOMES.values()
            if outcome.is_by_hand and (is_manager or not outcome.is_manager_needed)
        ]


def _hint(outcome: Outcome) -> str:
    parts = ["Believed only: a clock asks again."] if outcome.basis == "believed" else []
    if outcome.is_manager_needed:
        parts.append("Only a manager records this.")
    return " ".join(parts)


def school_words(school: School) -> str:
    """Return what tells a school from another of its name: number, place, open or closed."""
    closed = f"closed {in_words(school.closed_on)}" if school.closed_on else "closed"
    number = f"number {school.la_code}/{school.establishment}"
    has_phase = school.phase.casefold() != "not applicable"
    phase = school.phase if has_phase else school.kind
    parts = (phase, school.postcode, number, "open" if school.is_open else closed)
    return ", ".join(filter(None, parts))


class SchoolField(forms.CharField):
    """A school typed by its whole name or number: the School, or the words where none fits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, widget=forms.TextInput(attrs=_SCHOOL_BOX), **kwargs)

    def clean(self, value: Any) -> School | str:
        """Return the one school that is meant; ValidationError where others may be."""
        words: str = super().clean(value)
        schools = schools_named(words) if words else []
        if len(schools) == 1 and _is_named_in_full(schools[0], words):
            return schools[0]
        if schools:
            names = "; ".join(f"{school.name}, {school_words(school)}" for school in schools[:6])
            raise forms.ValidationError(
                f"Type the whole name or the number of the school you mean: {names}"
            )
        return words


_SCHOOL_BOX = {**OFF, "list": "schools", "class": "govuk-input--width-30"}


def _school_words(fact: Fact) -> forms.CharField:
    """Return the question for a school of which a part may be typed."""
    return forms.CharField(
        label=fact.question,
        help_text=fact.hint,
        max_length=120,
        widget=forms.TextInput(attrs=_SCHOOL_BOX),
    )


class FactsForm(WhyForm):
    """The facts of one outcome, each with its own question, and why the case is closed.

    A school of which only a part of the name was typed, or whose name another has too, is chosen
    from those that fit. What is unlikely of the facts is asked about once more (`explanation`).
    """

    asks_to_explain: ClassVar[bool] = True

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome = outcome
        self.school: School | None = None
        for fact in outcome.facts:
            is_school = fact.answer == Answer.SCHOOL
            self.fields[fact.code] = field = _school_words(fact) if is_school else field_of(fact)
            say_what_is_wrong(field)
            if is_school:
                self._offer_schools(str(self.data.get(fact.code, "")).strip())
        self.fields["why"] = self.fields.pop("why")
        if self.data.get("explained"):
            self._ask_to_explain(str(self.data["explained"]))

    def _offer_schools(self, words: str) -> None:
        """Take the school that is named in full, or ask which of those that fit is meant."""
        schools = schools_named(words) if words else []
        if len(schools) == 1 and _is_named_in_full(schools[0], words):
            self.school = schools[0]
        elif schools:
            self.fields[MEANT] = meant = forms.ChoiceField(
                label="Which of these schools do you mean?",
                help_text="At most ten are shown. To see others, type more of the name above.",
                choices=[
                    (school.number, Choice(school.name, school_words(school))) for school in schools
                ],
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Select which school you mean, or tick that it is not here"
                },
            )
            say_what_is_wrong(meant)
        self.fields[NOT_ON_FILE] = forms.BooleanField(
            label="This school is not on file: keep its name as written", required=False
        )

    def _ask_to_explain(self, doubts: str) -> None:
        self.fields["explanation"] = forms.CharField(
            label="It is so, because",
            help_text="Look at each answer again. This is kept with what proves the outcome.",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": "Say why it is so, or correct the answers"},
        )
        self.fields["explained"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=doubts
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a school that nobody has chosen or knows, unless it is said to be one.

        And an explanation that says nothing.
        """
        cleaned = super().clean()
        refuse_empty_words(self, "explanation")
        if cleaned.get(NOT_ON_FILE):
            self.errors.pop(MEANT, None)
        elif cleaned.get("school") and not self.school and MEANT not in self.fields:
            self.add_error(
                "school",
                "No school on file is called that. Check the spelling or type its number, or "
                "tick that it is not on file",
            )
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Return the answers by the code of the fact; a school on file as a School."""
        data = self.cleaned_data
        facts = {fact.code: data.get(fact.code) for fact in self.outcome.facts}
        if "school" in facts:
            is_chosen = data.get(MEANT) and not data.get(NOT_ON_FILE)
            chosen = school_numbered(data[MEANT]) if is_chosen else self.school
            facts["school"] = chosen or facts["school"]
        return facts

    @property
    def explained(self) -> tuple[str, ...]:
        """Return the doubts that the explanation is about."""
        return tuple(filter(None, self.cleaned_data.get("explained", "").split(",")))

    def refuse(self, refusal: Refused) -> None:
        """Put what the rules refuse beside its question, and ask about what they doubt."""
        super().refuse(refusal)
        if not isinstance(refusal, FactsRefused) or not (self.asks_to_explain and refusal.doubts):
            return
        codes = ",".join(doubt.doubt for doubt in refusal.doubts)
        self.write("explained", codes)
        self._ask_to_explain(codes)
        for doubt in refusal.doubts:
            self.add_error(doubt.fact or "explanation", doubt.words)
        self.add_error("explanation", self.fields["explanation"].error_messages["required"])


def _is_named_in_full(school: School, words: str) -> bool:
    number = words.replace("/", "").replace(" ", "")
    return words.casefold() == school.name.casefold() or number in (school.number, school.urn)


def field_of(fact: Fact) -> forms.Field:
    """Return the question that asks a fact."""
    options: dict[str, Any] = {
        "label": fact.question,
        "help_text": fact.hint,
        "required": fact.is_needed,
    }
    match fact.answer:
        case Answer.SCHOOL:
            return SchoolField(**options)
        case Answer.DAY:
            return GovDateField(**options)
        case Answer.TEXT:
            return forms.CharField(
                max_length=2000, widget=forms.Textarea(attrs={"rows": 3, **OFF}), **options
            )
        case Answer.MEANS:
            return _choice(MEANS, options)
        case Answer.MISTAKE:
            return _choice(MISTAKES, options)
        case Answer.AUTHORITY:
            choices = [("", "Choose an authority"), *authorities()]
            return forms.ChoiceField(choices=choices, **options)
        case Answer.WORDS:
            most = {"country": 60, "hours": 60, "reference": 40}.get(fact.code, 120)
            return forms.CharField(max_length=most, widget=forms.TextInput(attrs=OFF), **options)


def _choice(choices: dict[str, str], options: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[*choices.items()], widget=forms.RadioSelect, **options)
