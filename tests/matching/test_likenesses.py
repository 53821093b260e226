"""Whole columns of names are compared as two names are (P05: one child by another spelling)."""

from random import Random

import numpy as np
import pytest

from onroll.matching.comparison.name_columns import NameComparer
from onroll.matching.comparison.name_levels import compare_names
from onroll.matching.names.forms import name_form
from onroll.matching.names.variants import tables
from onroll.matching.records.names import Names

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(name: str, known: list[str], chance: Random) -> str:
    place = chance.randrange(max(1, len(name)))
    return chance.choice(
        (
            name,
            name[:place] + chance.choice(LETTERS) + name[place + 1 :],
            name[:place] + name[place + 1 :],
            name + "son",
            name[:4],
            name[:1],
            f"{name}-{chance.choice(known)}",
            chance.choice(known),
        )
    )


@pytest.mark.parametrize("seed", range(3))
def test_columns_of_names_reach_the_levels_that_two_names_do(seed: int) -> None:
    known = sorted({*tables().spellings, *tables().shorts, *tables().weak, "ng", "bartholomew"})
    chance, names = Random(seed), Names()
    ours = [slip(chance.choice(known), known, chance) for _ in range(6_000)]
    theirs = [slip(name, known, chance) for name in ours]
    found = NameComparer(names).of(names.places(ours), names.places(theirs))
    wanted = [compare_names(name_form(a), name_form(b)) for a, b in zip(ours, theirs, strict=True)]
    assert len(set(wanted)) >= 11, "the names made up here reach nearly every level"
    assert np.array_equal(found, np.array(wanted, np.int8))
