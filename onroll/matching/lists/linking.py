"""Two lists in, an answer for each child of the first out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from onroll.matching.assignment.decisions import Decisions, decide_records, person_numbers
from onroll.matching.assignment.one_to_one import Contest, compete
from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.frequencies.of_list import Frequencies, count
from onroll.matching.model import Model
from onroll.matching.records.arrays import Flags, Floats, Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names
from onroll.matching.scoring.candidates import THREADS, Engine, ScoredPairs, score_candidates
from onroll.matching.scoring.household import (
    ENOUGH_HOMES,
    Household,
    household_coverage,
    sibling_pairs,
)
from onroll.matching.scoring.link_rules import (
    can_link,
    match_probabilities,
    may_be_twins,
    need_review,
)
from onroll.matching.scoring.namesakes import share_on_list

CLAIMED = 3.0
"""A record that another child fits so much better, in powers of two, is that child's."""
CAN_COMPETE = -8.0
"""Others at or below this are no rivals."""
Step = Callable[[str], None]


@dataclass(frozen=True)
class LinkedLists:
    """All that is known once two lists are linked."""

    weighed: ScoredPairs
    weight: Floats
    """The weight of each pair before competition."""
    contest: Contest
    answered: Decisions
    homes: Household


@dataclass(frozen=True)
class HouseholdList:
    """The list that shows who else could explain a record, and which of it are left records."""

    columns: Columns
    is_left: Ints
    """For each row the place in the left list of the same child, or -1."""
    is_right: Flags
    """Rows that are the right-hand list's own, and so no rivals."""


def link_lists(
    left: Columns,
    right: Columns,
    names: Names,
    model: Model,
    household: HouseholdList | None = None,
    step: Step = lambda words: None,
    engine: Engine = THREADS,
) -> LinkedLists:
    """Link two lists.

    The records of `household` compete for the right list too; without it only the left ones do.
    """
    frequencies = count(right, names)
    step("Comparing")
    left_keyed, right_keyed = KeyedList(left, names), KeyedList(right, names)
    weighed = score_candidates(left_keyed, right_keyed, frequencies, model, engine)
    step("Looking for who else could explain a record")
    at_home = sibling_pairs(left_keyed, right_keyed, frequencies)
    rivals = _rivals(weighed, at_home, household, right_keyed, frequencies, model, engine)
    step("Deciding")
    written = names.array("written")
    right_person = person_numbers(right, written)
    every, scored, left_person = weighed.pairs, weighed.scored, person_numbers(left, written)
    if rivals is not None and household is not None:
        left_person = _with_others(left_person, household, written)
        every = every.joined(Pairs(rivals.pairs.left + len(left), rivals.pairs.right))
        scored = scored.joined(rivals.scored)
    homes = household_coverage(at_home, every, scored, min(len(left), ENOUGH_HOMES), model)
    weight = scored.weight(homes.unlisted)
    mine = len(weighed.pairs)
    contest = compete(every, weight, left_person, right_person).first(mine)
    expected = weighed.scored.expected * (share_on_list(len(right)) if homes.are_known else 1.0)
    linkable = can_link(weighed.compared, expected, model, is_home_known=homes.are_known)
    review = need_review(weighed.compared, weighed.scored.expected, model)
    review |= may_be_twins(weighed.compared) & (contest.lost_to_children < CLAIMED)
    chances = match_probabilities(contest.standing, model, is_home_known=homes.are_known)
    least = model.answers["same" if homes.are_known else "same_alone"]
    answered = decide_records(
        len(left),
        weighed.pairs,
        contest.standing,
        chances,
        linkable,
        review,
        right_person,
        least,
        model,
    )
    return LinkedLists(weighed, weight[:mine], contest, answered, homes)


def _rivals(
    weighed: ScoredPairs,
    at_home: Pairs,
    household: HouseholdList | None,
    right: KeyedList,
    frequencies: Frequencies,
    model: Model,
    engine: Engine,
) -> ScoredPairs | None:
    """Return the scored pairs of the household's records that are on neither list; None without.

    First they are compared with the records that left children may have; those that can compete
    are then compared with the whole right list.
    """
    if household is None:
        return None
    places = np.flatnonzero((household.is_left < 0) & ~household.is_right)
    usual = model.prior["at_home"]
    likely = weighed.pairs.right[weighed.scored.weight(usual) > CAN_COMPETE]
    wanted = np.union1d(likely, at_home.right)
    everybody = KeyedList(household.columns, right.names)
    first = score_candidates(everybody.take(places), right.take(wanted), frequencies, model, engine)
    places = places[np.unique(first.pairs.left[first.scored.weight(usual) > CAN_COMPETE])]
    rival_pairs = score_candidates(everybody.take(places), right, frequencies, model, engine)
    pairs = Pairs(places[rival_pairs.pairs.left], rival_pairs.pairs.right)
    return ScoredPairs(pairs, rival_pairs.compared, rival_pairs.scored)


def _with_others(left_person: Ints, household: HouseholdList, written: Ints) -> Ints:
    """Return the persons of the left list and then of the others, some of whom are on both."""
    numbers = person_numbers(household.columns, written, after=len(left_person))
    on_left = np.flatnonzero(household.is_left >= 0)
    numbers[on_left] = left_person[household.is_left[on_left]]
    return np.concatenate((left_person, numbers))
