"""The child of a case as its pages show them, and children someone may mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from onroll.accounts.access import is_masked, must_state_a_reason
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.queries.case import may_on
from onroll.children.models import Address, Child, Flag, Place, PlaceKind, Relationship
from onroll.children.queries import counted_for, find_keys, known_people
from onroll.govuk.charts import Drawing, Lane, Span, timeline_drawing
from onroll.govuk.fields import in_words
from onroll.matching import Candidate, Person, Reason, Verdict
from onroll.matching.judging import rank
from onroll.rules import age
from onroll.rules.groups import NEEDS, RISK_GROUPS
from onroll.schools.models import School


@dataclass(frozen=True)
class Seen:
    """Who the child is, as one person may see it, and which fields that shows."""

    name: str
    facts: tuple[str, ...]
    fields: tuple[str, ...]
    is_masked: bool = False


def identity_of(case: Case, *, user: User, on: date) -> Seen:
    """Return the identity bar of a case's child (access matrix, row 6)."""
    if is_masked(user, Permission.CASE_VIEW):
        return _masked(case.child, on)
    return describe(case.child, upn=getattr(case, "upn", None) or "", on=on)


def _masked(child: Child, on: date) -> Seen:
    year = words.group(child.born_on, on=on) if child.born_on else "Year not known"
    return Seen(words.initials(child), (year,), ("initials", "year group"), is_masked=True)


def describe(child: Child, *, upn: str, on: date) -> Seen:
    """Return who a child is, unmasked."""
    facts = [f"Known as {child.chosen_name}"] if child.chosen_name else []
    if child.born_on:
        about = " (estimated)" if child.is_born_estimated else ""
        facts.append(f"Born {in_words(child.born_on)}{about}")
        facts.append(words.years_and_group(child.born_on, on=on))
        facts.append(f"Compulsory school age until {in_words(age.ends_on(child.born_on))}")
    else:
        facts.append("Date of birth not known")
    facts.append(f"Sex: {words.SEXES[child.sex].lower()}")
    facts.append(f"UPN {upn}" if upn else "No UPN")
    fields = ("name", "chosen name", "date of birth", "sex", "UPN")
    return Seen(child.name, tuple(facts), fields)


LANES: dict[str, Lane] = {
    PlaceKind.REGISTERED.value: "registered",
    PlaceKind.HOME_EDUCATION.value: "home_education",
    PlaceKind.ALTERNATIVE.value: "alternative",
    PlaceKind.INDEPENDENT.value: "registered",
    PlaceKind.OFFERED.value: "offered",
    PlaceKind.NAMED.value: "offered",
}
KINDS = {
    PlaceKind.REGISTERED.value: "On the roll",
    PlaceKind.HOME_EDUCATION.value: "Educated at home",
    PlaceKind.ALTERNATIVE.value: "Education arranged otherwise",
    PlaceKind.INDEPENDENT.value: "At an independent school",
    PlaceKind.OFFERED.value: "Offered a place",
    PlaceKind.NAMED.value: "Said to be going there",
    PlaceKind.ABROAD.value: "Said to be abroad",
    PlaceKind.OTHER_AUTHORITY.value: "Taken over by another authority",
}


@dataclass(frozen=True)
class Where:
    """One place of a child in words, and how we know."""

    title: str
    kind: str
    from_on: date | None
    to_on: date | None
    is_confirmed: bool
    told: str
    ended: str


@dataclass(frozen=True)
class Places:
    """Where a child has been: rows for a table, and the drawing, when there is anything to draw."""

    rows: tuple[Where, ...]
    drawing: Drawing | None


def places_of(child: Child, *, missing_since: date, is_missing: bool, on: date) -> Places:
    """Return where a child has been, with the gap since nobody knew; one query."""
    found = list(child.places.select_related("school", "source", "ended_by"))
    spans = [_span(place, on) for place in found if place.kind in LANES]
    if is_missing and missing_since <= on:
        spans.append(Span("gap", "Nobody knows of a place", missing_since))
    rows = tuple(_where(place) for place in reversed(found))
    return Places(rows, timeline_drawing(spans, on=on) if found and spans else None)


def _span(place: Place, on: date) -> Span:
    """Return a stretch to draw; one whose start nobody gave is drawn as a year, and says so."""
    title = place.title or KINDS[place.kind]
    if place.from_on:
        return Span(LANES[place.kind], title, place.from_on, place.to_on)
    begins = min(place.to_on or on, on) - timedelta(days=365)
    return Span(LANES[place.kind], f"{title} (first day not known)", begins, place.to_on)


def _where(place: Place) -> Where:
    return Where(
        title=place.title or "Not named",
        kind=KINDS[place.kind],
        from_on=place.from_on,
        to_on=place.to_on,
        is_confirmed=place.is_confirmed,
        told=str(place.source),
        ended=str(place.ended_by) if place.ended_by else "",
    )


@dataclass(frozen=True)
class Home:
    """Family, addresses and risk groups, as far as one person may see them on one case."""

    adults: tuple[Relationship, ...] = ()
    addresses: tuple[Address, ...] = ()
    protected: tuple[Address, ...] = ()
    has_hidden_address: bool = False
    hides_adults: bool = False
    may_give_reason: bool = False
    flags: tuple[tuple[str, Flag], ...] = ()
    fields: tuple[str, ...] = field(default=())


