"""The lists the shipped model is trained on: `python -m bench.linking.training FOLDER`.

Three made sets as two lists: a borough, a borough without pupil numbers and with heavy slips, and
English households. Their seeds are used for nothing else.
"""

import sys
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from bench.linking.sets import Made, Row, borough, households
from bench.linking.slips import HEAVY
from onroll.matching.records.columns import FIELDS

SEEDS = 1001, 1002, 1003


def made() -> list[Made]:
    """Return the sets."""
    a, b, c = SEEDS
    return [borough(a), borough(b, upn=False, rates=HEAVY), households(c, homes=6_000)]


def write_lists(folder: Path, sets: list[Made]) -> tuple[Path, Path]:
    """Write sets as two lists; return their paths."""
    left, right = folder / "left.parquet", folder / "right.parquet"
    _write(left, [(n, row) for n, made in enumerate(sets) for row in made.left])
    _write(right, [(n, row) for n, made in enumerate(sets) for row in made.right])
    return left, right


def _write(path: Path, rows: list[tuple[int, Row]]) -> None:
    columns = {name: [row.get(name, "") for _, row in rows] for name in FIELDS if name != "id"}
    ids = [f"{n}-{row['id']}" for n, row in rows]
    parquet.write_table(pa.table({"id": ids, **columns}), path)


if __name__ == "__main__":
    for written in write_lists(Path(sys.argv[1]), made()):
        sys.stdout.write(f"{written}\n")
