"""Make probabilities mean what they say: `python -m bench.linking.calibrate [MODEL.toml]`.

On made sets with known answers, drawn with seeds that are used for nothing else, the standing of
each child's best candidate is held against whether it was right; a logistic curve through them is
written into the model, once for lists where everybody at home is known and once for lists where
that is not so.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.linking.judging import Bools, Floats, best_links
from bench.linking.measure import run
from bench.linking.sets import Made, borough, households
from bench.linking.slips import HEAVY
from onroll.matching import model as shipped_model
from onroll.matching.model import Model, read_model

SEEDS = 2001, 2002, 2003, 2004
MODEL = Path(shipped_model.__file__).with_name("model.toml")
STEPS = 60
FARTHEST = 12.0
"""Scores beyond count as this: the curve is fitted where there is doubt."""


def main(path: Path) -> None:
    """Compute the two calibration curves of a model file, print them and write them into it."""
    text = path.read_text("utf-8")
    model = read_model(text)
    for name, are_known in (("home_known", True), ("home_unknown", False)):
        slope, shift = curve(*standings(model, are_known=are_known))
        sys.stdout.write(f"{name}: {slope:.2f}, {shift:.2f}\n")
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = [{slope:.2f}, {shift:.2f}]", text)
    path.write_text(text, "utf-8")


def standings(model: Model, *, are_known: bool) -> tuple[Floats, Bools]:
    """Return the score of each child's best candidate, and whether it is the child."""
    scores, right = [], []
    for made in _sets():
        ran = run(made if are_known else _leavers_alone(made), model)
        pairs, contest = ran.linked.weighed.pairs, ran.linked.contest
        best, top = best_links(len(ran.truth), pairs.left, pairs.right, contest.standing)
        has = best >= 0
        scores.append(top[has])
        right.append(best[has] == ran.truth[has])
    return np.concatenate(scores), np.concatenate(right)


def curve(standing: Floats, is_right: Bools) -> tuple[float, float]:
    """Return slope and shift of the calibration: odds are 2 ** (slope * score + shift)."""
    x = np.clip(standing, -FARTHEST, FARTHEST) * np.log(2)
    design = np.stack([x, np.ones(len(x))], 1)
    line = np.array([1.0, 0.0])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ line))
        slope = design.T @ (is_right - chance)
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.eye(2) * 1e-6
        line = line + np.linalg.solve(bend, slope)
    return float(line[0]), float(line[1] / np.log(2))


def _sets() -> Iterator[Made]:
    a, b, c, d = SEEDS
    yield borough(a)
    yield borough(b, upn=False)
    yield borough(c, upn=False, rates=HEAVY)
    yield households(d)


def _leavers_alone(made: Made) -> Made:
    """Leave out the other people in the home: one child in five, without the old roll."""
    some = made.left[::5]
    ids = {row["id"] for row in some}
    return replace(
        made,
        left=some,
        household=None,
        truth={key: value for key, value in made.truth.items() if key in ids},
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL)
