"""Forms of the pages about two records of one child."""

from typing import Any

from django import forms

from onroll.govuk.answer_forms import AnswerForm, choice, reason
from onroll.govuk.fields import Choice
from onroll.govuk.forms import Form
from onroll.rules.references import as_stored

NEVER_AGAIN = "They are not suggested again, nor can they be merged"


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


class PairForm(AnswerForm):
    """Whether two records are one child, and why."""

    answer = choice("Are these one child?", missing="Select whether these are one child")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        same = Choice("One child", "A manager is asked to agree that the records are merged")
        different = Choice("Two children", NEVER_AGAIN)
        super().__init__(*args, answers=[("one", same), ("two", different)], **kwargs)


class AgreeForm(AnswerForm):
    """A second person's answer to a proposed merge; the proposer may only withdraw it."""

    why = reason("Why?", hint="Needed where you do not agree.")

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        agree = Choice("They are one child", "The records are merged now; it can be undone")
        refuse = (
            Choice("Do not merge them", "Nothing moves; it can be proposed again")
            if may_agree
            else Choice("Take this proposal back", "Nothing moves; only somebody else can agree")
        )
        answers = [("agree", agree)] * may_agree + [("refuse", refuse)]
        super().__init__(*args, answers=answers, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Require a reason if the answer is no."""
        cleaned = super().clean()
        if cleaned.get("answer") == "refuse" and not cleaned.get("why"):
            self.add_error("why", "Enter why")
        return cleaned


class UndoForm(AnswerForm):
    """Why a merge is undone, and whether the records may be suggested again."""

    answer = choice("Why undo this merge?", missing="Select why this merge is undone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        two = Choice("They are two children", NEVER_AGAIN)
        slip = Choice("It was done too soon or the wrong way round", "They may be proposed again")
        super().__init__(*args, answers=[("two", two), ("slip", slip)], **kwargs)


class WithdrawForm(Form):
    """Why an answer that two records are two children was wrong."""

    why = reason(
        "Why do you withdraw this?",
        hint="They may then be suggested and proposed again. What was said stays on record.",
        missing="Enter why you withdraw this",
    )
