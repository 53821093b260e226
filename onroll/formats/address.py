"""An `Address` of a pupil or a contact. Source: files.md section 5.1."""

from lxml import etree

from onroll.formats.layout import ADDRESS, ADDRESS_GROUPS, ADDRESS_LINES, BS7666, limits
from onroll.formats.numbers import is_postcode
from onroll.formats.records import PostalAddress
from onroll.formats.walk import Notes, Texts, day_at, split, tidy, too_long

_NONE: frozenset[str] = frozenset()
_BRITISH = frozenset({"", "GB", "GBR", "UNITED KINGDOM", "UK", "ENG", "ENGLAND", "WALES", "WLS"})
_LIMITS = limits(BS7666) | limits(ADDRESS_LINES) | limits(ADDRESS)


def read_address(element: etree._Element, notes: Notes) -> tuple[tuple[PostalAddress, ...], bool]:
    """The addresses an `Address` holds, and whether it says "as the pupil".

    One, or two where both forms are given: neither is thrown away.
    """
    texts, groups = split(element, ADDRESS, ADDRESS_GROUPS, notes)
    if len(groups) > 1:
        notes.add("address-both", element)
    forms = [_form(name, form, notes) for name, form in groups] or [((), "", "")]
    county, postcode, country = _place(texts, element, notes)
    starts_on = day_at(texts, "AddressStartDate", element, notes)
    ends_on = day_at(texts, "AddressEndDate", element, notes)
    addresses = tuple(
        PostalAddress(lines, town, county, postcode, uprn, country, starts_on, ends_on)
        for lines, town, uprn in forms
        if lines or town or postcode or county or uprn
    )
    return addresses, tidy(texts.get("AddressAsPupil")).lower() in ("true", "1")


def _place(texts: Texts, element: etree._Element, notes: Notes) -> tuple[str, str, str]:
    """County, postcode (or the foreign code that stands for one) and country."""
    country = tidy(texts.get("Country"))
    postcode = _tidy(texts.get("PostCode"))
    abroad = tidy(texts.get("Zip"))
    if postcode and country.upper() in _BRITISH and not is_postcode(postcode):
        notes.add("postcode-form", element, "PostCode", value=postcode)
    if postcode and abroad:
        notes.unmapped.append((f"{notes.path(element)}/Zip", abroad))
    return tidy(texts.get("County")), postcode or abroad, country


def _form(name: str, form: etree._Element, notes: Notes) -> tuple[tuple[str, ...], str, str]:
    """Lines, town and UPRN of one of the two forms an address can have."""
    table = BS7666 if name == "BS7666Address" else ADDRESS_LINES
    texts, _ = split(form, table, _NONE, notes)
    too_long(texts, _LIMITS, form, notes)
    if name == "AddressLines":
        return tuple(line for key in ADDRESS_LINES if (line := _tidy(texts.get(key)))), "", ""
    saon, paon, street, locality, town, post_town = (
        _tidy(texts.get(key)) for key in ("SAON", "PAON", "Street", "Locality", "Town", "PostTown")
    )
    _padded(texts, form, notes)
    if post_town and town != post_town:
        town, locality = post_town, ", ".join(filter(None, (locality, town)))
    lines = tuple(filter(None, (saon, " ".join(filter(None, (paon, street))), locality)))
    return lines, town, tidy(texts.get("UniquePropertyReferenceNumber"))


def _padded(texts: Texts, form: etree._Element, notes: Notes) -> None:
    for name in ("SAON", "PAON"):
        text = texts.get(name)
        if text and text != _tidy(text):
            notes.once("address-padded", form, name, element=name)


def _tidy(text: str | None) -> str:
    """Text with one space where a fixed-width form had many."""
    return " ".join(text.split()) if text else ""
