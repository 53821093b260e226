"""Splink trains the matcher's own levels, and its known traps are shut (matching.md 6)."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from bench.linking.sets import borough
from bench.linking.training import write_lists
from onroll.matching.model import LEVELS, BadModel, figures_of, read_model, shipped
from onroll.matching.records.columns import columns_of
from onroll.matching.records.names import Names
from onroll.matching.training.on_splink import Lists, Trained, Untrained, train
from onroll.matching.training.train import counted, main

BEFOREHAND = files("onroll.matching.training") / "beforehand.toml"


def lists(*, backwards: bool = False) -> Lists:
    made, names = borough(77, pupils=1_200), Names()
    step = -1 if backwards else 1
    return Lists(columns_of(made.left[::step], names), columns_of(made.right, names), names)


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(lists(), shipped())


def test_what_is_true_of_the_lists_is_found_without_labels(trained: Trained) -> None:
    forename, dob = trained["forename"], trained["dob"]
    assert 0.7 < forename["exact"]["m"] < 0.99
    assert forename["different"]["u"] > 0.9 > 0.1 > forename["typo"]["m"]
    assert dob["equal"]["m"] > 0.9
    assert 1 / 8_000 < dob["equal"]["u"] < 1 / 2_000, "one day of some fifteen years"
    assert trained["upn"]["equal"]["m"] > 0.7


def test_a_level_never_seen_keeps_no_default(trained: Trained) -> None:
    """Splink warns and keeps a default figure for such a level; we leave it as it was set."""
    assert "u" not in trained["upn"].get("former", {})
    for levels in trained.values():
        assert all(value > 0 for figures in levels.values() for value in figures.values())


def test_blocks_that_all_share_a_name_are_refused() -> None:
    """Two blocks that both hold a name leave the name untrained."""
    with pytest.raises(Untrained, match="`forename` would be left as it was"):
        train(lists(), shipped(), blocks=(("forename", "dob"), ("forename", "surname")))


def test_training_again_gives_the_same_model(trained: Trained) -> None:
    """Splink's sample of strangers hangs on names of tables and order of rows: both are fixed."""
    again = train(lists(), shipped())
    assert again == trained


def test_brothers_are_counted_on_one_roll() -> None:
    found = counted(lists())
    assert found["forename"]["different"]["q"] > 0.8
    assert found["surname"]["exact"]["q"] > 0.4
    assert 0.001 < found["dob"].get("equal", {"q": 0.01})["q"] < 0.2, "twins"


def test_the_command_writes_a_model_that_can_be_read(tmp_path: Path) -> None:
    left, right = write_lists(tmp_path, [borough(78, pupils=800)])
    out = tmp_path / "model.toml"
    assert main([str(left), str(right), "--out", str(out)]) == 0
    model = read_model(out.read_text("utf-8"))
    before = read_model(BEFOREHAND.read_text("utf-8"))
    assert "by Splink" in model.trained_on
    assert not np.array_equal(model.weights["forename"].m, before.weights["forename"].m)
    assert "exact.m" not in model.by_hand["forename"]


def test_every_figure_of_the_shipped_model_was_trained_or_set_by_hand_on_purpose() -> None:
    assert "by Splink" in shipped().trained_on
    trained = {
        name: {f"{level}.{which}" for level, which in figures_of(name)} - shipped().by_hand[name]
        for name in LEVELS
    }
    assert {"exact.m", "typo.m", "typo.u", "different.q"} <= trained["forename"]
    assert {"equal.m", "digit.u"} <= trained["dob"]
    assert not trained["home"], "the home is set by hand: pairs are found by it"


@pytest.mark.parametrize("figure", ['"typo.u"', '"equal.q"'])
def test_a_figure_that_is_neither_trained_nor_set_by_hand_fails_the_build(figure: str) -> None:
    text = (files("onroll.matching") / "model.toml").read_text("utf-8")
    with pytest.raises(BadModel, match="whether"):
        read_model(text.replace(figure, '""', 1))
