"""What is on record of a child somebody asks about, and how often they have asked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, prefetch_related_objects

from onroll.accounts.models import User
from onroll.advice.models import RollQuestion
from onroll.agencies.models import Code
from onroll.cases.queries.certain import is_certain
from onroll.cases.queries.typed import Typed
from onroll.children.models import Address, Child, Place, PlaceKind
from onroll.rules.roll_question import MOST, OnRecord

NoQuestion = RollQuestion.DoesNotExist


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
    here = Place.objects.on_day(on).filter(child=OuterRef("pk"), kind=PlaceKind.REGISTERED.value)
    safe = Address.objects.filter(child=OuterRef("pk"), is_protected=True)
    children = list(
        Child.objects.filter(born_on=typed.born, merged_into__isnull=True).annotate(
            has_protected_home=Exists(safe),
            is_on_roll=Exists(here.filter(is_confirmed=True)),
            is_perhaps_on_roll=Exists(here.filter(is_confirmed=False)),
        )
    )
    # The child that is not there lets the names be asked for even where nobody has that birthday.
    prefetch_related_objects([*children, Child(pk=0)], "names")
    agreeing = [child for child in children if is_certain(child, typed, frozenset())]
    return {child.pk: _on_record(child) for child in agreeing}


def _on_record(child: Child) -> OnRecord:
    return OnRecord(
        is_protected=child.is_protected or getattr(child, "has_protected_home", True),
        is_certain=not child.is_born_estimated,
        is_on_roll=getattr(child, "is_on_roll", False),
        is_perhaps_on_roll=getattr(child, "is_perhaps_on_roll", True),
    )


def has_asked_too_often(asker: Asker, *, at: datetime) -> bool:
    """Return whether a person has asked as many questions as one may in an hour or a day."""
    asked = RollQuestion.objects.filter(asked_by=asker.user, code=asker.code)
    return any(asked.filter(asked_at__gt=at - time).count() >= most for time, most in MOST)


def get_question(ref: str) -> RollQuestion:
    """Return a question that was answered; RollQuestion.DoesNotExist if there is none."""
    return RollQuestion.objects.get(ref=ref)
