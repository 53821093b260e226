"""The school that a closing names, and where else the record has the child."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.rules import age
from onroll.rules.calendar import is_bank_holiday, is_weekend
from onroll.rules.contradiction import (
    SAME_TIME,
    Chosen,
    Contradiction,
    Contradictions,
    Record,
    Stay,
    fact_of,
    sentence_about,
)
from onroll.rules.dated import in_words
from onroll.rules.outcomes import Outcome


def closed_day(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, day, school = fact_of(outcome, "attended_on"), facts.get("attended_on"), record.school
    if fact is None or day is None:
        return
    is_free = is_weekend(day) or is_bank_holiday(day)
    is_sure = school is not None and school.is_calendar_its_own
    if school is not None and is_sure and not school.calendar.is_school_day(day):
        if is_free or school.calendar.is_certain(day):
            closed_on = f"{day:%A} {in_words(day)}"
            words = f"{school.name} was closed on {closed_on}. Nobody attended that day."
            yield Contradiction(fact.code, sentence_about(fact, words))
    elif is_free:
        holiday = "" if is_weekend(day) else ", a bank holiday"
        words = f"{in_words(day)} was a {day:%A}{holiday}."
        yield Contradiction(fact.code, sentence_about(fact, words), "closed_day")


def closed_school(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, school = fact_of(outcome, "school"), record.school
    if fact is None or school is None:
        return
    if not school.is_open:
        since = f" on {in_words(school.closed_on)}" if school.closed_on else ""
        words = (
            f"{school.name} closed{since}. Choose the school that the child goes to now; the one "
            "that followed it may have the same name."
        )
        yield Contradiction(fact.code, sentence_about(fact, words))
    starts_on, opened_on = facts.get("starts_on"), school.opened_on
    if starts_on and opened_on and starts_on < opened_on:
        words = f"{school.name} opened on {in_words(opened_on)}, after the first day on its roll."
        yield Contradiction(fact.code, sentence_about(fact, words), "school_opened")


def age_at_school(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, school, born = fact_of(outcome, "school"), record.school, record.born_on
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
        yield Contradiction(fact.code, sentence_about(fact, words), "age")


def _teaches(school: Chosen, years: int) -> bool:
    """Say whether a school takes children who are `years` old as the school year begins."""
    if school.lowest_age is None or school.highest_age is None:
        return True
    # Ages are those reached in the year; a school from 5 has a reception class all the same.
    lowest = school.lowest_age - 1 if school.lowest_age <= 5 else school.lowest_age
    return lowest <= years < max(school.highest_age, lowest + 1)


_IN_ONE_PLACE = frozenset(
    {
        *("on_roll", "home_educated", "other_authority", "attendance"),
        *("abroad_proved", "abroad_believed"),
    }
)
"""Outcomes that say where the child is, and with that: nowhere else."""


def elsewhere(
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
    return where + (f" since {in_words(stay.from_on)}" if stay.from_on else "")


def _holds(stay: Stay, on: date) -> bool:
    has_begun = stay.from_on is None or stay.from_on <= on
    return has_begun and (stay.to_on is None or stay.to_on >= on)


def after_death(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    fact, died_on = fact_of(outcome, "died_on"), facts.get("died_on")
    if fact is None or died_on is None:
        return
    for stay in record.stays:
        begins, last = stay.from_on or date.min, stay.to_on or date.min
        if begins <= died_on and (last <= died_on or stay.is_ended_by_death):
            continue
        last_day = max(begins, last)
        words = (
            f"{in_words(died_on)} is before {in_words(last_day)}, on which the record still has "
            f"the child at {stay.title}."
        )
        # A school may take a child off its roll some days after the death.
        is_late = begins <= died_on and last - died_on <= SAME_TIME
        yield Contradiction(fact.code, sentence_about(fact, words), "death" if is_late else "")
