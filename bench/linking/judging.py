"""The measures, equal for all methods of linking: of pairs, and of children looked for.

A score may be on any scale; only its order counts. Records or pairs with equal scores are treated
alike, so that no figure depends on the order in which a method names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STRICT = 0.999
NOBODY = -1


@dataclass(frozen=True)
class Links:
    """A method's answer for each left record."""

    partner: Ints
    """The position of the best right record, or `NOBODY`."""
    score: Floats
    is_linked: Bools
    """Whether the method itself links the two, at its usual threshold."""
    is_unsure: Bools


@dataclass(frozen=True)
class OfPairs:
    """Shares, 0 to 1, of pairs by score; `best` is at the threshold with the best F1."""

    best_f1: float
    best_precision: float
    best_recall: float
    recall_999: float
    recall_99: float
    reached: float
    """True pairs that the method compared at all."""

    @property
    def shares(self) -> tuple[float, ...]:
        """All of them, in the order in which they are tabled."""
        best = self.best_f1, self.best_precision, self.best_recall
        return *best, self.recall_999, self.recall_99, self.reached


@dataclass(frozen=True)
class OfChildren:
    """Shares, 0 to 1, of children looked for; `shipped` is as the method decides by itself."""

    present: int
    absent: int
    precision_shipped: float
    found_shipped: float
    wrong_shipped: float
    absent_linked: float
    unsure: float
    found_at: dict[float, float]
    """By share: found where no more absent children are linked, nor present ones wrongly."""
    best: OfPairs


def best_links(count: int, left: Ints, right: Ints, score: Floats) -> tuple[Ints, Floats]:
    """Return the best right record of each of `count` left ones, the first of equals."""
    partner, top = np.full(count, NOBODY), np.full(count, -np.inf)
    order = np.lexsort((-right, score))
    partner[left[order]], top[left[order]] = right[order], score[order]
    return partner, top


def judge_pairs(score: Floats, is_true: Bools, total: int) -> OfPairs:
    """Judge pairs of which `total` are true, those never compared among them."""
    hits, named = _by_threshold(score, is_true)
    if not len(named):
        return OfPairs(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    precision, recall = hits / named, hits / total
    f1 = 2 * hits / (named + total)
    best = int(f1.argmax())
    return OfPairs(
        best_f1=float(f1[best]),
        best_precision=float(precision[best]),
        best_recall=float(recall[best]),
        recall_999=_last(recall, precision >= STRICT),
        recall_99=_last(recall, precision >= 0.99),
        reached=float(recall[-1]),
    )


def _by_threshold(score: Floats, is_true: Bools) -> tuple[Ints, Ints]:
    """Return true and all pairs at or above each threshold there is, the highest first."""
    order = np.argsort(-score, kind="stable")
    ordered = score[order]
    last = np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]
    return np.cumsum(is_true[order])[last], np.flatnonzero(last) + 1


def _last(recall: Floats, fits: Bools) -> float:
    return float(recall[fits].max()) if fits.any() else 0.0


def judge_children(
    links: Links, truth: Ints, *, shares: Sequence[float] = (0.001, 0.005, 0.01)
) -> OfChildren:
    """Judge links; `truth` has the place of each left record's right one, or `NOBODY`."""
    present = truth != NOBODY
    right = present & (links.partner == truth)
    named = links.partner != NOBODY
    return OfChildren(
        present=int(present.sum()),
        absent=int((~present).sum()),
        precision_shipped=_share(right[links.is_linked]),
        found_shipped=_share((links.is_linked & right)[present]),
        wrong_shipped=_share((links.is_linked & ~right)[present]),
        absent_linked=_share(links.is_linked[~present]),
        unsure=_share(links.is_unsure),
        found_at={share: found_at(links, truth, share) for share in shares},
        best=judge_pairs(links.score[named], right[named], int(present.sum())),
    )


def _share(flags: Bools) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def found_at(links: Links, truth: Ints, share: float) -> float:
    """Return the most present children found at any threshold that errs no more than `share`.

    Both the absent children who are linked (false closures), of all absent ones, and the present
    ones linked to another, of all present ones, must stay within.
    """
    present = truth != NOBODY
    named = links.partner != NOBODY
    right = present & named & (links.partner == truth)
    limit = max(
        _limit(links.score[~present & named], int(share * (~present).sum())),
        _limit(links.score[present & named & ~right], int(share * present.sum())),
    )
    return _share((right & (links.score > limit))[present])


def _limit(errors: Floats, allowed: int) -> float:
    """Return the score above which no more than `allowed` errors lie."""
    return float(np.sort(errors)[::-1][allowed]) if allowed < len(errors) else -np.inf
