"""The same search on Spark, for lists that would keep one machine busy for long.

Spark finds the pairs that share a key, and gives up the same keys as `blocking.candidates`. The
pairs are compared and scored by the very same functions, in Python on each machine. What those need
goes to each machine once, as files that its processes map into memory and share: the lists as
columns of whole numbers (nine million children are 72 MB a column). Only pairs worth keeping come
back, in the same order, and children compete for records where the command runs, as ever.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import functions as sql

from onroll.matching.blocking.candidates import CROWD, cost_limit
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.blocking.rules import pair_budget, rules_for_sizes
from onroll.matching.blocking.search import Search
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.frequencies.of_list import Frequencies
from onroll.matching.model import Model
from onroll.matching.records.arrays import Ints
from onroll.matching.records.columns import COLUMN_NAMES, Columns
from onroll.matching.scoring.candidates import ScoredPairs
from onroll.matching.scoring.explanations import Explanations
from onroll.matching.spark.session import session
from onroll.matching.spark.tasks import KEYED, LEVELS, POWERS, WEIGHED, Sent, Side, keys_of, weigh

ROWS_EACH, KEYS_EACH = 200_000, 4_000_000
"""A task makes the keys of so many records, and joins so many keys."""
KEY = ["rule", "key"]


@contextmanager
def on_spark() -> Iterator["OnSpark"]:
    """Start Spark for as long as it is needed; no file is left behind."""
    with TemporaryDirectory(prefix="onroll-spark-") as name, session(Path(name)) as spark:
        yield OnSpark(spark, Path(name))


class OnSpark:
    """The engine on a Spark session."""

    def __init__(self, spark: Any, folder: Path) -> None:
        self._spark = spark
        self._folder = folder
        self._sent: dict[int, tuple[object, str]] = {}

    def score(self, search: Search, frequencies: Frequencies, model: Model) -> ScoredPairs:
        """Return the pairs in the order of the left and then of the right list."""
        lefts, rights = search.sizes
        rules = rules_for_sizes(search.rules, lefts, rights)
        tasks = self._spark.sparkContext.defaultParallelism
        tasks += len(rules) * (lefts + rights) // KEYS_EACH
        self._spark.conf.set("spark.sql.shuffle.partitions", str(tasks))
        sent = self._send(search, frequencies, model)
        left_keys = self._keys(sent.left, sent, [rule.left for rule in rules])
        right_keys = self._keys(sent.right, sent, [rule.right or rule.left for rule in rules])
        sizes = _sizes(left_keys, right_keys).persist()
        limits = _limits(sizes, len(rules), pair_budget(lefts, rights))
        usable_keys = sizes.where(sizes.cost < sql.array(*map(sql.lit, limits))[sizes.rule])
        pairs = (
            left_keys.withColumnRenamed("place", "ours")
            .join(usable_keys.select(*KEY), KEY)
            .join(right_keys.withColumnRenamed("place", "theirs"), KEY)
            .select("ours", "theirs")
            .distinct()
        )
        scored = pairs.mapInArrow(partial(weigh, sent=sent), WEIGHED).toArrow()
        sizes.unpersist()
        return _in_order(scored, search.weighed)

    def _keys(self, side: Side, sent: Sent, rules: Sequence[str]) -> Any:
        tasks = self._spark.sparkContext.defaultParallelism + side.size // ROWS_EACH
        rows = self._spark.range(0, side.size, 1, tasks)
        made = partial(keys_of, side=side, known=sent.known, rules=rules)
        return rows.mapInArrow(made, KEYED)

    def _send(self, search: Search, frequencies: Frequencies, model: Model) -> Sent:
        def pickled(path: Path) -> None:
            with path.open("wb") as file:
                pickle.dump((search.left.names, frequencies, model), file, pickle.HIGHEST_PROTOCOL)

        lefts, rights = search.sizes
        return Sent(
            self._side(search.left.columns, search.left_places, lefts),
            self._side(search.right.columns, search.right_places, rights),
            self._file(frequencies, pickled),
        )

    def _side(self, columns: Columns, places: Ints | None, size: int) -> Side:
        column_names = tuple(
            name for name in COLUMN_NAMES if getattr(columns, name).strides != (0,)
        )
        file = self._file(columns, partial(_write_columns, columns, column_names))
        if places is None:
            return Side(file, column_names, "", size)
        return Side(file, column_names, self._file(places, partial(_write, places)), size)

    def _file(self, thing: object, write: Callable[[Path], None]) -> str:
        """Send something to each machine, once; return the name of its file there."""
        if id(thing) not in self._sent:
            path = self._folder / f"sent-{len(self._sent)}"
            write(path)
            self._spark.sparkContext.addFile(str(path))
            self._sent[id(thing)] = thing, path.name
        return self._sent[id(thing)][1]


def _write(array: Ints, path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, array)


def _write_columns(columns: Columns, column_names: Sequence[str], path: Path) -> None:
    shape = len(column_names), len(columns)
    table = np.lib.format.open_memmap(path, mode="w+", dtype=np.int64, shape=shape)
    for n, name in enumerate(column_names):
        table[n] = getattr(columns, name)
    table.flush()


def _sizes(left_keys: Any, right_keys: Any) -> Any:
    """Return the keys of both sides that are not too crowded, with how many pairs they bring."""
    counted = (
        left_keys.select(*KEY, sql.lit(1).alias("ours"), sql.lit(0).alias("theirs"))
        .union(right_keys.select(*KEY, sql.lit(0), sql.lit(1)))
        .groupBy(*KEY)
        .agg((sql.sum("ours") * sql.sum("theirs")).alias("cost"))
    )
    return counted.where(counted.cost.between(1, CROWD))


def _limits(sizes: Any, rules: int, budget: int) -> list[int]:
    """Return for each rule the cost from which its keys are given up."""
    key_counts = sizes.groupBy("rule", "cost").agg(sql.count("*").alias("keys")).toArrow()
    rule, cost, keys = (key_counts.column(n).to_numpy() for n in ("rule", "cost", "keys"))
    return [
        cost_limit(cost[rule == n], cost[rule == n] * keys[rule == n], budget) for n in range(rules)
    ]


def _in_order(scored: pa.Table, weighed: Pairs) -> ScoredPairs:
    """Return the pairs that came back, sorted, without those weighed already."""
    left_places, right_places = (scored.column(name).to_numpy() for name in ("ours", "theirs"))
    order = np.lexsort((right_places, left_places))
    pairs = Pairs(left_places[order], right_places[order])
    width = max(int(pairs.right.max(initial=0)), int(weighed.right.max(initial=0))) + 1
    again = np.isin(pairs.left * width + pairs.right, weighed.left * width + weighed.right)
    order = order[~again]
    return ScoredPairs(
        pairs.take(np.flatnonzero(~again)),
        ComparisonVectors(**{name: scored.column(name).to_numpy()[order] for name in LEVELS}),
        Explanations(**{name: scored.column(name).to_numpy()[order] for name in POWERS}),
    )
