"""The matcher's own levels, trained by Splink on DuckDB without labels.

Splink sees two tables of whole numbers and, for each comparison, a function that says which level
two records reach: the very function that links them later. It draws pairs of strangers for `u` and
finds `m` by expectation maximisation over several blocks. What it leaves untrained it says.
"""

import logging
import warnings
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from duckdb import func
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.comparison.vectors import ComparisonVectors, compare_pairs
from onroll.matching.frequencies.of_list import count
from onroll.matching.model import LEVELS, Model
from onroll.matching.records.arrays import Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names

SEED = 20250901
STRANGERS = 4e5
"""So many pairs of strangers are drawn."""
KEPT = 400
"""Answers of the function for so many batches of pairs are kept: Splink asks level by level."""

BLOCKS = (("dob",), ("forename", "surname", "postcode"), ("upn",))
"""What the pairs of each round of training share. A comparison is not trained where it is shared,
so that each must be left out of at least one (matching.md 6, traps)."""
SHARED_BY = {
    "forename": "forename",
    "surname": "surname",
    "middle": "",
    "dob": "dob",
    "sex": "",
    "upn": "upn",
    "numbers": "",
    "home": "postcode",
    "time": "",
}
"""The column that makes a comparison agree when it is blocked on."""

Trained = dict[str, dict[str, dict[str, float]]]
"""`m` and `u` of the levels that were trained, by comparison and level."""


class Untrained(ValueError):
    """Training could not reach a whole comparison; the message says which."""


@dataclass(frozen=True)
class Lists:
    """Two lists to train on."""

    left: Columns
    right: Columns
    names: Names


def train(lists: Lists, model: Model, blocks: Sequence[Sequence[str]] = BLOCKS) -> Trained:
    """Return what Splink makes of two lists; raises `Untrained`.

    `model` gives the figures that it starts from.
    """
    comparisons_stated = [name for name in LEVELS if _is_said(lists, name)]
    for name in comparisons_stated:
        if all(SHARED_BY[name] in block for block in blocks):
            raise Untrained(
                f"Every round of training shares the {SHARED_BY[name]}, so that `{name}` would be"
                " left as it was. Add a block without it."
            )
    logging.getLogger("splink").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = _linker(lists, comparisons_stated, model)
        training = linker.training
        training.estimate_u_using_random_sampling(STRANGERS, seed=SEED, min_count_per_level=None)
        for block in blocks:
            if _pairs_share(lists, block):
                training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    return _without_matches(_figures(linker), model.prior["present"] / max(1, len(lists.right)))


def _without_matches(trained: Trained, matches: float) -> Trained:
    """Take the children themselves out of `u`: Splink draws them among its strangers too.

    `matches` is how large a share of all pairs they are: little in long lists, much in short ones.
    """
    return {
        name: {
            level: figures | _strangers(figures, matches) for level, figures in levels_of.items()
        }
        for name, levels_of in trained.items()
    }


def _strangers(figures: Mapping[str, float], matches: float) -> dict[str, float]:
    if "u" not in figures:
        return {}
    alone = (figures["u"] - matches * figures.get("m", 0.0)) / (1 - matches)
    return {"u": alone} if alone > 0 else {}


def _is_said(lists: Lists, name: str) -> bool:
    every = {
        "forename": ("forename",), "surname": ("surname",), "middle": ("middle_names",),
        "dob": ("dob",), "sex": ("sex",), "upn": ("upn",), "numbers": ("uln", "nhs_number"),
        "home": ("postcode", "address"), "time": ("starts", "ends"),
    }  # fmt: skip
    sides = lists.left, lists.right
    return any(all(getattr(side, field).any() for side in sides) for field in every[name])


def _pairs_share(lists: Lists, block: Sequence[str]) -> bool:
    return all(getattr(side, name).any() for side in (lists.left, lists.right) for name in block)


