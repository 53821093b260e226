"""Who on record may be a child somebody told us of, and who only bears a name like theirs.

Our own rule: a list of everybody of a common name hides whom it may be. Nobody is left out of it.
"""

from collections.abc import Collection

NAMES = frozenset({"forename", "surname"})
WHOLE = frozenset({"name"})
"""All names that were told, at other places than they were told."""


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
