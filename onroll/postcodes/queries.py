"""Where somebody lives, by the postcode in what was told of their home."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onroll.postcodes.models import Area, Postcode

_IN_WORDS = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Residence:
    """Where a postcode lies. `authority` and `ward` are names, or the codes of ones without."""

    postcode: str
    authority_code: str
    """Its ONS code."""
    authority: str
    ward: str


def has_directory() -> bool:
    """Say whether a postcode directory was loaded."""
    return Postcode.objects.exists()


def is_strange(postcode: str) -> bool:
    """Say whether what was typed as a postcode is none, or none of the directory if there is one.

    It is asked of one that lies nowhere (`residences_of`).
    """
    return bool(postcode) and (not _postcode(postcode) or has_directory())


def has_strange(home: str) -> bool:
    """Say whether the words of a home, which lies nowhere, hold a postcode of no directory."""
    return is_strange(_postcode(home))


def residences_of(homes: Iterable[str]) -> dict[str, Residence]:
    """Return by home where the last postcode in its words lies; a home without one is left out.

    Two queries, however many homes.
    """
    postcodes = {home: _postcode(home) for home in homes}
    known = [postcode.replace(" ", "") for postcode in postcodes.values() if postcode]
    rows = Postcode.objects.in_bulk(known) if known else {}
    codes = {code for row in rows.values() for code in (row.authority, row.ward)}
    names = Area.objects.in_bulk(codes) if codes else {}
    return {
        home: Residence(postcode, row.authority, *_names(names, row.authority, row.ward))
        for home, postcode in postcodes.items()
        if (row := rows.get(postcode.replace(" ", ""))) is not None
    }


def _names(names: Mapping[str, Area], *codes: str) -> list[str]:
    return [names[code].name if code in names else code for code in codes]


def _postcode(home: str) -> str:
    postcodes = _IN_WORDS.findall(home)
    return " ".join(part.upper() for part in postcodes[-1]) if postcodes else ""
