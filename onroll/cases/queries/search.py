"""Search for a child among all on record, with or without a case (access matrix, rows 3, 4).

Row 4 lets a user see all possible children. Row 3 shows one child, and only if the match is
certain; otherwise the answer is the same, whether there are several, one out of sight, or none.
Children with a protected identity are left out before anything is counted or compared, so that no
answer reveals them. All who bear the name are counted; the page shows the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

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
from onroll.children.queries import (
    Bearers,
    find_bearers,
    find_candidate_ids,
    find_misspelt,
    find_similar,
    merge_targets,
    people_by_id,
    plain,
    register_frequencies,
)
from onroll.govuk.fields import in_words
from onroll.matching import (
    Candidate,
    Person,
    Reason,
    Verdict,
    compact,
    compare_fields,
    fold,
    rank_candidates,
)
from onroll.placeholders import is_no_name
from onroll.rules.identifiers import normalise

MOST_LOOKED_AT, MOST_WEIGHED = 100, 20
"""Most candidates fetched; and most of those, if visible, that are scored."""
MOST_SHOWN = 20
"""Most children on the page; beyond that it says how many there are and what to add."""
MOST_WORDS = 4


@dataclass(frozen=True)
class Typed:
    """What a user typed about a child; at least one name or the number."""

    forename: str = ""
    surname: str = ""
    born: date | None = None
    number: str = ""

    @property
    def name(self) -> str:
        """Return the name as typed."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the boxes for names that are filled in."""
        return tuple(name for name in (self.forename, self.surname) if name)

    @property
    def no_names(self) -> tuple[str, ...]:
        """Return the typed words that are placeholders for names; they have no other spelling."""
        return tuple(name for name in self.names if is_no_name(name))

    @property
    def real_name(self) -> str:
        """Return the typed name without placeholders."""
        return " ".join(name for name in self.names if not is_no_name(name))

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the name in order, whichever box they were typed in."""
        return tuple(fold(self.name).split())

    @property
    def is_whole_name(self) -> bool:
        """Return whether a forename and a surname were typed, in two boxes or in one."""
        return bool(self.forename and self.surname) or len(self.words) > 1

    @property
    def people(self) -> list[Person]:
        """Return what was typed as records to match.

        Words in one box may be forename, surname, or both in either order.
        """
        if not self.names:
            return []
        if self.forename and self.surname:
            return [self._person(self.forename, self.surname)]
        words = self.name.split()[:MOST_WORDS]
        halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        both = [self._person(*pair) for two in halves for pair in (two, two[::-1])]
        return [self._person(self.name, ""), self._person("", self.name), *both]

    @property
    def as_record(self) -> Person:
        """Return one record with the names of every reading, to find candidates for all."""
        if (self.forename and self.surname) or len(self.words) < 2:
            return self.people[0]
        words = frozenset(self.words[:MOST_WORDS])
        return Person(forenames=words, surnames=words, born=self.born)

    @property
    def to_add(self) -> str:
        """Return in words what would tell apart children who bear the same name."""
        names = "" if self.is_whole_name else "a surname" if self.forename else "a forename"
        born = "" if self.born else "a date of birth"
        return " or ".join(part for part in (names, born) if part) or "a number"

    def _person(self, forename: str, surname: str) -> Person:
        return Person(
            forenames=frozenset({forename} - {""}),
            surnames=frozenset({surname} - {""}),
            born=self.born,
        )


@dataclass(frozen=True)
class Match:
    """A possible or certain child, as this user may see them."""

    child: Child
    name: str
    initials: str
    where: str
    age: str
    year: str
    case: Case | None
    """The open case, if visible."""
    is_urgent: bool
    """Whether someone who offers places must ring the lead officer: there is an open case (row 24).
    """
    reasons: tuple[Reason, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the user is shown: the certain match, or all possible ones, or nobody.

    `is_of_all`: the user may see all possible ones; `is_masked`: with some fields hidden;
    `may_give_reason`: after stating a reason.
    """

    certain: Match | None = None
    several: tuple[Match, ...] = ()
    bearers: int = 0
    """How many children bear the typed name, including those shown."""
    is_cut: bool = False
    """There are more possible children than are shown."""
    is_by_likeness: bool = False
    """Nobody bears the name as typed; these bear a similar one."""
    is_of_all: bool = False
    is_masked: bool = False
    may_give_reason: bool = False

    @property
    def matches(self) -> tuple[Match, ...]:
        """Return everyone whom the page shows."""
        return (self.certain,) if self.certain else self.several


def look_up(user: User, typed: Typed, *, on: date) -> Answer:
    """Return what this user may be shown of the possible children, likeliest first."""
    if not may(user, Permission.CHILD_FIND_UNIQUE):
        return Answer()
    candidates = _candidates(user, typed, on)
    sees_all = scope(user, Permission.CHILD_FIND)
    if sees_all is Scope.ALL:
        return _all(user, typed, candidates, on)
    certain = [
        child
        for child in candidates.children.values()
        if _is_certain(child, typed, candidates.numbered)
    ]
    if len(certain) == 1:
        return Answer(certain=_match(user, certain[0], on))
    if sees_all is Scope.JUSTIFIED:
        return replace(
            _all(user, typed, candidates, on), is_masked=is_masked(user, Permission.CHILD_FIND)
        )
    return Answer(may_give_reason=must_state_a_reason(user, Permission.CHILD_FIND))


