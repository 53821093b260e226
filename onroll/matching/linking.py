"""Two lists in, an answer for each child of the first out. Used by the command and by tests."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onroll.matching.blocking import (
    AT_A_TIME,
    HOME_RULES,
    OTHER_RULES,
    SURE_RULES,
    Keyed,
    Pairs,
    candidates,
)  # fmt: skip
from onroll.matching.comparing import DOB_DIFFERENT, HOME_CONTACT, Compared, compare
from onroll.matching.competition import Contest, compete
from onroll.matching.deciding import Answered, can_link, decide, persons, probabilities
from onroll.matching.frequencies import Frequencies, count
from onroll.matching.likeness import Alike
from onroll.matching.model import Floats, Model
from onroll.matching.records import Columns, Ints, Names
from onroll.matching.scoring import Scored, score
from onroll.matching.searching import Search

AT_ONCE = 1 << 17
"""So many pairs are compared at once."""
WORTH_PARTING = 0.3
"""Records that are settled are put aside if they are so large a share."""
SETTLED, CLEARLY = 13.0, 11.0
"""Two records of such a weight, and so far ahead of all others, need no more candidates."""
ENOUGH_HOMES = 20_000
"""From so many left records it is seen whether the left side shows who is in a home."""
WORTH_KEEPING = -12.0
"""Pairs below this are no candidates, and no rivals worth the memory."""
CAN_COMPETE = -8.0
CLAIMS = 5.0
"""A record is accounted for if somebody on the left fits it by so much."""
FEWEST_UNLISTED = 0.02
HOME_IS_KNOWN = 0.7
ENOUGH_BROTHERS = 20
"""Where so many brothers and sisters are seen, and so large a share of them is accounted for,
the left side shows who is in a home."""

Step = Callable[[str], None]


@dataclass(frozen=True)
class Weighed:
    """Pairs that are worth keeping: their levels, and how well each explanation fits them."""

    pairs: Pairs
    compared: Compared
    scored: Scored

    def joined(self, other: "Weighed") -> "Weighed":
        """Return these pairs and then others."""
        return Weighed.concatenate((self, other))

    @classmethod
    def concatenate(cls, parts: Sequence["Weighed"]) -> "Weighed":
        """Return several lots of pairs as one."""
        return cls(
            Pairs.concatenate([part.pairs for part in parts]),
            Compared.concatenate([part.compared for part in parts]),
            Scored.concatenate([part.scored for part in parts]),
        )


@dataclass(frozen=True)
class Homes:
    """How well the left side accounts for the other children of a home."""

    unlisted: float
    """How many of a home's children on the right nobody on the left accounts for."""
    are_known: bool
    """Whether the left side shows nearly all of the children of a home."""


@dataclass(frozen=True)
class Linked:
    """All that is known once two lists are linked."""

    weighed: Weighed
    weight: Floats
    """The weight of each pair before competition."""
    contest: Contest
    answered: Answered
    homes: "Homes"


@dataclass(frozen=True)
class Others:
    """The list that shows who else could explain a record, and which of it are left records."""

    columns: Columns
    is_left: Ints
    """For each row the place in the left list of the same child, or -1."""
    is_right: NDArray[np.bool_]
    """Rows that are the right-hand list's own, and so no rivals."""


class Engine(Protocol):
    """Finds the pairs of two lists that share a key, and weighs those worth keeping."""

    def weigh(self, search: Search, known: Frequencies, model: Model) -> Weighed:
        """Return the pairs in the order of the left and then of the right list."""


class Threads:
    """The engine of this process: numpy in a few threads."""

    def weigh(self, search: Search, known: Frequencies, model: Model) -> Weighed:
        """Return the pairs in the order of the left and then of the right list."""
        return _weigh(search.pairs(), search.left, search.right, known, model)


THREADS = Threads()


