"""What the files that a school sent hold of one of its pupils, so that it is not asked again."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onroll.accounts.models import User
from onroll.cases.queries import Typed, look_up
from onroll.children.models import (
    Address,
    AddressKind,
    Child,
    IdentifierKind,
    Place,
    PlaceKind,
    Relationship,
    SourceKind,
)
from onroll.children.queries import (
    current_number,
    has_protected_home,
    is_plain,
    plain,
    protected_of,
)
from onroll.formats.codes import RELATIONSHIPS
from onroll.govuk.fields import in_words
from onroll.referrals.models import Referral
from onroll.referrals.queries.progress import progress_of
from onroll.referrals.queries.referrer import own_referrals
from onroll.schools.models import School

UPNS = (IdentifierKind.UPN.value, IdentifierKind.TEMPORARY_UPN.value)
NoPupil = Child.DoesNotExist
IDENTITY = frozenset({"forename", "middle_names", "surname", "known_as", "age"})
OFF_ROLL = frozenset({"off_roll", "off_roll_on", "off_roll_ground"})


@dataclass(frozen=True)
class Pupil:
    """A pupil as the school's own files have them.

    `lines` are what a page shows; `answered` the codes of questions that need not be asked; `words`
    answers that the referral takes from the record.
    """

    child_id: int
    ref: str
    name: str
    school: School
    born_on: date | None
    lines: tuple[tuple[str, str], ...]
    answered: frozenset[str]
    words: Mapping[str, str]
    left_on: date | None = None
    siblings: tuple["Sibling", ...] = ()

    @property
    def has_contacts(self) -> bool:
        """Return whether the adults need not be asked."""
        return "adult_name" in self.answered


@dataclass(frozen=True)
class Sibling:
    """Another pupil of the school at the same address."""

    child_id: int
    forename: str
    surname: str
    born_on: date | None


def pupil(user: User, ref: str, *, on: date) -> Pupil:
    """Return a pupil of this person's school; NoPupil for any other, and for a protected one."""
    child = (
        Child.objects.visible_to(user, on=on)
        .filter(plain())
        .distinct()
        .get(ref=ref, merged_into__isnull=True)
    )
    place = (
        Place.objects.at_schools_of(user, on=on)
        .filter(child=child)
        .select_related("school")
        .order_by("from_on", "pk")
        .last()
    )
    if place is None or place.school is None:
        raise NoPupil
    return _pupil(child, place, place.school, on=on)


def named_pupils(user: User, refs: Collection[str], *, on: date) -> dict[str, tuple[int, str]]:
    """Return by reference the key and the name of each pupil whom `pupil` would find; one query."""
    pupils = Child.objects.visible_to(user, on=on).filter(plain(), merged_into__isnull=True)
    return {child.ref: (child.pk, child.name) for child in pupils.filter(ref__in=refs).distinct()}


def pupil_meant(user: User, typed: Typed, *, on: date) -> Pupil | None:
    """Return the pupil of this person's school who certainly is meant; None for nobody else."""
    certain = look_up(user, typed, on=on).certain
    if certain is None:
        return None
    try:
        return pupil(user, certain.child.ref, on=on)
    except NoPupil:
        return None


def open_referrals_of(user: User, chosen: Pupil) -> list[Referral]:
    """Return the referrals of a pupil that a person's school has made and that are not over.

    It is the pupil who was chosen, or whom a form named by the same names and birthday. That a case
    is open does not count: a school may not know of it.
    """
    names = {f"children__{name}__iexact": chosen.words[name] for name in ("forename", "surname")}
    named = Q(**names, children__born_on=chosen.born_on) if chosen.born_on else Q()
    about = Q(children__record=chosen.child_id)
    rows = own_referrals(user).filter(about | named if named else about).distinct()
    referrals = list(rows)
    far = progress_of(referrals) if referrals else {}
    return [row for row in referrals if far[row.pk].finished_on is None]


