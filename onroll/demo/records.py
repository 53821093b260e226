"""The records of children as a school's system would put them in a file, before any slip."""

from dataclasses import replace
from datetime import date

from onroll.demo.families import Adult, Child
from onroll.demo.movement import Arrival, Departure, Year
from onroll.demo.places import Address
from onroll.demo.schools import School
from onroll.demo.statements import Statement
from onroll.formats import Contact, Phone, PostalAddress, PupilRecord, SchoolSpell
from onroll.rules.age import year_group


def leaver_record(year: Year, departure: Departure, statement: Statement) -> PupilRecord:
    """Return the record of a leaver: as known, with what the office says of the leaving."""
    child = year.children[departure.child]
    record = _record_of(year, child, departure.home, departure.left_on)
    left = _spell(
        year.school(departure.school),
        entry_on=departure.entered_on,
        leaving_on=statement.left_on,
        leaving_reason=statement.reason,
        removal_grounds=statement.ground,
    )
    next_school = SchoolSpell(
        statement.to_la,
        statement.to_estab,
        statement.to_urn,
        statement.to_name,
        entry_on=statement.starts_on,
    )
    moved_to = _forwarding(statement)
    return replace(
        record,
        addresses=(*record.addresses, *((moved_to,) if moved_to else ())),
        schools=(left, next_school) if statement.to_name else (left,),
    )


def joiner_record(year: Year, arrival: Arrival) -> PupilRecord:
    """Return the record of a joiner, with the school the child came from if that is known."""
    child = year.children[arrival.child]
    record = _record_of(year, child, arrival.home, arrival.entered_on)
    joined = _spell(year.school(arrival.school), entry_on=arrival.entered_on)
    before = (_spell(year.school(arrival.last_school)),) if arrival.last_school else ()
    return replace(record, schools=(joined, *before))


def _record_of(year: Year, child: Child, home: Address, on: date) -> PupilRecord:
    adults = year.family(child).adults
    return PupilRecord(
        upn=child.upn,
        former_upn=child.former_upn,
        surname=child.surname,
        forename=child.forename,
        middle_names=child.middle_names,
        former_surname=child.former_surname,
        chosen_surname=child.chosen_surname,
        chosen_forename=child.chosen_forename,
        born=child.born,
        born_text=child.born.isoformat(),
        sex=child.sex,
        year_group=year_group(child.born, on=on),
        addresses=(_postal(home),),
        contacts=tuple(_contact(n, adult) for n, adult in enumerate(adults, start=1)),
        is_looked_after=True if child.is_looked_after else None,
        care_authority="310" if child.is_looked_after else "",
        sen_provision=child.sen_provision,
    )


def _contact(order: int, adult: Adult) -> Contact:
    return Contact(
        order=order,
        title=adult.title,
        surname=adult.surname,
        forename=adult.forename,
        relationship=adult.relationship,
        has_responsibility=adult.relationship != "REL",
        lives_with=adult.lives_with,
        address=_postal(adult.address) if adult.address else None,
        phones=tuple(Phone(kind, number) for kind, number in adult.phones),
        email=adult.email,
    )


def _postal(address: Address) -> PostalAddress:
    return PostalAddress(
        lines=address.lines, town=address.town, postcode=address.postcode, uprn=address.uprn
    )


def _forwarding(statement: Statement) -> PostalAddress | None:
    """Return the address the family gave for after the move, if it gave one."""
    if statement.forwarding is None:
        return None
    if statement.country:
        return PostalAddress(
            statement.forwarding.lines, country=statement.country, starts_on=statement.left_on
        )
    return replace(_postal(statement.forwarding), starts_on=statement.left_on)


def _spell(
    school: School,
    *,
    entry_on: date | None = None,
    leaving_on: date | None = None,
    leaving_reason: str = "",
    removal_grounds: str = "",
) -> SchoolSpell:
    return SchoolSpell(
        school.la,
        school.establishment,
        school.urn,
        school.name,
        entry_on,
        leaving_on,
        leaving_reason,
        removal_grounds,
    )
