"""How likely two records are one child: three explanations of each pair, weighed in powers of two.

The same child (`m` probabilities), a stranger (`u`), or another child of the same home (`q`).
Another child of the home explains the home, and nearly the surname, as well as the child does, so
that neither can link on its own; a birthday shared by twins counts for what it is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.comparison.dates import DOB_EQUAL, DOB_PARTS
from onroll.matching.comparison.name_levels import NameLevel, level_table
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.frequencies.of_list import Counts, Frequencies, log_share
from onroll.matching.model import LEVELS, Model
from onroll.matching.records.arrays import Floats, Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import PER, SHARES, Names
from onroll.matching.scoring.namesakes import expected_others, share_of_forenames, tradition_factor

CLAMP = 40.0
NEAR_LEVELS = (
    NameLevel.LOOSE,
    NameLevel.INITIAL,
    NameLevel.SOUND,
    NameLevel.SHORT,
    NameLevel.PART,
    NameLevel.EDITS,
    NameLevel.TYPO,
)
"""Levels that a stranger of a common name reaches by a slip or a short form."""
_IS_NEAR_LEVEL = level_table(NEAR_LEVELS)


@dataclass(frozen=True)
class Explanations:
    """How well each of the three explains each pair, as powers of two.

    `expected` is how many other children of England are to be expected who agree with the record
    as well on names, birthday and sex.
    """

    same: Floats
    sibling: Floats
    stranger: Floats
    expected: Floats

    def take(self, places: NDArray[Any]) -> "Explanations":
        """Return some of the pairs."""
        return Explanations(
            self.same[places], self.sibling[places], self.stranger[places], self.expected[places]
        )

    def joined(self, other: "Explanations") -> "Explanations":
        """Return these pairs and then others."""
        return Explanations.concatenate((self, other))

    @classmethod
    def concatenate(cls, parts: Sequence["Explanations"]) -> "Explanations":
        """Return several lots of pairs as one."""
        return cls(
            np.concatenate([part.same for part in parts]),
            np.concatenate([part.sibling for part in parts]),
            np.concatenate([part.stranger for part in parts]),
            np.concatenate([part.expected for part in parts]),
        )

    def weight(self, siblings: float) -> Floats:
        """Return the same child against all else.

        `siblings` is how many other children of the home are to be expected on the right-hand
        list whom nobody on the left accounts for.
        """
        others = np.logaddexp2(self.stranger, self.sibling + np.log2(siblings))
        weight: Floats = np.clip(self.same - others, -CLAMP, CLAMP)
        return weight


def score_pairs(
    compared: ComparisonVectors,
    left: Columns,
    right: Columns,
    names: Names,
    known: Frequencies,
    model: Model,
) -> Explanations:
    """Score pairs; `left` and `right` have the two records of each."""
    same, sibling, stranger = (np.zeros(len(right)) for _ in range(3))
    counted = _frequency_weights(compared, left, right, names, known, model)
    for name in LEVELS:
        levels, weights = getattr(compared, name), model.weights[name]
        same += weights.m[levels]
        sibling += weights.q[levels]
        stranger += weights.u[levels] + counted.get(name, 0.0)
    sibling += _cousins(compared, left, right, names, model)
    return Explanations(
        same + np.log2(model.prior["present"]),
        sibling,
        stranger + np.log2(known.size),
        expected_others(compared, left, right, names, known, model),
    )


def _cousins(
    compared: ComparisonVectors, left: Columns, right: Columns, names: Names, model: Model
) -> Floats:
    """Brothers have two forenames; cousins in one home may have one, as often as it is given."""
    given = share_of_forenames(left, right, names, model)
    given *= tradition_factor(left, right, names, given)
    q = np.exp2(model.weights["forename"].q[compared.forename])
    agree = compared.forename >= NameLevel.VARIANT
    more: Floats = np.log2((q + model.prior["cousins"] * given) / q)
    return np.where(agree, more, 0.0)


def _frequency_weights(
    compared: ComparisonVectors,
    left: Columns,
    right: Columns,
    names: Names,
    known: Frequencies,
    model: Model,
) -> dict[str, Floats]:
    """Return the powers of two of levels that are counted, nought elsewhere."""
    forename = _name_share(compared.forename, "forename", left, right, names, known, model)
    surname = _name_share(compared.surname, "surname", left, right, names, known, model)
    return {
        "forename": forename + _dependence(compared, forename, surname, right, names, known),
        "surname": surname,
        "dob": _dob_share(compared, right, known),
        "home": _home_share(compared, right, known, model),
    }


def _name_share(
    levels: np.ndarray[tuple[int, ...], np.dtype[np.int8]],
    field: str,
    left: Columns,
    right: Columns,
    names: Names,
    known: Frequencies,
    model: Model,
) -> Floats:
    """How common the name is; a name nearly the same as a common one is often a stranger's slip."""
    ours, theirs = getattr(left, field), getattr(right, field)
    families = names.array("family")

    def common(what: str, bearers: Ints, places: Ints) -> Floats:
        counts: Counts = getattr(known, f"{field}_{what}")
        plain = _prior_share(field, places, names, known, model)
        return log_share(counts.look_up(bearers), known.size, plain, model.prior)

    exact = common("written", names.array("written")[theirs], theirs)
    variant = common("family", families[theirs], theirs)
    either = np.maximum(variant, common("family", families[ours], ours))
    near = either + np.log2(model.prior["near"]) - model.weights[field].u[levels]
    found = np.where(_IS_NEAR_LEVEL[levels], np.maximum(near, 0.0), 0.0)
    found = np.where(levels == NameLevel.VARIANT, variant, found)
    return np.where(levels == NameLevel.EXACT, exact, found)


