"""What the pages ask about a record: whose it is, and whether its claim is so."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.cases.outcome_forms import field_of
from onroll.govuk.answer_forms import AnswerForm, choice, reason
from onroll.govuk.fields import Choice
from onroll.govuk.forms import say_what_is_wrong
from onroll.intake.effects import claim_of
from onroll.rules import confirmations

NOT_ANY = "none"
NOT_SURE = "not_sure"
AS_STATED = "as_said"
TO_CASE = "case"


class SettleForm(AnswerForm):
    """Which of the children shown this record is about, and why."""

    answer = choice(
        "Which child is this record about?", missing="Select which child the record is about"
    )
    why = reason(
        "How do you know?",
        hint="Kept with your answer. Nobody is asked again about the same details once it is "
        "settled. If you are not sure yet, say what is missing.",
        missing="Enter how you know",
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]],
        shown: str,
        for_nobody: str,
        **kwargs: Any,
    ) -> None:
        none = Choice("None of these", for_nobody, either="or")
        later = Choice("Not sure yet", "It goes on waiting, and others see what you found out")
        answers = [*children, (NOT_ANY, none), (NOT_SURE, later)]
        super().__init__(*args, answers=answers, **kwargs)
        self._shown = self.fields["shown"].initial = shown

    def clean(self) -> dict[str, Any]:
        """Refuse an answer given on a page that showed other children than are possible now."""
        cleaned = super().clean()
        if cleaned.get("shown", "") != self._shown:
            raise forms.ValidationError(
                "The children this may be about have changed since you opened the page. Look again."
            )
        return cleaned


class ConfirmForm(AnswerForm):
    """Whether what a school says about a leaver is so, with the facts that show it."""

    substantial = (TO_CASE,)

    answer = choice("What have you found out?", missing="Select what you have found out")
    why = reason(
        "What did they say, or what speaks against it?",
        missing="Enter what they said, or what speaks against it",
    )

    def __init__(self, *args: Any, effect: str, **kwargs: Any) -> None:
        claim = claim_of(effect)
        it_is_not = Choice(
            "It is not so, or nobody can confirm it",
            "The child goes onto the register of children missing education",
        )
        answers = [(AS_STATED, Choice(claim.answer, claim.hint)), (TO_CASE, it_is_not)]
        super().__init__(*args, answers=answers, **kwargs)
        self._facts = confirmations.facts_of(effect)
        for fact in self._facts:
            field = self.fields[fact.code] = field_of(fact)
            say_what_is_wrong(field)
            if field.required:
                self.needed_when_shown.add(fact.code)
                field.required = False
        revealed = {AS_STATED: tuple(fact.code for fact in self._facts)}
        self.reveals = {"answer": revealed}  # type: ignore[misc]  # each claim asks its own facts
        self.fields["why"] = self.fields.pop("why")  # asked last

    @property
    def facts(self) -> dict[str, Any]:
        """Return the answers by the code of the fact."""
        return {fact.code: self.cleaned_data.get(fact.code) for fact in self._facts}
