"""What the pages ask about a record: whose it is, and whether its claim is so."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.cases.outcome_forms import field_of, refuse_empty_words
from onroll.govuk.fields import Choice
from onroll.govuk.forms import Form, choose, say_what_is_wrong
from onroll.intake.effects import claim_of
from onroll.rules import confirmations

NOT_ANY = "none"
NOT_SURE = "not_sure"


class SettleForm(Form):
    """Which of the children shown this record is about, and why."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    child = forms.ChoiceField(
        label="Which child is this record about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which child the record is about"},
    )
    why = forms.CharField(
        label="How do you know?",
        help_text="Kept with your answer. Nobody is asked again about the same details once it is "
        "settled. If you are not sure yet, say what is missing.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter how you know"},
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]],
        shown: str,
        for_nobody: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._shown = self.fields["shown"].initial = shown
        none = Choice("None of these", for_nobody, either="or")
        later = Choice("Not sure yet", "It goes on waiting, and others see what you found out")
        choose(self, "child", [*children, (NOT_ANY, none), (NOT_SURE, later)])

    def clean(self) -> dict[str, Any]:
        """Refuse an answer given on a page that showed other children than are possible now."""
        if self.cleaned_data.get("shown", "") != self._shown:
            raise forms.ValidationError(
                "The children this may be about have changed since you opened the page. Look again."
            )
        return self.cleaned_data


class ConfirmForm(Form):
    """Whether what a school says about a leaver is so."""

    answer = forms.ChoiceField(
        label="What have you found out?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you have found out"},
    )
    why = forms.CharField(
        label="What did they say, or what speaks against it?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter what they said, or what speaks against it"},
    )

    def __init__(self, *args: Any, effect: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claim = claim_of(effect)
        self._facts = confirmations.facts_of(effect)
        for fact in self._facts:
            field = self.fields[fact.code] = field_of(fact)
            say_what_is_wrong(field)
            if field.required:
                self.needed_when_shown.add(fact.code)
                field.required = False
        revealed = {"as_said": tuple(fact.code for fact in self._facts)}
        self.reveals = {"answer": revealed}  # type: ignore[misc]  # each claim asks its own facts
        self.fields["why"] = self.fields.pop("why")  # asked last
        choose(
            self,
            "answer",
            [
                ("as_said", Choice(claim.answer, claim.hint)),
                (
                    "case",
                    Choice(
                        "It is not so, or nobody can confirm it",
                        "The child goes onto the register of children missing education",
                    ),
                ),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a reason that tells nothing, if the answer is to open a case."""
        cleaned = super().clean()
        if cleaned.get("answer") == "case":
            refuse_empty_words(self, "why")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Return the answers by the code of the fact."""
        return {fact.code: self.cleaned_data.get(fact.code) for fact in self._facts}
