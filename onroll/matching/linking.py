"""Two lists in, an answer for each child of the first out. Used by the command and by tests."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onroll.matching.blocking import Pairs, candidates
from onroll.matching.comparing import Compared, compare
from onroll.matching.competition import Contest, compete
from onroll.matching.deciding import Answered, can_link, decide, persons
from onroll.matching.frequencies import Frequencies, count
from onroll.matching.model import Floats, Model
from onroll.matching.records import Columns, Ints, Names
from onroll.matching.scoring import score

AT_ONCE = 1 << 16
WORTH_KEEPING = -12.0
"""Pairs below this are no candidates, and no rivals worth the memory."""
CAN_COMPETE = -8.0

Step = Callable[[str], None]


@dataclass(frozen=True)
class Weighed:
    """Pairs that are worth keeping: their levels and their weights."""

    pairs: Pairs
    compared: Compared
    weight: Floats
    individual: Floats


@dataclass(frozen=True)
class Linked:
    """All that is known once two lists are linked."""

    weighed: Weighed
    contest: Contest
    answered: Answered


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
    left_person = persons(left, written)
    right_person = persons(right, written)
    every, weight = weighed.pairs, weighed.weight
    if rivals is not None and others is not None:
        left_person = _persons_of_both(left, others, written)
        every = Pairs(
            np.concatenate([every.left, rivals.pairs.left + len(left)]),
            np.concatenate([every.right, rivals.pairs.right]),
        )
        weight = np.concatenate([weight, rivals.weight])
    contest = compete(every, weight, left_person, right_person).first(len(weighed.weight))
    answered = decide(
        len(left),
        weighed.pairs,
        contest.standing,
        can_link(weighed.compared),
        right_person,
        model,
    )
    return Linked(weighed, contest, answered)


def weigh(left: Columns, right: Columns, names: Names, known: Frequencies, model: Model) -> Weighed:
    """Find the pairs of two lists that are worth comparing, and weigh them."""
    pairs = candidates(left, right, names)
    parts = [
        _weigh_some(pairs.take(slice(start, start + AT_ONCE)), left, right, names, known, model)
        for start in range(0, max(1, len(pairs)), AT_ONCE)
    ]
    return Weighed(
        Pairs(
            np.concatenate([part.pairs.left for part in parts]),
            np.concatenate([part.pairs.right for part in parts]),
        ),
        Compared.concatenate([part.compared for part in parts]),
        np.concatenate([part.weight for part in parts]),
        np.concatenate([part.individual for part in parts]),
    )


def _weigh_some(
    pairs: Pairs, left: Columns, right: Columns, names: Names, known: Frequencies, model: Model
) -> Weighed:
    theirs = right.take(pairs.right)
    compared = compare(left.take(pairs.left), theirs, names, known)
    scored = score(compared, theirs, names, known, model)
    keep = np.flatnonzero(scored.weight > WORTH_KEEPING)
    return Weighed(
        pairs.take(keep), compared.take(keep), scored.weight[keep], scored.individual[keep]
    )


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
    wanted = np.unique(weighed.pairs.right[weighed.weight > CAN_COMPETE])
    first = weigh(others.columns.take(places), right.take(wanted), names, known, model)
    places = places[np.unique(first.pairs.left[first.weight > CAN_COMPETE])]
    found = weigh(others.columns.take(places), right, names, known, model)
    pairs = Pairs(places[found.pairs.left], found.pairs.right)
    return Weighed(pairs, found.compared, found.weight, found.individual)


def _persons_of_both(left: Columns, others: Others, written: Ints) -> Ints:
    everyone = persons(left.joined(others.columns), written)
    known = np.flatnonzero(others.is_left >= 0)
    everyone[len(left) + known] = everyone[others.is_left[known]]
    return everyone
