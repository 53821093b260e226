"""A child as pages show them, with or without a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from onroll.accounts.access import is_masked, must_state_a_reason, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.queries.case import may_on, works, works_on
from onroll.cases.queries.since import Since, since_of
from onroll.children.models import (
    Address,
    Child,
    Flag,
    Identifier,
    IdentifierKind,
    Place,
    PlaceKind,
    Relationship,
)
from onroll.children.models.place import EDUCATION, ELSEWHERE
from onroll.children.queries import UPNS, current_number, is_home_protected, is_plain, plain
from onroll.govuk.charts import Drawing, Lane, Span, timeline_drawing
from onroll.govuk.fields import in_words
from onroll.rules import age
from onroll.rules.groups import NEEDS, RISK_GROUPS
from onroll.schools.models import School

SEES_EVERY_CHILD = (Scope.ALL, Scope.JUSTIFIED)
"""Scopes that see children without working on a case of theirs (access matrix, row 6)."""


def get_child_in_sight(user: User, ref: str, *, on: date) -> Child:
    """Return a child this user may see, with or without a case; else DoesNotExist.

    A child with a protected identity is visible only through a case the user may see. The reference
    of a merged record leads to its target.
    """
    children = children_in_sight(user, on=on).filter(
        Q(ref=ref, merged_into__isnull=True) | Q(merged__ref=ref)
    )
    return children.select_related("source").distinct().get()


def holders_of(
    user: User, numbers: Iterable[str], *, but: Child | None = None, on: date
) -> list[tuple[str, Child]]:
    """Return the other visible children who have these numbers, with the number.

    Hidden children are left out, so that a number reveals nobody.
    """
    kinds = [kind.value for kind in IdentifierKind if kind is not IdentifierKind.WRONG]
    identifiers = Identifier.objects.filter(value__in=list(numbers), kind__in=kinds)
    identifiers = identifiers.exclude(child=but) if but is not None else identifiers
    in_sight = children_in_sight(user, on=on).filter(merged_into__isnull=True)
    in_view = identifiers.filter(child__in=in_sight).select_related("child__source").order_by("pk")
    return list(
        {
            (number.value, number.child_id): (number.value, number.child) for number in in_view
        }.values()
    )


def children_in_sight(user: User, *, on: date) -> QuerySet[Child]:
    """Return the children this user may see, with or without a case.

    A child with a protected identity is visible only through a case the user may see.
    """
    in_sight = Q(Exists(Case.objects.visible_to(user, on=on).filter(child=OuterRef("pk"))))
    if scope(user, Permission.CASE_VIEW) in SEES_EVERY_CHILD:
        in_sight |= plain()
    return Child.objects.filter(in_sight)


def cases_of(user: User, child: Child, *, on: date) -> list[Case]:
    """Return the child's cases this user may see: first those they work on, then open ones."""
    cases = Case.objects.visible_to(user, on=on).filter(child=child)
    visible = cases.select_related("owner").annotate(is_worked_on=works(user, on=on))
    return sorted(visible, key=lambda case: (not works_on(user, case), not case.is_open, -case.pk))


@dataclass(frozen=True)
class Identity:
    """A child's identity as one user may see it, and the fields it shows."""

    name: str
    facts: tuple[str, ...]
    fields: tuple[str, ...]
    is_masked: bool = False


def identity_of(case: Case, *, user: User, on: date) -> Identity:
    """Return the identity bar of a case's child (access matrix, row 6)."""
    if is_masked(user, Permission.CASE_VIEW):
        return _masked(case.child, on)
    return describe(case.child, upn=getattr(case, "upn", None) or "", on=on)


def identity_of_child(child: Child, *, user: User, on: date) -> Identity:
    """Return the identity bar of a child, with a case or without one."""
    if is_masked(user, Permission.CASE_VIEW):
        return _masked(child, on)
    number = current_number(child, UPNS)
    return describe(child, upn=number.value if number else "", on=on)


def _masked(child: Child, on: date) -> Identity:
    return Identity(
        words.initials(child),
        (words.year_of(child, on=on),),
        ("initials", "year group"),
        is_masked=True,
    )


def describe(child: Child, *, upn: str, on: date) -> Identity:
    """Return a child's identity, unmasked."""
    facts = [f"Known as {child.chosen_name}"] if child.chosen_name else []
    if child.born_on:
        about = " (estimated)" if child.is_born_estimated else ""
        facts.append(f"Born {in_words(child.born_on)}{about}")
    else:
        facts.append("Date of birth not known")
    if child.died_on:
        facts.append(words.years_and_group(child, on=on))
    elif child.born_on:
        facts.append(words.years_and_group(child, on=on))
        facts.append(f"Compulsory school age until {in_words(age.ends_on(child.born_on))}")
    facts.append(f"Sex: {words.SEXES[child.sex].lower()}")
    facts.append(f"UPN {upn}" if upn else "No UPN")
    fields = ("name", "chosen name", "date of birth", "sex", "UPN")
    return Identity(child.name, tuple(facts), fields)


