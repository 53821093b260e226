"""What a feature shows of itself on the pages of several features.

A feature that wants to be seen stands in the list of `casefile/features.py` and offers, in its
`queries`, what it has of these; each is already through `visible_to` and the access matrix:

    todo(user, *, on, at)
        what waits for a person, for Today: a list of `Todo`, which `cases.queries.waiting` counts
    overseen(user, *, on)
        what a manager watches over, for the manager's page: a list of `Todo`
    day_rows(user, *, on, at)
        what its part of a day is made of: querysets by name, read all at once (`at_once`)
    day(user, *, on, at, rows)
        what the person must do now, and why, for the list on Today, from the rows that it named: a
        `DayPart`, or None
    panel(child, user, *, case, on)
        its part of a child's page: a `Panel`, or None
    case_rows(case, user, *, on)
        what its parts of a case's page are made of: querysets by name, read all at once (`at_once`)
    case_panels(case, user, *, on, rows)
        its parts of a case's page, from the rows that it named: a list of `Panel`
    for_review(user)
        what it has on the page Review, for the number in the menu: a list of querysets
    coming(user, *, on, until)
        what comes due between two days on the person's own work, for the diary: a list of `Coming`
    event_rows(case, user)
        what its events are made of: querysets by name, read all at once (`at_once`)
    events(case, user, rows)
        what happened, for the chronology, from the rows that it named: a list of `Event`

A panel names the fields it shows, and they are written down as seen before the page is drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum, auto
from typing import Any, Protocol

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.rules.day import Call, order
from onroll.rules.hours import ENGLAND

Rows = Mapping[str, Sequence[Any]]
"""What was read of the rows that a feature named."""


@dataclass(frozen=True)
class Oldest:
    """What has waited longest: since when, and who has it; nobody where no row names anybody."""

    since: datetime | date
    owner: str = ""


@dataclass(frozen=True)
class Todo:
    """Things that wait for a person: how many, in which words, and the page that lists them.

    Of rows that are only to be counted it holds the rows: `queries.waiting.counted` counts those of
    all at once, and finds the oldest where `since` is named.
    """

    code: str
    rows: int | QuerySet[Any]
    words: tuple[str, str]
    """For one, and for more."""
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    meaning: str = ""
    """What it means that some wait: `late`, `soon` or `new`."""
    since: Any = ""
    """Where a row says since when it waits: a field, or an expression."""
    is_by_day: bool = False
    """Whether that is a day, and no moment."""
    owner: Any = ""
    """Where the name of who has a row stands, as far as there is one: a field, or an expression."""
    desk: str = ""
    """Who has what no row names anybody for; else it is nobody's yet."""
    presses: Any = None
    """The condition of a row that makes the item late."""
    is_own: bool = False
    """Whether they are the person's own, and stand before what needs anyone."""
    call: Call | None = None
    """How they call on the list of this person's day, where each has no row of its own there."""
    call_if_late: Call | None = None
    """The same where some press."""
    kept_days: int = 0
    """Of what is deleted: how many days after `since`, unless the person goes on with it."""
    is_for_review: bool = False
    """Whether they are on a list of the page Review, whose number the menu says."""
    is_silent_at_none: bool = False
    """Whether nothing is said where none wait."""
    pressing: int = 0
    """How many of them press, once counted."""
    oldest: Oldest | None = None
    """What has waited longest, once counted."""

    @property
    def number(self) -> int:
        """Return how many wait; they must have been counted."""
        assert isinstance(self.rows, int)
        return self.rows


ROWS_OF_A_DAY = 25
"""How many rows a page of the list of a day has; the first is on Today, and leads to the rest."""


class Calling(Protocol):
    """What calls a person: how, and what puts it in its place among all that does."""

    @property
    def call(self) -> Call: ...

    @property
    def order(self) -> tuple[int, bool, datetime]: ...


@dataclass(frozen=True)
class DayRow:
    """One thing a person must do: about whom, what, why now, and where the next step is taken."""

    call: Call
    since: date | datetime
    """When it was due, or when it came: what orders the rows of one call."""
    words: str
    """What is asked, or what has arrived."""
    step: str
    """The words of the next step."""
    step_url: str
    about: str = ""
    """The child, as this person may see their name; nobody for a row about several things."""
    ref: str = ""
    clause: str = ""
    besides: tuple[Call, ...] = ()
    """How the same thing calls besides, the gravest first."""
    is_due: bool = False
    """Whether `since` is when it is due, and not when it came."""
    due: date | datetime | None = None
    """By when it is to be done, where `since` is when it came and a clock runs."""
    children: tuple[int, ...] = ()
    """The children on record whom the row shows."""
    whose: str = ""
    """Who has the oldest of what a row about several things counts."""
    covered_for: str = ""
    """The absent owner of the case for whom this person covers."""
    risk: tuple[str, str] = ("", "")
    """How grave the case is, where it is more than low: in words, and how that is drawn."""

    @property
    def is_list(self) -> bool:
        """Say whether it is one row for all that stands on a list, and about no child."""
        return not self.ref

    @property
    def order(self) -> tuple[int, bool, datetime]:
        """Return what puts the row in its place among those of all features."""
        return order(self.call, self.since, is_list=self.is_list)


