"""Pairs of names that look alike but are two names: twins often have them, and so do strangers."""

from onroll.matching.comparison.name_levels import NameLevel, compare_names
from onroll.matching.frequencies.england import is_listed_name
from onroll.matching.names.folding import skeleton
from onroll.matching.names.forms import NameForm, first_class, form_of_parts
from onroll.matching.names.variants import tables


def are_two_names(a: NameForm, b: NameForm, *, is_surname: bool) -> bool:
    """Say whether two names that are alike are two names, and neither is a slip of the other.

    Both stand in the tables of names and are no variants; or each has a part, besides those they
    share, that the other has not: Muhammad Yusuf and Muhammad Yunus, Anna Maria and Maria Anna.
    """
    if len(a.tokens) == len(b.tokens) == 1:
        return _are_two(a.joined, b.joined, is_surname=is_surname)
    return not is_surname and _have_own_parts(a.tokens, b.tokens)


def _are_two(one: str, other: str, *, is_surname: bool) -> bool:
    if not (
        is_listed_name(one, is_surname=is_surname) and is_listed_name(other, is_surname=is_surname)
    ):
        return False
    if skeleton(one) == skeleton(other):
        return False
    shorts = tables().shorts
    return shorts.get(one, frozenset()).isdisjoint(shorts.get(other, frozenset()))


def _have_own_parts(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    left, right = _telling(ours), _telling(theirs)
    if not left or not right:
        return len(ours) > 1 or len(theirs) > 1  # only an honorific is shared
    if left == right or "".join(left) == "".join(right):
        return False
    if sorted(map(first_class, left)) == sorted(map(first_class, right)):
        return len(left) > 1 and list(map(first_class, left)) != list(map(first_class, right))
    both = {first_class(token) for token in left} & {first_class(token) for token in right}
    own = [tuple(t for t in side if first_class(t) not in both) for side in (left, right)]
    if not own[0] or not own[1]:
        return False  # one has all the parts of the other
    return not _may_be_one(*own)


def _telling(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token for token in tokens if token not in tables().honorific)


def _may_be_one(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    one, other = form_of_parts(ours), form_of_parts(theirs)
    found = compare_names(one, other)
    if found in (NameLevel.INITIAL, NameLevel.VARIANT, NameLevel.EXACT, NameLevel.PART):
        return True
    is_slip = found in (NameLevel.SHORT, NameLevel.EDITS, NameLevel.TYPO, NameLevel.SOUND)
    return is_slip and not (
        len(ours) == len(theirs) == 1 and _are_two(one.joined, other.joined, is_surname=False)
    )