LANES: dict[str, Lane] = {
    PlaceKind.REGISTERED.value: "registered",
    PlaceKind.HOME_EDUCATION.value: "home_education",
    PlaceKind.ALTERNATIVE.value: "alternative",
    PlaceKind.OFFERED.value: "offered",
    PlaceKind.NAMED.value: "offered",
    PlaceKind.ABROAD.value: "elsewhere",
    PlaceKind.OTHER_AUTHORITY.value: "elsewhere",
}
KINDS = {
    PlaceKind.REGISTERED.value: "On the roll",
    PlaceKind.HOME_EDUCATION.value: "Educated at home",
    PlaceKind.ALTERNATIVE.value: "Education arranged otherwise",
    PlaceKind.OFFERED.value: "Offered a place",
    PlaceKind.NAMED.value: "Said to be going there",
    PlaceKind.ABROAD.value: "Living abroad",
    PlaceKind.OTHER_AUTHORITY.value: "Taken over by another authority",
    PlaceKind.SAID.value: "On its roll, as it said itself",
}


CLAIMED = {
    PlaceKind.HOME_EDUCATION.value: "Said to be educated at home",
    PlaceKind.ABROAD.value: "Said to be abroad",
    PlaceKind.SAID.value: "Said to go there, or to have gone there",
}
"""Words for the kinds of places that are not confirmed."""


@dataclass(frozen=True)
class Where:
    """One place of a child in words, and its source."""

    title: str
    kind: str
    from_on: date | None
    to_on: date | None
    is_confirmed: bool
    source: str
    ended: str
    confirmed: str = ""
    is_ahead: bool = False
    is_said: bool = False
    """Whether a referral says that the child goes or went there, and since then nobody."""


@dataclass(frozen=True)
class Places:
    """Where a child has been: rows of a table, and a chart if there is anything to draw."""

    rows: tuple[Where, ...]
    drawing: Drawing | None
    since: Mapping[int, Since] = field(default_factory=dict)
    """Of each case, by its key, since when no place is known."""


def places_of(child: Child, *, cases: Iterable[Case], on: date) -> Places:
    """Return where a child has been, and the gaps that were cases."""
    return places_in_words(places_on_record(child), cases=cases, on=on)


def places_on_record(child: Child) -> QuerySet[Place]:
    """Return the rows for `places_in_words`."""
    return child.places.select_related("school", "source", "ended_by", "confirmed_from")


def places_in_words(rows: Iterable[Place], *, cases: Iterable[Case], on: date) -> Places:
    """Return what `places_of` returns, from its rows."""
    places = list(rows)
    spans = [
        _span(place, on)
        for place in places
        if place.kind in LANES and (place.is_confirmed or place.kind not in ELSEWHERE)
    ]
    cases = list(cases)
    for case in cases:
        spans += _gap(case, places, on)
    where = tuple(_where(place, on) for place in reversed(places))
    since = {case.pk: since_of(case, places) for case in cases}
    return Places(where, timeline_drawing(spans, on=on) if places and spans else None, since)


_NO_GAP = ("reported_in_error", "same_child", "opened_in_error", "attendance")
"""Outcomes of cases that were no gap: the child was somewhere, or is another authority's."""


def _gap(case: Case, places: Iterable[Place], on: date) -> list[Span]:
    """Return the time of a case in which no place was known: until one began or the case closed."""
    known = since_of(case, places)
    since = known.on
    if since > on or case.outcome in _NO_GAP:
        return []
    words = "Nobody knows of a place" if case.is_open else "Nobody knew of a place"
    if not known.is_known:
        words = f"{words}; not known since when"
    if case.closed_on is None:
        return [Span("gap", words, since)]
    began = [
        place.from_on - timedelta(days=1) if place.from_on else date.min
        for place in places
        if place.is_confirmed
        and place.kind in (*EDUCATION, *ELSEWHERE)
        and (place.to_on is None or place.to_on >= since)
    ]
    last = min([case.closed_on, case.child.died_on or case.closed_on, *began])
    return [Span("gap", words, since, last)] if last >= since else []


def _span(place: Place, on: date) -> Span:
    """Return a place for the chart; an unknown first day is drawn as a year, and says so."""
    title = place.title or KINDS[place.kind]
    if place.from_on:
        return Span(LANES[place.kind], title, place.from_on, place.to_on)
    begins = min(place.to_on or on, on) - timedelta(days=365)
    return Span(LANES[place.kind], f"{title} (first day not known)", begins, place.to_on)


