"""What the hub has of that which a referral was sent without."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.govuk.forms import choose
from onroll.referrals.forms.hub import OnReferral
from onroll.referrals.forms.parts import AREA
from onroll.referrals.lacks import Lack


class AnsweredForm(OnReferral):
    """Which of it is answered, and how."""

    gives = forms.MultipleChoiceField(
        label="What does the hub have now?",
        help_text="It is called owed no longer, here and to who referred.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what the hub has now"},
    )
    words = forms.CharField(
        label="What is the answer?",
        help_text="Kept with what happened, with your name. Everybody who reads this referral at "
        "work reads it. Do not write who referred the child.",
        max_length=4000,
        widget=forms.Textarea(attrs=AREA),
        error_messages={"required": "Say what the answer is"},
    )

    def __init__(self, *args: Any, lacks: Sequence[Lack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "gives", [(lack.code, lack.words) for lack in lacks])
