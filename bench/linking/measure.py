"""Our own links of a set with known answers, and their measures."""

from dataclasses import dataclass

import numpy as np

from bench.linking.judging import NOBODY, Bools, Floats, Ints, Links, best_links, judge_children
from bench.linking.sets import Made, Same
from onroll.matching.answers import Kind
from onroll.matching.assignment.decisions import ANSWER_KINDS
from onroll.matching.lists.linking import HouseholdList, LinkedLists, link_lists
from onroll.matching.model import Model, shipped
from onroll.matching.records.columns import Columns, columns_of
from onroll.matching.records.names import Names
from onroll.matching.scoring.candidates import FEWEST_UNLISTED, duplicates_within


@dataclass(frozen=True)
class Figures:
    """Shares, 0 to 1; see docs/matching.md."""

    present: int
    absent: int
    found_at: dict[float, float]
    found_shipped: float
    wrong_shipped: float
    absent_linked: float
    unsure: float
    blocked: float
    precision_999: float
    by_group: dict[str, float]


@dataclass(frozen=True)
class Ran:
    """A run, and for each left record the truth: the place of its right record or -1."""

    linked: LinkedLists
    truth: Ints
    right_ids: list[str]
    left_ids: list[str]


def run(made: Made, model: Model | None = None) -> Ran:
    """Link a made-up set."""
    names = Names()
    left, right = columns_of(made.left, names), columns_of(made.right, names)
    household = None
    if made.household is not None:
        places = {row["id"]: n for n, row in enumerate(made.left)}
        is_left = np.array([places.get(row["id"], -1) for row in made.household])
        columns = columns_of(made.household, names)
        household = HouseholdList(columns, is_left, np.zeros(len(columns), bool))
    linked = link_lists(left, right, names, model or shipped(), household)
    ids = [row["id"] for row in made.right], [row["id"] for row in made.left]
    return Ran(linked, truth_of(made), *ids)


def truth_of(made: Made) -> Ints:
    """Return the position of each left record's right one, or `NOBODY`."""
    at = {row["id"]: n for n, row in enumerate(made.right)}
    return np.array([at.get(made.truth[row["id"]], NOBODY) for row in made.left])


def links_of(ran: Ran) -> Links:
    """Return our links: the best after competition, and what the command would answer."""
    pairs, answered = ran.linked.weighed.pairs, ran.linked.answered
    partner, top = best_links(len(ran.truth), pairs.left, pairs.right, ran.linked.contest.standing)
    return Links(
        partner,
        top,
        is_linked=answered.kinds == ANSWER_KINDS.index(Kind.SAME),
        is_unsure=answered.kinds == ANSWER_KINDS.index(Kind.UNSURE),
    )


def chances_of(ran: Ran) -> tuple[Floats, Bools]:
    """Return the probability of each left record's best one, and whether it is right."""
    pairs, chance = ran.linked.weighed.pairs, ran.linked.answered.probability
    partner, top = best_links(len(ran.truth), pairs.left, pairs.right, chance)
    named = partner != NOBODY
    return top[named], (partner == ran.truth)[named]


def figures(made: Made, ran: Ran) -> Figures:
    """Return the measures of a run."""
    links = links_of(ran)
    result = judge_children(links, ran.truth)
    pairs = ran.linked.weighed.pairs
    present = ran.truth != NOBODY
    reached = np.isin(np.flatnonzero(present), pairs.left[ran.truth[pairs.left] == pairs.right])
    groups = found_by_group(made, links, ran.truth)
    return Figures(
        present=result.present,
        absent=result.absent,
        found_at=result.found_at,
        found_shipped=result.found_shipped,
        wrong_shipped=result.wrong_shipped,
        absent_linked=result.absent_linked,
        unsure=result.unsure,
        blocked=float(reached.mean()),
        precision_999=result.best.recall_999,
        by_group={group: right / of for group, (right, of) in groups.items()},
    )


def found_by_group(made: Made, links: Links, truth: Ints) -> dict[str, tuple[int, int]]:
    """Return, by name group, how many present children are linked correctly, of how many."""
    groups = np.array([made.group[row["id"]] for row in made.left])
    present = truth != NOBODY
    right = links.is_linked & (links.partner == truth) & present
    return {
        str(group): (int(right[groups == group].sum()), int(present[groups == group].sum()))
        for group in np.unique(groups[present])
    }


def pairs_within(same: Same, model: Model | None = None) -> tuple[Floats, Bools]:
    """Link a list with itself; return the weight of each pair, and whether it is true.

    A person may have many rows here, so that no row is another's rival: the weight of a pair is
    what it is before competition. A row and itself are no pair, and two rows are one pair.
    """
    names = Names()
    columns = columns_of(same.rows, names)
    _with_days(columns, same)
    model = model or shipped()
    weighed = duplicates_within(columns, names, model)
    left, right = weighed.pairs.left, weighed.pairs.right
    weight = weighed.scored.weight(FEWEST_UNLISTED)
    return weight, same.person[left] == same.person[right]


def _with_days(columns: Columns, same: Same) -> None:
    """Add birthdays of any century, which lists of children do not have."""
    if same.days is not None:
        columns.dob = same.days