@dataclass(frozen=True)
class DayPart:
    """One feature's part of a person's day: all that calls, and how some of it is drawn as rows.

    What is to be shown alone is drawn, and in the order in which it was given. `of` names what is
    read of it for that: querysets by name, read with those of the other features (`at_once`).
    """

    calls: Sequence[Calling]
    draw: Callable[[Sequence[Any], Rows], Sequence[DayRow]]
    of: Callable[[Sequence[Any]], Mapping[str, QuerySet[Any]]] = lambda calls: {}


@dataclass(frozen=True)
class Coming:
    """A running clock on a person's own work: the day, what is due, and about whom."""

    on: date
    words: str
    ref: str
    """The case's or the referral's."""
    url: str
    about: str = ""
    """The child, as this person may see their name; nobody for a referral."""
    clause: str = ""
    due_at: datetime | None = None
    """Of a clock of hours: the moment."""
    child: int = 0
    """The child on record whom the row shows; none for a referral."""
    covered_for: str = ""
    """The absent owner of the case for whom this person covers."""


class Part(IntEnum):
    """The parts of a case's page, in their order: down the page, and then beside it."""

    HEAD = auto()
    """Danger, before everything else."""
    ALERTS = auto()
    NOW = auto()
    DUE = auto()
    ENQUIRIES = auto()
    WHERE = auto()
    WHY = auto()
    REST = auto()
    OWNER = auto()
    """The first beside the page."""
    SEEN = auto()
    RISK = auto()
    MANAGER = auto()
    SHARED = auto()

    @property
    def is_beside(self) -> bool:
        """Say whether it stands beside the page: who has the case, and what was told of it."""
        return self >= Part.OWNER


@dataclass(frozen=True)
class Panel:
    """One feature's part of a page: the template that draws it, and what that needs."""

    template: str
    context: Mapping[str, Any]
    fields: tuple[str, ...] = ()
    """The names, never the values, of what it shows of the child."""
    part: Part = Part.REST
    """Where it stands on a case's page."""


class EventKind(StrEnum):
    """Of what an event of the chronology is."""

    CASE = "case"
    NOTE = "note"
    ENQUIRY = "enquiry"
    SHARED = "shared"
    REFERRAL = "referral"
    FAMILY = "family"
    COMPLAINT = "complaint"
    MEETING = "meeting"
    CASE_AUDIT = "case_audit"


EVENT_KINDS = {
    EventKind.CASE: "The case itself",
    EventKind.NOTE: "Notes",
    EventKind.ENQUIRY: "Enquiries",
    EventKind.SHARED: "What was shared",
    EventKind.REFERRAL: "Referrals",
    EventKind.FAMILY: "What the family was told",
    EventKind.COMPLAINT: "Complaints and case files",
    EventKind.MEETING: "Meetings of agencies",
    EventKind.CASE_AUDIT: "Case audits",
}


LOG = "Log of the case"


@dataclass(frozen=True)
class Event:
    """Something that happened: when, in words, why, and who did it; nobody where a machine did."""

    at: datetime
    words: str
    why: str = ""
    by: User | None = None
    day: date | None = None
    """The day, where no more of the moment is known; `at` only puts it in its place."""
    kind: EventKind = EventKind.CASE
    source: str = LOG
    """Where it stands: the log, or the thing itself with its reference."""
    url: str = ""
    """The address of that, where it has one."""
    is_safeguarding: bool = False
    """Whether it is a note about safety."""

    @property
    def when(self) -> date | datetime:
        """Return the moment as far as it is known."""
        return self.day or self.at

    @property
    def on(self) -> date:
        """Return the day on which it happened."""
        return self.day or self.at.astimezone(ENGLAND).date()

    @property
    def is_of_log(self) -> bool:
        """Say whether it stands in the log of the case, and nowhere else."""
        return self.kind is EventKind.CASE and self.source == LOG

    @property
    def byline(self) -> str:
        """Return who did it; nobody of a note whose writer is not told."""
        if self.by:
            return self.by.name
        return "" if self.kind is EventKind.NOTE else "Onroll"