def _pupil(child: Child, place: Place, school: School, *, on: date) -> Pupil:
    number = current_number(child, UPNS)
    is_hidden = has_protected_home(child) or not is_plain(child)
    homes = [] if is_hidden else list(_sent(child.addresses.all(), school))
    home = next((a for a in homes if a.kind == AddressKind.HOME.value), None)
    adults = [] if is_hidden else list(_adults(child, school))
    siblings = tuple(_siblings(child, home, school, on=on)) if home else ()
    lines = [
        ("Name", child.name),
        *([("Date of birth", in_words(child.born_on))] if child.born_on else []),
        *([("Unique pupil number", number.value)] if number else []),
        *_stay(place, school),
        *([("Address", _address(home))] if home else []),
        *((_relation(tie), _contact(tie)) for tie in adults),
    ]
    return Pupil(
        child_id=child.pk,
        ref=child.ref,
        name=child.name,
        school=school,
        born_on=child.born_on,
        lines=tuple(lines),
        answered=frozenset(_answered(child, place, number, home, adults)),
        words={
            "forename": child.forename,
            "surname": child.surname,
            "upn": number.value if number else "",
            "home": _address(home) if home else "",
            "postcode": home.postcode if home else "",
        },
        left_on=place.to_on,
        siblings=siblings,
    )


def _answered(
    child: Child,
    place: Place,
    number: object,
    home: Address | None,
    adults: list[Relationship],
) -> Iterator[str]:
    """Yield the questions that the record answers."""
    yield from IDENTITY
    if child.born_on:
        yield "born"
    if child.sex != "U":
        yield "sex"
    if number:
        yield "upn"
    if home:
        yield from ("home", "postcode")
    if adults:
        yield from ("adult_name", "adult_contact")
    if place.from_on:
        yield "joined_on"
    if place.to_on:
        yield from ("attended", "attended_on", *OFF_ROLL)


def files_of(school: School) -> Q:
    """Return what facts have that a file of this very school states: many share a name."""
    files = school.transfers.values("source")
    return Q(source__kind=SourceKind.FILE.value, source__in=files)


def _sent(facts: "QuerySet[Address]", school: School) -> Iterator[Address]:
    """Yield the addresses that hold and stand in files of this school, the newest first."""
    stated = facts.filter(files_of(school), to_on__isnull=True)
    yield from stated.exclude(kind=AddressKind.WRONG.value).order_by("-pk")


def _adults(child: Child, school: School) -> Iterator[Relationship]:
    ties = child.relationships.filter(files_of(school))
    yield from ties.select_related("adult").order_by("order", "pk")


def _siblings(child: Child, home: Address, school: School, *, on: date) -> Iterator[Sibling]:
    """Yield the other pupils of the school who live at the same address; none protected."""
    if not home.postcode or not home.lines:
        return
    addresses = Address.objects.filter(
        files_of(school), postcode=home.postcode, lines=home.lines, to_on__isnull=True
    )
    places = Place.objects.on_day(on).filter(school=school, kind=PlaceKind.REGISTERED.value)
    housemates = Child.objects.filter(
        pk__in=addresses.values("child"), merged_into__isnull=True
    ).filter(pk__in=places.values("child"))
    housemates = housemates.exclude(pk=child.pk).order_by("born_on", "pk")
    hidden = protected_of([mate.pk for mate in housemates])
    for mate in housemates:
        if mate.pk not in hidden:
            yield Sibling(mate.pk, mate.forename, mate.surname, mate.born_on)


def _stay(place: Place, school: School) -> Iterator[tuple[str, str]]:
    yield "School", school.name
    if place.from_on:
        yield "Joined", in_words(place.from_on)
    if place.to_on:
        yield "Last day on your roll", in_words(place.to_on)
    if place.ground_letter or place.leaving_reason:
        yield "Reason for leaving, in your file", place.ground_letter or place.leaving_reason


def _address(home: Address) -> str:
    return ", ".join(filter(None, (*home.lines, home.town, home.postcode, home.country)))


def _relation(tie: Relationship) -> str:
    return RELATIONSHIPS.get(tie.kind, "Contact")


def _contact(tie: Relationship) -> str:
    return ", ".join(filter(None, (str(tie.adult).strip(), *tie.adult.phones, tie.adult.email)))
