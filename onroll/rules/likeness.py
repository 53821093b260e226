"""Who on record may be a child somebody told us of, and who only bears a name like theirs.

Our own rule: a list of everybody of a common name hides whom it may be. Nobody is left out of it.
"""

from collections.abc import Collection
from datetime import date

from onroll.rules.age import age as age_on

NAMES = frozenset({"forename", "surname"})
WHOLE = frozenset({"name"})
"""All names that were told, at other places than they were told."""


FAR = 100
"""Years of distance of who has no birthday on record, or of whom nothing was told."""


def years_apart(
    born: date | None, *, told_born: date | None, told_age: int | None, on: date
) -> float:
    """Return by how many years a child on record is older or younger than who was told of.

    By the birthday, where it was told; else by the age in years on the day `on`.
    """
    if born is None:
        return FAR
    if told_born is not None:
        return abs((born - told_born).days) / 365
    return FAR if told_age is None else abs(age_on(born, on=on) - told_age)


def shares_a_name_alone(
    alike: Collection[str], *, is_whole_name: bool, is_born_known: bool
) -> bool:
    """Return whether nothing but a name speaks for it that two records are one child.

    `alike` are the fields that agree or nearly do. That is so where the birthday is known of both
    and is another (`is_born_known`), and where of a forename and a surname that were told
    (`is_whole_name`) only one is alike. Where nothing else is known, a like name may be the child.
    """
    if {*alike} - NAMES - WHOLE:
        return False
    is_whole_alike = not WHOLE.isdisjoint(alike) or {*alike} >= NAMES
    return is_born_known or (is_whole_name and not is_whole_alike)
