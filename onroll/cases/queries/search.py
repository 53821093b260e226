"""Looking for a child among all who are held, with or without a case (access matrix, rows 3, 4).

Row 4 lets a person see all who may be meant. Row 3 shows one child, and only who certainly is the
one; of anything else the answer is the same, whether there are several, one out of sight, or none.
A child with a protected identity is left out before anything is counted or compared, so that no
answer tells whether there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from onroll.accounts.access import is_masked, may, must_state_a_reason, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.queries.child import KINDS
from onroll.children.models import Child, Identifier, IdentifierKind, NameKind, Place
from onroll.children.models.place import EDUCATION
from onroll.children.queries import counted_for, find_keys, kept_of, known_people
from onroll.govuk.fields import in_words
from onroll.matching import Candidate, Person, Reason, Verdict
from onroll.matching.judging import rank
from onroll.matching.keys import joined
from onroll.rules.identifiers import normalise

MOST_LOOKED_AT, MOST_WEIGHED = 100, 20
"""Of so many children who may be meant, those in sight; of those, so many who share most."""
MOST_SHOWN = 10


@dataclass(frozen=True)
class Typed:
    """What somebody typed about the child they look for; at least one name or the number."""

    forename: str = ""
    surname: str = ""
    born: date | None = None
    number: str = ""

    @property
    def name(self) -> str:
        """Return the name as typed."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def people(self) -> list[Person]:
        """Return what was typed as the matcher reads it; one name alone may be either."""
        forenames = frozenset({self.forename} - {""})
        surnames = frozenset({self.surname} - {""})
        if not forenames and not surnames:
            return []
        one = Person(forenames=forenames, surnames=surnames, born=self.born)
        if forenames and surnames:
            return [one]
        return [one, Person(forenames=surnames, surnames=forenames, born=self.born)]


