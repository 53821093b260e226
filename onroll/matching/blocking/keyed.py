"""A list of children with the values that blocking keys are made of."""

from functools import cached_property

import numpy as np

from onroll.matching.records.arrays import Ints, Keys, mix_columns
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names


class KeyedList:
    """A list of children with what keys are made of, each worked out once."""

    def __init__(self, columns: Columns, names: Names) -> None:
        self._columns = columns
        self.names = names

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def columns(self) -> Columns:
        """The list itself."""
        return self._columns

    def take(self, places: Ints) -> "KeyedList":
        """Return some of the children; what they have is fetched when it is asked for."""
        return _Part(self, places)

    def rows(self, places: Ints) -> Columns:
        """Return the columns of some of the children."""
        return self.columns.take(places)

    @cached_property
    def forename(self) -> Ints:
        return self.names.array("sound")[self.columns.forename]

    @cached_property
    def surname(self) -> Ints:
        return self.names.array("sound")[self.columns.surname]

    @cached_property
    def chosen(self) -> Ints:
        return self.names.array("sound")[self.columns.chosen_forename]

    @cached_property
    def initial(self) -> Ints:
        return self.names.array("initial")[self.columns.forename]

    @cached_property
    def surname_initial(self) -> Ints:
        return self.names.array("initial")[self.columns.surname]

    @cached_property
    def last(self) -> Ints:
        return self.names.array("last")[self.columns.surname]

    @cached_property
    def nameless(self) -> Ints:
        columns = self.columns
        nameless: Ints = ((columns.forename == 0) & (columns.surname == 0)).astype(np.int64)
        return nameless

    @cached_property
    def forename_family(self) -> Ints:
        return self.names.array("family")[self.columns.forename]

    @cached_property
    def surname_family(self) -> Ints:
        return self.names.array("family")[self.columns.surname]

    @cached_property
    def year(self) -> Ints:
        return self.columns.dob // 10_000

    @cached_property
    def month(self) -> Ints:
        return self.columns.dob // 100

    @cached_property
    def day(self) -> Ints:
        return self.columns.dob % 10_000

    @cached_property
    def turned(self) -> Ints:
        """Day and month in each other's place; nought where that is the same or no date."""
        year, month, day = self.year, self.month % 100, self.day % 100
        turned = year * 10_000 + day * 100 + month
        return np.where((day <= 12) & (day != month), turned, 0)

    def key(self, parts: str) -> Keys:
        """Return keys mixed from columns, named with spaces between."""
        return mix_columns(*(self._part(name) for name in parts.split()))

    def _part(self, name: str) -> Ints:
        part: Ints = getattr(self if name in _MADE else self.columns, name)
        return part


class _Part(KeyedList):
    """Some children of a list, of which nothing is copied but the keys that are wanted."""

    def __init__(self, whole: KeyedList, places: Ints) -> None:
        self.whole = whole
        self.names = whole.names
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def columns(self) -> Columns:
        return self.whole.rows(self.places)

    def rows(self, places: Ints) -> Columns:
        return self.whole.rows(self.places[places])

    def _part(self, name: str) -> Ints:
        return self.whole._part(name)[self.places]


_MADE = frozenset(
    name for name, made in vars(KeyedList).items() if isinstance(made, cached_property)
)
