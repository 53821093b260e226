"""Two names that look alike, but are names of their own: twins have such, and so do strangers."""

from onroll.matching.commonness import is_known
from onroll.matching.keys import skeleton
from onroll.matching.likeness import Alike, Form, alike, form_of, one_class
from onroll.matching.variants import tables


def are_own(a: Form, b: Form, *, is_surname: bool) -> bool:
    """Say whether two names that are alike are two names, and neither is a slip of the other.

    Both stand in the tables of names and are no variants; or each has a part, besides those they
    share, that the other has not: Muhammad Yusuf and Muhammad Yunus, Anna Maria and Maria Anna.
    """
    if len(a.tokens) == len(b.tokens) == 1:
        return _are_two(a.joined, b.joined, is_surname=is_surname)
    return not is_surname and _have_own_parts(a.tokens, b.tokens)


def _are_two(one: str, other: str, *, is_surname: bool) -> bool:
    if not (is_known(one, is_surname=is_surname) and is_known(other, is_surname=is_surname)):
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
    if sorted(map(one_class, left)) == sorted(map(one_class, right)):
        return len(left) > 1 and list(map(one_class, left)) != list(map(one_class, right))
    both = {one_class(token) for token in left} & {one_class(token) for token in right}
    own = [tuple(t for t in side if one_class(t) not in both) for side in (left, right)]
    if not own[0] or not own[1]:
        return False  # one has all the parts of the other
    return not _may_be_one(*own)


def _telling(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token for token in tokens if token not in tables().honorific)


def _may_be_one(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    one, other = form_of(ours), form_of(theirs)
    found = alike(one, other)
    if found in (Alike.INITIAL, Alike.VARIANT, Alike.EXACT, Alike.PART):
        return True
    is_slip = found in (Alike.SHORT, Alike.EDITS, Alike.TYPO, Alike.SOUND)
    return is_slip and not (
        len(ours) == len(theirs) == 1 and _are_two(one.joined, other.joined, is_surname=False)
    )
