"""What Spark runs on each machine: keys of records, and pairs weighed. Rows travel as Arrow."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark import SparkFiles

from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.frequencies.of_list import Frequencies
from onroll.matching.model import Model
from onroll.matching.records.arrays import Ints
from onroll.matching.records.columns import COLUMN_NAMES, Columns, empty_column
from onroll.matching.records.names import Names
from onroll.matching.scoring.candidates import score_batch
from onroll.matching.scoring.explanations import Explanations

LEVELS, POWERS = (
    tuple(f.name for f in fields(ComparisonVectors)),
    tuple(f.name for f in fields(Explanations)),
)
KEYED = "rule short, key long, place long"
WEIGHED = ", ".join(
    ("ours long, theirs long", *(f"{n} byte" for n in LEVELS), *(f"{n} double" for n in POWERS))
)

Batches = Iterable[pa.RecordBatch]


@dataclass(frozen=True)
class Side:
    """One of the two lists as each machine has it."""

    file: str
    said: tuple[str, ...]
    """The columns in the file; nothing is said of others."""
    places: str
    """The file of the places to look at; all, if there is none."""
    size: int


@dataclass(frozen=True)
class Sent:
    """What each machine has been sent for a search."""

    left: Side
    right: Side
    known: str
    """The file of names, counts and weights."""


def keys_of(batches: Batches, side: Side, known: str, rules: Sequence[str]) -> Iterator[Any]:
    """From the numbers of records to their keys by each rule."""
    names, _, _ = _known(SparkFiles.get(known))
    columns = _columns(SparkFiles.get(side.file), side.said)
    for batch in batches:
        places = batch.column(0).to_numpy()
        if side.places:
            places = _array(SparkFiles.get(side.places))[places]
        some = KeyedList(columns.take(places), names)
        for number, parts in enumerate(rules):
            keys = some.key(parts)
            at = np.flatnonzero(keys)
            rule = np.full(len(at), number, np.int16)
            yield pa.RecordBatch.from_arrays(
                [pa.array(rule), pa.array(keys[at].view(np.int64)), pa.array(places[at])],
                ["rule", "key", "place"],
            )


def weigh(batches: Batches, sent: Sent) -> Iterator[Any]:
    """From pairs to those worth keeping, with their levels and how well each explanation fits."""
    names, frequencies, model = _known(SparkFiles.get(sent.known))
    left, right = (
        KeyedList(_columns(SparkFiles.get(side.file), side.said), names)
        for side in (sent.left, sent.right)
    )
    for batch in batches:
        pairs = Pairs(batch.column(0).to_numpy(), batch.column(1).to_numpy())
        scored = score_batch(pairs, left, right, frequencies, model)
        yield pa.RecordBatch.from_arrays(
            [
                pa.array(scored.pairs.left),
                pa.array(scored.pairs.right),
                *(pa.array(getattr(scored.compared, name)) for name in LEVELS),
                *(pa.array(getattr(scored.scored, name)) for name in POWERS),
            ],
            ["ours", "theirs", *LEVELS, *POWERS],
        )


@lru_cache(2)
def _known(path: str) -> tuple[Names, Frequencies, Model]:
    with Path(path).open("rb") as file:
        found: tuple[Names, Frequencies, Model] = pickle.load(file)
    return found


@lru_cache(4)
def _columns(path: str, column_names: tuple[str, ...]) -> Columns:
    table = _array(path)
    rows = dict(zip(column_names, table, strict=True))
    return Columns(**{name: rows.get(name, empty_column(table.shape[1])) for name in COLUMN_NAMES})


@lru_cache(8)
def _array(path: str) -> Ints:
    return np.asarray(np.load(path, mmap_mode="r"))
