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

    def joined(self, addition: "Explanations") -> "Explanations":
        """Return these pairs and then others."""
        return Explanations.concatenate((self, addition))

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
        rival_weight = np.logaddexp2(self.stranger, self.sibling + np.log2(siblings))
        weight: Floats = np.clip(self.same - rival_weight, -CLAMP, CLAMP)
        return weight


def score_pairs(
    compared: ComparisonVectors,
    left: Columns,
    right: Columns,
    names: Names,
    frequencies: Frequencies,
    model: Model,
) -> Explanations:
    """Score pairs; `left` and `right` have the two records of each."""
    same, sibling, stranger = (np.zeros(len(right)) for _ in range(3))
    counted = _frequency_weights(compared, left, right, names, frequencies, model)
    for name in LEVELS:
        levels, weights = getattr(compared, name), model.weights[name]
        same += weights.m[levels]
        sibling += weights.q[levels]
        stranger += weights.u[levels] + counted.get(name, 0.0)
    sibling += _cousins(compared, left, right, names, model)
    return Explanations(
        same + np.log2(model.prior["present"]),
        sibling,
        stranger + np.log2(frequencies.size),
        expected_others(compared, left, right, names, frequencies, model),
    )


def _cousins(
    compared: ComparisonVectors, left: Columns, right: Columns, names: Names, model: Model
) -> Floats:
    """Brothers have two forenames; cousins in one home may have one, as often as it is given."""
    forename_share = share_of_forenames(left, right, names, model)
    forename_share *= tradition_factor(left, right, names, forename_share)
    q = np.exp2(model.weights["forename"].q[compared.forename])
    agree = compared.forename >= NameLevel.VARIANT
    shared: Floats = np.log2((q + model.prior["cousins"] * forename_share) / q)
    return np.where(agree, shared, 0.0)


def _frequency_weights(
    compared: ComparisonVectors,
    left: Columns,
    right: Columns,
    names: Names,
    frequencies: Frequencies,
    model: Model,
) -> dict[str, Floats]:
    """Return the powers of two of levels that are counted, nought elsewhere."""
    forename = _name_share(compared.forename, "forename", left, right, names, frequencies, model)
    surname = _name_share(compared.surname, "surname", left, right, names, frequencies, model)
    return {
        "forename": forename + _dependence(compared, forename, surname, right, names, frequencies),
        "surname": surname,
        "dob": _dob_share(compared, right, frequencies),
        "home": _home_share(compared, right, frequencies, model),
    }


def _name_share(
    levels: np.ndarray[tuple[int, ...], np.dtype[np.int8]],
    field: str,
    left: Columns,
    right: Columns,
    names: Names,
    frequencies: Frequencies,
    model: Model,
) -> Floats:
    """How common the name is; a name nearly the same as a common one is often a stranger's slip."""
    left_names, right_names = getattr(left, field), getattr(right, field)
    families = names.array("family")

    def common(spelling: str, bearers: Ints, places: Ints) -> Floats:
        counts: Counts = getattr(frequencies, f"{field}_{spelling}")
        plain = _prior_share(field, places, names, frequencies, model)
        return log_share(counts.look_up(bearers), frequencies.size, plain, model.prior)

    exact = common("written", names.array("written")[right_names], right_names)
    variant = common("family", families[right_names], right_names)
    either = np.maximum(variant, common("family", families[left_names], left_names))
    near_share = either + np.log2(model.prior["near"]) - model.weights[field].u[levels]
    shares = np.where(_IS_NEAR_LEVEL[levels], np.maximum(near_share, 0.0), 0.0)
    shares = np.where(levels == NameLevel.VARIANT, variant, shares)
    return np.where(levels == NameLevel.EXACT, exact, shares)


def _prior_share(
    field: str, places: Ints, names: Names, frequencies: Frequencies, model: Model
) -> Floats:
    """How common a name is before the list is counted: no less than one of which nothing is known.

    A surname that a second family bears is none that only one has.
    """
    plain = np.full(len(places), model.prior[f"plain_{field}"])
    if field == "forename":
        shares = np.mean([names.array(column)[places] for column in SHARES], axis=0)
    else:
        homes = frequencies.surname_homes.look_up(names.array("family")[places])
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
    frequencies: Frequencies,
) -> Floats:
    """Names go together: among Khans a Mohammed is likelier than among all. Never below chance."""
    family = names.array("family")
    both = frequencies.joint(family[right.forename], family[right.surname])
    agree = (compared.forename >= NameLevel.VARIANT) & (compared.surname >= NameLevel.VARIANT)
    joint_share = np.log2(np.maximum(both - 1, 0.01) / frequencies.size)
    return np.where(agree, np.maximum(0.0, joint_share - forename - surname), 0.0)


def _dob_share(compared: ComparisonVectors, right: Columns, frequencies: Frequencies) -> Floats:
    day_share = frequencies.one_birthday
    bearers = frequencies.birthday.look_up(right.dob)
    crowded = np.where(
        bearers >= 5 + 3 * day_share * frequencies.size, bearers / frequencies.size, day_share
    )
    first = np.where(right.dob % 10_000 == 101, np.maximum(crowded, 12 * day_share), crowded)
    level = compared.dob
    is_near = (level >= DOB_PARTS) & (level < DOB_EQUAL)
    return np.where(level == DOB_EQUAL, np.log2(first), np.where(is_near, np.log2(day_share), 0.0))


def _home_share(
    compared: ComparisonVectors, right: Columns, frequencies: Frequencies, model: Model
) -> Floats:
    people = frequencies.postcode.look_up(right.postcode)
    postcode_share = np.log2(np.maximum(people, 2) / frequencies.size)
    address_share = np.log2(2 / frequencies.size)
    level = compared.home
    floor = np.log2(model.prior["rarest"]) - 4
    level_share = np.where(level == 5, postcode_share, np.where(level == 6, address_share, 0.0))
    shares: Floats = np.maximum(level_share, floor)
    return shares
