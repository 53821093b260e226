"""What another authority is told that asks after a missing pupil over S2S (P69).

Source: policy p.10 (the authority monitors S2S messages and answers them) sets neither answers nor
a time; the answers are the list of casework 4, the time is a setting. Nobody may look children up
by asking: what is on record is told of one child alone, who certainly is meant or of whom a person
says why they are sure, and never of a child of whom something is protected or sealed. The answer
"not known" says the same whether there is nobody or somebody of whom nothing may be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PupilAnswer(StrEnum):
    """What is answered: a closed list."""

    ON_ROLL = "on_roll"
    HOME_EDUCATED = "home_educated"
    LOOKED_FOR = "looked_for"
    PLACE_SOUGHT = "place_sought"
    MOVED_ON = "moved_on"
    NOT_AT_ADDRESS = "not_at_address"
    NOT_KNOWN = "not_known"
    BY_TELEPHONE = "by_telephone"
    ANSWERED_BEFORE = "answered_before"


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One answer: its title for who chooses it, and what the other authority is told.

    `tells` says that it tells what is on record of a child.
    """

    title: str
    words: str
    tells: bool = False


ANSWERS: dict[PupilAnswer, AnswerRow] = {
    PupilAnswer.ON_ROLL: AnswerRow(
        title="Known here, and on the roll of a school",
        words="We know the child, who is on the roll of {named}.",
        tells=True,
    ),
    PupilAnswer.HOME_EDUCATED: AnswerRow(
        title="Known here, and educated at home",
        words="We know the child, who is educated at home.",
        tells=True,
    ),
    PupilAnswer.LOOKED_FOR: AnswerRow(
        title="Known here, and being looked for",
        words="We know the child, and look for the child as well. Please ring {phone}.",
        tells=True,
    ),
    PupilAnswer.PLACE_SOUGHT: AnswerRow(
        title="Lives here, and a school place is being found",
        words="The child lives here, and a school place is being found.",
        tells=True,
    ),
    PupilAnswer.MOVED_ON: AnswerRow(
        title="Was known here, and has moved to another area",
        words="The child was known here, and has moved: {named}.",
        tells=True,
    ),
    PupilAnswer.NOT_AT_ADDRESS: AnswerRow(
        title="Not found at the address that they gave",
        words="We looked at the address that you gave, and did not find the child there: {named}.",
    ),
    PupilAnswer.NOT_KNOWN: AnswerRow(
        title="Not known here",
        words="With these particulars we find no child of whom we may tell you by message. If you "
        "believe that the child is here, please ring {phone}.",
    ),
    PupilAnswer.BY_TELEPHONE: AnswerRow(
        title="Not by message: they are asked to ring",
        words="We do not answer this by message. Please ring {phone}.",
    ),
    PupilAnswer.ANSWERED_BEFORE: AnswerRow(
        title="Asked before: the first answer stands",
        words="You asked this before, and our answer stands: {named}.",
    ),
}

NOT_ENOUGH = (
    "They gave neither a UPN nor a whole name with a date of birth. Nothing on record is told for "
    "so little: choose “Not known here”, or ask them to ring."
)
WITHHELD = (
    "Nothing of this child is told by message. Choose “Not by message”, and speak with the MASH."
)
WHICH = "Select which child it is that you tell them of"
WHY_SURE = "Say why you are sure that it is this child: their particulars do not agree with ours"
NOT_ON_ROLL = "No school has said that this child is on its roll today. Choose another answer"
NOT_ASKED_BEFORE = "They have not asked after this child before. Choose another answer"
NOT_LOOKED_FOR = "There is no open case about this child. Choose another answer"


@dataclass(frozen=True, kw_only=True)
class OurChild:
    """What counts of the child on record of whom an answer tells."""

    is_withheld: bool
    """Whether an identity or an address is protected, or the record is sealed."""
    is_certain: bool
    """Whether this one child certainly is meant: by a number, or whole name and date of birth."""
    school: str
    """The school that says it has the child on its roll today; "" for none."""
    has_open_case: bool


def is_enough(*, forename: str, surname: str, born: date | None, upn: str) -> bool:
    """Return whether a message says enough of a child for something on record to be told."""
    return bool(upn or (forename and surname and born))


def open_answers(*, says_enough: bool) -> tuple[PupilAnswer, ...]:
    """Return which answers a message can get."""
    return tuple(code for code, row in ANSWERS.items() if says_enough or not row.tells)


def wrong_with(
    answer: PupilAnswer,
    child: OurChild | None,
    *,
    says_enough: bool,
    was_asked_before: bool,
    why_sure: str,
) -> tuple[str, str]:
    """Return the question and the sentence of what forbids an answer; two empty ones for nothing.

    `child` is whom it tells of; None where nobody was chosen.
    """
    if answer is PupilAnswer.ANSWERED_BEFORE and not was_asked_before:
        return "answer", NOT_ASKED_BEFORE
    if not ANSWERS[answer].tells:
        return "", ""
    if not says_enough:
        return "answer", NOT_ENOUGH
    if child is None:
        return "child", WHICH
    if child.is_withheld:
        return "answer", WITHHELD
    if not child.is_certain and not why_sure:
        return "why_sure", WHY_SURE
    if answer is PupilAnswer.ON_ROLL and not child.school:
        return "answer", NOT_ON_ROLL
    if answer is PupilAnswer.LOOKED_FOR and not child.has_open_case:
        return "answer", NOT_LOOKED_FOR
    return "", ""


def told(answer: PupilAnswer, *, named: str, phone: str) -> str:
    """Return what the other authority is told, to be copied into S2S."""
    return ANSWERS[answer].words.format(named=named.rstrip("."), phone=phone)


BASES_OF_AN_ANSWER: Sequence[str] = ("find_children", "public_task", "duty_to_share")
"""Codes of `rules.sharing.BASES` on which an answer to another authority rests, where they hold."""
