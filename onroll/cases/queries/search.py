"""Search for a child among all on record, with or without a case (access matrix, rows 3, 4).

Row 4 lets a user see all possible children. Row 3 shows one child, and only if the match is
certain; otherwise the answer is the same, whether there are several, one out of sight, or none.
Children with a protected identity are left out before anything is counted or compared, so that no
answer reveals them. All who bear the name are counted; the page shows the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from onroll.accounts.access import is_masked, may, must_state_a_reason, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.queries.certain import is_certain, names_agree
from onroll.cases.queries.child import KINDS
from onroll.cases.queries.typed import MOST_WORDS, Typed
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
    compare_fields,
    rank_candidates,
)
from onroll.rules.identifiers import normalise

MOST_LOOKED_AT, MOST_WEIGHED = 100, 20
"""Most candidates fetched; and most of those, if visible, that are scored."""
MOST_SHOWN = 20
"""Most children on the page; beyond that it says how many there are and what to add."""


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
        if is_certain(child, typed, candidates.numbered)
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
    """Return who bears the typed words with a typing error, if nobody else is similar."""
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
        is_as_typed = typed.born is None and names_agree(candidates.children[key], typed)[0]
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
