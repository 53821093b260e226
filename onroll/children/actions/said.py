"""Keep which school a child goes or went to, as somebody says who is no register of it."""

from datetime import date

from django.db import transaction

from onroll.children.models import Child, Place, PlaceKind, Source
from onroll.schools.models import School


@transaction.atomic
def say_place(
    *,
    child: Child,
    source: Source,
    school: School | None = None,
    words: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> Place:
    """Keep a school as it was said: the school itself said it, or somebody else in their words.

    It is beside all that is on record and changes none of it.
    """
    begins = from_on if from_on is None or to_on is None or from_on <= to_on else None
    return Place.objects.create(
        child=child,
        kind=PlaceKind.SAID.value,
        school=school,
        provision=words[:120],
        from_on=begins,
        to_on=to_on,
        ended_by=source if to_on else None,
        is_confirmed=school is not None,
        source=source,
    )
