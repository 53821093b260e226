"""Stages and moves of a case (P30)."""

from itertools import product

import pytest

from onroll.rules import pathway
from onroll.rules.pathway import MOVES, Move, Stage
from onroll.rules.refusal import Refused


@pytest.mark.parametrize(("move", "stage"), list(product(MOVES, Stage)))
def test_a_move_is_offered_exactly_where_it_is_allowed(move: Move, stage: Stage):
    if move in pathway.moves_from(stage):
        assert pathway.after(move, stage) is move.ends
    else:
        with pytest.raises(Refused, match=f"You cannot {move.verb}"):
            pathway.after(move, stage)


def test_every_stage_can_be_reached_and_left():
    assert {move.ends for move in MOVES} == set(Stage) - {Stage.REPORTED}
    for stage in Stage:
        assert pathway.moves_from(stage)


def test_only_closing_ends_a_case_and_only_opening_again_leaves_the_end():
    assert [move for move in MOVES if move.ends is Stage.CLOSED] == [pathway.CLOSE]
    assert pathway.moves_from(Stage.CLOSED) == (pathway.REOPEN,)
    assert pathway.CLOSE.starts == pathway.OPEN == set(Stage) - {Stage.CLOSED}


def test_every_stage_and_move_has_words():
    assert set(pathway.STAGE_TITLES) == set(Stage)
    for move in MOVES:
        assert move.title
        assert move.needs
