"""Every read of authorities, schools and school days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower

from onroll.accounts.models import User
from onroll.rules import calendar
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.policy import LocalPolicy
from onroll.rules.policy_file import HARROW, load
from onroll.schools.models import Authority, Closure, FormerNumber, School, Term


def authority_name(code: str) -> str:
    """Return the name of the authority with a three-character code, else the code."""
    name = Authority.objects.filter(code=code).values_list("name", flat=True).first()
    return name or code


def authority_coded(code: str) -> Authority | None:
    """Return the authority with a three-character code."""
    return Authority.objects.filter(code=code).first()


def find_school(*, la_code: str, establishment: str, urn: str = "") -> School | None:
    """Return the school with a number or URN that a file states, or None.

    First an open school with that number today; then the one that had it before, because files
    arrive under an academy's old number for years (files.md 11.6); then a closed school with the
    number; last the URN.
    """
    numbered = School.objects.filter(la_code=la_code, establishment=establishment)
    former = School.objects.filter(
        former_numbers__la_code=la_code, former_numbers__establishment=establishment
    ).order_by("-is_open", "pk")
    by_urn = School.objects.filter(urn=urn) if urn.isdigit() else School.objects.none()
    for wanted in (numbered.filter(is_open=True), former, numbered, by_urn):
        school = wanted.first()
        if school is not None:
            return school
    return None


def schools_by_number() -> dict[str, School]:
    """Return every school by each seven-digit number it has or had, as `find_school` prefers."""
    schools = list(School.objects.all())
    by_number = {school.number: school for school in schools}
    former = FormerNumber.objects.select_related("school").order_by("school__is_open", "-pk")
    by_number.update({str(number): number.school for number in former})
    by_number.update({school.number: school for school in schools if school.is_open})
    return by_number


def visible_schools(user: User) -> QuerySet[School]:
    """Return the schools this person may see, by name."""
    return School.objects.visible_to(user).order_by("name")


def get_school(user: User, number: str) -> School:
    """Return a school this user may see, by its seven-digit number; else DoesNotExist."""
    return School.objects.visible_to(user).get(la_code=number[:3], establishment=number[3:])


def find_schools(user: User, *, words: str, reporting: bool) -> QuerySet[School]:
    """Return the visible schools with all words in their name, or with that number or URN."""
    schools = visible_schools(user)
    if reporting:
        schools = schools.filter(is_reporting=True)
    number = words.replace("/", "").replace(" ", "")
    if number.isdecimal():
        return schools.filter(
            Q(urn=number)
            | Q(establishment=number)
            | Q(la_code=number[:3], establishment=number[3:])
            | Q(former_numbers__la_code=number[:3], former_numbers__establishment=number[3:])
        ).distinct()
    for word in words.split():
        schools = schools.filter(name__icontains=word)
    return schools


def schools_named(words: str) -> list[School]:
    """Return the school with exactly this name or number, else those with all words in it.

    Names and numbers of schools are public. At most ten are returned, the open ones first.
    """
    number = words.replace("/", "").replace(" ", "")
    if number.isdecimal():
        named = Q(urn=number) | Q(la_code=number[:3], establishment=number[3:])
        return list(School.objects.filter(named)[:10])
    exact = list(School.objects.filter(name__iexact=words.strip()).order_by("-is_open")[:10])
    if exact:
        return exact
    schools = School.objects.all()
    for word in words.split():
        schools = schools.filter(name__icontains=word)
    return list(schools.order_by("-is_open", "name")[:10])


def school_numbered(number: str) -> School | None:
    """Return the school that has this seven-digit number now."""
    return School.objects.filter(la_code=number[:3], establishment=number[3:]).first()


def authorities_of_schools(names: Iterable[str]) -> dict[str, str]:
    """Return the authority's name of each school by its name in small letters.

    Only of a name that one open school alone has.
    """
    wanted = {name.strip().lower() for name in names} - {""}
    if not wanted:
        return {}
    rows = School.objects.filter(is_open=True).annotate(low=Lower("name")).filter(low__in=wanted)
    schools: dict[str, set[str]] = {}
    for low, number, code in rows.values_list("low", "establishment", "la_code"):
        schools.setdefault(low, set()).add(code + number)
    codes = {low: numbers.pop()[:3] for low, numbers in schools.items() if len(numbers) == 1}
    titles = dict(Authority.objects.filter(code__in=codes.values()).values_list("code", "name"))
    return {low: titles.get(code, code) for low, code in codes.items()}


def authority_named(name: str) -> Authority | None:
    """Return the live authority with a name, in any case."""
    return Authority.objects.filter(name__iexact=name, status="live").first()


def authorities() -> list[tuple[str, str]]:
    """Return code and name of all other live authorities, by name, for a form."""
    own_code = our_policy().authority_code
    neighbours = Authority.objects.exclude(code=own_code).filter(status="live")
    return list(neighbours.order_by("name").values_list("code", "name"))


def former_numbers_of(school: School) -> list[FormerNumber]:
    """Return the numbers a school used before."""
    return list(school.former_numbers.order_by("-until_on", "pk"))


@dataclass(frozen=True)
class CountedTerm:
    """A term by which school days are counted; `is_own` if the school set it itself."""

    name: str
    starts_on: date
    ends_on: date
    is_own: bool


def terms_of(school: School, *, since: date) -> list[CountedTerm]:
    """Return the terms by which a school's days count, without those that ended before `since`."""
    own_terms = set(Term.objects.filter(school=school).values_list("starts_on", "ends_on"))
    return [
        CountedTerm(term.name, *(days := (term.starts_on, term.ends_on)), days in own_terms)
        for term in calendar_for(school).terms
        if term.ends_on >= since
    ]


