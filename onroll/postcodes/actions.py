"""Loading a postcode directory: the whole replaces what was there, or nothing changes."""

from collections.abc import Iterable

from django.db import connection, transaction

from onroll.formats.onspd import PostcodeRow
from onroll.postcodes.models import Area, Postcode

COPY = "COPY postcodes_postcode (postcode, authority, ward) FROM STDIN"


@transaction.atomic
def load_postcodes(*, rows: Iterable[PostcodeRow]) -> int:
    """Replace all postcodes by these; return how many there are. Twice in the rows is once."""
    Postcode.objects.all().delete()
    loaded: set[str] = set()
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            postcode = row.postcode.replace(" ", "")
            if postcode not in loaded and len(postcode) <= 7:
                loaded.add(postcode)
                copy.write_row((postcode, row.authority, row.ward))
    return len(loaded)


@transaction.atomic
def load_names(*, names: Iterable[tuple[str, str]]) -> int:
    """Add the names of authorities or wards, or bring them up to date; return how many."""
    areas = {code: Area(code=code, name=name[:120]) for code, name in names}
    Area.objects.bulk_create(
        areas.values(), update_conflicts=True, update_fields=["name"], unique_fields=["code"]
    )
    return len(areas)
