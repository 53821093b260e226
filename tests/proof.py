"""What an officer states when a case closes, for tests that need a closed case."""

from datetime import date, timedelta
from typing import Any

from onroll.rules import confirmations
from onroll.rules.calendar import is_usual_school_day

CONFIRMED = {"confirmed_by": "Mrs Office, the office", "confirmed_how": "telephone"}


def school_day(on: date) -> date:
    """Return the last day up to `on` on which schools are open."""
    while not is_usual_school_day(on):
        on -= timedelta(1)
    return on


def facts(outcome: str = "on_roll", *, on: date, **more: Any) -> dict[str, Any]:
    """Return facts that prove an outcome on a day; `more` replaces some of them."""
    confirmed = {**CONFIRMED, "confirmed_on": on}
    began = {"starts_on": school_day(on), "attended_on": school_day(on)}
    stated: dict[str, dict[str, Any]] = {
        "on_roll": {"school": "Hill House", **began, **confirmed},
        "home_educated": {
            "notice_by": "The mother",
            "notice_on": on,
            "starts_on": on,
            **confirmed,
        },
        "other_provision": {"provider": "A hospital school", "hours": "15", **began, **confirmed},
        "other_authority": {"authority": "307", **confirmed},
        "abroad_proved": {
            "country": "Spain",
            "address": "1 Invented Street, Madrid",
            "provider": "A school in Madrid",
            "starts_on": on,
            **confirmed,
        },
        "abroad_believed": {
            "country": "Spain",
            "address": "1 Invented Street, Madrid",
            "evidence": "A ticket.",
            **confirmed,
        },
        "over_age": {"evidence": "The birth certificate."},
        "attendance": {"school": "Hill House", "evidence": "At home, ill.", **confirmed},
        "died": {"died_on": on, **confirmed},
        "reported_in_error": {"mistake": "no_such_child", "evidence": "A slip of ours."},
    }
    return {**stated[outcome], **more}


def confirmed(effect: str, *, on: date, **more: Any) -> dict[str, Any]:
    """Return what an officer states of a claim that is so, by what the record did."""
    alike = {
        "home_education": "home_educated",
        "moved_abroad": "abroad_proved",
        "died": "died",
        "perhaps_died": "died",
    }
    if effect in alike:
        return facts(alike[effect], on=on, **more)
    every = {"school": "Hill House", "starts_on": on, **CONFIRMED, "confirmed_on": on, **more}
    return {fact.code: every[fact.code] for fact in confirmations.facts_of(effect)}


def as_form(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts as a browser sends them: a day in three boxes, a school by its number."""
    sent: dict[str, Any] = {}
    for code, answer in facts.items():
        if isinstance(answer, date):
            sent |= {
                f"{code}_day": answer.day,
                f"{code}_month": answer.month,
                f"{code}_year": answer.year,
            }
        else:
            sent[code] = getattr(answer, "number", answer)
    if isinstance(facts.get("school"), str):
        sent["is_not_on_file"] = "on"
    return sent