def _linker(lists: Lists, comparisons_stated: Sequence[str], model: Model) -> Linker:
    connection = duckdb.connect()
    connection.execute("set threads = 1")  # The sample of strangers hangs on the order of rows.
    answers = _Asked(lists)
    for name in comparisons_stated:
        connection.create_function(
            f"level_of_{name}",
            answers.level_of(name),
            ["BIGINT"] * 4,
            "BIGINT",
            type=func.ARROW,
            null_handling=func.SPECIAL,
        )
    database = DuckDBAPI(connection)
    tables = [
        database.register(_table(lists, side, first), dataset_display_name=name)
        for side, first, name in (
            (lists.left, 0, "lefts"),
            (lists.right, len(lists.left), "rights"),
        )
    ]
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="n",
        probability_two_random_records_match=model.prior["present"] / max(1, len(lists.right)),
        comparisons=[_comparison(name, model) for name in comparisons_stated],
        retain_intermediate_calculation_columns=False,
        max_iterations=40,
    )
    return Linker(tables, settings)


def _table(lists: Lists, side: Columns, first: int) -> pa.Table:
    keyed = KeyedList(side, lists.names)
    columns = {
        "n": np.arange(first, first + len(side)),
        "forename": keyed.forename,
        "surname": keyed.surname,
        "dob": side.dob,
        "postcode": side.postcode,
        "upn": side.upn,
        "none": np.zeros(len(side), np.int64),
    }
    return pa.table(
        {
            name: pa.array(values, mask=None if name in ("n", "none") else values == 0)
            for name, values in columns.items()
        }
    )


def _comparison(name: str, model: Model) -> Any:
    """Return a comparison of our levels, the commonest among strangers asked about first."""
    column = SHARED_BY[name] or "none"
    call = f"level_of_{name}(n_l, n_r, {column}_l, {column}_r)"
    weights = model.weights[name]
    order = sorted(range(1, len(LEVELS[name])), key=lambda level: -weights.u[level])
    missing = levels.CustomLevel(f"{call} = 0", "missing").configure(is_null_level=True)
    made: list[Any] = [missing]
    for level in order[:-1]:
        custom_level = levels.CustomLevel(f"{call} = {level}", LEVELS[name][level])
        made.append(custom_level.configure(m_probability=float(2.0 ** weights.m[level])))
    last = levels.ElseLevel().configure(label_for_charts=LEVELS[name][order[-1]])
    made.append(last.configure(m_probability=float(2.0 ** weights.m[order[-1]])))
    return comparisons.CustomComparison(output_column_name=name, comparison_levels=made)


class _Asked:
    """Says which levels pairs reach, keeping the last answers."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._known = count(lists.right, lists.names)
        self._kept: OrderedDict[bytes, ComparisonVectors] = OrderedDict()
        self._lock = Lock()

    def level_of(self, name: str) -> Callable[[pa.Array, pa.Array, pa.Array, pa.Array], pa.Array]:
        """Return a function of places, left and right, and of what Splink blocks on."""

        def level(a: pa.Array, b: pa.Array, _: pa.Array, __: pa.Array) -> pa.Array:
            vectors = self._compared(a.to_numpy(), b.to_numpy())
            return pa.array(getattr(vectors, name).astype(np.int64))

        return level

    def _compared(self, a: Ints, b: Ints) -> ComparisonVectors:
        key = a.tobytes() + b.tobytes()
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        left, right = np.minimum(a, b), np.maximum(a, b) - len(self._lists.left)
        lists = self._lists
        vectors = compare_pairs(
            lists.left.take(left), lists.right.take(right), lists.names, self._known
        )
        with self._lock:
            self._kept[key] = vectors
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return vectors


def _figures(linker: Linker) -> Trained:
    """Return the figures of levels that Splink calls trained; others keep what they had."""
    model = linker.misc.save_model_to_json(None)
    trained: dict[str, dict[str, dict[str, float]]] = {}
    for comparison in model["comparisons"]:
        of_levels = trained.setdefault(comparison["output_column_name"], {})
        for level in comparison["comparison_levels"]:
            figures = {
                name[0]: level[name]
                for name in ("m_probability", "u_probability")
                if level.get(name)
            }
            if figures and not level.get("is_null_level"):
                of_levels[level["label_for_charts"]] = figures
    return trained
