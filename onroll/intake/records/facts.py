"""A record as facts about a child: cut to the columns of the database, without placeholders."""

from collections.abc import Iterable

from onroll.children.actions import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import DetailKind, IdentifierKind
from onroll.formats import Contact, PostalAddress, PupilRecord
from onroll.placeholders import is_no_home, is_no_number, is_no_postcode
from onroll.rules.identifiers import check_uln, check_upn

_YES_OR_NO = {True: "yes", False: "no", None: ""}
SEN_FLAGS = {"K": "sen_support", "E": "ehcp"}


def facts_of(record: PupilRecord) -> ChildFacts:
    """Return what the record says of the child, ready to be stored with its source."""
    return ChildFacts(
        forename=record.forename[:80],
        middle_names=record.middle_names[:80],
        surname=record.surname[:80],
        chosen_forename=record.chosen_forename[:80],
        chosen_surname=record.chosen_surname[:80],
        former_surname=record.former_surname[:80],
        born_on=record.born,
        sex=record.sex if record.sex in {"F", "M"} else "U",
        identifiers=tuple(_identifiers(record)),
        addresses=tuple(_addresses(record)),
        adults=tuple(map(_adult, record.contacts)),
        flags=tuple(_flags(record)),
        details=tuple(_details(record)),
    )


def _identifiers(record: PupilRecord) -> Iterable[tuple[str, str]]:
    for text, kind in (
        (record.upn, IdentifierKind.UPN),
        (record.former_upn, IdentifierKind.FORMER_UPN),
    ):
        check = check_upn(text)
        if check.value and not is_no_number(check.value):
            is_temporary = check.kind == "temporary"
            yield (IdentifierKind.TEMPORARY_UPN if is_temporary else kind).value, check.value[:13]
    if record.uln and not is_no_number(record.uln):
        yield IdentifierKind.ULN.value, check_uln(record.uln).value[:13]


def _addresses(record: PupilRecord) -> Iterable[AddressFacts]:
    """The first address is home; a later one that starts is where the family is going (6.3)."""
    for place, address in enumerate(record.addresses):
        is_somewhere = is_home(address) or address.town or address.uprn or address.country
        lines = " ".join(address.lines)
        if not is_somewhere and (not lines or is_no_home(lines)):
            continue
        yield AddressFacts(
            lines=tuple(line[:120] for line in address.lines),
            town=address.town[:60],
            postcode=address.postcode[:8] if is_home(address) else "",
            uprn=address.uprn[:12],
            country=address.country[:60],
            from_on=address.starts_on,
            is_forwarding=place > 0 and address.starts_on is not None,
        )


def is_home(address: PostalAddress) -> bool:
    """Say whether an address has a postcode, and one at which people can live."""
    return bool(address.postcode) and not is_no_postcode(address.postcode)


def _adult(contact: Contact) -> AdultFacts:
    return AdultFacts(
        title=contact.title[:35],
        forename=contact.forename[:80],
        surname=contact.surname[:80],
        kind=contact.relationship[:3],
        order=min(contact.order or 1, 99),
        has_responsibility=contact.has_responsibility,
        lives_with_child=contact.lives_with,
        phones=tuple(phone.number[:35] for phone in contact.phones),
        email=contact.email[:254],
    )


def _flags(record: PupilRecord) -> Iterable[str]:
    if record.sen_provision in SEN_FLAGS:
        yield SEN_FLAGS[record.sen_provision]
    if record.is_looked_after:
        yield "looked_after"


def _details(record: PupilRecord) -> Iterable[tuple[str, str]]:
    """Yield the background in the record's codes: kind and code."""
    for kind, code in (
        (DetailKind.ETHNICITY, record.ethnicity),
        (DetailKind.FIRST_LANGUAGE, record.first_language),
        (DetailKind.LETTERS_LANGUAGE, record.letters_language),
        (DetailKind.FREE_MEALS, _YES_OR_NO[record.has_free_meals]),
    ):
        if code:
            yield kind.value, code[:8]
