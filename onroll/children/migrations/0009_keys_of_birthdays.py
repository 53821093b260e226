"""Children are found by birthday and sound together, without reading all who share the birthday."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Func

KEYS = """
CREATE FUNCTION children_birthday_keys(born date, keys text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT array_agg((born - '2000-01-01'::date)::text || key) FROM unnest(keys) key
    WHERE starts_with(key, 's:')
)
"""


class Migration(migrations.Migration):
    dependencies = (("children", "0008_keys_of_pairs"),)
    operations = (
        migrations.RunSQL(KEYS, "DROP FUNCTION children_birthday_keys(date, text[])"),
        migrations.AddIndex(
            "child",
            GinIndex(
                Func("born_on", "search_keys", function="children_birthday_keys"),
                name="child_by_birthday_keys",
                fastupdate=False,
            ),
        ),
    )
