"""How likely two records are one child: three explanations held against one another.

The same child, another child of the same home, or a stranger. Another child of the home explains
the home, and nearly the surname, as well as the child does, so that neither can link on its own;
a birthday shared by twins, or a forename only nearly the same, is seen for what it is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.comparing import DOB_EQUAL, DOB_PARTS, Compared
from onroll.matching.frequencies import Counts, Frequencies, share
from onroll.matching.likeness import Alike, among
from onroll.matching.model import LEVELS, Floats, Model
from onroll.matching.population import expected_others, share_of_forenames, together
from onroll.matching.records import PER, SHARES, Columns, Ints, Names

CLAMP = 40.0
NEAR = (
    Alike.LOOSE, Alike.INITIAL, Alike.SOUND, Alike.SHORT, Alike.PART, Alike.EDITS, Alike.TYPO,
)  # fmt: skip
"""Levels that a stranger of a common name reaches by a slip or a short form."""
_IS_NEAR = among(NEAR)


@dataclass(frozen=True)
class Scored:
    """How well each of the three explains each pair, as powers of two.

    `expected` is how many other children of England are to be expected who agree with the record
    as well on names, birthday and sex.
    """

    same: Floats
    sibling: Floats
    stranger: Floats
    expected: Floats

    def take(self, places: NDArray[Any]) -> "Scored":
        """Return some of the pairs."""
        return Scored(
            self.same[places], self.sibling[places], self.stranger[places], self.expected[places]
        )

    def joined(self, other: "Scored") -> "Scored":
        """Return these pairs and then others."""
        return Scored.concatenate((self, other))

    @classmethod
    def concatenate(cls, parts: Sequence["Scored"]) -> "Scored":
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


def score(
    compared: Compared,
    left: Columns,
    right: Columns,
    names: Names,
    known: Frequencies,
    model: Model,
) -> Scored:
    """Score pairs; `left` and `right` have the two records of each."""
    same, sibling, stranger = (np.zeros(len(right)) for _ in range(3))
    counted = _counted(compared, left, right, names, known, model)
    for name in LEVELS:
        levels, weights = getattr(compared, name), model.weights[name]
        same += weights.m[levels]
        sibling += weights.q[levels]
        stranger += weights.u[levels] + counted.get(name, 0.0)
    sibling += _cousins(compared, left, right, names, model)
    return Scored(
        same + np.log2(model.prior["present"]),
        sibling,
        stranger + np.log2(known.size),
        expected_others(compared, left, right, names, known, model),
    )


def _cousins(
    compared: Compared, left: Columns, right: Columns, names: Names, model: Model
) -> Floats:
    """Brothers have two forenames; cousins in one home may have one, as often as it is given."""
    given = share_of_forenames(left, right, names, model)
    given *= together(left, right, names, given)
    q = np.exp2(model.weights["forename"].q[compared.forename])
    agree = compared.forename >= Alike.VARIANT
    more: Floats = np.log2((q + model.prior["cousins"] * given) / q)
    return np.where(agree, more, 0.0)


def _counted(
    compared: Compared,
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
        plain = _plain(field, places, names, known, model)
        return share(counts.look_up(bearers), known.size, plain, model.prior)

    exact = common("written", names.array("written")[theirs], theirs)
    variant = common("family", families[theirs], theirs)
    either = np.maximum(variant, common("family", families[ours], ours))
    near = either + np.log2(model.prior["near"]) - model.weights[field].u[levels]
    found = np.where(_IS_NEAR[levels], np.maximum(near, 0.0), 0.0)
    found = np.where(levels == Alike.VARIANT, variant, found)
    return np.where(levels == Alike.EXACT, exact, found)


def _plain(field: str, places: Ints, names: Names, known: Frequencies, model: Model) -> Floats:
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
    compared: Compared,
    forename: Floats,
    surname: Floats,
    right: Columns,
    names: Names,
    known: Frequencies,
) -> Floats:
    """Names go together: among Khans a Mohammed is likelier than among all. Never below chance."""
    family = names.array("family")
    both = known.joint(family[right.forename], family[right.surname])
    agree = (compared.forename >= Alike.VARIANT) & (compared.surname >= Alike.VARIANT)
    seen = np.log2(np.maximum(both - 1, 0.01) / known.size)
    return np.where(agree, np.maximum(0.0, seen - forename - surname), 0.0)


def _dob_share(compared: Compared, right: Columns, known: Frequencies) -> Floats:
    one = known.one_birthday
    seen = known.birthday.look_up(right.dob)
    crowded = np.where(seen >= 5 + 3 * one * known.size, seen / known.size, one)
    first = np.where(right.dob % 10_000 == 101, np.maximum(crowded, 12 * one), crowded)
    level = compared.dob
    near = (level >= DOB_PARTS) & (level < DOB_EQUAL)
    return np.where(level == DOB_EQUAL, np.log2(first), np.where(near, np.log2(one), 0.0))


def _home_share(compared: Compared, right: Columns, known: Frequencies, model: Model) -> Floats:
    people = known.postcode.look_up(right.postcode)
    there = np.log2(np.maximum(people, 2) / known.size)
    here = np.log2(2 / known.size)
    level = compared.home
    floor = np.log2(model.prior["rarest"]) - 4
    found = np.where(level == 5, there, np.where(level == 6, here, 0.0))
    shares: Floats = np.maximum(found, floor)
    return shares
