"""Which rows of the household list are the left or the right list's own.

The old roll has the leavers themselves on it; a child is no rival of its own. A list may also hold
the right-hand list whole: its records cannot explain themselves.
"""

import numpy as np

from onroll.matching.files.reading import ReadList
from onroll.matching.lists.linking import HouseholdList
from onroll.matching.records.arrays import Flags, Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names

_ALL_BUT_ALL = 0.98
"""How much of the right-hand list must stand in the household list for it to be taken as whole."""


def others_of(
    left: ReadList, right: ReadList, household: ReadList | None, names: Names
) -> HouseholdList | None:
    """Return the household list with its rows that are the two lists' own marked."""
    if household is None:
        return None
    written = names.array("written")
    is_left = np.full(len(household), -1, np.int64)
    left_own, place = _same_id(household, left)
    same = _agree(household.columns.take(left_own), left.columns.take(place), written)
    is_left[left_own[same]] = place[same]
    is_right = np.zeros(len(household), bool)
    right_own, place = _same_id(household, right)
    equal = _equal(household.columns.take(right_own), right.columns.take(place))
    if len(np.unique(place[equal])) >= _ALL_BUT_ALL * len(right):
        is_right[right_own[equal]] = True
    return HouseholdList(household.columns, is_left, is_right & (is_left < 0))


def _same_id(a: ReadList, b: ReadList) -> tuple[Ints, Ints]:
    rows = a.connection.execute(
        f"select a.row as a, b.row as b from {a.table} a join {b.table} b on a.id = b.id"
        " where a.id <> ''"
    ).fetchnumpy()
    first_places, second_places = (side.places(rows[name]) for side, name in ((a, "a"), (b, "b")))
    order = np.lexsort((second_places, first_places))
    order = order[(first_places >= 0)[order] & (second_places >= 0)[order]]
    return first_places[order], second_places[order]


def _agree(a: Columns, b: Columns, written: Ints) -> Flags:
    """Two of forename, surname and birthday equal: ids alone may be two systems' own counting."""
    agreeing = (
        (written[a.forename] == written[b.forename]).astype(int)
        + (written[a.surname] == written[b.surname])
        + (a.dob == b.dob)
    )
    enough: Flags = agreeing >= 2
    return enough


def _equal(a: Columns, b: Columns) -> Flags:
    fields = ("forename", "surname", "dob", "sex", "upn", "postcode")
    equal: Flags = np.logical_and.reduce([getattr(a, f) == getattr(b, f) for f in fields])
    return equal
