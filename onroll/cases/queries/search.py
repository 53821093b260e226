"""Search for a child among all on record, with or without a case (access matrix, rows 3, 4).

Row 4 lets a user see all possible children. Row 3 shows one child, and only if the match is
certain; otherwise the answer is the same, whether there are several, one out of sight, or none.
Children with a protected identity are left out before anything is counted or compared, so that no
answer reveals them. All who bear the name are counted; the page shows the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onroll.accounts.access import is_masked, may, must_state_a_reason, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.queries import candidates
from onroll.cases.queries.candidates import MOST_SHOWN, Candidates
from onroll.cases.queries.certain import is_certain, names_agree
from onroll.cases.queries.child import KINDS
from onroll.cases.queries.one_name import of_one_name
from onroll.cases.queries.typed import Typed
from onroll.children.models import Child, NameKind, Place
from onroll.children.queries import people_by_id, register_frequencies
from onroll.govuk.fields import in_words
from onroll.matching import (
    Candidate,
    Person,
    Reason,
    RegisterFrequencies,
    Verdict,
    compare_fields,
    rank_candidates,
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
    is_sure: bool = False
    """Whether this is the one child who certainly is meant."""
    other_names: tuple[str, ...] = ()
    is_name_alone: bool = False
    """Whether nothing but a name speaks for it, where somebody said so (`rules.likeness`)."""
    claims: tuple[str, ...] = ()
    """Who says since when that the child is at a place now, where somebody is to read it."""
    home: str = ""
    """The home on record, where a query found it for somebody who may see it (row 7)."""
    is_in_sight: bool = False
    """Whether this user may open the child's page, likewise."""


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
    [answer] = look_up_each(user, [typed], on=on)
    return answer


def look_up_each(user: User, several: Sequence[Typed], *, on: date) -> list[Answer]:
    """Return of each what `look_up` does, in as many questions to the database as for one."""
    if not may(user, Permission.CHILD_FIND_UNIQUE):
        return [Answer() for _ in several]
    groups = candidates.find(user, several, on)
    if scope(user, Permission.CHILD_FIND) is Scope.ALL:
        return _all(user, groups, on)
    certain = [_certain(group) for group in groups]
    unsure = [group for group, child in zip(groups, certain, strict=True) if child is None]
    answers = iter(_uncertain(user, unsure, on))
    return [
        Answer(certain=_match(user, child, on, is_sure=True)) if child else next(answers)
        for child in certain
    ]


def _certain(group: Candidates) -> Child | None:
    """Return the one child who certainly is meant; None where there is none, or several."""
    certain = [
        child for child in group.children.values() if is_certain(child, group.typed, group.numbered)
    ]
    return certain[0] if len(certain) == 1 else None


def _uncertain(user: User, groups: Sequence[Candidates], on: date) -> list[Answer]:
    if groups and scope(user, Permission.CHILD_FIND) is Scope.JUSTIFIED:
        hides = is_masked(user, Permission.CHILD_FIND)
        return [replace(answer, is_masked=hides) for answer in _all(user, groups, on)]
    may_give_reason = must_state_a_reason(user, Permission.CHILD_FIND)
    return [Answer(may_give_reason=may_give_reason) for _ in groups]


def _all(user: User, groups: Sequence[Candidates], on: date) -> list[Answer]:
    groups, ordered = list(groups), _ranked(user, groups, on)
    empty = [n for n, group in enumerate(groups) if not ordered[n] and group.typed.names]
    if empty:
        again = candidates.find_spelled_nearly(user, [groups[n].typed for n in empty], on)
        for n, group, matches in zip(empty, again, _ranked(user, again, on), strict=True):
            groups[n], ordered[n] = group, matches
    return [_page(group, matches) for group, matches in zip(groups, ordered, strict=True)]


def _page(group: Candidates, ordered: Sequence[Match]) -> Answer:
    sure = _certain(group)
    marked = (replace(match, is_sure=match.child == sure) for match in ordered[:MOST_SHOWN])
    return Answer(
        several=tuple(marked),
        bearers=group.bearers.number,
        is_cut=max(group.bearers.number, len(ordered)) > MOST_SHOWN,
        is_by_likeness=group.is_by_likeness,
        is_of_all=True,
    )


def _ranked(user: User, groups: Sequence[Candidates], on: date) -> list[list[Match]]:
    """Return of each the possible children: first by number, then by score.

    A bearer of the name is possible even if the name is common and the score low.
    """
    keys = {key for group in groups for key in group.children}
    people = people_by_id(keys) if keys else {}
    records = [record for group in groups for record in group.typed.people]
    is_comparing = bool(people and records)
    frequencies = register_frequencies([*records, *people.values()]) if is_comparing else None
    return [_ranked_one(user, group, people, frequencies, on) for group in groups]


def _ranked_one(
    user: User,
    group: Candidates,
    people: Mapping[int, Person],
    frequencies: RegisterFrequencies | None,
    on: date,
) -> list[Match]:
    typed, by_key = group.typed, {key: people[key] for key in group.children if key in people}
    best: dict[int, Candidate] = {}
    for person in typed.people:
        for ranking in rank_candidates(person, list(by_key.values()), frequencies=frequencies):
            if ranking.key not in best or ranking.score > best[ranking.key].score:
                best[ranking.key] = ranking
    bearers = {key: place for place, key in enumerate(group.bearers.ids)}

    def place(key: int) -> tuple[bool, bool, int, int, int]:
        """Return the sort key; without a date of birth, exact spellings come first."""
        is_as_typed = typed.born is None and names_agree(group.children[key], typed)[0]
        score = best[key].score if key in best else 0
        order = bearers.get(key, len(bearers))
        first, second = (-score, order) if typed.born else (order, -score)
        return key not in group.numbered, not is_as_typed, first, second, key

    ordered = sorted({*best, *((bearers.keys() | group.numbered) & set(group.children))}, key=place)
    return [
        _match(
            user,
            group.children[key],
            on,
            reasons=tuple(
                _reasons(key, best, group.numbered, typed)
                if key in best
                else _plain_reasons(key in group.numbered, by_key[key], typed)
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
            yield of_one_name(reason, typed)
        elif reason.field == "born" and typed.born:
            yield Reason("born", Verdict.MISSING, "No date of birth is on record.")


OF_THE_NUMBER = Reason("number", Verdict.AGREES, "The number or reference is this child’s.")


def _plain_reasons(is_numbered: bool, person: Person, typed: Typed) -> Iterator[Reason]:
    """Yield which fields agree, for a child whose name is too common to score."""
    if is_numbered:
        yield OF_THE_NUMBER
    readings = (compare_fields(record, person) for record in typed.people)
    agreeing = (
        [of_one_name(r, typed) for r in some if r.verdict in (Verdict.AGREES, Verdict.NEAR)]
        for some in readings
    )
    yield from max(agreeing, key=len, default=[])


def _match(
    user: User,
    child: Child,
    on: date,
    *,
    reasons: tuple[Reason, ...] = (),
    is_sure: bool = False,
) -> Match:
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
        is_sure=is_sure,
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
