"""Messages of other authorities about missing pupils: the list, whom on record each may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, When

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.advice.models import PupilMessage, PupilMessageQuerySet
from onroll.advice.queries.questions import certain_children
from onroll.cases.models import Case
from onroll.cases.offers import Coming, Todo
from onroll.cases.queries import Match, Typed
from onroll.cases.queries.protected import may_know
from onroll.children.models import Child, Place, PlaceKind
from onroll.children.queries import protected_of
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.models import ReferredChild
from onroll.referrals.queries import certain_matches, likely
from onroll.rules.day import Call
from onroll.rules.pupil_messages import OurChild

NoMessage = PupilMessage.DoesNotExist
LATELY = timedelta(weeks=4)


@dataclass(frozen=True)
class Possible:
    """Whom on record a message may mean, as far as this person may know.

    `sure` are the ids of those who certainly are meant; `protected` are protected children who
    certainly are meant and of whom this person may know.
    """

    matches: Sequence[Match] = ()
    sure: frozenset[int] = frozenset()
    protected: Sequence[Child] = ()


def pupil_messages_of(user: User) -> PupilMessageQuerySet:
    """Return the messages in a person's sight: first those that wait, the one due first on top."""
    due = Deadline.objects.of_each(Subject.PUPIL_MESSAGE, OuterRef("pk")).order_by("due_on")
    rows = PupilMessage.objects.visible_to(user).select_related("by", "answered_by", "record")
    waiting = models.Case(When(answer="", then=0), default=1)
    return rows.annotate(due_on=Subquery(due.values("due_on")[:1])).order_by(
        waiting, F("answered_at").desc(nulls_last=True), "due_on", "pk"
    )


def get_message(user: User, ref: str) -> PupilMessage:
    """Return a message in a person's sight; PupilMessage.DoesNotExist otherwise."""
    return pupil_messages_of(user).select_related("disclosure__case").get(ref=ref)


def possible(user: User, message: PupilMessage, *, on: date) -> Possible:
    """Return whom on record a message may mean, likeliest first, found as a referral's are."""
    entry = ReferredChild(
        forename=message.forename,
        surname=message.surname,
        born_on=message.born_on,
        upn=message.upn,
    )
    matches = likely(user, entry, on=on)
    sure = certain_matches(user, entry, _typed(message), on=on)
    return Possible(
        matches,
        frozenset(match.child.pk for match in sure),
        _protected(user, message, on=on),
    )


def _typed(message: PupilMessage) -> Typed:
    return Typed(message.forename, message.surname, message.born_on)


def _protected(user: User, message: PupilMessage, *, on: date) -> list[Child]:
    """Return protected children who certainly are meant, for who may know of them."""
    typed = _typed(message)
    if not (typed.is_whole_name and typed.born):
        return []
    certain = certain_children(typed, on=on)
    withheld = [key for key, child in certain.items() if child.is_withheld]
    return list(Child.objects.filter(may_know(user), pk__in=withheld)) if withheld else []


def our_child(child: Child, *, sure: frozenset[int], on: date) -> OurChild:
    """Return what counts of the child of whom an answer tells; `sure` are who certainly is meant.

    Of two who both are meant neither is certain.
    """
    places = Place.objects.on_day(on).filter(
        child=child, kind=PlaceKind.REGISTERED.value, is_confirmed=True
    )
    place = places.select_related("school").first()
    return OurChild(
        is_withheld=child.pk in protected_of([child.pk]),
        is_certain=sure == {child.pk},
        school=place.title if place else "",
        has_open_case=Case.objects.open().filter(child=child).exists(),
    )


def asked_before(message: PupilMessage) -> PupilMessage | None:
    """Return what the same authority was answered about the same child before, the newest."""
    is_same = Q(
        forename__iexact=message.forename,
        surname__iexact=message.surname,
        born_on=message.born_on,
        upn=message.upn,
    )
    rows = PupilMessage.objects.filter(is_same, authority=message.authority)
    return rows.exclude(pk=message.pk).exclude(answer="").order_by("-at", "-pk").first()


def asked_by_authority(message: PupilMessage, *, at: datetime) -> int:
    """Return about how many children an authority has asked in the last four weeks."""
    return PupilMessage.objects.filter(authority=message.authority, at__gt=at - LATELY).count()


def todo(user: User, *, on: date) -> list[Todo]:
    """Return how many authorities wait for an answer, for who answers."""
    if not may(user, Permission.AUTHORITY_ANSWER):
        return []
    due = Deadline.objects.of_each(Subject.PUPIL_MESSAGE, OuterRef("pk")).running()
    return [
        Todo(
            "pupil_messages",
            PupilMessage.objects.visible_to(user).waiting(),
            (
                "authority that asks after a missing pupil",
                "authorities that ask after missing pupils",
            ),
            "advice:pupil_messages",
            meaning="soon",
            since="at",
            desk="the lead officer",
            call=Call.WAITS,
            call_if_late=Call.LOCAL_OVERDUE,
            presses=Exists(due.filter(due_on__lt=on)),
            is_silent_at_none=True,
        )
    ]


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the messages whose answer comes due between two days, for who answers them."""
    if not may(user, Permission.AUTHORITY_ANSWER):
        return []
    rows = ((row, getattr(row, "due_on", None)) for row in pupil_messages_of(user).waiting())
    return [
        Coming(
            on=due,
            words=f"Answer {row.authority_name} about a missing pupil",
            clause="policy p.10; the number is Onroll’s",
            about=row.name,
            ref=row.ref,
            url=page_address("advice:pupil_message", row.ref),
        )
        for row, due in rows
        if due is not None and on <= due <= until
    ]