def home_of(case: Case, *, user: User) -> Home:
    """Return the child's home and risk groups (access matrix, rows 7, 8 and 9)."""
    child, fields = case.child, ["risk groups"]
    sees_home = may_on(user, Permission.ADDRESS_VIEW, case)
    sees_protected = sees_home and may_on(user, Permission.PROTECTED_ADDRESS_VIEW, case)
    every = (
        list(child.addresses.select_related("source").order_by("-from_on", "-pk"))
        if sees_home
        else []
    )
    hidden = [address for address in every if address.is_protected or child.is_protected]
    # By a telephone number a hidden child is found as easily as by an address.
    hides_adults = sees_home and child.is_protected and not sees_protected
    sees_adults = sees_home and not hides_adults
    adults = child.relationships.select_related("adult", "source") if sees_adults else ()
    if sees_home:
        fields += ["addresses", "contacts"] if sees_adults else ["addresses"]
    if sees_protected and hidden:
        fields.append("protected address")
    may_ask = must_state_a_reason(user, Permission.PROTECTED_ADDRESS_VIEW) and _is_theirs(
        case, user
    )
    return Home(
        adults=tuple(adults),
        addresses=tuple(address for address in every if address not in hidden),
        protected=tuple(hidden) if sees_protected else (),
        has_hidden_address=(bool(hidden) and not sees_protected) or hides_adults,
        hides_adults=hides_adults,
        may_give_reason=may_ask and _is_theirs(case, user),
        flags=_flags(child),
        fields=tuple(fields),
    )


def _is_theirs(case: Case, user: User) -> bool:
    return case.owner_id == user.pk or bool(getattr(case, "is_on_team", False))


def _flags(child: Child) -> tuple[tuple[str, Flag], ...]:
    raised = child.flags.filter(to_on__isnull=True).select_related("source")
    return tuple(
        (
            RISK_GROUPS[flag.kind].name
            if flag.kind in RISK_GROUPS
            else NEEDS.get(flag.kind, flag.kind),
            flag,
        )
        for flag in raised
    )


def expected_places(child: Child, *, on: date) -> list[Place]:
    """Return where a child is said to be going, of the places that have not said they came."""
    here = child.places.filter(kind=PlaceKind.REGISTERED.value, school=OuterRef("school"))
    named = child.places.filter(kind__in=(PlaceKind.NAMED.value, PlaceKind.OFFERED.value))
    still = named.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))
    return list(still.exclude(Exists(here.on_day(on))).select_related("school"))


MOST_LOOKED_AT, MOST_WEIGHED = 100, 20
"""Of so many children who may be meant, those in sight; of those, so many who share most."""


@dataclass(frozen=True)
class Found:
    """A known child who may be the one meant, with every field's verdict in words."""

    child: Child
    reasons: tuple[Reason, ...]
    school: str
    case: Case | None
    other_names: tuple[str, ...] = ()
    """How else the child is or was known."""


def likely(user: User, asked: Person, *, on: date, most: int = 10) -> list[Found]:
    """Return the children in this person's sight who may be the one asked for, likeliest first.

    Of a child out of sight, or with a protected identity, nothing is revealed: not even that
    there is one.
    """
    keys = find_keys(asked, most=MOST_LOOKED_AT)
    children = children_like(user, keys, on=on)
    people = known_people([key for key in keys if key in children][:MOST_WEIGHED])
    near = list(people.values())
    ranked = rank(asked, near, known=counted_for([asked, *near]))
    return [_found(children[one.key], one, asked) for one in ranked[:most]]


def _found(child: Child, candidate: Candidate, asked: Person) -> Found:
    others = (f"{name.forename} {name.surname or child.surname}" for name in child.names.all())
    return Found(
        child,
        tuple(_reasons(candidate, asked)),
        _school_name(child),
        _open_case(child),
        tuple(dict.fromkeys(name.strip() for name in others)),
    )


def _reasons(candidate: Candidate, asked: Person) -> Iterator[Reason]:
    """Yield what was asked and compared; what nobody typed is not said to be missing."""
    for reason in candidate.reasons:
        if reason.verdict is not Verdict.MISSING:
            yield reason
        elif reason.field == "born" and asked.born:
            yield Reason("born", Verdict.MISSING, "No date of birth is on record.")


def children_like(user: User, ids: Sequence[int], *, on: date) -> dict[int, Child]:
    """Return children in sight by their number, with their places and open cases."""
    places: QuerySet[Place] = Place.objects.filter(kind=PlaceKind.REGISTERED.value)
    cases = Case.objects.visible_to(user, on=on).filter(closed_on__isnull=True)
    rows = (
        Child.objects.visible_to(user, on=on)
        .filter(pk__in=ids, is_protected=False)
        .prefetch_related(
            "names",
            Prefetch("places", places.select_related("school"), to_attr="registered"),
            Prefetch("cases", cases, to_attr="open_cases"),
        )
    )
    return {child.pk: child for child in rows}


def _school_name(child: Child) -> str:
    registered: list[Place] = getattr(child, "registered", [])
    latest = max(registered, key=lambda p: p.to_on or date.max, default=None)
    return latest.title if latest else "No school known"


def _open_case(child: Child) -> Case | None:
    return next(iter(getattr(child, "open_cases", [])), None)


def last_school(child: Child) -> tuple[School | None, date | None]:
    """Return the school a child was last registered at and the last day there, as far as known."""
    last = (
        child.places.filter(kind=PlaceKind.REGISTERED.value)
        .select_related("school")
        .order_by("to_on", "from_on")
        .last()
    )
    return (last.school, last.to_on) if last else (None, None)


def person(*, forename: str, surname: str, born: date | None) -> Person:
    """Return what was typed about a child as the matcher reads it."""
    return Person(forenames=frozenset({forename}), surnames=frozenset({surname}), born=born)
