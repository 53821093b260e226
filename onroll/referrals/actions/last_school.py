"""What a referral says of the school of one of its children, for the case that comes of it.

The answers of the form are of its first child. A school's own account is certain of its own pupil;
everything else is said by who refers.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from onroll.cases.actions import SAME_MOVE, LastSchool
from onroll.cases.queries import last_school
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.children.models.place import EDUCATION
from onroll.placeholders import is_no_school
from onroll.referrals.models import ReferredChild
from onroll.schools.models import School

NEVER = "never"
"""The answer of a school on whose roll the name of the child never was."""


def last_school_of(entry: ReferredChild, child: Child | ChildFacts) -> LastSchool:
    """Return what is said of the school of a child; of one on record the last school there.

    An open case that an officer sent to the hub is on record already, so it says nothing new.
    """
    referral = entry.referral
    on_record, to_on = last_school(child) if isinstance(child, Child) else (None, None)
    if referral.from_case_id is not None:
        return LastSchool(school=on_record)
    answers = referral.answers if entry.is_first else {}
    if answers.get("off_roll") == NEVER:
        return LastSchool(
            school=on_record,
            attended_on=_day(answers, "attended_on"),
            is_by_school=True,
            has_never_attended=answers.get("attended") == "no",
            is_never_on_roll=True,
        )
    if referral.school is not None and entry.is_first:
        to_on = to_on if on_record == referral.school else None
        return _by_the_school(entry, answers, child, to_on=to_on)
    attended_on = _day(answers, "attended_on")
    return LastSchool(school=on_record, words=_words(entry), attended_on=attended_on)


def _by_the_school(
    entry: ReferredChild,
    answers: Mapping[str, Any],
    child: Child | ChildFacts,
    *,
    to_on: date | None,
) -> LastSchool:
    """Return what a school says of its own pupil; `to_on` is the last day there as on record.

    A school is not asked again what its files say of a pupil who left.
    """
    school, attended_on = entry.referral.school, _day(answers, "attended_on")
    is_off = {"yes": True, "no": False}.get(answers.get("off_roll", ""))
    said_on = (_day(answers, "off_roll_on") or attended_on) if is_off else None
    filed_on = to_on if to_on and (attended_on is None or attended_on <= to_on) else None
    return LastSchool(
        school=school,
        is_by_school=True,
        joined_on=_day(answers, "joined_on"),
        attended_on=attended_on,
        has_never_attended=answers.get("attended") == "no",
        is_off_roll=is_off,
        left_on=said_on or filed_on,
        ground=str(answers.get("off_roll_ground") or "") if is_off else "",
        is_day_certain=attended_on is not None and _agrees(child, school, attended_on),
    )


def _agrees(child: Child | ChildFacts, school: School | None, attended_on: date) -> bool:
    """Say whether no place on record speaks against a last day at a school.

    Against it speak a place elsewhere that holds after that day, and one at the school that began
    so near it that it would look like a place found since.
    """
    if isinstance(child, ChildFacts):
        return True
    still = Q(to_on__isnull=True) | Q(to_on__gt=attended_on)
    places = child.places.filter(still, kind__in=EDUCATION, is_confirmed=True)
    since = attended_on + timedelta(days=1) - SAME_MOVE
    return not places.filter(~Q(school=school) | Q(from_on__gte=since)).exists()


def _words(entry: ReferredChild) -> str:
    words = " ".join(entry.school_words.split())
    return "" if is_no_school(words) else words


def _day(answers: Mapping[str, Any], code: str) -> date | None:
    return date.fromisoformat(answers[code]) if answers.get(code) else None
