"""What somebody tells us who refers a child: plain values, no database rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onroll.govuk.languages import ENGLISH
from onroll.rules.school_reports import Concern
from onroll.rules.start_records import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildWords:
    """A child as the person who refers knows them; at least a name, a home or a school.

    `record` is the child on record whom a school chose among its own pupils.
    """

    forename: str = ""
    surname: str = ""
    born_on: date | None = None
    age: int | None = None
    age_words: str = ""
    """The age as it was written, where that is not one number of years: *7 or 8*."""
    home: str = ""
    postcode: str = ""
    upn: str = ""
    school_words: str = ""
    last_seen: str = ""
    record: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryWords:
    """One thing that was tried to find the child; `step` is a code of `rules.enquiries`.

    `step_words` say what it was where the list has it not.
    """

    step: str
    on: date
    outcome: str
    at: str = ""
    by: str = ""
    name: str = ""
    contact: str = ""
    method: str = ""
    evidence: str = ""
    step_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """A group at risk (`rules.groups`) that the child belongs to, by somebody's word on a day."""

    group: str
    said_by: str
    said_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskWords:
    """The risk assessment: each answer with its words, and the talks that it asks for.

    `lead`, `manager`, `on` and `advice` are of the talk with the safeguarding lead and a manager;
    `exploitation_with` and `exploitation_on` of the one with the hub or a social worker.
    """

    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lead: str = ""
    lead_contact: str = ""
    manager: str = ""
    on: date | None = None
    advice: str = ""
    exploitation_with: str = ""
    exploitation_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """A file that came with a referral, and what it shows.

    `read` gives its bytes: twenty files are not held in memory at once. `media_type` is empty where
    nobody has looked yet whether it is taken.
    """

    name: str
    read: Callable[[], bytes]
    words: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWords:
    """Why a child need not be referred, or the call about one in danger, as somebody says it.

    `proofs` are by the codes of `rules.start_records.PROOFS`, days as 2026-11-29; an empty one is
    not known.
    """

    kind: Kind
    forename: str
    surname: str
    proofs: Mapping[str, str]
    born_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typist:
    """That an officer typed in what came some other way, who took it, and when it was typed."""

    channel: str
    taken_by: str
    at: datetime
    has_time: bool = True
    """Whether somebody knew the time at which it came, and not the day alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """A whole referral. It is urgent exactly when `urgent_why` says why.

    `answers` are those of the form that no other part holds, by the code of the question.
    `missing` are codes of `rules.readiness`, and `missing_why` why it was sent without these.
    """

    relation: str
    """A code of `models.Relation`."""
    worry: str
    children: tuple[ChildWords, ...]
    referrer_name: str = ""
    referrer_contact: str = ""
    urgent_why: str = ""
    depth: str = "anyone"
    school: int | None = None
    """The school that refers."""
    language: str = ENGLISH
    """The code of the language of the form's pages."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    enquiries: Sequence[EnquiryWords] = ()
    groups: Sequence[GroupWords] = ()
    risk: RiskWords | None = None
    files: Sequence[FileWords] = ()
    missing: Sequence[str] = ()
    missing_why: str = ""
    typist: Typist | None = None
    start: StartWords | None = None
    """What was said at the end of the first pages, where something of it was not known."""
    call: int | None = None
    """The key of the call that was written down before, where it was begun from that."""
    concerns: frozenset[Concern] = frozenset()
    """What a school reports that may go to home education as well (P68)."""
