"""Children on record are found by forename and surname together too."""

from typing import Any

from django.db import migrations

from onroll.matching import pair_keys

AT_ONCE = 2_000


def add_pairs(apps: Any, _editor: Any) -> None:
    """Add the keys of forename and surname together to each child's."""
    child = apps.get_model("children", "Child")
    last = 0
    while some := list(child.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = some[-1].pk
        for one in some:
            forenames = (one.forename, one.chosen_forename)
            pairs = pair_keys(forenames, (one.surname, one.chosen_surname), one.born_on)
            one.search_keys = sorted({*one.search_keys, *pairs})
        child.objects.bulk_update(some, ["search_keys"])


class Migration(migrations.Migration):
    dependencies = (("children", "0007_commonness"),)
    operations = (migrations.RunPython(add_pairs, migrations.RunPython.noop),)
