"""Telephones and contacts. Source: files.md section 5 (Phones, Contacts)."""

from collections import Counter

from lxml import etree

from onroll.formats.address import read_address
from onroll.formats.codes import FATHERS, MOTHERS, PHONE_KINDS, RELATIONSHIPS
from onroll.formats.layout import CONTACT, CONTACT_GROUPS, PHONE, element, limits
from onroll.formats.records import Contact, Phone, PostalAddress, quick
from onroll.formats.walk import Notes, Texts, leaves_of, rows_of, split, too_long, truth, whole

_phone, _made = quick(Phone), quick(Contact)
_LIMITS = limits(CONTACT)
_KIND, _NUMBER = element(PHONE, "kind"), element(PHONE, "number")
_PHONE, _CONTACT = frozenset(PHONE), frozenset(CONTACT)
_MARKS = frozenset(" -()./")


def read_phones(group: etree._Element, notes: Notes) -> tuple[Phone, ...]:
    """Return the numbers in a `Phones` group as they are written, without the empty ones."""
    phones: list[Phone] = []
    for inner in rows_of(group, "Phone", notes):
        texts = leaves_of(inner, _PHONE, notes)
        kind, number = texts.get(_KIND, "").strip(), texts.get(_NUMBER, "").strip()
        if not number:
            continue
        if kind and kind not in PHONE_KINDS:
            notes.add("code-unknown", inner, _KIND, element=_KIND, value=kind)
        if not _MARKS.isdisjoint(number):
            notes.add_once("phone-spaced", inner, _NUMBER, value=number)
        phones.append(_phone(kind, number))
    return tuple(phones)


def read_contacts(
    group: etree._Element, pupil_homes: tuple[PostalAddress, ...], notes: Notes
) -> tuple[Contact, ...]:
    """Return every adult in a `Contacts` group, in the order of the file.

    `pupil_homes` are the child's addresses: they tell which adults live with the child.
    """
    nodes = rows_of(group, "Contact", notes)
    contacts = tuple([_contact(node, pupil_homes, notes) for node in nodes])
    orders = [contact.order for contact in contacts if contact.order is not None]
    tied = next((order for order, times in Counter(orders).items() if times > 1), None)
    if tied is not None:
        notes.add("contact-order-tied", group, value=tied)
    return contacts


def _contact(node: etree._Element, pupil_homes: tuple[PostalAddress, ...], notes: Notes) -> Contact:
    texts, groups = split(node, _CONTACT, CONTACT_GROUPS, notes)
    too_long(texts, _LIMITS, node, notes)
    addresses: tuple[PostalAddress, ...] = ()
    phones: tuple[Phone, ...] = ()
    as_pupil = False
    for name, inner in groups:
        if name == "Phones":
            phones += read_phones(inner, notes)
        else:
            added, same = read_address(inner, notes)
            addresses += added
            as_pupil = as_pupil or same
    for address_ in addresses[1:]:
        notes.unmapped.append((f"{notes.path(node)}/Address", _in_one_line(address_)))
    get = texts.get
    contact = _made(
        whole(get("Order", "").strip()),
        get("Title", "").strip(),
        get("Surname", "").strip(),
        get("Forename", "").strip(),
        get("Relationship", "").strip(),
        truth(get("Responsibility", "")),
        as_pupil or addresses[0] in pupil_homes if addresses else as_pupil or None,
        addresses[0] if addresses else None,
        phones,
        get("Email", "").strip(),
        get("MiddleNames", "").strip(),
        (get("Sex") or get("Gender", "")).strip(),
    )
    _check(contact, texts, node, notes)
    return contact


def _check(contact: Contact, texts: Texts, node: etree._Element, notes: Notes) -> None:
    kind = contact.relationship
    if not kind:
        notes.add("contact-relationship-missing", node, who=_contact_name(contact))
    elif kind not in RELATIONSHIPS:
        notes.add("code-unknown", node, "Relationship", element="Relationship", value=kind)
    elif (contact.sex == "F" and kind in FATHERS) or (contact.sex == "M" and kind in MOTHERS):
        sex = "female" if contact.sex == "F" else "male"
        words = RELATIONSHIPS[kind].lower()
        notes.add(
            "contact-sex",
            node,
            "Relationship",
            who=_contact_name(contact),
            relationship=words,
            sex=sex,
        )
    if texts.get("Order") and contact.order is None:
        notes.add("code-unknown", node, "Order", element="Order", value=texts["Order"].strip())


def _contact_name(contact: Contact) -> str:
    name = " ".join(filter(None, (contact.title, contact.forename, contact.surname)))
    return f"Contact {name}" if name else "A contact with no name"


def _in_one_line(address: PostalAddress) -> str:
    return ", ".join(filter(None, (*address.lines, address.town, address.county, address.postcode)))
