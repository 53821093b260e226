"""Children are looked up by the letters of all scripts: the keys of all names are made again."""

from collections import defaultdict
from typing import Any

from django.db import migrations

from onroll.matching import pair_keys, search_keys

AT_ONCE = 2_000
WRONG = "wrong"


def make_keys(apps: Any, _editor: Any) -> None:
    """Add the keys that each child's names have now; those of names as they were typed stay.

    The names in force and the former ones are on record. A key nobody asks for any more does no
    harm, and a name that was only ever a key is not lost.
    """
    child, name = apps.get_model("children", "Child"), apps.get_model("children", "Name")
    last = 0
    while some := list(child.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = some[-1].pk
        others: dict[int, list[tuple[str, str]]] = defaultdict(list)
        kept = name.objects.filter(child__in=[one.pk for one in some]).exclude(kind=WRONG)
        for key, forename, surname in kept.values_list("child_id", "forename", "surname"):
            others[key].append((forename, surname))
        changed = [one for one in some if _learns(one, others[one.pk])]
        child.objects.bulk_update(changed, ["search_keys"])


def _learns(one: Any, others: list[tuple[str, str]]) -> bool:
    forenames = [one.forename, one.chosen_forename]
    surnames = [one.surname, one.chosen_surname]
    keys = {*search_keys([*forenames, *surnames]), *pair_keys(forenames, surnames, one.born_on)}
    for forename, surname in others:
        ours = [forename] if forename else forenames
        theirs = [surname] if surname else surnames
        keys |= {*search_keys([forename, surname]), *pair_keys(ours, theirs, one.born_on)}
    now = sorted({*one.search_keys, *keys})
    is_new: bool = now != one.search_keys
    one.search_keys = now
    return is_new


class Migration(migrations.Migration):
    dependencies = (("children", "0016_schools_not_on_file"),)
    operations = (migrations.RunPython(make_keys, migrations.RunPython.noop),)