def _prior_share(
    field: str, places: Ints, names: Names, known: Frequencies, model: Model
) -> Floats:
    """How common a name is before the list is counted: no less than one of which nothing is known.

    A surname that a second family bears is none that only one has.
    """
    plain = np.full(len(places), model.prior[f"plain_{field}"])
    if field == "forename":
        shares = np.mean([names.array(column)[places] for column in SHARES], axis=0)
    else:
        homes = known.surname_homes.look_up(names.array("family")[places])
        plain[homes > 1] = model.prior["second_family"]
        shares = names.array("surname_share")[places]
    common: Floats = np.maximum(plain, shares / PER)
    return common


def _dependence(
    compared: ComparisonVectors,
    forename: Floats,
    surname: Floats,
    right: Columns,
    names: Names,
    known: Frequencies,
) -> Floats:
    """Names go together: among Khans a Mohammed is likelier than among all. Never below chance."""
    family = names.array("family")
    both = known.joint(family[right.forename], family[right.surname])
    agree = (compared.forename >= NameLevel.VARIANT) & (compared.surname >= NameLevel.VARIANT)
    seen = np.log2(np.maximum(both - 1, 0.01) / known.size)
    return np.where(agree, np.maximum(0.0, seen - forename - surname), 0.0)


def _dob_share(compared: ComparisonVectors, right: Columns, known: Frequencies) -> Floats:
    one = known.one_birthday
    seen = known.birthday.look_up(right.dob)
    crowded = np.where(seen >= 5 + 3 * one * known.size, seen / known.size, one)
    first = np.where(right.dob % 10_000 == 101, np.maximum(crowded, 12 * one), crowded)
    level = compared.dob
    near = (level >= DOB_PARTS) & (level < DOB_EQUAL)
    return np.where(level == DOB_EQUAL, np.log2(first), np.where(near, np.log2(one), 0.0))


def _home_share(
    compared: ComparisonVectors, right: Columns, known: Frequencies, model: Model
) -> Floats:
    people = known.postcode.look_up(right.postcode)
    there = np.log2(np.maximum(people, 2) / known.size)
    here = np.log2(2 / known.size)
    level = compared.home
    floor = np.log2(model.prior["rarest"]) - 4
    found = np.where(level == 5, there, np.where(level == 6, here, 0.0))
    shares: Floats = np.maximum(found, floor)
    return shares