def link(
    left: Columns,
    right: Columns,
    names: Names,
    model: Model,
    others: Others | None = None,
    step: Step = lambda words: None,
    engine: Engine = THREADS,
) -> Linked:
    """Link two lists; without `others` the left records compete among themselves."""
    known = count(right, names)
    step("Comparing")
    ours, theirs = Keyed(left, names), Keyed(right, names)
    weighed = weigh(ours, theirs, known, model, engine)
    step("Looking for who else could explain a record")
    at_home = brothers(ours, theirs, known)
    rivals = _rivals(weighed, at_home, others, theirs, known, model, engine)
    step("Deciding")
    written = names.array("written")
    right_person = persons(right, written)
    every, scored, left_person = weighed.pairs, weighed.scored, persons(left, written)
    if rivals is not None and others is not None:
        left_person = _persons_of_both(left, others, written)
        every = every.joined(Pairs(rivals.pairs.left + len(left), rivals.pairs.right))
        scored = scored.joined(rivals.scored)
    homes = account(at_home, every, scored, min(len(left), ENOUGH_HOMES), model)
    weight = scored.weight(homes.unlisted)
    mine = len(weighed.pairs)
    contest = compete(every, weight, left_person, right_person).first(mine)
    linkable = can_link(weighed.compared, is_home_known=homes.are_known)
    chances = probabilities(contest.standing, model, is_home_known=homes.are_known)
    least = model.answers["same" if homes.are_known else "same_alone"]
    answered = decide(
        len(left), weighed.pairs, contest.standing, chances, linkable, right_person, least, model
    )
    return Linked(weighed, weight[:mine], contest, answered, homes)


def account(at_home: Pairs, every: Pairs, scored: Scored, children: int, model: Model) -> Homes:
    """Return how well the left side accounts for the other children of a home.

    Counted over pairs that are plainly two children of one home. A brother on the roll whom the
    old roll shows too is accounted for; if only leavers are known, most brothers are not.
    """
    claims = every.take(np.flatnonzero(scored.weight(model.prior["at_home"]) > CLAIMS))
    claimed = np.unique(claims.right)
    place = np.searchsorted(claimed, at_home.right)
    place[place == len(claimed)] = 0
    known = claimed[place] == at_home.right if len(claimed) else np.zeros(len(at_home), bool)
    unknown, pull = int((~known).sum()), model.prior["at_home_pull"]
    found = (unknown + pull * model.prior["at_home"]) / (children + pull)
    share = (len(at_home) - unknown) / max(1, len(at_home))
    return Homes(
        unlisted=float(min(max(found, FEWEST_UNLISTED), 3.0)),
        are_known=len(at_home) >= ENOUGH_BROTHERS and share >= HOME_IS_KNOWN,
    )


def weigh(
    left: Keyed, right: Keyed, known: Frequencies, model: Model, engine: Engine = THREADS
) -> Weighed:
    """Find the pairs of two lists that are worth comparing, and weigh them.

    First those that share a number, or names and birthday. Two records that then fit one another
    far better than anybody else are settled, and are not tried with all who are a little alike.
    """
    sure = engine.weigh(Search(left, right, SURE_RULES), known, model)
    settled, found = _settled(sure, len(left), len(right), model)
    ours = np.flatnonzero(~settled)
    theirs = np.flatnonzero(~found) if found.sum() > WORTH_PARTING * len(right) else None
    search = Search(left, right, OTHER_RULES, ours, theirs, sure.pairs)
    return sure.joined(engine.weigh(search, known, model))


def within(columns: Columns, names: Names, model: Model) -> Weighed:
    """Return the pairs of one list that may be one child twice, each once and weighed.

    A child may stand in it many times, so no record is another's rival.
    """
    everybody = Keyed(columns, names)
    pairs = candidates(everybody, everybody, (*SURE_RULES, *OTHER_RULES))
    once = pairs.take(np.flatnonzero(pairs.left < pairs.right))
    return _weigh(once, everybody, everybody, count(columns, names), model)