def closures_of(school: School, *, since: date) -> list[Closure]:
    """Return a school's closed days in term from `since` on, its own and those of all schools."""
    closed = Closure.objects.filter(Q(school=school) | Q(school__isnull=True), on__gte=since)
    return list(closed.order_by("on", "pk"))


def school_of(user: User) -> School | None:
    """Return the school where a person with a school role works, if any."""
    return School.objects.filter(staff__user=user).order_by("name").first()


def schools_at_work(user: User) -> QuerySet[School]:
    """Return the schools where a person with a school role works, by name; several for a trust."""
    return School.objects.filter(staff__user=user).order_by("name", "pk").distinct()


@dataclass(frozen=True)
class SchoolChoice:
    """The schools where a person works, and the one whose rows a page lists; None for all."""

    schools: tuple[School, ...]
    chosen: School | None = None

    @property
    def has_several(self) -> bool:
        """Return whether a page has to say of which school each row is: a trust's does."""
        return len(self.schools) > 1

    @property
    def names(self) -> str:
        """Return the names of the schools whose rows stand on the page."""
        listed = (self.chosen,) if self.chosen else self.schools
        return ", ".join(school.name for school in listed)

    @property
    def query(self) -> str:
        """Return what the addresses of further pages keep; the number is public (GIAS)."""
        return f"school={self.chosen.number}" if self.chosen else ""


def school_choice(user: User, number: str) -> SchoolChoice:
    """Return the schools of a person, and of several the one with this number, if it is theirs."""
    schools = tuple(schools_at_work(user))
    chosen = next((school for school in schools if school.number == number), None)
    return SchoolChoice(schools, chosen if len(schools) > 1 else None)


def reporting_schools() -> QuerySet[School]:
    """Return the open schools that must send this authority their leavers and joiners (P54)."""
    return School.objects.filter(is_reporting=True, is_open=True).order_by("name")


def calendar_for(school: School | None) -> SchoolCalendar:
    """Return a school's calendar: its own terms and closures over the authority's; one query."""
    mine = Q(school__isnull=True) | Q(school=school) if school else Q(school__isnull=True)
    days = ("starts_on", "ends_on")
    terms = Term.objects.filter(mine).values_list("school_id", Value(True), "name", *days)
    closed = Closure.objects.filter(mine).values_list("school_id", Value(False), "why", "on", "on")
    return _layered(list(terms.order_by().union(closed.order_by(), all=True)))


def _layered(rows: Sequence[tuple[Any, ...]]) -> SchoolCalendar:
    """Return a calendar from rows: owner (None: the authority), is term, name, first, last day."""

    def dates(*, is_own: bool) -> calendar.Dates:
        mine = [values for owner, *values in rows if bool(owner) is is_own]
        terms = (calendar.Term(*term) for is_term, *term in mine if is_term)
        closed = (on for is_term, _, on, _ in mine if not is_term)
        in_order = sorted(terms, key=lambda term: term.starts_on)
        return calendar.Dates(tuple(in_order), frozenset(closed))

    return calendar.layered(authority=dates(is_own=False), school=dates(is_own=True))


@cache
def our_policy() -> LocalPolicy:
    """Return this authority's policy: the file named by ONROLL_POLICY, or Harrow's."""
    return load(Path(settings.POLICY)) if settings.POLICY else HARROW
