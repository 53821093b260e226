"""A record as the matcher reads it."""

from onroll.children.queries import descriptions, split_upns
from onroll.formats import PupilRecord
from onroll.intake.records.facts import is_home
from onroll.matching import Person
from onroll.rules.identifiers import check_uln, normalise_upn


def person_of(record: PupilRecord) -> Person:
    """Return what the matcher compares of the child in a record."""
    upns, weak_upns = split_upns(normalise_upn(u) for u in (record.upn, record.former_upn) if u)
    uln = check_uln(record.uln)
    return Person(
        upns=upns,
        weak_upns=weak_upns,
        ulns=frozenset({uln.value} if uln.is_valid else ()),
        forenames=frozenset({record.forename, record.chosen_forename} - {""}),
        surnames=frozenset({record.surname, record.chosen_surname, record.former_surname} - {""}),
        born=record.born,
        sex=record.sex,
        postcodes=frozenset(a.postcode for a in record.addresses if is_home(a)),
        described=_described(record),
    )


def _described(record: PupilRecord) -> tuple[dict[str, str], ...]:
    """Return the child and each home in the fields that the scorer reads."""
    child = {
        "upn": normalise_upn(record.upn),
        "former_upn": normalise_upn(record.former_upn),
        "uln": record.uln,
        "forename": record.forename,
        "middle_names": record.middle_names,
        "surname": record.surname,
        "former_surname": record.former_surname,
        "chosen_forename": record.chosen_forename,
        "chosen_surname": record.chosen_surname,
        "dob": record.born.isoformat() if record.born else "",
        "sex": record.sex,
    }
    homes = [(" ".join(address.lines), address.postcode) for address in record.addresses]
    adults = [
        (adult.forename, adult.surname, [phone.number for phone in adult.phones], adult.email)
        for adult in record.contacts
    ]
    adults += [("", "", [phone.number for phone in record.phones], record.email)]
    return descriptions([child], homes, adults)