def _settled(
    weighed: Weighed, lefts: int, rights: int, model: Model
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say which records on the left and on the right need no more candidates."""
    weight, pairs = weighed.scored.weight(model.prior["at_home"]), weighed.pairs
    sides = (pairs.left, lefts), (pairs.right, rights)
    best = np.ones(len(pairs), bool)
    for places, number in sides:
        best &= weight == _greatest(places, weight, number)[places]
    runners = np.where(best, -np.inf, weight)
    sure = best & (weight >= SETTLED) & can_link(weighed.compared, is_home_known=False)
    for places, number in sides:
        sure &= weight - _greatest(places, runners, number)[places] >= CLEARLY
        sure &= np.bincount(places[best], minlength=number)[places] == 1
    found = np.zeros(lefts, bool), np.zeros(rights, bool)
    found[0][pairs.left[sure]], found[1][pairs.right[sure]] = True, True
    return found


def _greatest(places: Ints, weight: Floats, count: int) -> Floats:
    found = np.full(count, -np.inf)
    np.maximum.at(found, places, weight)
    return found


def brothers(left: Keyed, right: Keyed, known: Frequencies) -> Pairs:
    """Return pairs that are plainly two children of one home, for some of the left records."""
    some = np.unique(np.linspace(0, len(left) - 1, min(len(left), ENOUGH_HOMES)).astype(np.int64))
    ours = left.take(some)
    pairs = candidates(ours, right, HOME_RULES)
    theirs = right.columns.take(pairs.right)
    compared = compare(ours.columns.take(pairs.left), theirs, left.names, known)
    are = np.flatnonzero(_are_brothers(compared) & _is_of_age(theirs.dob, left.columns.dob))
    return Pairs(some[pairs.left[are]], pairs.right[are])


def _weigh(pairs: Pairs, left: Keyed, right: Keyed, known: Frequencies, model: Model) -> Weighed:
    def some(start: int) -> Weighed:
        part = pairs.take(slice(start, start + AT_ONCE))
        return weigh_pairs(part, left.columns, right.columns, left.names, known, model)

    with ThreadPoolExecutor(AT_A_TIME) as threads:
        parts = list(threads.map(some, range(0, max(1, len(pairs)), AT_ONCE)))
    return Weighed.concatenate(parts)


def weigh_pairs(
    pairs: Pairs, left: Columns, right: Columns, names: Names, known: Frequencies, model: Model
) -> Weighed:
    """Weigh pairs; return those worth keeping, in the same order."""
    ours, theirs = left.take(pairs.left), right.take(pairs.right)
    compared = compare(ours, theirs, names, known)
    scored = score(compared, ours, theirs, names, known, model)
    keep = np.flatnonzero(scored.weight(FEWEST_UNLISTED) > WORTH_KEEPING)
    return Weighed(pairs.take(keep), compared.take(keep), scored.take(keep))


def _is_of_age(born: Ints, left: Ints) -> NDArray[np.bool_]:
    """Say who was born when nearly all on the left were: parents are no brothers."""
    said = left[left > 0]
    first, last = np.quantile(said, (0.01, 0.99)) if len(said) else (0, 0)
    of_age: NDArray[np.bool_] = (born >= first) & (born <= last)
    return of_age


def _are_brothers(compared: Compared) -> NDArray[np.bool_]:
    """The same surname and home, another forename, another birthday."""
    born = (compared.dob == DOB_DIFFERENT) | (compared.dob == 1)
    named = (compared.forename == Alike.DIFFERENT) & (compared.surname >= Alike.EDITS)
    brothers: NDArray[np.bool_] = born & named & (compared.home >= HOME_CONTACT)
    return brothers


def _rivals(
    weighed: Weighed,
    at_home: Pairs,
    others: Others | None,
    right: Keyed,
    known: Frequencies,
    model: Model,
    engine: Engine,
) -> Weighed | None:
    """Weigh the others against the records that left children want, then against all of theirs."""
    if others is None:
        return None
    places = np.flatnonzero((others.is_left < 0) & ~others.is_right)
    usual = model.prior["at_home"]
    likely = weighed.pairs.right[weighed.scored.weight(usual) > CAN_COMPETE]
    wanted = np.union1d(likely, at_home.right)
    everybody = Keyed(others.columns, right.names)
    first = weigh(everybody.take(places), right.take(wanted), known, model, engine)
    places = places[np.unique(first.pairs.left[first.scored.weight(usual) > CAN_COMPETE])]
    found = weigh(everybody.take(places), right, known, model, engine)
    pairs = Pairs(places[found.pairs.left], found.pairs.right)
    return Weighed(pairs, found.compared, found.scored)


def _persons_of_both(left: Columns, others: Others, written: Ints) -> Ints:
    everyone = persons(left.joined(others.columns), written)
    known = np.flatnonzero(others.is_left >= 0)
    everyone[len(left) + known] = everyone[others.is_left[known]]
    return everyone
