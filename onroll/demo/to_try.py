"""Made-up children with whom one can try something: the demo's first page names them.

They are looked for each time, by the very reads that the pages use, so that each still does what
the page promises after days of trying.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Q

from onroll.accounts.models import User
from onroll.advice.queries import certain_children
from onroll.cases.queries import Typed
from onroll.children.models import Address, Child, Place, PlaceKind, Relationship
from onroll.children.queries import plain
from onroll.referrals.queries.pupils import NoPupil, Pupil, files_of, open_referrals_of, pupil
from onroll.rules.age import is_of_a_pupil
from onroll.rules.roll_question import Reply, reply
from onroll.schools.models import School

MOST = 40
"""Children looked at before it is given up to find one."""
UNKNOWN = ("Quillon", "Fennimore")
"""The name of a child whom no file of the demo names."""
YEARS = 9
"""The age of that child."""


@dataclass(frozen=True)
class ToAsk:
    """A child to ask about, and what is answered."""

    reply: Reply
    name: str
    born_on: date


def pupil_to_refer(user: User, *, on: date) -> Pupil | None:
    """Return a pupil of this person's school of whom the files hold a home, adults and a UPN.

    None where the school has no such pupil who is not referred yet.
    """
    for child in islice(held_whole(user, on=on), MOST):
        try:
            found = pupil(user, child.ref, on=on)
        except NoPupil:
            continue
        is_whole = {"home", "upn", "born"} <= found.answered and found.has_contacts
        if is_whole and not open_referrals_of(user, found):
            return found
    return None


def held_whole(user: User, *, on: date) -> Iterator[Child]:
    """Yield the pupils of this person's schools of whom those schools' files hold home and adults.

    Most pupils came with a list of all rolls, which says nothing that a school may read back.
    """
    places = Place.objects.at_schools_of(user, on=on).filter(kind=PlaceKind.REGISTERED.value)
    for school in School.objects.filter(pk__in=places.values("school")).order_by("pk"):
        by_file = files_of(school)
        yield from Child.objects.filter(
            plain(),
            Q(pk__in=Address.objects.filter(by_file, to_on__isnull=True).values("child")),
            Q(pk__in=Relationship.objects.filter(by_file).values("child")),
            pk__in=places.filter(school=school).values("child"),
        ).order_by("pk")


def children_to_ask_about(*, on: date) -> list[ToAsk]:
    """Return a child for each answer to *is this child on a roll?*, as far as there is one.

    *Please refer* is answered of a child whom nobody knows too.
    """
    found = (_first(wanted, _likely(wanted, on=on), on=on) for wanted in Reply)
    children = [child for child in found if child is not None]
    if any(child.reply is Reply.REFER for child in children):
        return children
    unknown = ToAsk(Reply.REFER, " ".join(UNKNOWN), date(on.year - YEARS, 1, 15))
    return [*children, unknown]


def _likely(wanted: Reply, *, on: date) -> Iterable[Child]:
    """Return children of whom the answer is likely the one wanted."""
    children = Child.objects.filter(merged_into__isnull=True, born_on__isnull=False)
    at_school = Place.objects.on_day(on).filter(kind=PlaceKind.REGISTERED.value).values("child")
    of_reply = {
        Reply.YES: children.filter(plain(), pk__in=at_school),
        Reply.NO: children.filter(
            plain(), cases__isnull=False, cases__closed_on__isnull=True
        ).exclude(pk__in=at_school),
        Reply.REFER: children.filter(
            ~plain() | Q(is_born_estimated=True) | Q(pk__in=at_school.filter(is_confirmed=False))
        ),
    }
    return of_reply[wanted].distinct().order_by("pk")[:MOST]


def _first(wanted: Reply, children: Iterable[Child], *, on: date) -> ToAsk | None:
    return next(_with_reply(wanted, children, on=on), None)


def _with_reply(wanted: Reply, children: Iterable[Child], *, on: date) -> Iterator[ToAsk]:
    for child in children:
        if child.born_on is None or not is_of_a_pupil(child.born_on, on=on):
            continue
        typed = Typed(child.forename, child.surname, child.born_on)
        if reply(tuple(certain_children(typed, on=on).values())) is wanted:
            yield ToAsk(wanted, child.name, child.born_on)
