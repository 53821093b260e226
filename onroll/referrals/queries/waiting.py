"""What waits on each list: how many, how many of them press, and the oldest with its owner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.expressions import Window

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.cases.offers import Todo
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import Quarantined, Stage
from onroll.referrals.models import RECEIVED_AT, HubDecision, Referral
from onroll.referrals.queries import home_education
from onroll.referrals.queries.information import unread_by
from onroll.referrals.queries.lists import (
    ACCEPT,
    HUB,
    NEWS,
    PASSED_ON,
    SENT_ON,
    YOURS,
    about_cases_of,
    passed_on_to_person,
    turned_back,
    unread_notices,
)

QUEUE, QUARANTINE = "referrals:queue", "quarantine"


@dataclass(frozen=True)
class Waiting:
    """One list: how many wait, how many are urgent or late, since when the oldest, and whose."""

    number: int = 0
    pressing: int = 0
    oldest_at: datetime | None = None
    owner: str = ""


def waiting(user: User, *, at: datetime) -> dict[str, Waiting]:
    """Return what waits on each list; one query, however many wait."""
    visible = Referral.objects.visible_to(user)
    apart = visible.filter(stage=Stage.QUARANTINE.value, quarantine__answer=Quarantined.WAITING)
    of_referrals = {"since": RECEIVED_AT, "is_urgent_one": F("is_urgent")}
    decisions = HubDecision.objects.visible_to(user)
    to_accept, sent_on = (
        decisions & HubDecision.objects.to_accept(),
        decisions & HubDecision.objects.sent_on(),
    )
    of_decisions = {"since": F("at"), "is_urgent_one": F("entry__referral__is_urgent")}
    at_the_hub = visible.at_the_hub().annotate(**of_referrals)
    in_quarantine = apart.annotate(**of_referrals)
    of_worker = "entry__known_case__owner__name"
    first, *further = (
        _oldest(HUB, at_the_hub, Subject.REFERRAL, "owner__name", at),
        _oldest(ACCEPT, to_accept.annotate(**of_decisions), Subject.HUB_DECISION, of_worker, at),
        _oldest(SENT_ON, sent_on.annotate(**of_decisions), Subject.HUB_DECISION, "by__name", at),
        _oldest(QUARANTINE, in_quarantine, Subject.REFERRAL, "owner__name", at),
    )
    found = {
        row["which"]: Waiting(row["number"], row["pressing"], row["since"], row["whose"] or "")
        for row in first.union(*further, all=True)
    }
    return {code: found.get(code, Waiting()) for code in (HUB, ACCEPT, SENT_ON, QUARANTINE)}


def _oldest(which: str, rows: Any, subject: Subject, owner: str, at: datetime) -> Any:
    """Return the oldest of some rows with the numbers of all; `owner` is where its name stands."""
    overdue = Deadline.objects.of_each(subject, OuterRef("pk")).overdue(at=at)
    presses = ExpressionWrapper(Q(is_urgent_one=True) | Exists(overdue), BooleanField())
    counted = rows.annotate(
        which=Value(which),
        number=Window(Count("pk")),
        pressing=Window(Count("pk", filter=presses)),
        whose=F(owner),
    )
    columns = ("which", "number", "pressing", "since", "whose")
    return counted.order_by("since", "pk").values(*columns)[:1]


_WORDS = {
    HUB: ("referral for the hub to decide", "referrals for the hub to decide"),
    ACCEPT: ("hand-over that nobody has accepted", "hand-overs that nobody has accepted"),
    SENT_ON: ("child sent on without a receipt", "children sent on without a receipt"),
    QUARANTINE: ("form in quarantine", "forms in quarantine"),
}


def todo(user: User, *, on: Any, at: datetime) -> list[Todo]:
    """Return what waits for the hub, to be accepted and for a receipt, and what came to a person.

    Of each list the oldest stands there with whose it is.
    """
    reports = home_education.todo(user)
    if not may(user, Permission.CASE_TRIAGE):
        return reports
    lists = [
        Todo(
            f"referrals_{which}",
            row.number,
            _WORDS[which],
            "referrals:quarantine" if which == QUARANTINE else QUEUE,
            {} if which == QUARANTINE else {"list": which},
            "late" if row.pressing else "soon",
            note=oldest(row, at=at),
        )
        for which, row in waiting(user, at=at).items()
    ]
    return [*_of_reader(user), _back(user), *lists, *_notices(user), _news(user), *reports]


def oldest(waiting: Waiting, *, at: datetime) -> str:
    """Say since when the oldest of a list waits, and for whom."""
    if waiting.oldest_at is None:
        return ""
    return f"Oldest: {waited(waiting.oldest_at, at=at)}, {waiting.owner or 'nobody’s yet'}"


def waited(since: datetime, *, at: datetime) -> str:
    """Return how long something has waited: in hours on its first two days, then in days."""
    hours = int((at - since).total_seconds()) // 3600
    if hours < 1:
        return "less than an hour"
    number, unit = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"


_OF_READER = {
    PASSED_ON: (
        "referral passed on to you: it waits too long",
        "referrals passed on to you: they wait too long",
    ),
    YOURS: ("referral about your cases", "referrals about your cases"),
}


def _of_reader(user: User) -> list[Todo]:
    """Return what was passed on to a person, and what is about their cases; each where it is."""
    return [
        Todo(
            f"referrals_{code}",
            rows,
            _OF_READER[code],
            QUEUE,
            {"list": code},
            "late",
            is_own=True,
            is_silent_at_none=True,
        )
        for code, rows in ((PASSED_ON, passed_on_to_person(user)), (YOURS, about_cases_of(user)))
    ]


def _back(user: User) -> Todo:
    """Return what was turned back to the hub, with the reason on its list."""
    words = ("referral turned back to the hub", "referrals turned back to the hub")
    query = {"list": HUB, "whose": "back"}
    rows = turned_back(user)
    return Todo("referrals_back", rows, words, QUEUE, query, "late", is_silent_at_none=True)


def _news(user: User) -> Todo:
    """Return of how many referrals something waits to be read by this person."""
    words = ("referral with something new", "referrals with something new")
    return Todo("referrals_news", unread_by(user), words, QUEUE, {"list": NEWS}, "new")


def _notices(user: User) -> list[Todo]:
    """Return of how many cases that files opened nobody at the hub has read."""
    if user.role != Role.MASH:
        return []
    words = (
        "case opened by a school’s file, to read of",
        "cases opened by schools’ files, to read of",
    )
    rows = unread_notices(user)
    return [Todo("hub_notices", rows, words, "referrals:notices", meaning="soon")]
