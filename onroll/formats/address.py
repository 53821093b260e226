"""An `Address` of a pupil or a contact. Source: files.md section 5.1."""

from datetime import date

from lxml import etree

from onroll.formats.layout import (
    ADDRESS,
    ADDRESS_GROUPS,
    ADDRESS_LINES,
    BS7666,
    limits,
)
from onroll.formats.layout import (
    element as name_of,
)
from onroll.formats.numbers import is_postcode
from onroll.formats.records import PostalAddress, quick
from onroll.formats.walk import Notes, Texts, day_at, leaves_of, split, tidy, too_long, truth

_BRITISH = frozenset({"", "GB", "GBR", "UNITED KINGDOM", "UK", "ENG", "ENGLAND", "WALES", "WLS"})
_made = quick(PostalAddress)
_ADDRESS, _BS7666, _LINES = map(frozenset, (ADDRESS, BS7666, ADDRESS_LINES))
_AS_PUPIL, _STARTS, _ENDS = (
    name_of(ADDRESS, field) for field in ("lives_with", "starts_on", "ends_on")
)
_UPRN = name_of(BS7666, "uprn")
_LIMITS = limits(BS7666) | limits(ADDRESS_LINES) | limits(ADDRESS)


def read_address(element: etree._Element, notes: Notes) -> tuple[tuple[PostalAddress, ...], bool]:
    """The addresses an `Address` holds, and whether it says "as the pupil".

    One, or two where both forms are given: neither is thrown away.
    """
    texts, groups = split(element, _ADDRESS, ADDRESS_GROUPS, notes)
    if not groups and _AS_PUPIL in texts and len(texts) == 1:
        return (), truth(texts[_AS_PUPIL]) is True
    if len(groups) > 1:
        notes.add("address-both", element)
    forms = [_form(name, form, notes) for name, form in groups] or [((), "", "")]
    place = _place(texts, element, notes)
    addresses = tuple(
        _made(lines, town, place[0], place[1], uprn, place[2], place[3], place[4])
        for lines, town, uprn in forms
        if lines or town or uprn or place[0] or place[1]
    )
    return addresses, _AS_PUPIL in texts and truth(texts[_AS_PUPIL]) is True


def _place(
    texts: Texts, element: etree._Element, notes: Notes
) -> tuple[str, str, str, date | None, date | None]:
    """County, postcode (or the foreign code that stands for one), country, first and last day."""
    get = texts.get
    country = get("Country", "").strip()
    postcode = tidy(get("PostCode", ""))
    abroad = get("Zip", "").strip()
    if postcode and country.upper() in _BRITISH and not is_postcode(postcode):
        notes.add("postcode-form", element, "PostCode", value=postcode)
    if postcode and abroad:
        notes.unmapped.append((f"{notes.path(element)}/Zip", abroad))
    starts_on = day_at(texts, _STARTS, element, notes)
    ends_on = day_at(texts, _ENDS, element, notes)
    return tidy(get("County", "")), postcode or abroad, country, starts_on, ends_on


def _form(name: str, form: etree._Element, notes: Notes) -> tuple[tuple[str, ...], str, str]:
    """Lines, town and UPRN of one of the two forms an address can have."""
    if name == "AddressLines":
        texts = leaves_of(form, _LINES, notes)
        too_long(texts, _LIMITS, form, notes)
        return tuple(line for key in ADDRESS_LINES if (line := tidy(texts.get(key, "")))), "", ""
    texts = leaves_of(form, _BS7666, notes)
    too_long(texts, _LIMITS, form, notes)
    get = texts.get
    town, post_town = tidy(get("Town", "")), tidy(get("PostTown", ""))
    house = f"{_unpadded('PAON', texts, form, notes)} {tidy(get('Street', ''))}".strip()
    lines = [_unpadded("SAON", texts, form, notes), house, tidy(get("Locality", ""))]
    if post_town and town != post_town:
        lines.append(town)
        town = post_town
    return tuple(filter(None, lines)), town, get(_UPRN, "").strip()


def _unpadded(name: str, texts: Texts, form: etree._Element, notes: Notes) -> str:
    text = texts.get(name, "")
    tight = tidy(text)
    if tight != text:
        notes.add_once("address-padded", form, name, element=name)
    return tight
