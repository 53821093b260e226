"""What the pages of compared lists ask."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from onroll.cases.outcome_forms import FactsForm, refuse_empty_words
from onroll.govuk.fields import Choice
from onroll.govuk.forms import Form, choose
from onroll.rules import confirmations

MISSING = "missing"


class FindingForm(Form):
    """What an officer has found out about what a list shows; where it is known, facts come next."""

    answer = forms.ChoiceField(
        label="What have you found out?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you have found out"},
    )
    why = forms.CharField(
        label="What have you tried, and what was answered?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say what you have tried, and what was answered"},
    )
    reveals: ClassVar[dict[str, dict[str, Sequence[str]]]] = {"answer": {MISSING: ("why",)}}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [
            (code, Choice(way.title, "You are asked who said so, and since when"))
            for code, way in confirmations.known_ways(kind).items()
        ]
        missing = Choice(
            "Nobody knows, or the child is nowhere",
            "The child goes onto the register of children missing education. So does one who is "
            "taught otherwise than at school: close the case with that, and a clock asks again",
        )
        choose(self, "answer", [*ways, (MISSING, missing)])

    def clean(self) -> dict[str, Any]:
        """Refuse a reason that says nothing."""
        cleaned = super().clean()
        refuse_empty_words(self, "why")
        return cleaned


class PlaceForm(FactsForm):
    """Where a child is whom no case is about, with who said so."""

    asks_to_explain = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["why"].label = "What did they say?"
        self.fields[
            "why"
        ].help_text = "Asked again after half a year, if lists still show the same."
