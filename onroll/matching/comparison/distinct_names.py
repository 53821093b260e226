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


def _are_two(first: str, second: str, *, is_surname: bool) -> bool:
    if not (
        is_listed_name(first, is_surname=is_surname)
        and is_listed_name(second, is_surname=is_surname)
    ):
        return False
    if skeleton(first) == skeleton(second):
        return False
    shorts = tables().shorts
    return shorts.get(first, frozenset()).isdisjoint(shorts.get(second, frozenset()))


def _have_own_parts(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    left, right = _telling(first), _telling(second)
    if not left or not right:
        return len(first) > 1 or len(second) > 1  # only an honorific is shared
    if left == right or "".join(left) == "".join(right):
        return False
    if sorted(map(first_class, left)) == sorted(map(first_class, right)):
        return len(left) > 1 and list(map(first_class, left)) != list(map(first_class, right))
    both = {first_class(token) for token in left} & {first_class(token) for token in right}
    unshared = [tuple(t for t in side if first_class(t) not in both) for side in (left, right)]
    if not unshared[0] or not unshared[1]:
        return False  # one has all the parts of the other
    return not _may_be_one(*unshared)


def _telling(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token for token in tokens if token not in tables().honorific)


def _may_be_one(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    first_form, second_form = form_of_parts(first), form_of_parts(second)
    level = compare_names(first_form, second_form)
    if level in (NameLevel.INITIAL, NameLevel.VARIANT, NameLevel.EXACT, NameLevel.PART):
        return True
    is_slip = level in (NameLevel.SHORT, NameLevel.EDITS, NameLevel.TYPO, NameLevel.SOUND)
    return is_slip and not (
        len(first) == len(second) == 1
        and _are_two(first_form.joined, second_form.joined, is_surname=False)
    )