def _all(user: User, typed: Typed, candidates: "_Candidates", on: date) -> Answer:
    ordered = _ranked(user, typed, candidates, on)
    if not ordered and typed.names:
        candidates = _spelled_nearly(user, typed, on)
        ordered = _ranked(user, typed, candidates, on)
    return Answer(
        several=tuple(ordered[:MOST_SHOWN]),
        bearers=candidates.bearers.number,
        is_cut=max(candidates.bearers.number, len(ordered)) > MOST_SHOWN,
        is_by_likeness=candidates.is_by_likeness,
        is_of_all=True,
    )


@dataclass(frozen=True)
class _Candidates:
    """The possible children: by number, by name, or by a similar name."""

    numbered: frozenset[int]
    bearers: Bearers
    is_by_likeness: bool
    children: Mapping[int, Child]


def _candidates(user: User, typed: Typed, on: date) -> _Candidates:
    """Return who has the typed number, who bears the name, and others who have much in common.

    If the number leads to somebody, bearers of the name are not looked for.
    """
    numbered = _numbered(user, typed.number, on)
    bearers, is_by_likeness = Bearers(), False
    if typed.names and not numbered:
        bearers = find_bearers(typed.names, born=typed.born, most=MOST_SHOWN)
        if not bearers.number and not typed.is_whole_name:
            bearers = find_similar(typed.name, born=typed.born, most=MOST_SHOWN)
            is_by_likeness = bool(bearers.number)
    is_full = bearers.number >= MOST_SHOWN and typed.born is None
    like = (
        find_candidate_ids(typed.as_record, most=MOST_LOOKED_AT)
        if typed.names and not is_full
        else ()
    )
    keys = list(dict.fromkeys((*numbered, *bearers.ids, *like)))
    visible = _children(user, keys, on=on)
    certain = {*numbered, *bearers.ids}
    weighed = [key for key in keys if key in visible and key not in certain][:MOST_WEIGHED]
    chosen = [key for key in keys if key in visible and (key in certain or key in weighed)]
    return _Candidates(
        frozenset(numbered), bearers, is_by_likeness, {key: visible[key] for key in chosen}
    )


def _spelled_nearly(user: User, typed: Typed, on: date) -> _Candidates:
    """Return who bears the words typed with a slip of the pen in them, where nobody else is like
    what was typed."""
    words = typed.words[:MOST_WORDS]
    bearers = find_misspelt(words, born=typed.born, most=MOST_SHOWN)
    return _Candidates(frozenset(), bearers, True, _children(user, bearers.ids, on=on))


def sees_own_pupils_only(user: User) -> bool:
    """Return whether a user finds only pupils of their school or trust (row 3, `O` and `T`)."""
    return scope(user, Permission.CHILD_FIND_UNIQUE) in (Scope.OWN_SCHOOL, Scope.TRUST)


def _numbered(user: User, text: str, on: date) -> list[int]:
    """Return the ids of children with this UPN, ULN, NHS number or reference."""
    if not text:
        return []
    numbers = Identifier.objects.filter(value=normalise(text))
    ref = text.strip().upper()
    cases = Case.objects.visible_to(user, on=on).filter(ref=ref)
    ids = [
        *numbers.exclude(kind=IdentifierKind.WRONG.value).values_list("child_id", flat=True),
        *Child.objects.filter(ref=ref).values_list("pk", flat=True),
        *cases.values_list("child_id", flat=True),
    ]
    return sorted(set(merge_targets(ids).values()))


def _children(user: User, ids: Sequence[int], *, on: date) -> dict[int, Child]:
    """Return visible children by id, with places and open cases; never protected ones.

    A school gets only its own pupils, and no cases: those have a page of their own.
    """
    places: QuerySet[Place] = Place.objects.filter(kind__in=EDUCATION).select_related("school")
    open_cases = Case.objects.open().visible_to(user, on=on)
    rows = Child.objects.filter(plain(), pk__in=ids, merged_into__isnull=True)
    if sees_own_pupils_only(user):
        rows = rows.visible_to(user, on=on)
        places = places.filter(school__staff__user=user)
        open_cases = Case.objects.none()
    rows = rows.prefetch_related(
        "names",
        Prefetch("places", places, to_attr="taught_at"),
        Prefetch("cases", Case.objects.open(), to_attr="open_cases"),
        Prefetch("cases", open_cases, to_attr="cases_in_sight"),
    )
    return {child.pk: child for child in rows}


