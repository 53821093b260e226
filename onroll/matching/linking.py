"""Two lists in, an answer for each child of the first out. Used by the command and by tests."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onroll.matching.blocking import Pairs, candidates
from onroll.matching.comparing import DOB_DIFFERENT, HOME_CONTACT, Compared, compare
from onroll.matching.competition import Contest, compete
from onroll.matching.deciding import Answered, can_link, decide, persons, probabilities
from onroll.matching.frequencies import Frequencies, count
from onroll.matching.likeness import Alike
from onroll.matching.model import Floats, Model
from onroll.matching.records import Columns, Ints, Names
from onroll.matching.scoring import Scored, score

AT_ONCE = 1 << 16
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
    brothers: Pairs
    """Pairs, most not kept, that are plainly two children of one home."""


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


def link(
    left: Columns,
    right: Columns,
    names: Names,
    model: Model,
    others: Others | None = None,
    step: Step = lambda words: None,
) -> Linked:
    """Link two lists; without `others` the left records compete among themselves."""
    known = count(right, names)
    step("Comparing")
    weighed = weigh(left, right, names, known, model)
    step("Looking for who else could explain a record")
    rivals = _rivals(weighed, others, right, names, known, model)
    step("Deciding")
    written = np.array(names.written)
    right_person = persons(right, written)
    every, scored, left_person = weighed.pairs, weighed.scored, persons(left, written)
    if rivals is not None and others is not None:
        left_person = _persons_of_both(left, others, written)
        every = every.joined(Pairs(rivals.pairs.left + len(left), rivals.pairs.right))
        scored = scored.joined(rivals.scored)
    homes = account(weighed.brothers, every, scored, len(left), model)
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


def account(brothers: Pairs, every: Pairs, scored: Scored, children: int, model: Model) -> Homes:
    """Return how well the left side accounts for the other children of a home.

    Counted over pairs that are plainly two children of one home. A brother on the roll whom the
    old roll shows too is accounted for; if only leavers are known, most brothers are not.
    """
    claims = every.take(np.flatnonzero(scored.weight(model.prior["at_home"]) > CLAIMS))
    claimed = np.unique(claims.right)
    place = np.searchsorted(claimed, brothers.right)
    place[place == len(claimed)] = 0
    known = claimed[place] == brothers.right if len(claimed) else np.zeros(len(brothers), bool)
    unknown, pull = int((~known).sum()), model.prior["at_home_pull"]
    found = (unknown + pull * model.prior["at_home"]) / (children + pull)
    share = (len(brothers) - unknown) / max(1, len(brothers))
    return Homes(
        unlisted=float(min(max(found, FEWEST_UNLISTED), 3.0)),
        are_known=len(brothers) >= ENOUGH_BROTHERS and share >= HOME_IS_KNOWN,
    )


def weigh(left: Columns, right: Columns, names: Names, known: Frequencies, model: Model) -> Weighed:
    """Find the pairs of two lists that are worth comparing, and weigh them."""
    pairs = candidates(left, right, names)
    parts = [
        _weigh_some(pairs.take(slice(start, start + AT_ONCE)), left, right, names, known, model)
        for start in range(0, max(1, len(pairs)), AT_ONCE)
    ]
    return Weighed(
        Pairs.concatenate([part.pairs for part in parts]),
        Compared.concatenate([part.compared for part in parts]),
        Scored.concatenate([part.scored for part in parts]),
        Pairs.concatenate([part.brothers for part in parts]),
    )


def _weigh_some(
    pairs: Pairs, left: Columns, right: Columns, names: Names, known: Frequencies, model: Model
) -> Weighed:
    theirs = right.take(pairs.right)
    compared = compare(left.take(pairs.left), theirs, names, known)
    scored = score(compared, theirs, names, known, model)
    keep = np.flatnonzero(scored.weight(FEWEST_UNLISTED) > WORTH_KEEPING)
    brothers = np.flatnonzero(_are_brothers(compared) & _is_of_age(theirs.dob, left.dob))
    return Weighed(pairs.take(keep), compared.take(keep), scored.take(keep), pairs.take(brothers))


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
    others: Others | None,
    right: Columns,
    names: Names,
    known: Frequencies,
    model: Model,
) -> Weighed | None:
    """Weigh the others against the records that left children want, then against all of theirs."""
    if others is None:
        return None
    places = np.flatnonzero((others.is_left < 0) & ~others.is_right)
    usual = model.prior["at_home"]
    likely = weighed.pairs.right[weighed.scored.weight(usual) > CAN_COMPETE]
    wanted = np.union1d(likely, weighed.brothers.right)
    first = weigh(others.columns.take(places), right.take(wanted), names, known, model)
    places = places[np.unique(first.pairs.left[first.scored.weight(usual) > CAN_COMPETE])]
    found = weigh(others.columns.take(places), right, names, known, model)
    pairs = Pairs(places[found.pairs.left], found.pairs.right)
    return Weighed(pairs, found.compared, found.scored, found.brothers)


def _persons_of_both(left: Columns, others: Others, written: Ints) -> Ints:
    everyone = persons(left.joined(others.columns), written)
    known = np.flatnonzero(others.is_left >= 0)
    everyone[len(left) + known] = everyone[others.is_left[known]]
    return everyone
