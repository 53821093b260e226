"""What was answered of each greater risk before: by the last review, or by the hub since (P76)."""

from dataclasses import dataclass
from datetime import datetime

from onroll.cases.models import Case
from onroll.cases.slots import RISKS_FOUND
from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RiskAnswer

_WORDS = {RiskAnswer.YES: "yes", RiskAnswer.NOT_SURE: "not sure", RiskAnswer.NO: "no"}


@dataclass(frozen=True, slots=True)
class Before:
    """An answer to one of the greater risks, when it was given, and whether the hub gave it."""

    answer: RiskAnswer
    at: datetime
    is_of_hub: bool = False

    def __str__(self) -> str:
        day = in_words(self.at.astimezone(ENGLAND).date())
        if self.is_of_hub:
            return f"The hub found this risk likely on {day}"
        return f"The answer of {day} was “{_WORDS[self.answer]}”"


def risks_before(case: Case) -> dict[str, Before]:
    """Return by the code of each greater risk what was answered last; nothing of one that nobody
    has thought of. What the hub found since the last review counts as *yes*."""
    review = case.risk_reviews.first()
    before = {}
    if review is not None:
        before = {
            code: Before(RiskAnswer(row["answer"]), review.at)
            for code, row in review.answers.items()
        }
    for found_since in RISKS_FOUND:
        for code, at in found_since(case, review.at if review else None).items():
            before[code] = Before(RiskAnswer.YES, at, is_of_hub=True)
    return before
