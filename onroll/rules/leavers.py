"""What one row about a leaver means: where the child is now, and whether a case must be opened.

Source: Regs 2024 reg 9 and 13(4); policy p.8 and p.18 (P03, P14, P42, P53); DfE code sets. In doubt
a case is opened or a person is asked: no row about a child of school age is dropped. The letter of
the ground never decides alone (see `leaving_codes`), and a destination is a claim by the school
that was left, so it counts as confirmed only when school, day and reason all agree.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from onroll.rules import age
from onroll.rules.leaver import Leaver

__all__ = ["KINDS", "Leaver", "Meaning", "meaning"]

KINDS: dict[str, str] = {
    "confirmed_destination": "Left for a school that is confirmed",
    "named_destination": "Left for a school that is named",
    "home_education": "Said to be educated at home",
    "moved_abroad": "Said to have moved abroad",
    "unknown": "Left, and nothing says where to",
    "no_answer": "Absent, and not found",
    "excluded": "Permanently excluded",
    "end_of_phase": "Finished the school's last class",
    "detained": "Said to be detained",
    "died": "Said to have died",
    "perhaps_died": "The row may mean that the child has died",
    "over_age": "Over compulsory school age",
    "below_age": "Not yet of compulsory school age",
}
"""Every kind a meaning can have, in words."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a row means, why, and what is to be done.

    `opens_case` puts the child on the register for `case_reason`; `needs_person` asks an officer to
    look. `ground_readings` lists each way the ground's letter can be read, with its label.
    """

    kind: str
    opens_case: bool
    needs_person: bool
    because: str
    clause: str
    case_reason: str = ""
    ground_readings: tuple[tuple[str, str], ...] = ()


def meaning(leaver: Leaver) -> Meaning:
    """Return what the row means. The first rule that knows decides; the last one always does."""
    answer_ = next(answer for rule in _RULES if (answer := rule(leaver)) is not None)
    doubts = _doubts(leaver)
    is_doubted = bool(doubts) and answer_.kind == "confirmed_destination"
    return replace(
        answer_,
        kind="named_destination" if is_doubted else answer_.kind,
        needs_person=answer_.needs_person or bool(doubts),
        because=" ".join((answer_.because, *doubts)),
        ground_readings=tuple((r.regulation, r.label) for r in leaver.readings),
    )


def _doubts(leaver: Leaver) -> list[str]:
    """Return a sentence for each thing in the row that a person must settle."""
    doubts = []
    if leaver.is_contradicted:
        doubts.append("The ground given does not agree with the reason for leaving.")
    if leaver.is_ambiguous:
        doubts.append("The letter of the ground has two meanings, and nothing says which is meant.")
    if leaver.left_on is not None and leaver.left_on > leaver.day:
        doubts.append("The day of leaving lay ahead when the record came.")
    if _is_age_doubtful(leaver):
        doubts.append("The date of birth does not fit the year group.")
    return doubts


def _is_age_doubtful(leaver: Leaver) -> bool:
    if leaver.born is None:
        return False
    years = age.age(leaver.born, on=leaver.day)
    if not 2 <= years <= 25:
        return True
    stated = leaver.year_group.strip().upper()
    if stated not in _YEARS:
        return False
    usual = age.year_group(leaver.born, on=leaver.left_on or leaver.day)
    return abs(_YEARS.get(usual, 99) - _YEARS[stated]) > 1


_YEARS = {name: n for n, name in enumerate(("N1", "N2", "R", *map(str, range(1, 14))))}

Rule = Callable[[Leaver], Meaning | None]


def _died(leaver: Leaver) -> Meaning | None:
    claims = {reading.claim for reading in leaver.readings}
    is_told = leaver.reason.claim == "died" or leaver.ground == "died"
    is_hinted = "died" in claims and not leaver.reason.claim and not leaver.has_destination
    if not is_told and not is_hinted:
        return None
    is_sure = is_told and not leaver.is_contradicted and not leaver.has_destination
    return Meaning(
        kind="died" if is_sure else "perhaps_died",
        opens_case=False,
        needs_person=True,
        because="The school says the child has died. Confirm it with the school, not the family."
        if is_sure
        else "The row may mean that the child has died. Ask the school before anyone else.",
        clause="Regs 2024 reg 9(1)(k)",
    )


def _age(leaver: Leaver) -> Meaning | None:
    if leaver.born is None or _is_age_doubtful(leaver):
        return None
    is_missing = leaver.reason.claim in ("missing", "unknown")
    if leaver.day > (last := age.ends_on(leaver.born)):
        was_of_age = leaver.left_on is None or leaver.left_on <= last
        return Meaning(
            kind="over_age",
            opens_case=False,
            needs_person=was_of_age or is_missing,
            because=f"The child was of compulsory school age until {_day(last)}.",
            clause="EA96 s.8(3)",
        )
    if leaver.day < (first := age.starts_on(leaver.born)):
        return Meaning(
            kind="below_age",
            opens_case=False,
            needs_person=is_missing or not leaver.has_destination,
            because=f"The child is not of compulsory school age until {_day(first)}.",
            clause="EA96 s.8(2)",
        )
    return None


def _missing(leaver: Leaver) -> Meaning | None:
    if leaver.reason.claim != "missing":
        return None
    return Meaning(
        kind="unknown",
        opens_case=True,
        needs_person=leaver.has_destination,
        because="The school says the pupil is missing.",
        clause="EA96 s.436A; policy p.8",
        case_reason="unknown_destination",
    )


def _home(leaver: Leaver) -> Meaning | None:
    is_told = leaver.reason.claim == "home"
    if not is_told and (leaver.reason.claim or leaver.ground != "home"):
        return None
    return Meaning(
        kind="home_education",
        opens_case=False,
        needs_person=True,
        because="The school says the child is educated at home. A parent must have written so.",
        clause="Regs 2024 reg 9(1)(f)",
    )


def _excluded(leaver: Leaver) -> Meaning | None:
    is_told = leaver.reason.claim == "excluded"
    if not is_told and (leaver.reason.claim or leaver.ground != "excluded"):
        return None
    return Meaning(
        kind="excluded",
        opens_case=not leaver.has_destination,
        needs_person=leaver.has_destination,
        because="The child was permanently excluded; the authority must arrange education.",
        clause="Regs 2024 reg 9(1)(o); EA96 s.19",
        case_reason="" if leaver.has_destination else "excluded",
    )


def _abroad(leaver: Leaver) -> Meaning | None:
    if not leaver.is_abroad:
        return None
    is_traceable = leaver.forwarding_address or leaver.has_destination
    opens = not is_traceable or leaver.reason.claim == "unknown"
    return Meaning(
        kind="moved_abroad",
        opens_case=opens,
        needs_person=True,
        because="The school says the child has left the country"
        + (". Check the proof." if is_traceable else ", with no address and no school there."),
        clause="policy p.8",
        case_reason="moved_abroad" if opens else "",
    )


def _destination(leaver: Leaver) -> Meaning | None:
    if not leaver.has_destination:
        return None
    claims = {leaver.reason.claim, *(reading.claim for reading in leaver.readings)}
    is_backed = bool(claims & {"school", "phase"}) and leaver.reason.claim != "unknown"
    starts_on = leaver.destination_starts_on
    has_started = starts_on is not None and starts_on <= leaver.day
    is_confirmed = is_backed and has_started and leaver.has_school_number
    return Meaning(
        kind="confirmed_destination" if is_confirmed else "named_destination",
        opens_case=False,
        needs_person=not is_confirmed,
        because=_about_destination(leaver, is_confirmed),
        clause="Regs 2024 reg 9(1)(a)",
    )


def _about_destination(leaver: Leaver, is_confirmed: bool) -> str:
    where = leaver.destination
    if is_confirmed:
        assert leaver.destination_starts_on is not None
        began = _day(leaver.destination_starts_on)
        return f"The school names {where} as the new school, and {began} as the first day there."
    starts_on = leaver.destination_starts_on
    if starts_on is None:
        return f"{where} is named as the new school, but no first day there. Ask that school."
    if starts_on > leaver.day:
        return f"{where} is named as the new school, with {_day(starts_on)} as the first day there."
    return f"{where} is named as the new school, but nothing else confirms it. Ask that school."


def _not_found(leaver: Leaver) -> Meaning | None:
    if leaver.ground != "no_answer":
        return None
    return Meaning(
        kind="no_answer",
        opens_case=True,
        needs_person=False,
        because="The ground says the child stopped coming and could not be found.",
        clause="Regs 2024 reg 9(1)(h), (i)",
        case_reason="no_answer",
    )


def _detained(leaver: Leaver) -> Meaning | None:
    if leaver.ground != "detained" or leaver.reason.claim:
        return None
    return Meaning(
        kind="detained",
        opens_case=False,
        needs_person=True,
        because="The ground says the child is detained. Ask who teaches the child, and until when.",
        clause="Regs 2024 reg 9(1)(j)",
    )


def _end_of_phase(leaver: Leaver) -> Meaning | None:
    is_summer = leaver.left_on is not None and 5 <= leaver.left_on.month <= 9
    if leaver.reason.claim != "phase" or not is_summer:
        return None
    return Meaning(
        kind="end_of_phase",
        opens_case=False,
        needs_person=True,
        because="The child finished the school's last class, and no next school is given.",
        clause="Regs 2024 reg 13(5)",
    )


def _unknown(leaver: Leaver) -> Meaning:
    because = "The child left a school, and the record does not say where to."
    is_odd = leaver.reason.claim == "finished"
    if is_odd:
        because += " The reason given is for those over school age; this child was not."
    return Meaning(
        kind="unknown",
        opens_case=True,
        needs_person=is_odd,
        because=because,
        clause="EA96 s.436A; policy p.18",
        case_reason="unknown_destination",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_RULES: tuple[Rule, ...] = (
    _died,
    _age,
    _missing,
    _home,
    _excluded,
    _abroad,
    _destination,
    _not_found,
    _detained,
    _end_of_phase,
    _unknown,
)
