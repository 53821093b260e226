"""Two lists in, an answer for each child of the first out. Used by the command and by tests."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onroll.matching.blocking import Keyed, Pairs
from onroll.matching.competition import Contest, compete
from onroll.matching.deciding import (
    Answered,
    are_twins,
    can_link,
    decide,
    must_be_asked,
    persons,
    probabilities,
)
from onroll.matching.frequencies import Frequencies, count
from onroll.matching.homes import ENOUGH_HOMES, Homes, account, brothers
from onroll.matching.model import Floats, Model
from onroll.matching.population import part_on_list
from onroll.matching.records import Columns, Ints, Names
from onroll.matching.weighing import THREADS, Engine, Weighed, weigh

CLAIMED = 3.0
"""A record that another child fits so much better, in powers of two, is that child's."""
CAN_COMPETE = -8.0
"""Others at or below this are no rivals."""

Step = Callable[[str], None]


@dataclass(frozen=True)
class Linked:
    """All that is known once two lists are linked."""

    weighed: Weighed
    weight: Floats
    """The weight of each pair before competition."""
    contest: Contest
    answered: Answered
    homes: Homes


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
        left_person = _with_others(left_person, others, written)
        every = every.joined(Pairs(rivals.pairs.left + len(left), rivals.pairs.right))
        scored = scored.joined(rivals.scored)
    homes = account(at_home, every, scored, min(len(left), ENOUGH_HOMES), model)
    weight = scored.weight(homes.unlisted)
    mine = len(weighed.pairs)
    contest = compete(every, weight, left_person, right_person).first(mine)
    expected = weighed.scored.expected * (part_on_list(len(right)) if homes.are_known else 1.0)
    linkable = can_link(weighed.compared, expected, model, is_home_known=homes.are_known)
    asked = must_be_asked(weighed.compared, weighed.scored.expected, model)
    asked |= are_twins(weighed.compared) & (contest.lost_to_children < CLAIMED)
    chances = probabilities(contest.standing, model, is_home_known=homes.are_known)
    least = model.answers["same" if homes.are_known else "same_alone"]
    answered = decide(
        len(left),
        weighed.pairs,
        contest.standing,
        chances,
        linkable,
        asked,
        right_person,
        least,
        model,
    )
    return Linked(weighed, weight[:mine], contest, answered, homes)


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


def _with_others(left_person: Ints, others: Others, written: Ints) -> Ints:
    """Return the persons of the left list and then of the others, some of whom are on both."""
    found = persons(others.columns, written, after=len(left_person))
    known = np.flatnonzero(others.is_left >= 0)
    found[known] = left_person[others.is_left[known]]
    return np.concatenate((left_person, found))
