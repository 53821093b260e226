"""Which school a file is from, and whether who brought it may bring it."""

from collections.abc import Iterable, Sequence

from onroll.formats import Header, PupilRecord, Unreadable
from onroll.formats.senders import NOT_YOURS
from onroll.intake.models import Transfer
from onroll.schools.models import School
from onroll.schools.queries import find_school


def find_sender(header: Header) -> School | None:
    source = header.source
    return find_school(la_code=source.la, establishment=source.estab, urn=source.urn)


def own_schools_of(transfer: Transfer) -> Iterable[School]:
    return School.objects.filter(staff__user=transfer.received_by).order_by("name")


def refuse_others(school: School | None, own_schools: Sequence[School] | None) -> None:
    """Refuse a file of another school; one from a school not on file waits for an officer."""
    if own_schools is not None and school is not None and school not in own_schools:
        names = (
            " and ".join(f"{owned.name} ({owned.number})" for owned in own_schools)
            or "no school yet"
        )
        raise Unreadable(NOT_YOURS, "", sender=f"{school.name} ({school.number})", own=names)


def refuse_rows_of_others(
    people: Iterable[PupilRecord], own_schools: Sequence[School] | None
) -> None:
    if own_schools is None:
        return
    named = {(s.la, s.estab, s.urn) for record in people for s in record.schools[:1]}
    for la, estab, urn in sorted(named):
        refuse_others(find_school(la_code=la, establishment=estab, urn=urn), own_schools)
