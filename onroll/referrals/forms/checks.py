"""What the hub checks of a child before it decides: whereabouts, risk, whom it rang (P15, P76)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms

from onroll.govuk.fields import Choice, GovDateField, GovTimeField, in_words
from onroll.referrals.forms.checked import NONE, NOT_REPORTED, REPORTED, typed
from onroll.referrals.forms.hub import OnReferral
from onroll.referrals.forms.parts import (
    AREA,
    IN_LINE,
    NO,
    NOT_KNOWN,
    NOT_WHO,
    SMALL,
    YES,
    YES_OR_NO,
    radios,
    words,
)
from onroll.referrals.models import HubDecision
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Incomplete
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, Checks

DAYS = {"call_on", "social_worker_on", "care_on", "decided_on"}
PLAN_NAMED = (
    "The referral names a protection plan or concern. Its social worker is told at once (policy "
    "page 16). Change it if you know better."
)


class ChecksForm(OnReferral):
    """What is checked of each child before anything is decided."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "serious": {YES: ("call_with", "call_on", "call_time")},
        "social": {YES: ("social_worker", "social_worker_on")},
        "police": {
            REPORTED: ("police_by", "police_reference"),
            NOT_REPORTED: ("police_why_not",),
        },
        "care": {
            YES: ("care_name", "care_team", "care_on"),
            NO: ("care_why_not", "decided_by", "decided_on"),
        },
    }

    whereabouts = radios(
        "Does anybody know where the child is now?",
        YES_OR_NO,
        required="Select whether anybody knows where the child is",
        attrs=IN_LINE,
    )
    risk = radios(
        "Does anything point to a risk for the child?",
        [
            (RiskAnswer.YES.value, "Yes"),
            (RiskAnswer.NOT_SURE.value, "I am not sure"),
            (RiskAnswer.NO.value, "No"),
        ],
        required="Select whether there is a risk",
        attrs=IN_LINE,
    )
    police = radios(
        "Do the police know that the child is missing?",
        [
            (REPORTED, "Yes, the child was reported missing"),
            (NOT_REPORTED, "No"),
            (NONE, "Somebody knows where the child is, or there is no risk"),
        ],
        "Where nobody knows where a child is, and there may be a risk, this must be answered.",
        required="Select whether the police know",
    )
    police_by = words("Who told the police?", help_text=NOT_WHO)
    police_reference = words("Reference of the police", 60)
    police_why_not = forms.CharField(
        label="Why were the police not told?",
        help_text=NOT_WHO,
        max_length=4000,
        widget=forms.Textarea(attrs=AREA),
    )
    greater_risks = forms.MultipleChoiceField(
        label="Which of these are likely?",
        help_text="Children missing education are at greater risk of each (policy page 5).",
        choices=[
            *GREATER_RISKS.items(),
            (NONE, Choice("None, as far as we can tell", either="or", is_exclusive=True)),
        ],
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
        error_messages={"required": "Select which of the risks are likely, or none"},
    )
    serious = radios(
        "Is the concern serious?",
        YES_OR_NO,
        "Then somebody rings first (policy page 9), and it cannot be passed on without.",
        required="Select whether it is serious",
    )
    call_with = words("With whom did somebody speak?", help_text=f"Name and team. {NOT_WHO}")
    call_on = GovDateField(label="Day of the call")
    call_time = GovTimeField(
        label="Time of the call",
        help_text="For example, 2:30pm.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Time of the call must be a time, like 2:30pm"},
    )
    social = radios(
        "Is the child on a plan, or looked after?",
        [*YES_OR_NO, (NOT_KNOWN, "We do not know yet")],
        required="Select whether there is a plan",
    )
    social_worker = words("Which social worker was told?", help_text=NOT_WHO)
    social_worker_on = GovDateField(label="Day on which the social worker was told")

    care = radios(
        "Was children’s social care told where the child lives?",
        [(YES, "Yes"), (NO, "No, and nobody is to be told")],
        required="Select whether children’s social care was told where the child lives",
    )
    care_name = words("Name of who was told at social care", help_text=NOT_WHO)
    care_team = words("The team of who was told")
    care_on = GovDateField(label="Day on which social care was told")
    care_why_not = forms.CharField(
        label="Why is nobody told?",
        help_text=NOT_WHO,
        max_length=2000,
        widget=forms.Textarea(attrs=AREA),
    )
    decided_by = words("Who decided that?", help_text="Name and role.")
    decided_on = GovDateField(label="Day on which that was decided")

    def __init__(self, *args: Any, on: date, asks_for_care: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_care:
            self._leave_out("care")
        else:
            self.fields["care"].help_text = asks_for_care
        for name in DAYS & self.fields.keys():
            day = self.fields[name]
            assert isinstance(day, GovDateField)
            day.not_after = on

    def _leave_out(self, asker: str) -> None:
        """Ask neither a question nor what its answers show."""
        under = [name for names in self.reveals[asker].values() for name in names]
        self.reveals = {name: more for name, more in self.reveals.items() if name != asker}  # type: ignore[misc]  # of this page alone
        for name in (asker, *under):
            del self.fields[name]

    def begin_with(self, decision: HubDecision) -> None:
        """Fill in what was checked for an earlier decision, and say so; each can be changed."""
        self.initial = {**self.initial, **typed(decision)}
        self.fields["whereabouts"].help_text = (
            f"From the decision of {in_words(decision.at.astimezone(ENGLAND).date())}, as is the "
            "rest of what was checked. Change what is no longer so."
        )

    def offer_plan(self) -> None:
        """Choose that there is a plan, as the referral names one, and say so: then it is asked
        which social worker was told."""
        self.initial.setdefault("social", YES)
        self.fields["social"].help_text = PLAN_NAMED

    @property
    def checks(self) -> Checks:
        """Return what was checked, as far as the form is answered."""
        answers = self.cleaned_data
        risk, likely = answers.get("risk"), answers.get("greater_risks") or ()
        return Checks(
            is_whereabouts_known=_said(answers.get("whereabouts")),
            risk=RiskAnswer(risk) if risk else None,
            greater_risks=tuple(code for code in likely if code != NONE),
            is_serious=_said(answers.get("serious")),
            has_social_worker=_said(answers.get("social")),
            call_with=answers.get("call_with") or "",
            call_at=_moment(answers.get("call_on"), answers.get("call_time")),
            social_worker=answers.get("social_worker") or "",
            social_worker_on=answers.get("social_worker_on"),
            police_by=answers.get("police_by") or "",
            police_reference=answers.get("police_reference") or "",
            police_why_not=answers.get("police_why_not") or "",
            care_name=answers.get("care_name") or answers.get("decided_by") or "",
            care_team=answers.get("care_team") or "",
            care_on=answers.get("care_on") or answers.get("decided_on"),
            care_why_not=answers.get("care_why_not") or "",
        )

    def say_as_well(self, sentences: Mapping[str, str]) -> None:
        """Say what else is wrong with a form that is wrong already, in the order of its questions.

        Nothing twice of one question, or of those that an answer to it shows.
        """
        told = {self._asker(name) for name in self.errors}
        new = {name: words for name, words in sentences.items() if self._asker(name) not in told}
        if new:
            self.refuse(Incomplete(new))
            order = ["__all__", *self.fields]
            errors = sorted(self.errors.items(), key=lambda error: order.index(error[0]))
            self.errors.clear()
            self.errors.update(errors)

    def _asker(self, name: str) -> str:
        return self.revealed.get(name, (name, ""))[0]


def _said(answer: str | None) -> bool | None:
    return answer == YES if answer and answer != NOT_KNOWN else None


def _moment(day: date | None, at: time | None) -> datetime | None:
    return datetime.combine(day, at, tzinfo=ENGLAND) if day and at else None
