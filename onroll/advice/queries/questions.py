"""Reads for questions about a roll and for further checks: the answer, the lists, what waits."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.advice.models import FurtherCheck, RollQuestion
from onroll.agencies.models import Code
from onroll.cases.offers import Todo
from onroll.cases.queries.certain import is_certain
from onroll.cases.queries.typed import Typed
from onroll.children.models import Child, Place, PlaceKind
from onroll.children.queries import protected_of
from onroll.clocks.models import Deadline, Subject
from onroll.messages.models import Kind
from onroll.messages.queries import unread
from onroll.rules.day import Call
from onroll.rules.further_checks import is_to_be_referred
from onroll.rules.roll_question import LIMITS, OnRecord
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy, visible_schools

FURTHER_CHECKS = "further_checks"
"""In the address of a school's search: what it is about to ask of the pupil whom it finds."""
NoQuestion = RollQuestion.DoesNotExist
NoCheck = FurtherCheck.DoesNotExist


@dataclass(frozen=True)
class Asker:
    """Who asks: a person with an account, or one of an agency by a code."""

    user: User | None = None
    code: Code | None = None


def certain_children(typed: Typed, *, on: date) -> dict[int, OnRecord]:
    """Return, by id, what counts of each child who certainly is the one that was typed.

    Whoever is typed, known or not, protected or not, all children with that birthday are read and
    compared, in as many statements: the time it takes tells nothing.
    """
    on_rolls = Place.objects.on_day(on).filter(
        child=OuterRef("pk"), kind=PlaceKind.REGISTERED.value
    )
    children = list(
        Child.objects.filter(born_on=typed.born, merged_into__isnull=True).annotate(
            is_on_roll=Exists(on_rolls.filter(is_confirmed=True)),
            is_perhaps_on_roll=Exists(on_rolls.filter(is_confirmed=False)),
        )
    )
    # The child that is not there lets both be asked for even where nobody has that birthday.
    prefetch_related_objects([*children, Child(pk=0)], "names")
    protected = protected_of({0, *(child.pk for child in children)})
    agreeing = [child for child in children if is_certain(child, typed, frozenset())]
    return {child.pk: _on_record(child, is_withheld=child.pk in protected) for child in agreeing}


def _on_record(child: Child, *, is_withheld: bool) -> OnRecord:
    return OnRecord(
        is_withheld=is_withheld,
        is_certain=not child.is_born_estimated,
        is_on_roll=getattr(child, "is_on_roll", False),
        is_perhaps_on_roll=getattr(child, "is_perhaps_on_roll", True),
    )


def asked_lately(asker: Asker, *, at: datetime) -> list[datetime]:
    """Return when a person asked a question within the longest time that a limit counts."""
    since = at - max(limit.time for limit in LIMITS)
    questions = RollQuestion.objects.filter(asked_by=asker.user, code=asker.code)
    return list(questions.filter(asked_at__gt=since).values_list("asked_at", flat=True))


def get_question(ref: str) -> RollQuestion:
    """Return a question that was answered; RollQuestion.DoesNotExist if there is none."""
    return RollQuestion.objects.get(ref=ref)


def further_checks(user: User) -> QuerySet[FurtherCheck]:
    """Return the requests in a person's sight: first those that wait, the one due first on top."""
    due = Deadline.objects.of_each(Subject.FURTHER_CHECK, OuterRef("pk")).order_by("due_on")
    rows = FurtherCheck.objects.visible_to(user).select_related("school", "sent_by", "answered_by")
    waiting = Case(When(outcome="", then=0), default=1)
    return rows.annotate(due_on=Subquery(due.values("due_on")[:1])).order_by(
        waiting, F("answered_at").desc(nulls_last=True), "due_on", "pk"
    )


def get_further_check(user: User, ref: str) -> FurtherCheck:
    """Return a request in a person's sight; FurtherCheck.DoesNotExist otherwise."""
    return further_checks(user).get(ref=ref)


def answers_to_read(user: User) -> list[str]:
    """Return the references of a person's requests whose answer they have not said they read."""
    return list(unread(user, Kind.CHECK_ANSWERED)) if may(user, Permission.CHECK_ASK) else []


def schools_of(user: User) -> list[School]:
    """Return the schools for which a person may ask."""
    return list(visible_schools(user).filter(staff__user=user))


def is_long_away(school: School, last_attended: date, *, on: date) -> bool:
    """Return whether a school refers a child who was last there on a day, and does not ask."""
    calendar, policy = calendar_for(school), our_policy().on(on)
    return is_to_be_referred(last_attended, on=on, calendar=calendar, policy=policy)


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many schools wait for an answer, for who answers."""
    if not may(user, Permission.CHECK_ANSWER):
        return []
    waiting = FurtherCheck.objects.visible_to(user).waiting()
    due = Deadline.objects.of_each(Subject.FURTHER_CHECK, OuterRef("pk")).running()
    return [
        Todo(
            "further_checks",
            waiting,
            ("school that asks for further checks", "schools that ask for further checks"),
            "advice:checks",
            meaning="soon",
            since="sent_at",
            desk="the lead officer",
            call=Call.NOT_ACCEPTED,
            call_if_late=Call.LOCAL_OVERDUE,
            presses=Exists(due.filter(due_on__lt=on)),
        )
    ]
