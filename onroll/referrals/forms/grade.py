"""How grave a referral looks to the hub, and what worries who sends an open case to it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from onroll.govuk.forms import Form
from onroll.referrals.forms.hub import OnReferral
from onroll.referrals.forms.parts import AREA, YES, YES_OR_NO, grades, radios


class GradeForm(OnReferral):
    """How grave a referral looks, and whether it is urgent."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "urgent": {YES: ("urgent_why",)}
    }

    grade = grades()
    why = forms.CharField(
        label="Why?",
        help_text="You must say why an urgent referral is green, or why a grade becomes lower.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=AREA),
    )
    urgent = radios(
        "Is it urgent?", YES_OR_NO, "An urgent referral stands first and is decided the same day."
    )
    urgent_why = forms.CharField(
        label="Why is it urgent?", max_length=4000, widget=forms.Textarea(attrs=AREA)
    )

    def __init__(self, *args: Any, is_urgent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_urgent:
            del self.fields["urgent"], self.fields["urgent_why"]

    def say_what_stands(self, grade: str) -> None:
        """Say beside the question how the referral is graded already, where it is."""
        if grade:
            self.fields["grade"].help_text = f"The grade that stands is {grade}."

    @property
    def revealed(self) -> dict[str, tuple[str, str]]:
        """Return what is shown under a choice; nothing of a referral that is urgent already."""
        return super().revealed if "urgent" in self.fields else {}


class ToHubForm(Form):
    """What worries an officer about an open case."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "urgent": {YES: ("urgent_why",)}
    }

    worry = forms.CharField(
        label="What worries you?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what worries you"},
    )
    urgent = radios("Is it urgent?", YES_OR_NO, "Ring the hub as well if it is.")
    urgent_why = forms.CharField(
        label="Why is it urgent?", max_length=4000, widget=forms.Textarea(attrs=AREA)
    )
