"""Splink in the set-up its documentation leads to, trained without labels, as a peer.

Nothing here is tuned: comparisons from its library for the columns that are there, the prior from
deterministic rules, `u` by sampling, `m` by expectation maximisation over two blocks.
"""

import logging
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as compare

from bench.linking.cascade import as_columns, as_table
from bench.linking.database import connect
from bench.linking.judging import Bools, Floats, Ints, Links, best_links
from bench.linking.sets import Made, Row, Same

SEED = 1
PAIRS_SAMPLED = 1e7
USUAL, HIGH = 0.95, 0.999
COMPARISONS: dict[str, Callable[[], Any]] = {
    "dob": lambda: compare.DateOfBirthComparison("dob", input_is_string=True),
    "sex": lambda: compare.ExactMatch("sex"),
    "postcode": lambda: compare.PostcodeComparison("postcode"),
    "address": lambda: compare.JaroWinklerAtThresholds("address"),
    "phone": lambda: compare.ExactMatch("phone"),
    "upn": lambda: compare.ExactMatch("upn"),
    "uln": lambda: compare.ExactMatch("uln"),
    "birth_place": lambda: compare.ExactMatch("birth_place"),
    "occupation": lambda: compare.ExactMatch("occupation"),
}
BLOCKS = (
    ("upn",),
    ("uln",),
    ("dob",),
    ("forename", "surname"),
    ("forename", "postcode"),
    ("surname", "postcode"),
    ("address",),
    ("phone",),
    ("substr(surname, 1, 3)", "substr(forename, 1, 3)"),
)
CERTAIN = (("upn",), ("uln",), ("forename", "surname", "dob"))
"""Rules taken for certain when the prior is worked out; they are guessed to find most pairs."""
CERTAIN_FIND = 0.8
TRAINED_ON = (("dob",), ("forename", "surname"))


Kind = Literal["link_only", "dedupe_only"]


def link(made: Made) -> dict[float, Links]:
    """Link a made set; return the links of each usual threshold."""
    left, right, probability, weight = _predicted([made.left, made.right], "link_only")
    partner, top = best_links(len(made.left), left, right, weight)
    chance = best_links(len(made.left), left, right, probability)[1]
    nobody = np.zeros(len(partner), bool)
    return {
        least: Links(partner, top, is_linked=chance >= least, is_unsure=nobody)
        for least in (USUAL, HIGH)
    }


def pairs_within(same: Same, blocks: Sequence[Sequence[str]] = BLOCKS) -> tuple[Floats, Bools]:
    """Return the weight of each pair of one list, and whether it is true."""
    left, right, _, weight = _predicted([same.rows], "dedupe_only", blocks)
    return weight, same.person[left] == same.person[right]


def _predicted(
    lists: list[list[Row]], kind: Kind, blocks: Sequence[Sequence[str]] = BLOCKS
) -> tuple[Ints, Ints, Floats, Floats]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = _trained(lists, kind, blocks)
        predicted = linker.inference.predict()
    relation = predicted.as_duckdbpyrelation().project(
        "n_l, n_r, match_probability as p, match_weight as w"
    )
    table = relation.order("n_l, n_r").fetchnumpy()
    return table["n_l"], table["n_r"], table["p"], table["w"]


def _trained(lists: list[list[Row]], kind: Kind, blocks: Sequence[Sequence[str]]) -> Linker:
    columns = as_columns(lists[0])
    database = DuckDBAPI(connect())
    tables = [
        database.register(as_table(rows, columns), dataset_display_name=f"list_{n}")
        for n, rows in enumerate(lists)
    ]
    settings = SettingsCreator(
        link_type=kind,
        unique_id_column_name="n",
        comparisons=[
            compare.ForenameSurnameComparison("forename", "surname"),
            *(made() for name, made in COMPARISONS.items() if name in columns),
        ],
        blocking_rules_to_generate_predictions=_blocks(blocks, columns),
    )
    linker = Linker(tables, settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        _blocks(CERTAIN, columns), recall=CERTAIN_FIND
    )
    training.estimate_u_using_random_sampling(max_pairs=PAIRS_SAMPLED, seed=SEED)
    for names in TRAINED_ON:
        training.estimate_parameters_using_expectation_maximisation(block_on(*names))
    return linker


def _blocks(rules: Sequence[Sequence[str]], columns: Sequence[str]) -> list[Any]:
    """Return the rules whose columns are all there."""
    return [block_on(*rule) for rule in rules if {_column(part) for part in rule} <= set(columns)]


def _column(part: str) -> str:
    return part.removeprefix("substr(").partition(",")[0]
