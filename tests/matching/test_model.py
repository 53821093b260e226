"""The model file is whole, sane and the same for lists and for one child (matching.md 6)."""

from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.matching.adjudication.scoring import score_record
from onroll.matching.files import cleaning
from onroll.matching.model import LEVELS, SHARED, BadModel, read_model, shipped
from onroll.matching.records import packing as records
from tests.matching.lists import child, run

TEXT = (files("onroll.matching") / "model.toml").read_text("utf-8")


def test_every_level_has_its_figures() -> None:
    for name, levels in LEVELS.items():
        weights = shipped().weights[name]
        assert len(weights.m) == len(weights.u) == len(weights.q) == len(levels)


@pytest.mark.parametrize("level", ["typo ", "swapped", "two_valid", "contact"])
def test_a_level_that_was_never_trained_is_refused(level: str) -> None:
    """Splink gives such a level a default with a warning only (matching.md 6, traps)."""
    without = "\n".join(line for line in TEXT.splitlines() if not line.startswith(level))
    with pytest.raises(BadModel, match="has no"):
        read_model(without)


def test_what_is_frequent_under_each_explanation_adds_up_to_about_one() -> None:
    for name in LEVELS:
        if name == "sex":
            continue
        m = np.exp2(shipped().weights[name].m[1:]).sum()
        assert 0.9 <= m <= 1.15, name


def test_the_home_is_shared_by_the_children_of_a_home() -> None:
    for name in SHARED:
        assert np.array_equal(shipped().weights[name].m, shipped().weights[name].q)


def test_better_agreement_never_weighs_less() -> None:
    for name in ("forename", "surname"):
        weights = shipped().weights[name]
        weight = weights.m - weights.u
        assert weight[1] < weight[3] < weight[6] < weight[9] < weight[10]


def test_thresholds_and_calibration_are_sane() -> None:
    answers = shipped().answers
    assert 0 < answers["new"] < 0.5 < answers["same"] < answers["same_alone"] < 1
    assert all(slope > 0 for slope, _ in shipped().calibration.values())


def test_one_child_is_weighed_as_a_list_of_one_would_be() -> None:
    record, candidate = child(), child(forename="Beatrxi", upn="J310200025001")
    (scoring,) = score_record(record, [candidate])
    reasons = {reason.field: reason.words for reason in scoring.reasons}
    assert reasons["forename"] == "Forename: one letter apart."
    linked = run([{**record, "id": "1"}], [{**candidate, "id": "a"}])
    assert abs(scoring.weight - linked.weight[0]) < 20
    assert scoring.can_link


def test_one_child_without_candidates_has_no_answers() -> None:
    assert score_record(child(), []) == []


TEXTS = st.one_of(
    st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=14),
    st.sampled_from(["HA1 2AB", "ha12ab", "LS1", "2014-03-25", "25/03/2014", "1900-01-01",
                     "25-Mar-2014", "5 march 2014", "31 Feb 2014", "2014-03-25 00:00:00",
                     "Flat 2, 14 High St",
                     "A000000000000", "A99999999999T", "9999999999", "1000000108", "9434765919",
                     "ZZ99 3VZ", "AA1 1AA", "000000000", "J310200025001", "J31020002500T",
                     "020 7946 0000", "+44 7700 900000"]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_sql_cleans_as_python_does(texts: list[str]) -> None:
    checks = {
        "upn": records.pack_upn,
        "postcode": records.pack_postcode,
        "phone": records.pack_phone,
        "uln": records.pack_uln,
        "nhs_number": records.pack_nhs_number,
        "sex": records.pack_sex,
    }
    connection = duckdb.connect()
    for field, clean in checks.items():
        texts_of = cleaning.ready(f"(select unnest(?) as {field}, '' as address)")
        query = f"select {cleaning.NUMBERS[field]} from {texts_of}"
        stripped = [text.strip() for text in texts]
        found = [row[0] for row in connection.execute(query, [stripped]).fetchall()]
        assert found == [clean(text) for text in stripped], field


@pytest.mark.parametrize(
    "text", ["2014-03-05", "05/03/2014", "5 March 2014", "05-Mar-2014", "2014-03-05 00:00:00"]
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert records.pack_date(text) == 20140305


def test_the_command_reads_no_splink_and_no_django() -> None:
    """Splink trains; at run time it would cost seconds and memory."""
    source = Path(str(files("onroll.matching") / "command.py")).read_text("utf-8")
    assert "splink" not in source
    assert "django" not in source.lower().replace("no django", "")
