"""The kinds of array that all of matching uses."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Levels = NDArray[np.int8]
Keys = NDArray[np.uint64]
Places = NDArray[Any]
"""Places in a list, or flags that say which of its places."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def mix_columns(*columns: Ints) -> Keys:
    """Hash several columns into one; nought where one of them is nought."""
    keys = columns[0].view(np.uint64) * _MIX
    for column in columns[1:]:
        keys ^= keys >> _SHIFT
        keys ^= column.view(np.uint64)
        keys *= _MIX
    keys ^= keys >> _SHIFT
    for column in columns:
        keys *= column != 0
    return keys
