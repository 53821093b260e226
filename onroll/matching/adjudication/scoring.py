"""Scores of one child, or the children of one file, against candidates from the database.

The same weights as for lists. A child is described once for each home or contact on record; the
description that fits best counts, and descriptions of one child are no rivals of one another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, chain

import numpy as np

from onroll.matching.answers import Reason, Verdict
from onroll.matching.assignment.one_to_one import compete
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.comparison.vectors import ComparisonVectors, compare_pairs
from onroll.matching.comparison.wording import COMPARISON_NAMES, LEVELS_IN_WORDS, vectors_as_tuples
from onroll.matching.frequencies.of_list import Frequencies, count
from onroll.matching.frequencies.of_register import RegisterFrequencies, as_frequencies
from onroll.matching.model import LEVELS, Model, shipped
from onroll.matching.people import Person
from onroll.matching.records.arrays import Floats, Ints
from onroll.matching.records.columns import Columns, columns_of
from onroll.matching.records.names import Names
from onroll.matching.scoring.explanations import score_pairs
from onroll.matching.scoring.link_rules import (
    can_link,
    match_probabilities,
    may_be_twins,
    need_review,
)
from onroll.matching.scoring.namesakes import namesakes

Record = Mapping[str, str]
Descriptions = Sequence[Record]
TermFrequencies = Frequencies | RegisterFrequencies
_SIZE = 40_000
"""How many children a list is taken to have when nothing is said: a borough."""


@dataclass(frozen=True)
class PairScore:
    """What one candidate comes to. `can_link` says whether a machine may act on it alone."""

    probability: float
    weight: float
    margin: float
    can_link: bool
    levels: tuple[int, ...]
    lost: float = 0.0
    """What other children and other candidates took from the weight in competition."""
    expected: float = 0.0
    """How many other children of England are to be expected who agree as well, where names and
    birthday are all that agrees."""
    need_review: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return a reason for each comparison."""
        return explain(self.levels)


@dataclass(frozen=True)
class BestFits:
    """The best fitting descriptions of some pairs of children: side by side, and compared."""

    names: Names
    left: Columns
    right: Columns
    compared: ComparisonVectors
    weight: Floats
    expected: Floats
    counts: Frequencies


def score_record(
    record: Record,
    candidates: Sequence[Record],
    *,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> list[PairScore]:
    """Score one child against candidates, in their order; each is fields by the command's names.

    `known` has how common names are among all children, when that has been counted.
    """
    pairs = [(0, place) for place in range(len(candidates))]
    return score_records(
        [[record]],
        [[candidate] for candidate in candidates],
        pairs,
        frequencies=frequencies,
        model=model,
    )


def score_records(
    children: Sequence[Descriptions],
    candidates: Sequence[Descriptions],
    pairs: Sequence[tuple[int, int]],
    *,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> list[PairScore]:
    """Score pairs of a child and a candidate, by their places; all of them compete.

    A candidate better explained by another of the children is no evidence for this one, and the
    other way round. Returns what each pair comes to, in the order given.
    """
    if not pairs:
        return []
    model = model or shipped()
    fits = best_fits(children, candidates, pairs, frequencies=frequencies, model=model)
    left, right = np.array(pairs, np.int64).T
    everyone = np.arange(len(children)), np.arange(len(candidates))
    standing = compete(Pairs(left, right), fits.weight, *everyone).standing
    chances = match_probabilities(standing, model, is_home_known=False)
    linkable = can_link(fits.compared, fits.expected, model, is_home_known=False)
    levels = vectors_as_tuples(fits.compared, np.arange(len(pairs)))
    margins = _margins(left, standing)
    figures = zip(
        chances.tolist(), fits.weight.tolist(), margins.tolist(), linkable.tolist(), levels,
        (fits.weight - standing).tolist(), namesakes(fits.compared, fits.expected).tolist(),
        _need_review(fits, standing, model), strict=True,
    )  # fmt: skip
    return [PairScore(*values) for values in figures]


def _need_review(fits: BestFits, standing: Floats, model: Model) -> list[bool]:
    review = need_review(fits.compared, fits.expected, model)
    twins = may_be_twins(fits.compared) & (fits.weight - standing < CLAIMED)
    return [bool(flag) for flag in review | twins]


CLAIMED = 3.0
"""A candidate that another record fits so much better, in powers of two, is that record's."""


def best_fits(
    children: Sequence[Descriptions],
    candidates: Sequence[Descriptions],
    pairs: Sequence[tuple[int, int]],
    *,
    frequencies: TermFrequencies | None,
    model: Model,
) -> BestFits:
    """Compare the pairs of children in all their descriptions; return the best of each pair."""
    names = Names()
    left, right = _columns(children, names), _columns(candidates, names)
    counts = (
        as_frequencies(frequencies, names, right)
        if isinstance(frequencies, RegisterFrequencies)
        else frequencies or uncounted_frequencies()
    )
    left_rows, right_rows, starts = _places(children, candidates, pairs)
    left, right = left.take(left_rows), right.take(right_rows)
    compared = compare_pairs(left, right, names, counts)
    scored = score_pairs(compared, left, right, names, counts, model)
    weight, expected = scored.weight(model.prior["at_home"]), scored.expected
    if len(starts) == len(left_rows):
        return BestFits(names, left, right, compared, weight, expected, counts)
    # The first of the heaviest descriptions of each pair.
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(left_rows))))
    best = np.lexsort((-weight, group))[starts]
    left, right, compared = left.take(best), right.take(best), compared.take(best)
    return BestFits(names, left, right, compared, weight[best], expected[best], counts)


