"""A deterministic cascade as data teams write it: rules of equal columns, strictest first."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from bench.linking.database import connect
from bench.linking.judging import NOBODY, Bools, Floats, Ints, Links
from bench.linking.sets import Made, Row, Same

RULES = (
    ("upn",),
    ("uln",),
    ("forename", "surname", "dob"),
    ("forename", "dob", "postcode"),
    ("surname", "dob", "sex", "postcode"),
    ("forename", "surname", "postcode"),
)
"""Rules with a column that a list lacks are left out, unless it is the sex."""


def link(made: Made) -> Links:
    """Link each left record to the one right record of the first rule that fits."""
    left, right, rule = _pairs(made.left, made.right)
    first = np.full(len(made.left), len(RULES))
    np.minimum.at(first, left, rule)
    at_first = rule == first[left]
    times = np.bincount(left[at_first], minlength=len(made.left))
    alone = at_first & (times[left] == 1)
    partner, score = np.full(len(made.left), NOBODY), np.full(len(made.left), -np.inf)
    partner[left[alone]], score[left[alone]] = right[alone], -rule[alone]
    return Links(partner, score, is_linked=partner != NOBODY, is_unsure=times > 1)


def pairs_within(same: Same) -> tuple[Floats, Bools]:
    """Return the score of each pair that fits a rule, and whether it is a true pair."""
    left, right, rule = _pairs(same.rows, same.rows)
    is_first = left < right
    left, right, rule = left[is_first], right[is_first], rule[is_first]
    return -rule.astype(float), same.person[left] == same.person[right]


def _pairs(left: list[Row], right: list[Row]) -> tuple[Ints, Ints, Ints]:
    """Return the positions in both lists and the first rule that pairs them."""
    columns = as_columns([*left, *right])
    connection = connect()
    connection.register("l", as_table(left, columns))
    connection.register("r", as_table(right, columns))
    joins = " union all ".join(
        f"select l.n as l, r.n as r, {n} as rule from l join r using ({', '.join(rule)})"
        for n, rule in enumerate(_rules(columns))
    )
    table = connection.execute(
        f"select l, r, min(rule) as rule from ({joins}) group by l, r order by l, r"
    ).fetchnumpy()
    return table["l"], table["r"], table["rule"]


def _rules(columns: list[str]) -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        names = tuple(name for name in rule if name != "sex" or name in columns)
        if set(names) <= set(columns):
            yield names


def as_columns(rows: list[Row]) -> list[str]:
    """Return the columns that any row fills."""
    return [name for name in rows[0] if any(row[name] for row in rows)]


def as_table(rows: list[Row], columns: list[str]) -> pa.Table:
    """Return rows as a table with their position `n`; empty values are null."""
    texts = {name: pa.array([row[name] or None for row in rows], pa.string()) for name in columns}
    return pa.table({"n": pa.array(range(len(rows)), pa.int64()), **texts})
