"""What the manager of a case is asked and finds, and the level of risk that somebody sets."""

from django import forms

from onroll.cases.actions import Findings
from onroll.cases.forms import OnCase
from onroll.cases.review_forms import RisksForm, words_of
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.rules.manager_review import ASKED
from onroll.rules.risk import RiskAnswer
from onroll.rules.risk_level import LEVEL_TITLES, RiskLevel
from onroll.rules.triage import GREATER_RISKS


class QuestionForm(Form):
    """What an officer asks the manager."""

    text = forms.CharField(
        label="What do you ask the manager?",
        help_text="Say what you would do yourself, and what you need. Who may read of risk on this "
        "case can read it.",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say what you ask"},
    )


class ManagerAnswerForm(Form):
    """What the manager decides, and why."""

    decision = forms.CharField(
        label="What do you decide?",
        help_text="What is done, by whom and by when; or what is not done.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you decide"},
    )
    why = forms.CharField(
        label="Why?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


class RiskLevelForm(OnCase):
    """Which level of risk a case has, and why, where somebody sets it."""

    level = forms.ChoiceField(
        label="How grave is this case?",
        choices=[(level.value, title) for level, title in LEVEL_TITLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how grave the case is"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="What do you know, and from whom, that the facts above do not say? Who may read "
        "of risk can read it.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )

    @property
    def chosen(self) -> RiskLevel:
        """Return the level, of a form that is valid."""
        return RiskLevel(self.cleaned_data["level"])


def _area(label: str, help_text: str, needs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": needs},
    )


class ManagerReviewForm(RisksForm):
    """What the manager found of a case, which risks there are, and what is decided."""

    field_order = (
        *("whereabouts", "done", *GREATER_RISKS),
        *(words_of(risk, answer) for risk in GREATER_RISKS for answer in RiskAnswer),
    )
    whereabouts = _area(
        "What do we know of where the child is, and from whom?",
        "Who saw the child last, and when; where they live and learn now.",
        ASKED["whereabouts"],
    )
    done = _area(
        "What was done since the last review, and what was not?",
        "Which enquiries were answered, which wait, and what nobody has tried.",
        ASKED["done"],
    )
    level = forms.ChoiceField(
        label="How grave is the case from today on?",
        choices=[(level.value, title) for level, title in LEVEL_TITLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how grave the case is"},
    )
    level_why = forms.CharField(
        label="If the facts give another level: why?",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decisions = _area(
        "What is decided, who does it and by when?",
        "Each decision on a line of its own.",
        ASKED["decisions"],
    )
    next_on = GovDateField(label="When is the next review?")

    @property
    def findings(self) -> Findings:
        """Return what was found and decided, of a form that is valid."""
        answers = self.cleaned_data
        return Findings(
            words={name: answers[name] for name in ASKED},
            level=RiskLevel(answers["level"]),
            level_why=answers["level_why"],
            next_on=answers["next_on"],
            answers=self.answers,
            telling=self.telling,
            work=self.work,
        )