def _columns(several: Sequence[Descriptions], names: Names) -> Columns:
    return columns_of(list(chain.from_iterable(several)), names)


def _places(
    children: Sequence[Descriptions],
    candidates: Sequence[Descriptions],
    pairs: Sequence[tuple[int, int]],
) -> tuple[Ints, Ints, Ints]:
    """Return the rows of each pair's descriptions, two by two, and where each pair's begin."""
    first_left = list(accumulate(map(len, children), initial=0))
    first_right = list(accumulate(map(len, candidates), initial=0))
    left_rows: list[int] = []
    right_rows: list[int] = []
    starts: list[int] = []
    for child, candidate in pairs:
        starts.append(len(left_rows))
        rights = range(first_right[candidate], first_right[candidate + 1])
        for left in range(first_left[child], first_left[child + 1]):
            left_rows.extend([left] * len(rights))
            right_rows.extend(rights)
    return np.array(left_rows, np.int64), np.array(right_rows, np.int64), np.array(starts, np.int64)


def _margins(left: Ints, standing: Floats) -> Floats:
    """Return how far each candidate stands before the best other one of its child."""
    order = np.lexsort((-standing, left))
    ordered, strength = left[order], standing[order]
    starts = np.searchsorted(ordered, ordered)
    is_first = np.arange(len(order)) == starts
    next_strength = np.append(strength, -np.inf)
    has_second = np.append(ordered[1:] == ordered[:-1], False)
    second = np.where(has_second, next_strength[1:], -np.inf)
    margins = np.empty(len(order))
    margins[order] = strength - np.where(is_first, second, strength[starts])
    return margins


def as_record(person: Person) -> dict[str, str]:
    """Return a `Person` as fields; of several names or numbers the first by the alphabet."""
    forenames, surnames = sorted(person.forenames), sorted(person.surnames)
    upns = sorted(person.upns) or sorted(person.weak_upns)
    return {
        "forename": forenames[0] if forenames else "",
        "chosen_forename": forenames[1] if len(forenames) > 1 else "",
        "surname": surnames[0] if surnames else "",
        "chosen_surname": surnames[1] if len(surnames) > 1 else "",
        "former_surname": surnames[2] if len(surnames) > 2 else "",
        "upn": upns[0] if upns else "",
        "former_upn": upns[1] if len(upns) > 1 else "",
        "uln": min(person.ulns, default=""),
        "dob": person.born.isoformat() if person.born else "",
        "sex": person.sex,
        "postcode": min(person.postcodes, default=""),
    }


def descriptions(person: Person) -> Descriptions:
    """Return all descriptions of a person that the scorer can read; at least one."""
    return person.described or (as_record(person),)


@lru_cache(10_000)
def explain(levels: tuple[int, ...]) -> tuple[Reason, ...]:
    """Return a reason for each comparison of a pair."""
    return tuple(
        Reason(name, _verdict(name, level), f"{COMPARISON_NAMES.get(name, name).capitalize()}: "
               f"{LEVELS_IN_WORDS[name][level]}.")
        for name, level in zip(LEVELS, levels, strict=True)
    )  # fmt: skip


_FORBIDS = {("upn", "two_valid"), ("numbers", "different")}
_AGREES = {"exact", "variant", "equal", "same", "named_same", "address", "postcode", "meets"}
_DIFFERS = {"different", "far", "weak", "named_different", "other", "overlaps", "apart"}


def _verdict(name: str, level: int) -> Verdict:
    level_name = LEVELS[name][level]
    if level_name == "missing":
        return Verdict.MISSING
    if (name, level_name) in _FORBIDS:
        return Verdict.FORBIDS
    if level_name in _AGREES:
        return Verdict.AGREES
    return Verdict.DIFFERS if level_name in _DIFFERS else Verdict.NEAR


@cache
def uncounted_frequencies() -> Frequencies:
    """Return frequencies of a borough of which nothing was counted."""
    return replace(count(columns_of([], Names()), Names()), size=_SIZE)
