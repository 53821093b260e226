"""What waits on each list: how many, how many of them press, and the oldest with its owner."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.cases.offers import Todo
from onroll.cases.queries.waiting import counted
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import DECIDE
from onroll.referrals.codes import Quarantined, Stage
from onroll.referrals.models import (
    RECEIVED_AT,
    Escalation,
    HubDecision,
    Referral,
)
from onroll.referrals.promise import late
from onroll.referrals.queries import home_education, sent_to
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
from onroll.referrals.queries.notifications import unread_by, unread_of
from onroll.referrals.queries.owners import FIRST_OWNER
from onroll.rules.day import Call
from onroll.rules.grades import Grade

QUEUE, QUARANTINE = "referrals:queue", "quarantine"


def todo(user: User, *, on: Any, at: datetime) -> list[Todo]:
    """Return what waits for the hub, to be accepted and to be heard of, and what came to a person.

    Of each list the oldest stands there with whose it is.
    """
    reports = [*home_education.todo(user), *sent_to.todo(user, on=on, at=at)]
    if not may(user, Permission.CASE_TRIAGE):
        return reports
    lists = _lists(user, at=at)
    return [*_of_reader(user), _back(user), *lists, *_notices(user), _news(user), *reports]


def waiting(user: User, *, at: datetime) -> dict[str, Todo]:
    """Return what waits on each list; one query, however many wait."""
    codes = (HUB, ACCEPT, SENT_ON, QUARANTINE)
    return dict(zip(codes, counted(_lists(user, at=at)), strict=True))


def _lists(user: User, *, at: datetime) -> list[Todo]:
    visible = Referral.objects.visible_to(user)
    apart = visible.filter(stage=Stage.QUARANTINE.value, quarantine__answer=Quarantined.WAITING)
    decisions = HubDecision.objects.visible_to(user)
    to_accept = decisions & HubDecision.objects.to_accept()
    sent_on = decisions & HubDecision.objects.sent_on()
    of_worker = "entry__known_case__owner__name"
    of_hub = Call.NOT_ACCEPTED if user.role == Role.MASH else None
    return [
        _list(HUB, visible.at_the_hub(), "owner__name", at),
        _list(ACCEPT, to_accept, of_worker, at),
        _list(SENT_ON, sent_on, _WHO_HAS_IT, at),
        _list(QUARANTINE, apart, "owner__name", at, of_hub),
    ]


_WHO_HAS_IT = Coalesce(NullIf("receipt_name", Value("")), "by__name")
"""Who of the hub sent a child on, until somebody says that they have it: `pages` says the same."""
_WORDS = {
    HUB: ("referral for the hub to decide", "referrals for the hub to decide"),
    ACCEPT: ("hand-over that nobody has accepted", "hand-overs that nobody has accepted"),
    SENT_ON: ("child sent on of whom we wait to hear", "children sent on of whom we wait to hear"),
    QUARANTINE: ("form in quarantine", "forms in quarantine"),
}


def _list(which: str, rows: Any, owner: Any, at: datetime, call: Call | None = None) -> Todo:
    """Return a list of the queue; `owner` is where the name of who has a row stands."""
    is_of_decisions = rows.model is HubDecision
    subject = Subject.HUB_DECISION if is_of_decisions else Subject.REFERRAL
    overdue = Deadline.objects.of_each(subject, OuterRef("pk")).overdue(at=at)
    by_day = Exists(overdue.exclude(clock__in=DECIDE))
    is_late = by_day | late(at=at) if which == HUB else Exists(overdue)
    of = "entry__referral__" if is_of_decisions else ""
    is_grave = Q(**{f"{of}is_urgent": True}) | Q(**{f"{of}grade": Grade.RED.value})
    is_apart = which == QUARANTINE
    return Todo(
        f"referrals_{which}",
        rows,
        _WORDS[which],
        "referrals:quarantine" if is_apart else QUEUE,
        {} if is_apart else {"list": which},
        "soon",
        since="at" if is_of_decisions else RECEIVED_AT,
        owner=owner,
        presses=is_grave | is_late,
        call=call,
    )


_OF_READER = {
    PASSED_ON: (
        "referral passed on to you: it waits too long",
        "referrals passed on to you: they wait too long",
    ),
    YOURS: ("referral about your cases", "referrals about your cases"),
}


def _of_reader(user: User) -> list[Todo]:
    """Return what was passed on to a person, and what is about their cases; each where it is."""
    passed_on = Escalation.objects.open().filter(to=user, referral=OuterRef("pk"))
    since = {PASSED_ON: Subquery(passed_on.order_by("at").values("at")[:1]), YOURS: RECEIVED_AT}
    return [
        Todo(
            f"referrals_{code}",
            rows,
            _OF_READER[code],
            QUEUE,
            {"list": code},
            "late",
            since=since[code],
            is_own=True,
            is_silent_at_none=True,
        )
        for code, rows in ((PASSED_ON, passed_on_to_person(user)), (YOURS, about_cases_of(user)))
    ]


def _back(user: User) -> Todo:
    """Return what was turned back to the hub, with the reason on its list."""
    backs = HubDecision.objects.turned_back().filter(entry__referral=OuterRef("pk"))
    first = backs.order_by("turned_back_at").values("turned_back_at")[:1]
    return Todo(
        "referrals_back",
        turned_back(user),
        ("referral turned back to the hub", "referrals turned back to the hub"),
        QUEUE,
        {"list": HUB, "whose": "back"},
        "late",
        since=Subquery(first),
        owner="owner__name",
        is_silent_at_none=True,
    )


def _news(user: User) -> Todo:
    """Return of how many referrals something waits to be read by this person.

    A manager's list has what stands for officers too, and says of each for whom.
    """
    whose = "for you or an officer" if user.role == Role.MGR else "for you"
    words = (f"referral with something new {whose}", f"referrals with something new {whose}")
    unread = unread_of(user).filter(referral=OuterRef("pk")).order_by("at").values("at")[:1]
    return Todo(
        "referrals_news",
        unread_by(user),
        words,
        QUEUE,
        {"list": NEWS},
        "new",
        since=Subquery(unread),
        owner=FIRST_OWNER,
    )


def _notices(user: User) -> list[Todo]:
    """Return of how many cases that files opened nobody at the hub has read."""
    if user.role != Role.MASH:
        return []
    words = (
        "case opened by a school’s file, to read of",
        "cases opened by schools’ files, to read of",
    )
    rows = unread_notices(user)
    page = "referrals:notices"
    return [Todo("hub_notices", rows, words, page, {}, "soon", since="at", desk="the hub")]


def overseen(user: User, *, on: Any) -> list[Todo]:
    """Return what waits too long and was passed on to a manager, as on their list."""
    if not may(user, Permission.CASE_OVERSEE):
        return []
    passed_on = next(todo for todo in _of_reader(user) if todo.query["list"] == PASSED_ON)
    return [replace(passed_on, is_silent_at_none=False, is_own=False, owner="owner__name")]
