"""What somebody tells us who refers a child: plain values, no database rows."""

from dataclasses import dataclass
from datetime import date

from onroll.rules.school_reports import Concern


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildWords:
    """A child as the person who refers knows them; at least a name, a home or a school."""

    forename: str = ""
    surname: str = ""
    born_on: date | None = None
    age: int | None = None
    home: str = ""
    school_words: str = ""
    last_seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """A whole referral. It is urgent exactly when `urgent_why` says why."""

    relation: str
    """A code of `models.Relation`."""
    worry: str
    children: tuple[ChildWords, ...]
    referrer_name: str = ""
    referrer_contact: str = ""
    urgent_why: str = ""
    concerns: frozenset[Concern] = frozenset()
    """What a school reports that may go to home education as well (P68)."""
