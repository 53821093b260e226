"""Whether a child on record is certainly the one a user looks for (access matrix, row 3)."""

from itertools import product

from onroll.cases.models import Case
from onroll.cases.queries.typed import Typed
from onroll.children.models import Child, NameKind
from onroll.children.queries import plain
from onroll.matching import compact


def is_certain(child: Child, typed: Typed, numbered: frozenset[int]) -> bool:
    """Return whether this is the child beyond doubt.

    Either the number is theirs and nothing typed contradicts it; or each name on record was typed
    exactly and the date of birth is theirs. A wrong number contradicts.
    """
    agrees, differs = names_agree(child, typed)
    has_other_birthday = bool(typed.born and child.born_on and typed.born != child.born_on)
    if has_other_birthday or (typed.number and child.pk not in numbered):
        return False
    if typed.number:
        return agrees or not differs
    return agrees and not differs and typed.born is not None and typed.born == child.born_on


def certain_case(typed: Typed) -> Case | None:
    """Return the open case of the child on record who is certainly meant, with its owner.

    Certain are a whole name and the birthday that one child alone has. No protected child is looked
    for; nobody sees the answer but who works on the case and who may see all.
    """
    if typed.born is None or not typed.is_whole_name:
        return None
    born = Child.objects.filter(plain(), born_on=typed.born, merged_into__isnull=True)
    children = [
        child
        for child in born.prefetch_related("names")
        if is_certain(child, typed, numbered=frozenset())
    ]
    if len(children) != 1:
        return None
    return Case.objects.open().filter(child=children[0]).select_related("owner").first()


def names_agree(child: Child, typed: Typed) -> tuple[bool, bool]:
    """Return whether every name on record was typed, and whether another name was typed."""
    forenames, surnames = _forenames(child), _surnames(child)
    first, last = compact(typed.forename), compact(typed.surname)
    if not (child.forename and child.surname):  # with one name nobody knows which of the two it is
        on_record = forenames | surnames
        typed_names = {first, last} - {""}
        return bool(typed_names) and typed_names <= on_record, not typed_names <= on_record
    if not (first and last) and _is_whole(first or last, forenames, surnames):
        return True, False
    differs = bool((first and first not in forenames) or (last and last not in surnames))
    return first in forenames and last in surnames, differs


def _is_whole(typed: str, forenames: set[str], surnames: set[str]) -> bool:
    """Return whether the words in one box are a forename and a surname, in either order."""
    pairs = product(forenames, surnames)
    return any(typed in (f"{first}{last}", f"{last}{first}") for first, last in pairs)


def _forenames(child: Child) -> set[str]:
    names = [child.forename, child.chosen_forename, f"{child.forename} {child.middle_names}"]
    names += [name.forename for name in child.names.all() if name.kind != NameKind.WRONG]
    return {compact(name) for name in names} - {""}


def _surnames(child: Child) -> set[str]:
    names = [child.surname, child.chosen_surname]
    names += [name.surname for name in child.names.all() if name.kind != NameKind.WRONG]
    return {compact(name) for name in names} - {""}
