"""What the pages of compared lists ask."""

from collections.abc import Sequence
from typing import Any, ClassVar

from onroll.cases.outcome_forms import FactsForm
from onroll.govuk.answer_forms import AnswerForm, choice, reason
from onroll.govuk.fields import Choice
from onroll.rules import confirmations

MISSING = "missing"


class FindingForm(AnswerForm):
    """What an officer has found out about what a list shows; where it is known, facts come next."""

    substantial = (MISSING,)
    reveals: ClassVar[dict[str, dict[str, Sequence[str]]]] = {"answer": {MISSING: ("why",)}}

    answer = choice("What have you found out?", missing="Select what you have found out")
    why = reason(
        "What have you tried, and what was answered?",
        missing="Say what you have tried, and what was answered",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        ways = [
            (code, Choice(way.title, "You are asked who said so, and since when"))
            for code, way in confirmations.known_ways(kind).items()
        ]
        missing = Choice(
            "Nobody knows, or the child is nowhere",
            "The child goes onto the register of children missing education. So does one who is "
            "taught otherwise than at school: close the case with that, and a clock asks again",
        )
        super().__init__(*args, answers=[*ways, (MISSING, missing)], **kwargs)


class PlaceForm(FactsForm):
    """Where a child is whom no case is about, with who said so."""

    asks_to_explain = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        why = self.fields["why"]
        why.label = "What did they say?"
        why.help_text = "Asked again after half a year, if lists still show the same."
