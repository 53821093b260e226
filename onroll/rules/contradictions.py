"""What the facts of a closing say against each other, and against what is on record of the child.

What cannot be so is refused. What is only unlikely is a doubt: it is asked about once more, and
the answer is kept with the closing. Source: Onroll; P30, P43.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onroll.rules import age
from onroll.rules.calendar import SchoolCalendar, is_bank_holiday, is_weekend
from onroll.rules.outcomes import Answer, Fact, Outcome

SAME_TIME = timedelta(days=31)
"""A day no further than this before the gap may belong to it, told late."""

DOUBTS = {
    "before_case": "A day lies long before the case",
    "age": "The child’s age does not fit",
    "estimated": "A day lies before the estimated birthday",
    "order": "The days come in an unusual order",
    "closed_day": "Schools are usually closed on the first day attended",
    "school_opened": "The school opened later",
    "place": "The record has the child somewhere else",
    "death": "The record has the child at a school after the day of death",
}
"""What may be doubted of facts, by code."""


@dataclass(frozen=True)
class Stay:
    """A place of education on record; `to_on` is its last day, `None` while it lasts.

    `is_meant` says that it is the very place the facts name.
    """

    title: str
    kind: str
    from_on: date | None
    to_on: date | None
    is_meant: bool = False
    is_ended_by_death: bool = False


@dataclass(frozen=True)
class Chosen:
    """The school on file that the facts name. `is_calendar_its_own` is false where the listed terms
    may be those of others: of an independent school, or one under another authority."""

    name: str
    calendar: SchoolCalendar
    is_calendar_its_own: bool
    is_open: bool = True
    opened_on: date | None = None
    closed_on: date | None = None
    lowest_age: int | None = None
    highest_age: int | None = None


@dataclass(frozen=True)
class Record:
    """What is on record of a child when a case is to close, or a claim is confirmed."""

    missing_since_on: date | None = None
    born_on: date | None = None
    is_born_estimated: bool = False
    stays: tuple[Stay, ...] = ()
    school: Chosen | None = None


@dataclass(frozen=True)
class Contradiction:
    """One thing that does not fit, in a sentence that names the question; `fact` is its code.

    `fact` is empty where it is about no single one. `doubt` is a code of DOUBTS where it is only
    unlikely; empty where it cannot be so.
    """

    fact: str
    words: str
    doubt: str = ""


Contradictions = Iterator[Contradiction]
Rule = Callable[[Outcome, Mapping[str, Any], Record, date], Contradictions]


def contradictions(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, *, on: date
) -> tuple[Contradiction, ...]:
    """Return what does not fit on the day `on`: what cannot be so, first of each fact.

    A fact that cannot be so is not doubted as well, and one doubt stands once.
    """
    conflicts = [c for rule in _RULES for c in rule(outcome, facts, record, on)]
    refused: dict[str, Contradiction] = {}
    for c in conflicts:
        if not c.doubt:
            refused.setdefault(c.fact, c)
    doubted: dict[str, Contradiction] = {}
    for c in conflicts:
        if c.doubt and c.fact not in refused:
            doubted.setdefault(c.doubt, c)
    return (*refused.values(), *doubted.values())


# Days against today, the birthday and each other


def _still_to_come(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    for fact, day in _days(outcome, facts):
        if day > on:
            words = (
                f"{_day(day)} is still to come, so it proves nothing yet. "
                "Leave the case open until then."
            )
            yield Contradiction(fact.code, _about(fact, words))


def _before_birth(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    born = record.born_on
    if born is None:
        return
    for fact, day in _days(outcome, facts):
        if day >= born:
            continue
        about = "about " if record.is_born_estimated else ""
        words = f"{_day(day)} is before the child was born, {about}{_day(born)}."
        is_only_doubted = record.is_born_estimated and (born - day).days <= 366
        yield Contradiction(fact.code, _about(fact, words), "estimated" if is_only_doubted else "")


def _too_young(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    born = record.born_on
    for fact, day in _days(outcome, facts):
        if born is None or fact.code not in ("starts_on", "attended_on") or day < born:
            continue
        years = age.age(born, on=day)
        if years < 2:
            words = f"On {_day(day)} the child was {'a year old' if years else 'under a year old'}."
            yield Contradiction(fact.code, _about(fact, words), "age")


_ORDER = (
    ("starts_on", "attended_on", "", "Nobody attends before they start."),
    ("starts_on", "confirmed_on", "", "What has not begun yet cannot be confirmed."),
    ("attended_on", "confirmed_on", "", "What has not happened yet cannot be confirmed."),
    ("notice_on", "confirmed_on", "", "Education at home is judged after the notice."),
    ("died_on", "confirmed_on", "", "Nobody can tell of a death before it."),
    ("notice_on", "starts_on", "order", "A notice usually comes before the first day."),
)
"""Which day comes first, which after it, the doubt where it need not be so, and why."""


def _out_of_order(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    days = {fact.code: (fact, day) for fact, day in _days(outcome, facts)}
    for first, second, doubt, why in _ORDER:
        if first in days and second in days and days[second][1] < days[first][1]:
            (earlier, earlier_on), (later, later_on) = days[first], days[second]
            words = (
                f"{_day(later_on)} is before the {_inside(earlier.question)}, "
                f"{_day(earlier_on)}. {why}"
            )
            yield Contradiction(second, _about(later, words), doubt)


def _before_case(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    if record.missing_since_on is None:
        return
    earliest = record.missing_since_on - SAME_TIME
    for fact, day in _days(outcome, facts):
        if fact.code in ("starts_on", "attended_on", "confirmed_on") and day < earliest:
            words = (
                f"{_day(day)} is long before {_day(record.missing_since_on)}, since when this "
                "case knew of no place."
            )
            yield Contradiction(fact.code, _about(fact, words), "before_case")


# The school that is named


def _closed_day(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, day, school = _fact(outcome, "attended_on"), facts.get("attended_on"), record.school
    if fact is None or day is None:
        return
    is_free = is_weekend(day) or is_bank_holiday(day)
    is_sure = school is not None and school.is_calendar_its_own
    if school is not None and is_sure and not school.calendar.is_school_day(day):
        if is_free or school.calendar.is_certain(day):
            words = f"{school.name} was closed on {day:%A} {_day(day)}. Nobody attended that day."
            yield Contradiction(fact.code, _about(fact, words))
    elif is_free:
        words = f"{_day(day)} was a {day:%A}" + ("." if is_weekend(day) else ", a bank holiday.")
        yield Contradiction(fact.code, _about(fact, words), "closed_day")


def _closed_school(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, school = _fact(outcome, "school"), record.school
    if fact is None or school is None:
        return
    if not school.is_open:
        since = f" on {_day(school.closed_on)}" if school.closed_on else ""
        words = (
            f"{school.name} closed{since}. Choose the school that the child goes to now; the one "
            "that followed it may have the same name."
        )
        yield Contradiction(fact.code, _about(fact, words))
    starts_on, opened_on = facts.get("starts_on"), school.opened_on
    if starts_on and opened_on and starts_on < opened_on:
        words = f"{school.name} opened on {_day(opened_on)}, after the first day on its roll."
        yield Contradiction(fact.code, _about(fact, words), "school_opened")


def _age_at_school(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, school, born = _fact(outcome, "school"), record.school, record.born_on
    day = facts.get("starts_on") or on
    if fact is None or school is None or born is None or day < born:
        return
    years = age.age(born, on=date(age.school_year(day), 8, 31))
    if not _teaches(school, years):
        ages = f"{school.lowest_age} to {school.highest_age}"
        words = (
            f"{school.name} teaches children of {ages}. At the start of that school year the "
            f"child was {years}."
        )
        yield Contradiction(fact.code, _about(fact, words), "age")


def _teaches(school: Chosen, years: int) -> bool:
    """Say whether a school takes children who are `years` old as the school year begins."""
    if school.lowest_age is None or school.highest_age is None:
        return True
    # Ages are those reached in the year; a school from 5 has a reception class all the same.
    lowest = school.lowest_age - 1 if school.lowest_age <= 5 else school.lowest_age
    return lowest <= years < max(school.highest_age, lowest + 1)


# Where the record has the child

_IN_ONE_PLACE = frozenset(
    {
        *("on_roll", "home_educated", "other_authority", "attendance"),
        *("abroad_proved", "abroad_believed"),
    }
)
"""Outcomes that say where the child is, and with that: nowhere else."""


def _elsewhere(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    if outcome.code not in _IN_ONE_PLACE:
        return
    stays = [stay for stay in record.stays if not stay.is_meant and _holds(stay, on)]
    if stays:
        where = " and ".join(map(_since, stays))
        words = f"The record has the child {where}, and nobody has said that this ended. Ask there."
        yield Contradiction("", words, "place")


def _since(stay: Stay) -> str:
    where = "educated at home" if stay.kind == "home_education" else f"at {stay.title}"
    return where + (f" since {_day(stay.from_on)}" if stay.from_on else "")


def _holds(stay: Stay, on: date) -> bool:
    has_begun = stay.from_on is None or stay.from_on <= on
    return has_begun and (stay.to_on is None or stay.to_on >= on)


def _after_death(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, died_on = _fact(outcome, "died_on"), facts.get("died_on")
    if fact is None or died_on is None:
        return
    for stay in record.stays:
        begins, last = stay.from_on or date.min, stay.to_on or date.min
        if begins <= died_on and (last <= died_on or stay.is_ended_by_death):
            continue
        last_day = max(begins, last)
        words = (
            f"{_day(died_on)} is before {_day(last_day)}, on which the record still has the child "
            f"at {stay.title}."
        )
        # A school may take a child off its roll some days after the death.
        is_late = begins <= died_on and last - died_on <= SAME_TIME
        yield Contradiction(fact.code, _about(fact, words), "death" if is_late else "")


# Answers that are no answers

_HOME_NATIONS = frozenset(
    {
        *("england", "scotland", "wales", "cymru", "northern ireland", "uk", "gb", "gbr"),
        *("britain", "great britain", "united kingdom", "eng", "u k", "g b"),
        "united kingdom of great britain and northern ireland",
    }
)
_NO_ANSWERS = frozenset(
    {
        *("unknown", "not known", "dont know", "do not know", "none", "nobody", "nil", "nk", "na"),
        *("n a", "tbc", "tba", "to follow", "not given", "test"),
    }
)
MOST_HOURS = 60
_SHORTEST_ADDRESS = 8


def _country(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, country = _fact(outcome, "country"), str(facts.get("country") or "")
    if fact is not None and _plain(country).removeprefix("the ") in _HOME_NATIONS:
        words = (
            f"{country} is not abroad. For a child who lives elsewhere in the United Kingdom, "
            "choose the school, or the authority that took the child over."
        )
        yield Contradiction(fact.code, _about(fact, words))


def _hours(outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date) -> Contradictions:
    fact, answer = _fact(outcome, "hours"), str(facts.get("hours") or "")
    if fact is None or not answer:
        return
    number = re.search(r"(?<![\w.,-])\d{1,3}(?:[.,]\d+)?", answer)
    hours = float(number.group().replace(",", ".")) if number else 0
    if not 0 < hours <= MOST_HOURS:
        words = f"Write a number of hours between 1 and {MOST_HOURS}, for example 25."
        yield Contradiction(fact.code, _about(fact, words))


def _no_answer(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    for fact in outcome.facts:
        answer = facts.get(fact.code)
        is_text = fact.answer in (Answer.WORDS, Answer.TEXT, Answer.SCHOOL)
        if not is_text or not isinstance(answer, str) or not answer or fact.code == "hours":
            continue
        plain = _plain(answer)
        signs = sum(map(str.isalnum, plain))
        if fact.code == "address" and (signs < _SHORTEST_ADDRESS or plain in _NO_ANSWERS):
            words = "Write the whole address: house and street, place, and country or postcode."
            yield Contradiction(fact.code, _about(fact, words))
        elif tells_nothing(answer):
            words = f"“{answer}” tells nobody anything. Write what you found out."
            yield Contradiction(fact.code, _about(fact, words))


def tells_nothing(answer: str) -> bool:
    """Say whether an answer in free words is only a sign, or words for not knowing: x, N/A, ?."""
    plain = _plain(answer)
    return plain in _NO_ANSWERS or sum(map(str.isalnum, plain)) < 2 or set(plain) == {"x"}


def _plain(text: str) -> str:
    letters = re.sub(r"['’]", "", text.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


# Pieces


def _days(outcome: Outcome, facts: Mapping[str, Any]) -> Iterator[tuple[Fact, date]]:
    for fact in outcome.facts:
        day = facts.get(fact.code)
        if fact.answer == Answer.DAY and day:
            yield fact, day


def _fact(outcome: Outcome, code: str) -> Fact | None:
    return next((fact for fact in outcome.facts if fact.code == code), None)


def _about(fact: Fact, words: str) -> str:
    """Return a sentence that says first which question it is about."""
    mark = "" if fact.question.endswith("?") else ":"
    return f"{fact.question}{mark} {words}"


def _inside(question: str) -> str:
    return question[:1].lower() + question[1:]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_RULES: tuple[Rule, ...] = (
    _still_to_come,
    _before_birth,
    _out_of_order,
    _closed_day,
    _closed_school,
    _after_death,
    _country,
    _hours,
    _no_answer,
    _too_young,
    _age_at_school,
    _before_case,
    _elsewhere,
)
