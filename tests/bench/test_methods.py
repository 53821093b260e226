"""The peers and the sets that the published figures rest on, in small."""

import numpy as np
import pytest

from bench.linking import cascade, measure, plain_splink
from bench.linking.febrl import febrl3
from bench.linking.historical import ABSENT, path_of, row_of
from bench.linking.judging import NOBODY, judge_children, judge_pairs
from bench.linking.sets import Made, Row, Same, borough

COLUMNS = ("upn", "forename", "surname", "dob", "sex", "postcode")


def rows(*said: str) -> list[Row]:
    """Rows from texts of columns apart by `|`."""
    return [
        {"id": str(n), **dict(zip(COLUMNS, text.split("|"), strict=True))}
        for n, text in enumerate(said)
    ]


def made(left: list[Row], right: list[Row]) -> Made:
    return Made("small", left, right, None, {}, {}, frozenset())


LEFT = rows(
    "A1|Ada|Byron|2014-01-02|F|HA1 1AA",
    "|Ada|Byron|2014-01-02|F|HA1 1AA",
    "|Cy|Twombly|2014-05-06|M|HA2 2BB",
    "|Eve|Noon|2015-05-05|F|HA3 3CC",
)
RIGHT = rows(
    "A1|Adah|Biron|2014-01-03|F|",
    "|Ada|Byron|2014-01-02|F|HA9 9ZZ",
    "|Cyril|Twombly|2014-05-06|M|HA2 2BB",
    "|Eve|Noon|2015-05-05|F|",
    "|Eve|Noon|2015-05-05|F|",
)


def test_the_cascade_takes_the_surest_rule_that_fits() -> None:
    found = cascade.link(made(LEFT, RIGHT))
    assert found.partner.tolist() == [0, 1, 2, NOBODY]
    assert found.score[0] > found.score[1] > found.score[2]


def test_the_cascade_leaves_two_that_fit_to_a_person() -> None:
    found = cascade.link(made(LEFT, RIGHT))
    assert found.is_unsure.tolist() == [False, False, False, True]
    assert not found.is_linked[3]


def test_what_is_not_said_fits_no_rule() -> None:
    nothing = made(rows("|||||HA1 1AA"), rows("|||||HA1 1AA", "A|B|C|D|F|G"))
    assert cascade.link(nothing).partner.tolist() == [NOBODY]


def test_a_list_of_several_rows_a_person_has_each_pair_once() -> None:
    """Three rows of one person and two of another are 3 + 1 pairs; a row and itself are none."""
    same = Same("small", rows(*["|Ada|Byron|2014-01-02|F|"] * 3, *["|Eve|Noon|2015-05-05|F|"] * 2),
                np.array([1, 1, 1, 2, 2]))  # fmt: skip
    assert same.true_pairs == 4
    for method in (cascade, measure):
        score, is_true = method.pairs_within(same)
        assert (len(score), int(is_true.sum())) == (4, 4)


def test_febrl_3_has_the_pairs_its_makers_say() -> None:
    assert febrl3().true_pairs == 6538


@pytest.fixture(scope="module")
def small() -> Made:
    return borough(7, pupils=600)


def test_all_methods_are_judged_by_one_function_on_one_set(small: Made) -> None:
    truth = measure.truth_of(small)
    ours = judge_children(measure.links_of(measure.run(small)), truth)
    splink = judge_children(plain_splink.link(small)[plain_splink.USUAL], truth)
    rules = judge_children(cascade.link(small), truth)
    assert ours.present == splink.present == rules.present == int((truth != NOBODY).sum())
    assert min(ours.found_shipped, splink.found_shipped, rules.found_shipped) > 0.8
    assert ours.found_at[0.01] >= max(splink.found_at[0.01], rules.found_at[0.01])


def test_our_own_weights_of_pairs_find_the_same_children(small: Made) -> None:
    both = [{**row, "id": f"{side}{row['id']}"} for side in "ab" for row in small.left]
    same = Same("twice", both, np.tile(np.arange(len(small.left)), 2))
    assert judge_pairs(*measure.pairs_within(same), same.true_pairs).best_f1 > 0.95


def test_a_set_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONROLL_BENCH_HISTORICAL", raising=False)
    assert path_of(None) is None
    assert "--historical" in ABSENT


def test_a_person_of_history_has_middle_names_but_no_titles() -> None:
    said = ("Q1-1", "Q1", "thomas", "chudleigh", "1630-08-01", "male", "tq13 8df")
    full = "sir thomas hugh clifford of chudleigh, 1st baron clifford"
    row = row_of(*said, full, "devon", "politician")
    assert row["middle_names"] == "hugh clifford"
    assert row["sex"] == "M"
