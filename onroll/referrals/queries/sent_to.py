"""What the hub sent to home education or to attendance: the lists of who has it there."""

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from onroll.accounts.models import User
from onroll.cases.offers import Todo
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import Decision
from onroll.referrals.desks import sent_to
from onroll.referrals.models import HubDecision
from onroll.referrals.queries.lists import with_due
from onroll.rules.day import Call
from onroll.rules.grades import Grade

TO_TAKE, TO_ANSWER, OVER = "", "outcome", "over"
NothingSent = HubDecision.DoesNotExist
IS_GRAVE = Q(entry__referral__is_urgent=True) | Q(entry__referral__grade=Grade.RED.value)
GRAVE = ExpressionWrapper(IS_GRAVE, BooleanField())
"""Whether what was sent is of an urgent referral, or of one that the hub graded red."""


def is_sent_anything(user: User, *, on: date) -> bool:
    """Say whether the hub sends children to this person at all."""
    return bool(sent_to(user, on=on))


def lists_of(user: User, *, on: date) -> list[str]:
    """Return the lists that this person has: what came of a child is asked of attendance alone."""
    is_attendance = Decision.ATTENDANCE.value in sent_to(user, on=on)
    return [which for which in (TO_TAKE, TO_ANSWER, OVER) if which != TO_ANSWER or is_attendance]


def sent(user: User, *, on: date) -> QuerySet[HubDecision]:
    """Return what the hub sent to this person's desk, also what it took back since."""
    decisions = sent_to(user, on=on)
    rows = HubDecision.objects.not_sealed_off(user).filter(decision__in=decisions)
    people = ("by", "turned_back_by", "entry__referral__home_education_report")
    return rows.select_related(*people)


def get_sent(user: User, ref: str, *, on: date) -> HubDecision:
    """Return one of these by its reference; HubDecision.DoesNotExist for what went elsewhere."""
    return with_due(sent(user, on=on), Subject.HUB_DECISION).get(ref=ref)


def listed(user: User, which: str, *, on: date) -> QuerySet[HubDecision]:
    """Return one list: to take, to say what came of it, or over; urgent ones first, then the
    longest waiting. What somebody had whom the hub took back since is over.
    """
    rows = with_due(sent(user, on=on), Subject.HUB_DECISION)
    if which == OVER:
        over = rows.exclude(pk__in=HubDecision.objects.sent_on().order_by().values("pk"))
        return over.filter(receipt_on__isnull=False).order_by("-receipt_on", "-pk")
    rows = rows.filter(turned_back_at__isnull=True).order_by(GRAVE.desc(), "at", "pk")
    return rows.filter(receipt_on__isnull=which == TO_TAKE, came_of="").filter(
        **({} if which == TO_TAKE else {"decision": Decision.ATTENDANCE.value})
    )


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return what this person has not taken, the urgent and red ones of it by themselves, and of
    what they have not said what came of it."""
    if not is_sent_anything(user, on=on):
        return []
    overdue = Deadline.objects.of_each(Subject.HUB_DECISION, OuterRef("pk")).overdue(at=at)
    page: dict[str, Any] = {"page": "referrals:sent_to_you", "meaning": "soon"}
    to_take = listed(user, TO_TAKE, on=on)
    return [
        Todo(
            "sent_urgent",
            to_take.filter(IS_GRAVE),
            (
                "child whom the hub sent to you, urgent or graded red",
                "children whom the hub sent to you, urgent or graded red",
            ),
            since="at",
            presses=IS_GRAVE,
            call=Call.DANGER,
            is_silent_at_none=True,
            **page,
        ),
        Todo(
            "sent_to_you",
            to_take.exclude(IS_GRAVE),
            ("child whom the hub sent to you", "children whom the hub sent to you"),
            since="at",
            presses=Exists(overdue),
            call=Call.NOT_ACCEPTED,
            call_if_late=Call.LOCAL_OVERDUE,
            **page,
        ),
        Todo(
            "sent_outcomes",
            listed(user, TO_ANSWER, on=on),
            (
                "child you have from the hub, to say what came of it",
                "children you have from the hub, to say what came of it",
            ),
            query={"list": TO_ANSWER},
            since="receipt_on",
            is_by_day=True,
            owner="receipt_name",
            call=Call.WAITS,
            is_silent_at_none=True,
            **page,
        ),
    ]
