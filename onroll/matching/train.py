"""Train the weights without labels: `python -m onroll.matching.train LEFT RIGHT --out MODEL.toml`.

Expectation maximisation on the matcher's own levels: link with the weights there are, take the
probability of each pair after competition for how much it counts as the same child, and count the
levels again; a few times over. Only `m` is trained: what a stranger shows is counted in the list
itself, and what a brother shows cannot be told from the child without labels. A level seen too
seldom keeps its share, so that none is left with a default (matching.md 6, traps).
"""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from onroll.matching.deciding import probabilities
from onroll.matching.likenesses import Levels
from onroll.matching.linking import link
from onroll.matching.model import LEVELS, Floats, Model, read_model
from onroll.matching.reading import CannotRead, connect, read_list
from onroll.matching.records import Columns, Names

Trained = dict[str, dict[str, float]]

TRAINED = ("forename", "surname", "dob", "upn")
ROUNDS = 4
FEWEST = 25
"""A level seen in fewer likely matches keeps its figure: too few to learn from."""


def main(argv: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser("python -m onroll.matching.train", description=__doc__)
    parser.add_argument("left", type=Path)
    parser.add_argument("right", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path(__file__).with_name("model.toml"))
    args = parser.parse_args(argv)
    names, connection = Names(), connect()
    try:
        left = read_list(args.left, "lefts", names, connection).columns
        right = read_list(args.right, "rights", names, connection).columns
    except CannotRead as error:
        sys.stderr.write(f"train: {error}\n")
        return 1
    text = args.model.read_text("utf-8")
    trained = train(left, right, names, read_model(text))
    text = rewritten(text, trained, f"{len(left)} and {len(right)} records")
    read_model(text)
    args.out.write_text(text, "utf-8")
    return 0


def train(left: Columns, right: Columns, names: Names, model: Model) -> Trained:
    """Return `m` by comparison and level, for the levels that were seen often enough."""
    trained: Trained = {}
    for _ in range(ROUNDS):
        linked = link(left, right, names, model)
        chances = probabilities(
            linked.contest.standing, model, is_home_known=linked.homes.are_known
        )
        trained = {
            name: _counted(name, getattr(linked.weighed.compared, name), chances, model)
            for name in TRAINED
        }
        model = with_trained(model, trained)
    return trained


def _counted(name: str, levels: Levels, chances: Floats, model: Model) -> dict[str, float]:
    """Count the levels, each pair by its chance; together they keep the mass they had."""
    seen = np.bincount(levels, chances, len(LEVELS[name]))[1:]
    before = np.exp2(model.weights[name].m[1:])
    often = seen >= FEWEST
    if not often.any():
        return {}
    share = seen * (before[often].sum() / seen[often].sum())
    said = zip(LEVELS[name][1:], share.tolist(), often.tolist(), strict=True)
    return {level: value for level, value, is_often in said if is_often}


def with_trained(model: Model, trained: Trained) -> Model:
    """Return a model with trained figures in it."""
    weights = dict(model.weights)
    for name, levels in trained.items():
        m = weights[name].m.copy()
        for level, value in levels.items():
            m[LEVELS[name].index(level)] = np.log2(value)
        weights[name] = replace(weights[name], m=m)
    return replace(model, weights=weights)


def rewritten(text: str, trained: Trained, on: str) -> str:
    """Return the text of a model file with trained figures put in, and what they came from."""
    section = ""
    lines = []
    for line in text.splitlines():
        section = line.strip("[] ") if line.startswith("[") else section
        level = line.split("=")[0].strip()
        if level in trained.get(section, {}):
            line = re.sub(r"m = [0-9.e-]+", f"m = {trained[section][level]:.6f}", line)
        if level == "trained_on":
            line = f'trained_on = "without labels, on {on}"'
        lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
