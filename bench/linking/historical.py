"""historical_50k: 50,578 records of 5,156 people in history, from the makers of Splink."""

import os
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from bench.figures import Figure
from bench.linking import cascade, drawing, plain_splink
from bench.linking.judging import OfPairs, judge_pairs
from bench.linking.measure import pairs_within
from bench.linking.part import PAIR_HEADS, Part, Tabled, share
from bench.linking.sets import Row, Same

TITLE = "A public set of pairs: historical_50k"
ABOUT = """\
One list of 50,578 records of 5,156 people, 3 to 21 records each, by others (MIT licence): people of
history with names, titles, nicknames and birthdays in every form. Every one of its pairs is asked
about. One person has many rows, so there is no competition: the weight of a pair is the one before
it. A record and itself are no pair, and two records are one pair, not two. True pairs that were
never compared count against the recall. Onroll reads names, the middle ones out of the full
name, birthday, sex and postcode; Splink, as in the example its makers give for this set, also the
place of birth and the occupation, for which Onroll has no column."""
VARIABLE = "ONROLL_BENCH_HISTORICAL"
ABSENT = (
    "historical_50k is not measured: it is not part of Onroll. Get historical_figures_with_errors"
    f"_50k.parquet from moj-analytical-services/splink_datasets and name it with --historical PATH"
    f" or {VARIABLE}."
)
F1, STRICT = 0.78, 0.45
TITLES = (
    "sir", "lord", "lady", "baron", "baronet", "bt", "earl", "viscount", "count", "duke", "of",
    "the", "1st", "2nd", "3rd", "4th",
)  # fmt: skip
BLOCKS = (
    ("substr(forename, 1, 3)", "substr(surname, 1, 4)"),
    ("surname", "dob"),
    ("forename", "dob"),
    ("forename", "postcode"),
    ("surname", "postcode"),
    ("dob", "birth_place"),
    ("dob", "substr(postcode, 1, 3)"),
    ("forename", "substr(postcode, 1, 3)"),
    ("surname", "substr(postcode, 1, 3)"),
    ("substr(forename, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
)
SERIES = ("best F1", "R@P.999", "compared")
SCALE = drawing.Scale({f"{n / 10:g}": n / 10 for n in range(11)})


def path_of(option: Path | None) -> Path | None:
    """Return where the set lies, by the option or the environment, if it is there."""
    named = option or Path(os.environ.get(VARIABLE, ""))
    return named if named.is_file() else None


def run(*, quick: bool, path: Path) -> Part:
    """Judge all methods on the set; in short, on its first 5,000 records."""
    same = _read(path, 5_000 if quick else None)
    total = same.true_pairs
    judged = {
        "Onroll": judge_pairs(*pairs_within(same), total),
        "Splink": judge_pairs(*plain_splink.pairs_within(same, BLOCKS), total),
        "Cascade": judge_pairs(*cascade.pairs_within(same), total),
    }
    rows = [(method, *map(share, pairs.shares)) for method, pairs in judged.items()]
    return Part(
        about=ABOUT,
        data=f"Data: {len(same.rows):,} records, {total:,} true pairs; nothing is drawn but"
        f" Splink's sample (seed {plain_splink.SEED}).",
        figures=_aims(judged),
        tables=[Tabled("Every method:", ("Method", *PAIR_HEADS), rows)],
        drawings={"matching_historical.svg": _drawn(judged)},
    )


def _read(path: Path, most: int | None) -> Same:
    limit = f"limit {most}" if most else ""
    columns = "unique_id, cluster, first_name, surname, dob, gender, postcode_fake, full_name"
    rows = duckdb.execute(
        f"select {columns}, birth_place, occupation from read_parquet(?) {limit}", [str(path)]
    ).fetchall()
    person = np.unique([row[1] for row in rows], return_inverse=True)[1]
    days = np.array([_day(row[4] or "") for row in rows])
    return Same("historical_50k", [row_of(*map(_text, row)) for row in rows], person, days)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def row_of(key: str, _: str, forename: str, surname: str, dob: str, sex: str, postcode: str,
            full_name: str, birth_place: str, occupation: str) -> Row:  # fmt: skip
    """Return a row of the set, its columns as they lie in the file, as a row of ours."""
    return {
        "id": key,
        "forename": forename,
        "surname": surname,
        "middle_names": _middle_names(full_name, forename, surname),
        "dob": dob,
        "sex": {"male": "M", "female": "F"}.get(sex, ""),
        "postcode": postcode,
        "birth_place": birth_place,
        "occupation": occupation,
    }


def _middle_names(full_name: str, forename: str, surname: str) -> str:
    """Return what the full name says besides, but for titles and what follows a comma."""
    words = full_name.partition(",")[0].split()
    return " ".join(word for word in words if word not in {forename, surname, *TITLES})


def _day(text: str) -> int:
    """Return 18500131 for a day there was, of any century; else nought, as the command does."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return 0
    return day.year * 10_000 + day.month * 100 + day.day


def _aims(judged: dict[str, OfPairs]) -> list[Figure]:
    onroll, splink = judged["Onroll"], judged["Splink"]
    two = (
        ("Pairs: best F1", onroll.best_f1, splink.best_f1, F1),
        ("Pairs: R@P.999", onroll.recall_999, splink.recall_999, STRICT),
    )
    return [
        Figure(
            title, share(a), f"plain Splink: {share(b)}", a / b if b else None, f"≥ {aim}", a >= aim
        )
        for title, a, b, aim in two
    ]


def _drawn(judged: dict[str, OfPairs]) -> tuple[str, str]:
    title = "historical_50k: pairs found"
    rows = [
        (method, (pairs.best_f1, pairs.recall_999, pairs.reached))
        for method, pairs in judged.items()
    ]
    return title, drawing.drawn(title, SERIES, rows, SCALE)
