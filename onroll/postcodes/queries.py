"""Where somebody lives, by the postcode in what was told of their home."""

import re
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


def residence_of(home: str) -> Residence | None:
    """Return where the last postcode in some words lies; None without one, or if it is unknown."""
    postcodes = _IN_WORDS.findall(home)
    if not postcodes:
        return None
    outward, inward = (part.upper() for part in postcodes[-1])
    row = Postcode.objects.filter(postcode=outward + inward).first()
    if row is None:
        return None
    names = dict(
        Area.objects.filter(code__in=[row.authority, row.ward]).values_list("code", "name")
    )
    return Residence(
        f"{outward} {inward}",
        row.authority,
        names.get(row.authority, row.authority),
        names.get(row.ward, row.ward),
    )
