"""May a school delete this child's name from its admission register? (P35, P36)

Source: Regs 2024 reg 9: a name must be deleted when one of its grounds applies and may not be
deleted otherwise (EA96 s.434(3)). Absence alone is never a ground. The answer is *lawful*, *not
lawful* or *cannot say yet*, each with its reasons and the clause. Local wishes are kept apart: they
are checked by `local_checks` and never make a removal lawful or unlawful.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.rules import age
from onroll.rules.attendance import (
    ABSENT,
    FOR_REMOVAL,
    WITHOUT_LEAVE,
    Absence,
    Day,
    latest_absence,
)
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.conditions import Answers, Ask, Question
from onroll.rules.ground_questions import QUESTIONS
from onroll.rules.grounds import GROUNDS, REGS_2024, Ground, ground_on
from onroll.rules.policy import LocalPolicy

__all__ = ["GROUNDS", "QUESTIONS", "Ground", "Lawful", "Question", "Verdict", "decide"]


class Lawful(StrEnum):
    """The three answers."""

    YES = "lawful"
    NO = "not lawful"
    CANNOT_SAY = "cannot say yet"


@dataclass(frozen=True)
class Verdict:
    """An answer, the sentences that explain it, and the clause it rests on."""

    answer: Lawful
    because: tuple[str, ...]
    clause: str


def decide(
    code: str, answers: Answers, *, on: date, provisions: Provisions = PROVISIONS
) -> Verdict:
    """Say whether deleting a name on the day `on` by a ground such as `9(1)(h)` is lawful.

    The day chooses the ground's row and the consents it needs. Raises KeyError for no ground.
    """
    ground = ground_on(GROUNDS[code].code, on=on, provisions=provisions)
    return _before_these_regulations() if ground is None else judge(ground, answers)


def judge(ground: Ground, answers: Answers) -> Verdict:
    """Say whether the answers meet a ground as it stands.

    `answers` holds yes, no or nothing by question code. Any answer that fails a condition makes it
    not lawful, with that clause; any that is missing leaves it open.
    """
    holds = ground.condition.holds(answers)
    behind = ground.condition.behind(answers)
    if holds:
        words = f"{ground.title}: every condition of reg {ground.code} is met."
        return Verdict(Lawful.YES, (words,), f"Regs 2024 reg {ground.code}")
    answer = Lawful.CANNOT_SAY if holds is None else Lawful.NO
    because = tuple(dict.fromkeys(_sentence(leaf, answers) for leaf in behind))
    return Verdict(answer, because, behind[0].clause)


def without_ground(*, on: date, provisions: Provisions = PROVISIONS) -> Verdict:
    """Return the answer when no ground is given, as for absence alone: never lawful."""
    if not provisions[REGS_2024].is_in_force(on=on):
        return _before_these_regulations()
    because = ("No ground of reg 9 is given. Absence alone is not one.",)
    return Verdict(Lawful.NO, because, "Regs 2024 reg 9(1); EA96 s.434(3)")


def answers_from_age(born: date, *, on: date, next_meets_on: date) -> dict[str, bool]:
    """Return what the date of birth answers; `next_meets_on` is the school's next school day.

    Nobody is over compulsory school age before the last Friday in June is over (P36).
    """
    return {
        "of_school_age": age.is_compulsory(born, on=on),
        "over_age_next": next_meets_on > age.ends_on(born),
    }


def answers_from_register(
    days: Collection[Day], *, on: date, calendar: SchoolCalendar
) -> dict[str, bool | None]:
    """Return what the register answers on a day for 9(1)(i), and for 9(3)(c) of older pupils.

    Of an absence that is too short nothing more is asked.
    """

    def is_twenty(codes: frozenset[str]) -> bool | None:
        return _is_twenty(latest_absence(days, on=on, calendar=calendar, codes=codes))

    absent = is_twenty(ABSENT)
    if absent is False:
        return {"absent_20": False, "only_gno": None, "had_leave_in_absence": None}
    without_leave = is_twenty(WITHOUT_LEAVE)
    return {
        "absent_20": absent,
        "only_gno": is_twenty(FOR_REMOVAL),
        "had_leave_in_absence": None if without_leave is None else not without_leave,
    }


def _is_twenty(absence: Absence) -> bool | None:
    if absence.school_days >= 20:
        return True
    return False if absence.is_clear else None


@dataclass(frozen=True)
class LocalCheck:
    """Something the local policy asks for before a removal: whether it is done, or None."""

    text: str
    source: str
    is_done: bool | None


def local_checks(answers: Answers, policy: LocalPolicy) -> tuple[LocalCheck, ...]:
    """Return what the local policy wants done as well. None of it changes the verdict (P35).

    Reads the answers `has_plan` and `sen_team_asked`.
    """
    if not policy.is_ehcp_consulted or answers.get("has_plan") is False:
        return ()
    return (
        LocalCheck(
            text=f"If the child has an EHC plan, consult {policy.sen_team_name} first.",
            source="policy p.7, 10, 16",
            is_done=answers.get("sen_team_asked") if answers.get("has_plan") else None,
        ),
    )


def _sentence(leaf: Ask, answers: Answers) -> str:
    if leaf.holds(answers) is None:
        return f"Not answered yet: “{leaf.question.text}” ({leaf.clause})"
    answer, wanted = ("no", "yes") if leaf.wanted else ("yes", "no")
    return f"“{leaf.question.text}” The answer is {answer}; it must be {wanted} ({leaf.clause})."


def _before_these_regulations() -> Verdict:
    words = (
        "On that day the Education (Pupil Registration) (England) Regulations 2006 decided, "
        "whose grounds Onroll does not judge."
    )
    return Verdict(Lawful.CANNOT_SAY, (words,), "Regs 2024 reg 1, 4(2)")
