"""What a referral says of the school of one of its children, for the case that comes of it.

The answers of the form are of its first child. A school's own account is certain of its own pupil;
everything else is said by who refers.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.cases.actions import LastSchool
from onroll.cases.queries import last_school
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.placeholders import is_no_school
from onroll.referrals.models import ReferredChild


def last_school_of(entry: ReferredChild, child: Child | ChildFacts) -> LastSchool:
    """Return what is said of the school of a child; of one on record the last school there.

    An open case that an officer sent to the hub is on record already, so it says nothing new.
    """
    referral = entry.referral
    on_record = last_school(child)[0] if isinstance(child, Child) else None
    if referral.from_case_id is not None:
        return LastSchool(school=on_record)
    answers = referral.answers if entry.is_first else {}
    if referral.school is not None and entry.is_first:
        return _by_the_school(entry, answers)
    attended_on = _day(answers, "attended_on")
    return LastSchool(school=on_record, words=_words(entry), attended_on=attended_on)


def _by_the_school(entry: ReferredChild, answers: Mapping[str, Any]) -> LastSchool:
    attended_on = _day(answers, "attended_on")
    is_off = {"yes": True, "no": False}.get(answers.get("off_roll", ""))
    return LastSchool(
        school=entry.referral.school,
        is_by_school=True,
        joined_on=_day(answers, "joined_on"),
        attended_on=attended_on,
        is_off_roll=is_off,
        left_on=(_day(answers, "off_roll_on") or attended_on) if is_off else None,
        ground=str(answers.get("off_roll_ground") or "") if is_off else "",
    )


def _words(entry: ReferredChild) -> str:
    words = " ".join(entry.school_words.split())
    return "" if is_no_school(words) else words


def _day(answers: Mapping[str, Any], code: str) -> date | None:
    return date.fromisoformat(answers[code]) if answers.get(code) else None
