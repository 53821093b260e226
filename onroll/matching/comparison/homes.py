"""Comparison levels of homes: postcode, address, telephone, e-mail and adult."""

import numpy as np

from onroll.matching.comparison.identifiers import differ_by_one_slip
from onroll.matching.frequencies.of_list import Frequencies, home_column
from onroll.matching.records.arrays import Flags, Ints, Levels
from onroll.matching.records.columns import Columns
from onroll.matching.records.packing import DISTRICT, SHARED

HOME_NEAR, HOME_CONTACT = 3, 4


def home_levels(left: Columns, right: Columns, frequencies: Frequencies) -> Levels:
    a, b = left.postcode, right.postcode
    levels = np.where((a == 0) | (b == 0), 0, 1)
    levels[(levels == 1) & (left.district == right.district)] = 2
    slip = np.flatnonzero((levels > 0) & (a != b) & _are_whole(a) & _are_whole(b))
    is_slip = differ_by_one_slip(a[slip], b[slip], 8, 36)
    levels[slip[is_slip]] = 3
    both = (left.address != 0) & (right.address != 0)
    both &= (left.street != 0) & (right.street != 0)
    door = both & (left.number == right.number) & (left.street == right.street)
    phone, email, adult = (
        _both_equal(getattr(left, name), getattr(right, name)) & ~_crowded(right, name, frequencies)
        for name in ("phone", "email", "adult")
    )
    levels[adult] = 3
    contact = phone | email
    levels[contact | (door & (left.number > 0))] = 4
    levels[(levels == 0) & both] = 1
    same = _both_equal(a, b)
    levels[same] = 5
    house = door & (left.number > 0)
    levels[(same & house) | (both & (left.address == right.address))] = 6
    shared = (
        (left.number == SHARED) | (right.number == SHARED) | _crowded(right, "address", frequencies)
    )
    levels[shared & (levels > 2) & ~email] = 2  # its telephone may be the hotel's
    levels[shared & email] = 4
    return levels.astype(np.int8)


def _crowded(right: Columns, name: str, frequencies: Frequencies) -> Flags:
    """Say where an address, telephone, e-mail address or adult is hardly a home's."""
    crowded = frequencies.crowded.get(name)
    if crowded is None or not len(crowded):
        return np.zeros(len(right), np.bool_)
    column = home_column(right, name)
    is_crowded: Flags = np.isin(column, crowded) & (column != 0)
    return is_crowded


def _are_whole(postcodes: Ints) -> Flags:
    """Say which are of some houses, not of a district."""
    whole: Flags = postcodes % DISTRICT != 0
    return whole


def _both_equal(a: Ints, b: Ints) -> Flags:
    equal: Flags = (a == b) & (a != 0)
    return equal
