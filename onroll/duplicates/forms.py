"""Forms of the pages about two records of one child."""

from typing import Any

from django import forms

from onroll.govuk.fields import Choice
from onroll.govuk.forms import Form, choose
from onroll.rules.references import as_stored


class OtherRecordForm(Form):
    """The reference of another record."""

    ref = forms.CharField(
        label="Reference of the other record, or of its case",
        max_length=11,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Enter a reference, or choose a record above"},
    )

    def clean_ref(self) -> str:
        """Return the reference as it is stored."""
        return as_stored(self.cleaned_data["ref"])


class PairForm(Form):
    """Whether two records are one child, and why."""

    answer = forms.ChoiceField(
        label="Are these one child?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether these are one child"},
    )
    why = forms.CharField(
        label="How do you know?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter how you know"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = Choice("One child", "A manager is asked to agree that the records are merged")
        different = Choice("Two children", "They are not suggested again, nor can they be merged")
        choose(self, "answer", [("one", same), ("two", different)])


class AnswerForm(Form):
    """A second person's answer to a proposed merge; the proposer may only withdraw it."""

    answer = forms.ChoiceField(
        label="What is your answer?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select your answer"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="Needed where you do not agree.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agree = Choice("They are one child", "The records are merged now; it can be undone")
        refuse = (
            Choice("Do not merge them", "Nothing moves; it can be proposed again")
            if may_agree
            else Choice("Take this proposal back", "Nothing moves; only somebody else can agree")
        )
        choose(self, "answer", [("agree", agree)] * may_agree + [("refuse", refuse)])

    def clean(self) -> dict[str, Any]:
        """Require a reason if the answer is no."""
        if self.cleaned_data.get("answer") == "refuse" and not self.cleaned_data.get("why"):
            self.add_error("why", "Enter why")
        return self.cleaned_data


class UndoForm(Form):
    """Why a merge is undone, and whether the records may be suggested again."""

    answer = forms.ChoiceField(
        label="Why undo this merge?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select why this merge is undone"},
    )
    why = forms.CharField(
        label="How do you know?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter how you know"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        two = Choice(
            "They are two children", "They are not suggested again, nor can they be merged"
        )
        slip = Choice("It was done too soon or the wrong way round", "They may be proposed again")
        choose(self, "answer", [("two", two), ("slip", slip)])


class WithdrawForm(Form):
    """Why an answer that two records are two children was wrong."""

    why = forms.CharField(
        label="Why do you withdraw this?",
        help_text="They may then be suggested and proposed again. What was said stays on record.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter why you withdraw this"},
    )
