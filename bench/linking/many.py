"""Lists of any size, written as Parquet, with children of one home, for times and memory only."""

from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet

from bench.linking.sets import english_names

_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))


def write(folder: Path, size: int, leavers: int, seed: int = 1) -> tuple[Path, Path, Path]:
    """Write an old roll, a new roll without a fifth of it, and some leavers of the old one."""
    rng = np.random.default_rng(seed)
    forenames, surnames = map(np.array, english_names(Random(seed)))
    home = np.arange(size) * 10 // 17
    per_home = rng.random((int(home[-1]) + 1, 3))
    people = {
        "forename": forenames[_skewed(rng.random(size), 2.2, len(forenames))],
        "surname": surnames[_skewed(per_home[home, 0], 2.5, len(surnames))],
        "dob": np.datetime64("2007-09-01") + (rng.random(size) * 5840).astype(int),
        "sex": np.where(rng.random(size) < 0.5, "F", "M"),
        "door": (per_home[home, 1] * 120).astype(int) + 1,
        "post": (per_home[home, 2] * max(50, size // 25)).astype(int),
        "home": home,
    }
    kept = rng.random(size) < 0.8
    left = rng.random(size) < leavers / size
    old = _table("L", people, rng)
    paths = folder / "old.parquet", folder / "new.parquet", folder / "left.parquet"
    parquet.write_table(old, paths[0])
    parquet.write_table(_table("R", people, rng).filter(pa.array(kept)), paths[1])
    parquet.write_table(old.filter(pa.array(left)), paths[2])
    return paths


def _skewed(chance: np.ndarray, power: float, number: int) -> np.ndarray:
    return (chance**power * number).astype(int)


def _table(side: str, people: dict[str, np.ndarray], rng: np.random.Generator) -> pa.Table:
    size = len(people["dob"])
    number = np.arange(size)

    def slipped(names: np.ndarray) -> np.ndarray:
        cut = np.char.add(names.astype("U2"), np.array([n[3:] for n in names.tolist()]))
        return np.where(rng.random(size) < 0.06, cut, names)

    def text(values: np.ndarray, width: int = 0) -> np.ndarray:
        return np.char.zfill(values.astype(str), width)

    weights = np.arange(2, 14)
    digits = (number[:, None] * 7919 % 10**12 // 10 ** np.arange(11, -1, -1)) % 10
    upn = np.char.add(_LETTERS[(digits * weights).sum(1) % 23], text(number * 7919 % 10**12, 12))
    post = people["post"]
    code = np.char.add("HA", text(post % 90 + 1))
    inward = np.char.add(
        text(post // 90 % 10), np.char.add(_LETTERS[post // 900 % 23], _LETTERS[post // 20700 % 23])
    )
    dob = np.where(rng.random(size) < 0.006, people["dob"] + 30, people["dob"])
    return pa.table(
        {
            "id": np.char.add(side, text(number)),
            "upn": np.where(rng.random(size) < 0.09, "", upn),
            "forename": slipped(people["forename"]),
            "surname": slipped(people["surname"]),
            "dob": compute.cast(pa.array(dob), pa.string()),
            "sex": people["sex"],
            "address": np.char.add(
                text(people["door"]), np.char.add(" ", np.char.add(_LETTERS[post % 23], " Road"))
            ),
            "postcode": np.char.add(code, np.char.add(" ", inward)),
            "phone": np.where(
                rng.random(size) < 0.3, "", np.char.add("07", text(people["home"], 9))
            ),
        }
    )
