"""Train the weights without labels: `python -m onroll.matching.training.train LEFT RIGHT`.

`m`, the child, and `u`, a stranger, come from Splink (`on_splink`). `q`, another child of the same
home, is counted: two children of one home on one roll are never the same child. Each figure is
drawn half way from the one set beforehand, since any lists to train on are made by somebody. A
level too seldom seen keeps its figure and is named in the model as set by hand, so that none is
left with a default (matching.md 6, traps). Needs the packages of `onroll[train]`.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from onroll.matching.blocking.candidates import candidate_pairs
from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.rules import HOUSEHOLD_RULES
from onroll.matching.comparison.dates import DOB_EQUAL
from onroll.matching.comparison.homes import HOME_CONTACT
from onroll.matching.comparison.name_levels import NameLevel
from onroll.matching.comparison.vectors import ComparisonVectors, compare_pairs
from onroll.matching.files.reading import connect, read_list
from onroll.matching.files.sources import CannotRead
from onroll.matching.frequencies.of_list import count
from onroll.matching.model import BY_COUNT, LEVELS, SHARED, Model, figures_of, read_model
from onroll.matching.records.names import Names
from onroll.matching.training.on_splink import Lists, Trained, Untrained, train

Figures = dict[str, dict[str, dict[str, float]]]
"""By comparison, level and `m`, `u` or `q`."""

BY_HAND: Mapping[str, str] = {
    "sex": "it hangs on the forename, which Splink takes to be independent of it",
    "numbers": "no list to train on has such numbers",
    "time": "no list to train on has such dates",
    "home": "pairs are found by their home too, so that those who moved would count too little",
    "middle": "middle names of made lists are never in error",
}
"""Comparisons that are never trained, and why."""
U_TRAINED = ("forename", "surname", "dob")
FEWEST = 25
"""A level seen in fewer pairs of brothers and sisters is not counted."""
HALF = 0.5


def main(argv: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        "python -m onroll.matching.training.train", description=__doc__
    )
    parser.add_argument("left", type=Path)
    parser.add_argument("right", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path(__file__).with_name("beforehand.toml"))
    args = parser.parse_args(argv)
    names, connection = Names(), connect()
    text = args.model.read_text("utf-8")
    try:
        left = read_list(args.left, "lefts", names, connection).columns
        right = read_list(args.right, "rights", names, connection).columns
        figures = trained(Lists(left, right, names), read_model(text))
    except (CannotRead, Untrained) as error:
        sys.stderr.write(f"train: {error}\n")
        return 1
    text = rewritten(text, figures, f"{len(left):,} and {len(right):,} records, by Splink")
    read_model(text)
    args.out.write_text(text, "utf-8")
    return 0


def trained(lists: Lists, model: Model) -> Figures:
    """Return the figures that training changes, drawn half way to what it found."""
    by_splink = train(lists, model)
    brothers = counted(lists)
    figures: Figures = {}
    for name in LEVELS:
        if name in BY_HAND:
            continue
        for number, level in enumerate(LEVELS[name][1:], 1):
            level_figures = _found(by_splink, brothers, name, level)
            weights = model.weights[name]
            before = {"m": weights.m, "u": weights.u, "q": weights.q}
            figures.setdefault(name, {})[level] = {
                which: float(HALF * value + (1 - HALF) * 2.0 ** before[which][number])
                for which, value in level_figures.items()
            }
    return figures


def _found(by_splink: Trained, brothers: Figures, name: str, level: str) -> dict[str, float]:
    figures = dict(by_splink.get(name, {}).get(level, {}))
    if name not in U_TRAINED or (name, level) in BY_COUNT:
        figures.pop("u", None)
    elif name == "dob" and level in ("parts", "digit", "swapped") and "u" in figures:
        # The file has these as multiples of the chance of one birthday.
        figures["u"] /= by_splink["dob"]["equal"]["u"]
    if name not in SHARED:
        figures |= brothers.get(name, {}).get(level, {})
    return figures


def counted(lists: Lists) -> Figures:
    """Return how often children of one home on the right-hand list reach each level."""
    everybody = KeyedList(lists.right, lists.names)
    pairs = candidate_pairs(everybody, everybody, HOUSEHOLD_RULES)
    pairs = pairs.take(np.flatnonzero(pairs.left < pairs.right))
    sides = lists.right.take(pairs.left), lists.right.take(pairs.right)
    compared = compare_pairs(*sides, lists.names, count(lists.right, lists.names))
    compared = compared.take(np.flatnonzero(_are_of_one_home(compared)))
    figures: Figures = {}
    for name in LEVELS:
        levels = getattr(compared, name)
        level_counts = np.bincount(levels, minlength=len(LEVELS[name]))[1:]
        for level, times in zip(LEVELS[name][1:], level_counts.tolist(), strict=True):
            if times >= FEWEST:
                figures.setdefault(name, {})[level] = {"q": times / int(level_counts.sum())}
    return figures


def _are_of_one_home(
    compared: ComparisonVectors,
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Say which are two children of a home, and not one child twice."""
    twice = (compared.forename >= NameLevel.VARIANT) & (compared.dob == DOB_EQUAL)
    flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (
        compared.home >= HOME_CONTACT
    ) & ~twice
    return flags


def rewritten(text: str, figures: Figures, on: str) -> str:
    """Return the text of a model file with trained figures put in, and what they came from."""
    section, lines = "", []
    for line in text.splitlines():
        section = line.strip("[] ") if line.startswith("[") else section
        level = line.split("=")[0].strip()
        if section in ("trained", "by_hand") and level in LEVELS:
            line = f"{level} = {json.dumps(_named(level, figures, section))}"
        elif level in figures.get(section, {}):
            for which, value in figures[section][level].items():
                line = re.sub(rf"\b{which} = [0-9.e-]+", f"{which} = {value:.4g}", line)
        elif level == "trained_on":
            line = f'trained_on = "without labels, on {on}"'
        lines.append(line)
    return "\n".join(lines) + "\n"


def _named(name: str, figures: Figures, section: str) -> list[str]:
    """Return the figures of a comparison that training reached, or did not."""
    level_figures = figures.get(name, {})
    return [
        f"{level}.{which}"
        for level, which in figures_of(name)
        if (which in level_figures.get(level, {})) == (section == "trained")
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