@dataclass(frozen=True)
class Found:
    """A child who is or may be the one meant, as the person who looks may see them."""

    child: Child
    name: str
    initials: str
    where: str
    age: str
    year: str
    case: Case | None
    """The open case, where it is in sight."""
    is_urgent: bool
    """Who offers places must ring the lead officer: the child has an open case (row 24)."""
    reasons: tuple[Reason, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Whom a person is shown: the one certain match, or all who may be meant, or nobody.

    `is_of_all` says that they may see all who may be meant, `is_masked` that some fields are
    hidden there, `may_give_reason` that they may see them after stating a reason.
    """

    certain: Found | None = None
    several: tuple[Found, ...] = ()
    is_of_all: bool = False
    is_masked: bool = False
    may_give_reason: bool = False

    @property
    def shown(self) -> tuple[Found, ...]:
        """Return everyone whom the page shows."""
        return (self.certain,) if self.certain else self.several


def look_up(user: User, typed: Typed, *, on: date) -> Answer:
    """Return whom this person may be shown of those who may be meant, likeliest first."""
    if not may(user, Permission.CHILD_FIND_UNIQUE):
        return Answer()
    numbered, children = _candidates(user, typed, on)
    sees_all = scope(user, Permission.CHILD_FIND)
    if sees_all is Scope.ALL:
        return Answer(several=_ranked(user, typed, children, numbered, on), is_of_all=True)
    certain = [child for child in children.values() if _is_certain(child, typed, numbered)]
    if len(certain) == 1:
        return Answer(certain=_found(user, certain[0], on))
    if sees_all is Scope.JUSTIFIED:
        return Answer(
            several=_ranked(user, typed, children, numbered, on),
            is_of_all=True,
            is_masked=is_masked(user, Permission.CHILD_FIND),
        )
    return Answer(may_give_reason=must_state_a_reason(user, Permission.CHILD_FIND))


def _candidates(user: User, typed: Typed, on: date) -> tuple[frozenset[int], Mapping[int, Child]]:
    """Return who has the number typed, and the children near, in order of what they share."""
    numbered = _numbered(user, typed.number, on)
    keys = [*numbered, *(find_keys(typed.people[0], most=MOST_LOOKED_AT) if typed.people else ())]
    known = _children(user, keys, on=on)
    near = list(dict.fromkeys(key for key in keys if key in known))[:MOST_WEIGHED]
    return frozenset(numbered), {key: known[key] for key in near}


def _numbered(user: User, text: str, on: date) -> list[int]:
    """Return the children with this pupil, learner or NHS number, or this reference."""
    if not text:
        return []
    numbers = Identifier.objects.filter(value=normalise(text))
    ref = text.strip().upper()
    cases = Case.objects.visible_to(user, on=on).filter(ref=ref)
    found = [
        *numbers.exclude(kind=IdentifierKind.WRONG.value).values_list("child_id", flat=True),
        *Child.objects.filter(ref=ref).values_list("pk", flat=True),
        *cases.values_list("child_id", flat=True),
    ]
    return sorted(set(kept_of(found).values()))


def _children(user: User, ids: Sequence[int], *, on: date) -> dict[int, Child]:
    """Return children by number with their places and open cases; nobody who is protected."""
    places: QuerySet[Place] = Place.objects.filter(kind__in=EDUCATION).select_related("school")
    open_cases = Case.objects.open().visible_to(user, on=on)
    rows = Child.objects.filter(
        pk__in=ids, is_protected=False, merged_into__isnull=True
    ).prefetch_related(
        "names",
        Prefetch("places", places, to_attr="taught_at"),
        Prefetch("cases", Case.objects.open(), to_attr="open_cases"),
        Prefetch("cases", open_cases, to_attr="cases_in_sight"),
    )
    return {child.pk: child for child in rows}


def _ranked(
    user: User,
    typed: Typed,
    children: Mapping[int, Child],
    numbered: frozenset[int],
    on: date,
) -> tuple[Found, ...]:
    """Return those who may be meant: who has the number first, then by what speaks for each."""
    near = list(known_people(children).values())
    best: dict[int, Candidate] = {}
    for person in typed.people:
        for one in rank(person, near, known=counted_for([person, *near])):
            if one.key not in best or one.score > best[one.key].score:
                best[one.key] = one

    def place(key: int) -> tuple[bool, bool, int, int]:
        """With no birthday to go by, who is written as it was typed comes first."""
        is_as_typed = typed.born is None and _names_agree(children[key], typed)[0]
        return key not in numbered, not is_as_typed, -best[key].score if key in best else 0, key

    ordered = sorted({*best, *(numbered & set(children))}, key=place)
    return tuple(
        _found(user, children[key], on, reasons=tuple(_reasons(key, best, numbered, typed)))
        for key in ordered[:MOST_SHOWN]
    )


def _reasons(
    key: int, best: Mapping[int, Candidate], numbered: frozenset[int], typed: Typed
) -> Iterator[Reason]:
    """Yield what was asked and compared; what nobody typed is not said to be missing."""
    if key in numbered:
        yield Reason("number", Verdict.AGREES, "The number or reference is this child’s.")
    for reason in best[key].reasons if key in best else ():
        if reason.verdict is not Verdict.MISSING:
            yield reason
        elif reason.field == "born" and typed.born:
            yield Reason("born", Verdict.MISSING, "No date of birth is on record.")


def _found(user: User, child: Child, on: date, *, reasons: tuple[Reason, ...] = ()) -> Found:
    others = (
        f"{name.forename} {name.surname or child.surname}".strip()
        for name in child.names.all()
        if name.kind != NameKind.WRONG
    )
    return Found(
        child=child,
        name=child.name,
        initials=words.initials(child),
        where=_where(child, on),
        age=words.years_and_group(child, on=on),
        year=words.year_of(child, on=on),
        case=next(iter(_listed(child, "cases_in_sight")), None),
        is_urgent=bool(_listed(child, "open_cases")) and may(user, Permission.OFFER_ALERT),
        reasons=reasons,
        other_names=tuple(dict.fromkeys(others)),
    )


def _listed(child: Child, name: str) -> list[Case]:
    found: list[Case] = getattr(child, name)
    return found


def _where(child: Child, on: date) -> str:
    """Return where the child is, or was last known to be, taught."""
    places: list[Place] = getattr(child, "taught_at")  # noqa: B009 - set by the prefetch
    current = [place for place in places if _holds(place, on)]
    if current:
        return "; ".join(dict.fromkeys(_title(place) for place in current))
    ended = [place for place in places if place.to_on is not None and place.to_on < on]
    last = max(ended, key=lambda place: place.to_on or on, default=None)
    if last is None:
        return "No school known"
    return f"Last known: {_title(last)}, until {in_words(last.to_on or on)}"


def _holds(place: Place, on: date) -> bool:
    has_begun = place.from_on is None or place.from_on <= on
    return has_begun and (place.to_on is None or place.to_on >= on)


def _title(place: Place) -> str:
    return place.title or KINDS[place.kind]


# Who certainly is the one


def _is_certain(child: Child, typed: Typed, numbered: frozenset[int]) -> bool:
    """Say whether this is the child meant, beyond doubt.

    The number is theirs and nothing typed speaks against it; or each name on record was typed as
    it is written there, and the birthday is theirs. A number that is not theirs speaks against it.
    """
    agrees, differs = _names_agree(child, typed)
    has_other_birthday = bool(typed.born and child.born_on and typed.born != child.born_on)
    if has_other_birthday or (typed.number and child.pk not in numbered):
        return False
    if typed.number:
        return agrees or not differs
    return agrees and not differs and typed.born is not None and typed.born == child.born_on


def _names_agree(child: Child, typed: Typed) -> tuple[bool, bool]:
    """Say whether every name on record was typed, and whether a name was typed that is not."""
    forenames, surnames = _forenames(child), _surnames(child)
    first, last = joined(typed.forename), joined(typed.surname)
    if not (child.forename and child.surname):  # with one name nobody knows which of the two it is
        ours = forenames | surnames
        said = {first, last} - {""}
        return bool(said) and said <= ours, not said <= ours
    differs = bool((first and first not in forenames) or (last and last not in surnames))
    return first in forenames and last in surnames, differs


def _forenames(child: Child) -> set[str]:
    names = [child.forename, child.chosen_forename, f"{child.forename} {child.middle_names}"]
    names += [name.forename for name in child.names.all() if name.kind != NameKind.WRONG]
    return {joined(name) for name in names} - {""}


def _surnames(child: Child) -> set[str]:
    names = [child.surname, child.chosen_surname]
    names += [name.surname for name in child.names.all() if name.kind != NameKind.WRONG]
    return {joined(name) for name in names} - {""}