def _ranked(user: User, typed: Typed, candidates: _Candidates, on: date) -> list[Match]:
    """Return the possible children: first by number, then by score.

    A bearer of the name is possible even if the name is common and the score low.
    """
    by_key = people_by_id(candidates.children)
    people = list(by_key.values())
    best: dict[int, Candidate] = {}
    for person in typed.people:
        for ranking in rank_candidates(
            person, people, frequencies=register_frequencies([person, *people])
        ):
            if ranking.key not in best or ranking.score > best[ranking.key].score:
                best[ranking.key] = ranking
    bearers = {key: place for place, key in enumerate(candidates.bearers.ids)}

    def place(key: int) -> tuple[bool, bool, int, int, int]:
        """Return the sort key; without a date of birth, exact spellings come first."""
        is_as_typed = typed.born is None and _names_agree(candidates.children[key], typed)[0]
        score = best[key].score if key in best else 0
        order = bearers.get(key, len(bearers))
        first, second = (-score, order) if typed.born else (order, -score)
        return key not in candidates.numbered, not is_as_typed, first, second, key

    ordered = sorted(
        {*best, *((bearers.keys() | candidates.numbered) & set(candidates.children))}, key=place
    )
    return [
        _match(
            user,
            candidates.children[key],
            on,
            reasons=tuple(
                _reasons(key, best, candidates.numbered, typed)
                if key in best
                else _plain_reasons(key in candidates.numbered, by_key[key], typed)
            ),
        )
        for key in ordered
    ]


def _reasons(
    key: int, best: Mapping[int, Candidate], numbered: frozenset[int], typed: Typed
) -> Iterator[Reason]:
    """Yield the reasons for fields that were typed; others are not called missing."""
    if key in numbered:
        yield OF_THE_NUMBER
    for reason in best[key].reasons:
        if reason.verdict is not Verdict.MISSING:
            yield reason
        elif reason.field == "born" and typed.born:
            yield Reason("born", Verdict.MISSING, "No date of birth is on record.")


OF_THE_NUMBER = Reason("number", Verdict.AGREES, "The number or reference is this child’s.")


def _plain_reasons(is_numbered: bool, person: Person, typed: Typed) -> Iterator[Reason]:
    """Yield which fields agree, for a child whose name is too common to score."""
    if is_numbered:
        yield OF_THE_NUMBER
    readings = (compare_fields(record, person) for record in typed.people)
    agreeing = (
        [r for r in some if r.verdict in (Verdict.AGREES, Verdict.NEAR)] for some in readings
    )
    yield from max(agreeing, key=len, default=[])


def _match(user: User, child: Child, on: date, *, reasons: tuple[Reason, ...] = ()) -> Match:
    other_names = (
        f"{name.forename} {name.surname or child.surname}".strip()
        for name in child.names.all()
        if name.kind != NameKind.WRONG
    )
    return Match(
        child=child,
        name=child.name,
        initials=words.initials(child),
        where=_where(child, on),
        age=words.years_and_group(child, on=on),
        year=words.year_of(child, on=on),
        case=next(iter(_listed(child, "cases_in_sight")), None),
        is_urgent=bool(_listed(child, "open_cases"))
        and scope(user, Permission.OFFER_ALERT) is Scope.ALL,
        reasons=reasons,
        other_names=tuple(dict.fromkeys(other_names)),
    )


def _listed(child: Child, name: str) -> list[Case]:
    cases: list[Case] = getattr(child, name)
    return cases


def _where(child: Child, on: date) -> str:
    """Return the place where the child is taught, or was last."""
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
    """Return whether this is the child beyond doubt.

    Either the number is theirs and nothing typed contradicts it; or each name on record was typed
    exactly and the date of birth is theirs. A wrong number contradicts.
    """
    agrees, differs = _names_agree(child, typed)
    has_other_birthday = bool(typed.born and child.born_on and typed.born != child.born_on)
    if has_other_birthday or (typed.number and child.pk not in numbered):
        return False
    if typed.number:
        return agrees or not differs
    return agrees and not differs and typed.born is not None and typed.born == child.born_on


def _names_agree(child: Child, typed: Typed) -> tuple[bool, bool]:
    """Return whether every name on record was typed, and whether another name was typed."""
    forenames, surnames = _forenames(child), _surnames(child)
    first, last = compact(typed.forename), compact(typed.surname)
    if not (child.forename and child.surname):  # with one name nobody knows which of the two it is
        on_record = forenames | surnames
        typed_names = {first, last} - {""}
        return bool(typed_names) and typed_names <= on_record, not typed_names <= on_record
    if not (first and last) and _is_whole(first or last, forenames, surnames):
        return True, False
    differs = bool((first and first not in forenames) or (last and last not in surnames))
    return first in forenames and last in surnames, differs


def _is_whole(typed: str, forenames: set[str], surnames: set[str]) -> bool:
    """Return whether the words in one box are a forename and a surname, in either order."""
    pairs = product(forenames, surnames)
    return any(typed in (f"{first}{last}", f"{last}{first}") for first, last in pairs)


def _forenames(child: Child) -> set[str]:
    names = [child.forename, child.chosen_forename, f"{child.forename} {child.middle_names}"]
    names += [name.forename for name in child.names.all() if name.kind != NameKind.WRONG]
    return {compact(name) for name in names} - {""}


def _surnames(child: Child) -> set[str]:
    names = [child.surname, child.chosen_surname]
    names += [name.surname for name in child.names.all() if name.kind != NameKind.WRONG]
    return {compact(name) for name in names} - {""}
