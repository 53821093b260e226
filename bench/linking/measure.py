"""What is measured on a set with known answers."""

from dataclasses import dataclass

import numpy as np

from bench.linking.sets import Made
from onroll.matching.answers import Kind
from onroll.matching.deciding import KINDS
from onroll.matching.linking import Linked, Others, link
from onroll.matching.model import Model, shipped
from onroll.matching.records import Names, columns_of


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

    linked: Linked
    truth: np.ndarray
    right_ids: list[str]
    left_ids: list[str]


def run(made: Made, model: Model | None = None) -> Ran:
    """Link a made set."""
    names = Names()
    left, right = columns_of(made.left, names), columns_of(made.right, names)
    others = None
    if made.household is not None:
        places = {row["id"]: n for n, row in enumerate(made.left)}
        is_left = np.array([places.get(row["id"], -1) for row in made.household])
        columns = columns_of(made.household, names)
        others = Others(columns, is_left, np.zeros(len(columns), bool))
    linked = link(left, right, names, model or shipped(), others)
    at = {row["id"]: n for n, row in enumerate(made.right)}
    truth = np.array([at.get(made.truth[row["id"]], -1) for row in made.left])
    return Ran(linked, truth, [r["id"] for r in made.right], [r["id"] for r in made.left])


def figures(made: Made, ran: Ran) -> Figures:
    """Measure a run."""
    pairs, standing = ran.linked.weighed.pairs, ran.linked.contest.standing
    top = np.full(len(ran.truth), -99.0)
    who = np.full(len(ran.truth), -1)
    order = np.argsort(standing, kind="stable")
    top[pairs.left[order]] = standing[order]
    who[pairs.left[order]] = pairs.right[order]
    present, right = ran.truth >= 0, who == ran.truth
    kinds = ran.linked.answered.kinds == KINDS.index(Kind.SAME)
    unsure = ran.linked.answered.kinds == KINDS.index(Kind.UNSURE)
    found = {t: _found(top, present, right & present, t) for t in (0.001, 0.005, 0.01)}
    groups = np.array([made.group[i] for i in ran.left_ids])
    reached = np.isin(np.flatnonzero(present), pairs.left[ran.truth[pairs.left] == pairs.right])
    return Figures(
        present=int(present.sum()),
        absent=int((~present).sum()),
        found_at=found,
        found_shipped=float((kinds & right)[present].mean()),
        wrong_shipped=float((kinds & ~right)[present].mean()),
        absent_linked=float(kinds[~present].mean()),
        unsure=float(unsure.mean()),
        blocked=float(reached.mean()),
        precision_999=_recall_at(top, right & present, present, 0.999),
        by_group={
            g: float((kinds & right)[present & (groups == g)].mean())
            for g in sorted(set(groups.tolist()))
        },
    )


def _found(top: np.ndarray, present: np.ndarray, right: np.ndarray, share: float) -> float:
    """The best share of present children found with false closures and wrong links within."""
    absent = np.sort(top[~present])[::-1]
    wrong = np.sort(top[present & ~right])[::-1]
    limit = -98.0
    for scores, number in ((absent, (~present).sum()), (wrong, present.sum())):
        allowed = int(share * number)
        if allowed < len(scores):
            limit = max(limit, scores[allowed])
    return float((right & (top > limit))[present].mean())


def _recall_at(top: np.ndarray, right: np.ndarray, present: np.ndarray, precision: float) -> float:
    order = np.argsort(-top, kind="stable")
    order = order[top[order] > -98]
    hits = np.cumsum(right[order])
    good = np.flatnonzero(hits / np.arange(1, len(hits) + 1) >= precision)
    return float(hits[good[-1]] / present.sum()) if len(good) else 0.0
