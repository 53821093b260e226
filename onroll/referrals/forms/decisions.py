"""What the hub is asked about a child: what it checked, what it decides, and who has it then."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms

from onroll.govuk.fields import Choice, GovDateField, GovTimeField
from onroll.govuk.forms import choose
from onroll.referrals.actions import Way
from onroll.referrals.codes import DECISION_TITLES, Decision
from onroll.referrals.forms.hub import OnReferral
from onroll.referrals.forms.parts import AREA, YES, YES_OR_NO, radios, words
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, Checks
from onroll.schools.queries import authority_coded

NONE = "none"
REPORTED, NOT_REPORTED = "reported", "not_reported"
HINTS = {
    Decision.LEAD_OFFICER: "It waits until a named person has accepted it",
    Decision.SOCIAL_CARE: "Pass it the way you always do. It stays on a list until they say that "
    "they have it",
    Decision.OTHER_AUTHORITY: "For a child who lives elsewhere",
    Decision.OPEN_CASE: "The case says so, and whoever works on it sees it",
    Decision.ADVICE: "Say what was advised, and to whom",
    Decision.NO_ACTION: "Say why there is nothing to do",
}


class ChecksForm(OnReferral):
    """What is checked of each child before anything is decided."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "serious": {YES: ("call_with", "call_on", "call_time")},
        "social": {YES: ("social_worker", "social_worker_on")},
        "police": {
            REPORTED: ("police_by", "police_reference"),
            NOT_REPORTED: ("police_why_not",),
        },
    }

    whereabouts = radios("Does anybody know where the child is now?", YES_OR_NO)
    risk = radios(
        "Does anything point to a risk for the child?",
        [
            (RiskAnswer.YES.value, "Yes"),
            (RiskAnswer.NOT_SURE.value, "I am not sure"),
            (RiskAnswer.NO.value, "No"),
        ],
    )
    police = radios(
        "Do the police know that the child is missing?",
        [
            (REPORTED, "Yes, the child was reported missing"),
            (NOT_REPORTED, "No"),
            (NONE, "Somebody knows where the child is, or there is no risk"),
        ],
        "Where nobody knows where a child is, and there may be a risk, this must be answered.",
    )
    police_by = words("Who told the police?")
    police_reference = words("Reference of the police", 60)
    police_why_not = forms.CharField(
        label="Why were the police not told?", max_length=4000, widget=forms.Textarea(attrs=AREA)
    )
    greater_risks = forms.MultipleChoiceField(
        label="Which of these are likely?",
        help_text="Children missing education are at greater risk of each (policy page 5).",
        choices=[
            *GREATER_RISKS.items(),
            (NONE, Choice("None, as far as we can tell", either="or", is_exclusive=True)),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select which of the risks are likely, or none"},
    )
    serious = radios(
        "Is the concern serious?",
        YES_OR_NO,
        "Then somebody rings first (policy page 9), and it cannot be passed on without.",
    )
    call_with = words("With whom did somebody speak?", help_text="Name and team.")
    call_on = GovDateField(label="Day of the call")
    call_time = GovTimeField(
        label="Time of the call",
        help_text="For example, 2:30pm.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Time of the call must be a time, like 2:30pm"},
    )
    social = radios("Is the child on a plan, or looked after?", YES_OR_NO)
    social_worker = words("Which social worker was told?")
    social_worker_on = GovDateField(label="Day on which the social worker was told")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("call_on", "social_worker_on"):
            day = self.fields[name]
            assert isinstance(day, GovDateField)
            day.not_after = on

    @property
    def checks(self) -> Checks:
        """Return what was checked, of a form that is valid."""
        answers = self.cleaned_data
        return Checks(
            is_whereabouts_known=answers["whereabouts"] == YES,
            risk=RiskAnswer(answers["risk"]),
            greater_risks=tuple(code for code in answers["greater_risks"] if code != NONE),
            is_serious=answers["serious"] == YES,
            has_social_worker=answers["social"] == YES,
            call_with=answers["call_with"] or "",
            call_at=_moment(answers["call_on"], answers["call_time"]),
            social_worker=answers["social_worker"] or "",
            social_worker_on=answers["social_worker_on"],
            police_by=answers["police_by"] or "",
            police_reference=answers["police_reference"] or "",
            police_why_not=answers["police_why_not"] or "",
        )


def _moment(day: date | None, at: time | None) -> datetime | None:
    return datetime.combine(day, at, tzinfo=ENGLAND) if day and at else None


class DecideForm(ChecksForm):
    """What the hub decides, and why. `cases` are the open cases of likely children.

    `numbers` are the children nobody has decided about; which is asked where there are several.
    """

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        **ChecksForm.reveals,
        "decision": {
            Decision.OPEN_CASE.value: ("case",),
            Decision.OTHER_AUTHORITY.value: ("authority",),
            Decision.SOCIAL_CARE.value: ("passed_how",),
        },
    }

    children = forms.MultipleChoiceField(
        label="About which children do you decide?",
        help_text="You can decide another way about the others afterwards.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the children about whom you decide"},
    )
    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you decide"},
    )
    case = forms.ChoiceField(
        label="Which case?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the case that it joins"},
    )
    authority = forms.ChoiceField(
        label="Which authority?",
        error_messages={"required": "Select the authority where the child lives"},
    )
    passed_how = words("To whom was it passed, and how?", 400)
    why = forms.CharField(
        label="Why?",
        help_text="Kept with the decision. In an open case it stands as the reason.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )

    def __init__(
        self,
        *args: Any,
        numbers: Sequence[tuple[str, str]],
        cases: Sequence[tuple[str, str]],
        authorities: Sequence[tuple[str, str]],
        names: Mapping[Decision, str],
        first: Decision,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [first, *(choice for choice in Decision if choice is not first)]
        titles = (
            (code.value, Choice(names.get(code, DECISION_TITLES[code]), HINTS.get(code, "")))
            for code in offered
            if cases or code is not Decision.OPEN_CASE
        )
        choose(self, "decision", list(titles))
        choose(self, "case", cases)
        choose(self, "authority", [("", "Choose an authority"), *authorities])
        choose(self, "children", numbers)
        if len(numbers) < 2:
            del self.fields["children"]

    def clean(self) -> dict[str, Any]:
        """Let an open case be joined by one child at a time."""
        cleaned = super().clean()
        is_joined = cleaned.get("decision") == Decision.OPEN_CASE.value
        if is_joined and len(cleaned.get("children") or ["1"]) > 1:
            self.add_error("children", "Select one child: each joins the case of its own")
        return cleaned

    @property
    def only(self) -> tuple[int, ...]:
        """Return the numbers of the children decided about; none of an only child."""
        return tuple(int(number) for number in self.cleaned_data.get("children") or ())

    def way(self, cases: Mapping[str, Any]) -> Way:
        """Return what is decided, of a form that is valid."""
        answers = self.cleaned_data
        return Way(
            decision=Decision(answers["decision"]),
            why=answers["why"],
            case=cases[answers["case"]] if answers["case"] else None,
            authority=authority_coded(answers["authority"]) if answers["authority"] else None,
            passed_how=answers["passed_how"] or "",
        )