def _where(place: Place, on: date) -> Where:
    kind = (KINDS if place.is_confirmed else {**KINDS, **CLAIMED})[place.kind]
    is_ahead = place.from_on is not None and place.from_on > on
    return Where(
        title=place.title or "Not named",
        kind=f"To come: {kind[0].lower()}{kind[1:]}" if is_ahead else kind,
        from_on=place.from_on,
        to_on=place.to_on,
        is_confirmed=place.is_confirmed,
        source=str(place.source),
        ended=str(place.ended_by) if place.ended_by else "",
        confirmed=str(place.confirmed_from) if place.confirmed_from else "",
        is_ahead=is_ahead,
        is_said=place.kind == PlaceKind.SAID.value,
    )


@dataclass(frozen=True)
class Home:
    """Family, addresses and risk groups of a child, as one user may see them on one case."""

    adults: tuple[Relationship, ...] = ()
    addresses: tuple[Address, ...] = ()
    protected: tuple[Address, ...] = ()
    sees_home: bool = False
    sees_all: bool = False
    """Whether no address is hidden from this user."""
    has_hidden_address: bool = False
    hides_adults: bool = False
    may_give_reason: bool = False
    flags: tuple[tuple[str, Flag], ...] = ()
    fields: tuple[str, ...] = field(default=())


def home_of(child: Child, case: Case | None, *, user: User) -> Home:
    """Return a child's home and risk groups (access matrix, rows 7, 8 and 9).

    `case` is the case through which the user sees the child, if there is one.
    """
    fields = ["risk groups"]
    sees_home = may_on(user, Permission.ADDRESS_VIEW, case)
    sees_protected = sees_home and may_on(user, Permission.PROTECTED_ADDRESS_VIEW, case)
    held_first = F("to_on").desc(nulls_first=True)
    every = (
        list(child.addresses.select_related("source").order_by(held_first, "-from_on", "-pk"))
        if sees_home
        else []
    )
    hidden = [address for address in every if is_home_protected(child, address)]
    # By a telephone number a hidden child is found as easily as by an address.
    hides_adults = sees_home and not is_plain(child) and not sees_protected
    sees_adults = sees_home and not hides_adults
    adults = child.relationships.select_related("adult", "source") if sees_adults else ()
    if sees_home:
        fields += ["addresses", "contacts"] if sees_adults else ["addresses"]
    if sees_protected and hidden:
        fields.append("protected address")
    may_ask = must_state_a_reason(user, Permission.PROTECTED_ADDRESS_VIEW)
    return Home(
        adults=tuple(adults),
        addresses=tuple(address for address in every if address not in hidden),
        protected=tuple(hidden) if sees_protected else (),
        has_hidden_address=(bool(hidden) and not sees_protected) or hides_adults,
        hides_adults=hides_adults,
        sees_home=sees_home,
        sees_all=sees_home and (sees_protected or not hidden),
        may_give_reason=may_ask and works_on(user, case),
        flags=_flags(child),
        fields=tuple(fields),
    )


def _flags(child: Child) -> tuple[tuple[str, Flag], ...]:
    raised = child.flags.filter(to_on__isnull=True).select_related("source")
    return tuple((group_words(flag.kind), flag) for flag in raised)


def expected_places(child: Child, *, on: date) -> list[Place]:
    """Return the places a child is said to be going to, but that have not confirmed it."""
    registered = child.places.filter(kind=PlaceKind.REGISTERED.value, school=OuterRef("school"))
    named = child.places.filter(kind__in=(PlaceKind.NAMED.value, PlaceKind.OFFERED.value))
    still = named.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))
    return list(
        still.exclude(Exists(registered.on_day(on))).select_related("school", "confirmed_from")
    )


def group_words(kind: str) -> str:
    """Return the words of a risk group or a need."""
    return RISK_GROUPS[kind].name if kind in RISK_GROUPS else NEEDS.get(kind, kind)


def exact_birthday(child: Child) -> date | None:
    """Return a child's date of birth; None if it is unknown or estimated."""
    return None if child.is_born_estimated else child.born_on


def last_school(child: Child) -> tuple[School | None, date | None]:
    """Return the last school a child was registered at, and the last day there.

    Each is None where it is not known; the day also while the child is still registered.
    """
    last = (
        child.places.filter(kind=PlaceKind.REGISTERED.value)
        .select_related("school")
        .order_by("to_on", "from_on")
        .last()
    )
    return (last.school, last.to_on) if last else (None, None)
