"""The weights, read from `model.toml`: one file for a list of millions and for one child."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from onroll.matching.comparison.name_levels import NameLevel
from onroll.matching.records.arrays import Floats

LEVELS: dict[str, tuple[str, ...]] = {
    "forename": tuple(level.name.lower() for level in NameLevel),
    "surname": tuple(level.name.lower() for level in NameLevel),
    "middle": ("missing", "different", "initial", "same"),
    "dob": ("missing", "far", "different", "parts", "digit", "swapped", "equal"),
    "sex": ("missing", "different", "same", "named_different", "named_same"),
    "upn": ("missing", "two_valid", "other", "typo", "weak_equal", "former", "equal"),
    "numbers": ("missing", "different", "equal"),
    "home": ("missing", "different", "district", "near", "contact", "postcode", "address"),
    "time": ("missing", "overlaps", "apart", "meets"),
}
"""The levels of each comparison, by number; `missing` says nothing either way."""

SHARED = frozenset({"home", "time"})
"""What another child of the home would share as much as the child: `q` is `m`."""

BY_COUNT = frozenset(
    {
        ("forename", "variant"),
        ("forename", "exact"),
        ("surname", "variant"),
        ("surname", "exact"),
        ("dob", "equal"),
        ("home", "postcode"),
        ("home", "address"),
    }
)
"""Levels whose `u` comes from counting in the right-hand list."""


class BadModel(ValueError):
    """A model file that lacks a figure, or has one that cannot be."""


@dataclass(frozen=True)
class Weights:
    """The figures of one comparison as powers of two, by level."""

    m: Floats
    u: Floats
    q: Floats


@dataclass(frozen=True)
class Model:
    """A model file: the figures of all comparisons, what is known beforehand, the thresholds."""

    version: str
    trained_on: str
    weights: Mapping[str, Weights]
    prior: Mapping[str, float]
    answers: Mapping[str, float]
    calibration: Mapping[str, tuple[float, float]]
    by_hand: Mapping[str, frozenset[str]]
    """By comparison the figures, as `level.m`, that no training reached."""


@cache
def shipped() -> Model:
    """Return the model that comes with the package."""
    return read_model((files("onroll.matching") / "model.toml").read_text("utf-8"))


def load(path: Path) -> Model:
    """Return the model in a file; raises `BadModel` with a sentence."""
    return read_model(path.read_text("utf-8"))


def read_model(text: str) -> Model:
    """Return a model from the text of its file. A level without figures is refused, not guessed."""
    table = tomllib.loads(text)
    return Model(
        version=str(table["version"]),
        trained_on=str(table["trained_on"]),
        weights={name: _weights(name, table.get(name, {})) for name in LEVELS},
        prior=table["prior"],
        answers=table["answers"],
        calibration={name: (pair[0], pair[1]) for name, pair in table["calibration"].items()},
        by_hand={name: _by_hand(name, table) for name in LEVELS},
    )


def figures_of(comparison: str) -> list[tuple[str, str]]:
    """Return the levels of a comparison with the figures the file has for each."""
    return [
        (level, which)
        for level in LEVELS[comparison][1:]
        for which in ("m", "u", "q")
        if not (which == "u" and (comparison, level) in BY_COUNT)
        and not (which == "q" and comparison in SHARED)
    ]


def _by_hand(comparison: str, table: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """A figure that was neither trained nor set on purpose is a default nobody looked at."""
    trained, by_hand = (
        frozenset(table.get(section, {}).get(comparison, ())) for section in ("trained", "by_hand")
    )
    every = {f"{level}.{which}" for level, which in figures_of(comparison)}
    if unknown := sorted(every ^ (trained | by_hand)):
        raise BadModel(
            f"The model does not say of `{comparison}` whether {', '.join(unknown)} was trained or"
            " set by hand."
        )
    return by_hand


def _weights(comparison: str, table: Mapping[str, Mapping[str, Any]]) -> Weights:
    m, u, q = [0.0], [0.0], [0.0]
    for level in LEVELS[comparison][1:]:
        figures = table.get(level, {})
        m.append(_power(comparison, level, figures, "m"))
        is_counted = (comparison, level) in BY_COUNT
        u.append(0.0 if is_counted else _power(comparison, level, figures, "u"))
        q.append(m[-1] if comparison in SHARED else _power(comparison, level, figures, "q"))
    return Weights(np.array(m), np.array(u), np.array(q))


def _power(comparison: str, level: str, figures: Mapping[str, Any], name: str) -> float:
    value = figures.get(name)
    if not isinstance(value, int | float) or value <= 0:
        raise BadModel(f"The model has no `{name}` for the level `{level}` of `{comparison}`.")
    return math.log2(value)
