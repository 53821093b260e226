"""How a match weight comes about: what each comparison adds to it or takes away.

Worked out by the scorer itself, one comparison after another, so that the steps add up to the
weight. Each is a number of powers of two: how much likelier the record is if it is of this child
than by the best other explanation, a stranger or another child of the home.
"""

from dataclasses import dataclass, fields

import numpy as np

from onroll.matching.adjudication.scoring import BestFits, Descriptions, TermFrequencies, best_fits
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.comparison.wording import LEVELS_IN_WORDS
from onroll.matching.model import LEVELS, Model, shipped
from onroll.matching.scoring.explanations import Explanations, score_pairs
from onroll.matching.scoring.link_rules import match_probabilities

BEFORE, OTHERS = "before", "others"


@dataclass(frozen=True)
class Step:
    """One comparison: what it is called in the model, what it says, and the powers of two."""

    name: str
    words: str
    power: float


@dataclass(frozen=True)
class Waterfall:
    """The steps to a weight; comparisons that one record says nothing to are left out."""

    steps: tuple[Step, ...]

    @property
    def total(self) -> float:
        """Return the weight before it is cut off at either end, less what others took."""
        return sum(step.power for step in self.steps)

    @property
    def probability(self) -> float:
        """Return the total as a probability, by the calibration of the shipped model."""
        standing = np.array([self.total])
        return float(match_probabilities(standing, shipped(), is_home_known=False)[0])


def waterfall(
    child: Descriptions,
    candidate: Descriptions,
    *,
    lost: float = 0.0,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> Waterfall:
    """Return how the weight of one child and one candidate comes about.

    `lost` is what other children, or other candidates, took from it in competition.
    """
    model = model or shipped()
    fits = best_fits([child], [candidate], [(0, 0)], frequencies=frequencies, model=model)
    scored = _scored(fits, model)
    stranger, sibling = scored.stranger, scored.sibling + np.log2(model.prior["at_home"])
    is_sibling = bool(sibling[-1] > stranger[-1])
    rival = sibling if is_sibling else stranger
    first, *powers = np.diff(scored.same - rival, prepend=0.0).tolist()
    # The second best explanation counts a little too; it is taken off before anything is compared.
    first += float(rival[-1] - np.logaddexp2(stranger[-1], sibling[-1]))
    steps = [Step(BEFORE, _first_words(fits.counts.size, is_sibling=is_sibling), first)]
    for name, power in zip(LEVELS, powers, strict=True):
        level = int(getattr(fits.compared, name)[0])
        if level:
            steps.append(Step(name, LEVELS_IN_WORDS[name][level], power))
    if lost > 0:
        steps.append(Step(OTHERS, "somebody else explains it as well", -lost))
    return Waterfall(tuple(steps))


def _scored(fits: BestFits, model: Model) -> Explanations:
    """Score the pair with no comparison, with the first, with the first two, and so on."""
    many = np.zeros(len(LEVELS) + 1, np.int64)
    levels = {
        f.name: np.where(
            np.arange(len(many)) > list(LEVELS).index(f.name), getattr(fits.compared, f.name)[0], 0
        ).astype(np.int8)
        for f in fields(ComparisonVectors)
    }
    left_rows, right_rows = fits.left.take(many), fits.right.take(many)
    return score_pairs(
        ComparisonVectors(**levels), left_rows, right_rows, fits.names, fits.counts, model
    )


def _first_words(size: int, *, is_sibling: bool) -> str:
    if is_sibling:
        return "a brother or sister is the likeliest other"
    return f"one child among {size:,}"
