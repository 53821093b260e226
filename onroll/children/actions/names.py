"""Correct a child's names; the child stays findable by the old ones."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from onroll.children.models import Child, Name, NameKind, Part, Source
from onroll.children.states import NAMES
from onroll.matching import compact, pair_keys, search_keys

Pair = tuple[str, str]

BECOMES: dict[str, NameKind] = {
    "former": NameKind.FORMER,
    "misspelt": NameKind.ALIAS,
    "not_theirs": NameKind.WRONG,
}
"""What a replaced name becomes. A misspelt one becomes an alias: the next file has it again."""


@dataclass(frozen=True)
class Names:
    """A child's names as they should be; one of the two legal ones may be empty.

    `old`: what the replaced names are. `former`: one more former name. `wrong`: the ids of names
    on record that are not this child's.
    """

    forename: str
    surname: str
    middle_names: str = ""
    chosen_forename: str = ""
    chosen_surname: str = ""
    old: Literal["former", "misspelt", "not_theirs"] = "misspelt"
    former: Pair = ("", "")
    wrong: Collection[int] = ()


def rename(child: Child, names: Names, source: Source) -> None:
    """Set a child's names and keep the old ones as `names.old` says."""
    before = _names_of(child)
    source_before = _source_of(child)
    for column in NAMES:
        setattr(child, column, getattr(names, column))
    current = {_alike(pair) for pair in _names_of(child)}
    for name in child.names.filter(pk__in=names.wrong):
        _become(name, NameKind.WRONG)
    for pair in before:
        if any(pair) and _alike(pair) not in current:
            _keep(child, pair, BECOMES[names.old], source_before)
    if any(names.former):
        _keep(child, names.former, NameKind.FORMER, source)
    child.search_keys = keys_of_child(child)
    child.save(update_fields=[*NAMES, "search_keys"])


def _names_of(child: Child) -> list[Pair]:
    legal = (child.forename, child.surname)
    chosen = (child.chosen_forename or child.forename, child.chosen_surname or child.surname)
    return list(dict.fromkeys((legal, chosen)))


def _alike(pair: Pair) -> Pair:
    return compact(pair[0]), compact(pair[1])


def _source_of(child: Child) -> Source:
    """Return the source of the current names: the last correction of them, else the record's."""
    last = child.corrections.filter(part=Part.NAME.value).order_by("-pk").first()
    return last.source if last else child.source


def _keep(child: Child, pair: Pair, kind: NameKind, source: Source) -> None:
    forename, surname = pair
    if kind is not NameKind.WRONG:
        child.names.filter(forename=forename, surname=surname, kind=NameKind.WRONG.value).delete()
    Name.objects.get_or_create(
        child=child,
        kind=kind.value,
        forename=forename,
        surname=surname,
        defaults={"source": source},
    )


def _become(name: Name, kind: NameKind) -> None:
    same = Name.objects.filter(
        child=name.child_id, kind=kind.value, forename=name.forename, surname=name.surname
    )
    if same.exclude(pk=name.pk).exists():
        name.delete()
    else:
        name.kind = kind.value
        name.save(update_fields=["kind"])


def keys_of_child(child: Child) -> list[str]:
    """Return the search keys of all names on record that are the child's, sorted."""
    forenames, surnames = _parts(_names_of(child))
    keys = {*search_keys([*forenames, *surnames]), *pair_keys(forenames, surnames, child.born_on)}
    for name in child.names.exclude(kind=NameKind.WRONG.value):
        forenames_with = [name.forename] if name.forename else forenames
        surnames_with = [name.surname] if name.surname else surnames
        keys |= {*search_keys([name.forename, name.surname])}
        keys |= pair_keys(forenames_with, surnames_with, child.born_on)
    return sorted(keys)


def _parts(pairs: Iterable[Pair]) -> tuple[list[str], list[str]]:
    pairs = list(pairs)
    return [forename for forename, _ in pairs], [surname for _, surname in pairs]
