"""What is asked of an audit, of each of its cases, and of what it asks for."""

from typing import Any

from django import forms

from onroll.case_audits.actions import FormFacts, SampleFacts
from onroll.cases.action_forms import ACTION, ActionForm
from onroll.govuk.forms import Form
from onroll.rules.case_audits import (
    ANSWERS,
    GRADES,
    LARGEST_SEED,
    MOST_CASES,
    NEED_REMARK,
    POOLS,
    QUESTIONS,
    Pool,
)

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


def _number(label: str, hint: str, most: int, wrong: str, width: int, **options: Any) -> Any:
    attributes = {**OFF, "inputmode": "numeric", "class": f"govuk-input--width-{width}"}
    codes = ("invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": "Enter a number", **dict.fromkeys(codes, wrong)},
        **options,
    )


def _choice(label: str, words: Any, needs: str, hint: str = "") -> Any:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[(code.value, title) for code, title in words.items()],
        widget=forms.RadioSelect,
        error_messages={"required": needs},
    )


class StartForm(Form):
    """From which cases how many are drawn, and by which seed."""

    pool = _choice("Which cases may be drawn?", POOLS, "Select which cases may be drawn")
    closed_days = _number(
        "In how many days did they close?",
        "Only for cases that are closed: 90 means closed in the last 90 days.",
        366,
        "Days: enter a number from 1 to 366",
        3,
        required=False,
    )
    number = _number(
        "How many cases?",
        f"At most {MOST_CASES}: each is read from beginning to end.",
        MOST_CASES,
        f"How many cases: enter a number from 1 to {MOST_CASES}",
        2,
    )
    seed = _number(
        "Which seed draws them?",
        "Any number. The same number draws the same cases from the same list, so that anybody can "
        "check that nobody picked them. The one proposed is the day and the time.",
        LARGEST_SEED,
        f"Seed: enter a number from 1 to {LARGEST_SEED}",
        20,
    )

    def clean(self) -> dict[str, Any]:
        """Ask within how many days closed cases closed; forget it for open ones."""
        cleaned = super().clean()
        if cleaned.get("pool") == Pool.OPEN:
            cleaned["closed_days"] = None
        elif "pool" in cleaned and not (cleaned.get("closed_days") or "closed_days" in self.errors):
            self.add_error("closed_days", "Days: enter a number from 1 to 366")
        return cleaned

    @property
    def facts(self) -> SampleFacts:
        """Return what was typed, of a form that is valid."""
        return SampleFacts(
            pool=self.cleaned_data["pool"],
            number=self.cleaned_data["number"],
            seed=self.cleaned_data["seed"],
            closed_days=self.cleaned_data["closed_days"],
        )


class AuditActionForm(ActionForm):
    """What is asked for, who does it and by when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].help_text = "The owner of the case, unless you name somebody else."


class GradeForm(AuditActionForm):
    """The questions of an audit, each with its remark, the grade, and what is asked for first."""

    reveals = {"is_asked": {"yes": ACTION}}  # noqa: RUF012 - as Form reads it

    grade = _choice(
        "How good is the work on this case as a whole?", GRADES, "Select a grade for the whole"
    )
    good = _text(
        "What was good?",
        "It stands in the chronology and the report: name no child.",
        "",
        4,
        required=False,
    )
    is_asked = forms.ChoiceField(
        label="Is anything to be done?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether anything is to be done"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = []
        for code, question in QUESTIONS.items():
            needs = f"Select an answer: {question.title}"
            self.fields[code] = _choice(question.words, ANSWERS, needs, question.clause)
            self.fields[_remark(code)] = _text(
                f"Remark: {question.title}",
                "Needed where it is partly met or not met. Name no child.",
                "",
                2,
                required=False,
            )
            names += [code, _remark(code)]
        self.order_fields([*names, "grade", "good", "is_asked", *ACTION])

    def clean(self) -> dict[str, Any]:
        """Ask for a remark wherever something is not wholly met."""
        cleaned = super().clean()
        for code, question in QUESTIONS.items():
            if cleaned.get(code) in NEED_REMARK and not cleaned.get(_remark(code)):
                self.add_error(_remark(code), f"Say what is missing: {question.title}")
        return cleaned

    @property
    def form_facts(self) -> FormFacts:
        """Return the answers, of a form that is valid."""
        data = self.cleaned_data
        return FormFacts(
            answers={code: data[code] for code in QUESTIONS},
            remarks={code: data[_remark(code)] for code in QUESTIONS if data[_remark(code)]},
            grade=data["grade"],
            good=data["good"],
        )


def _remark(code: str) -> str:
    return f"{code}_remark"


class LeaveOutForm(Form):
    """Why a case of the sample is not audited."""

    why = _text(
        "Why is it left out?", "It stands in the report of the audit: name no child.", "Say why", 3
    )
