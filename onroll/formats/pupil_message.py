"""Read what stands in a message about a missing pupil that somebody pasted from S2S.

No layout of such messages is published: schools and authorities write them by hand. What stands
after a label that is known is taken; everything else stays in the text, for a person to read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onroll.formats.authorities import authorities
from onroll.tables.days import day_of

LABELS = {
    "forename": ("forename", "forenames", "first name", "given name"),
    "surname": ("surname", "last name", "family name", "legal surname"),
    "name": ("name", "full name", "pupil", "pupil name", "child", "child name", "name of child"),
    "born": ("dob", "date of birth", "d o b", "born", "birth date"),
    "upn": ("upn", "unique pupil number"),
    "school": ("school", "last school", "previous school", "last known school"),
    "address": ("address", "last address", "last known address", "home address"),
    "authority": ("la", "local authority", "authority", "from", "council"),
    "contact": ("contact", "reply to", "email", "contact email", "officer", "sent by"),
}
"""The labels that are known for each thing, without signs and in small letters."""
_BY_LABEL = {label: what for what, labels in LABELS.items() for label in labels}
_LINE = re.compile(r"\s*([A-Za-z][A-Za-z .'’/()-]{0,30}?)\s*[:=\t]\s*(\S.*)")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)
_MOST = {"forename": 80, "surname": 80, "school": 200, "address": 300, "contact": 200}


@dataclass(frozen=True, kw_only=True)
class PupilMessageText:
    """What could be read of a message; empty where it says nothing, or nothing that is certain."""

    forename: str = ""
    surname: str = ""
    born_on: date | None = None
    upn: str = ""
    school: str = ""
    address: str = ""
    authority: str = ""
    """The code of a local authority that is open."""
    contact: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing could be read."""
        return self == PupilMessageText()


def read_message(text: str) -> PupilMessageText:
    """Return what stands in a message; of two lines about one thing the first counts."""
    told: dict[str, str] = {}
    for what, words in _labelled(text):
        told.setdefault(what, words)
    forename, surname = _names(told)
    number = _UPN.search(text)
    return PupilMessageText(
        forename=_cut("forename", forename),
        surname=_cut("surname", surname),
        born_on=day_of(told.get("born", "")),
        upn=number[0].upper() if number else "",
        school=_cut("school", told.get("school", "")),
        address=_cut("address", told.get("address", "")),
        authority=_authority(told.get("authority", "")),
        contact=_cut("contact", told.get("contact", "")),
    )


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield each thing that stands after a label, with what it is."""
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            words = re.sub(r"[^a-z ]", " ", match[1].lower()).split()
            if what := _BY_LABEL.get(" ".join(word for word in words if word != "s")):
                yield what, " ".join(match[2].split())


def _names(told: dict[str, str]) -> tuple[str, str]:
    """Return forename and surname; of a name on one line the last word is the surname, unless a
    comma or capitals say otherwise.
    """
    forename, surname = told.get("forename", ""), told.get("surname", "")
    whole = told.get("name", "")
    if forename or surname or not whole:
        return forename, surname
    if "," in whole:
        last, _, first = whole.partition(",")
        return first.strip(), last.strip()
    words = whole.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(word for word in words if word not in capitals), " ".join(capitals)
    return " ".join(words[:-1]), words[-1]


def _cut(what: str, words: str) -> str:
    return words[: _MOST[what]]


def _authority(words: str) -> str:
    """Return the code of the one open authority that is named; "" for none, and for several."""
    said = _plain(words)
    if not said:
        return ""
    fits = [row.code for row in authorities().values() if row.is_open and _plain(row.name) == said]
    return fits[0] if len(fits) == 1 else ""


def _plain(name: str) -> str:
    words = re.sub(r"[^a-z ]", " ", name.lower()).split()
    return " ".join(word for word in words if word not in _COMMON)


_COMMON = frozenset(
    (
        *("the", "of", "and", "upon", "la", "local", "authority", "council", "city", "county"),
        *("district", "borough", "london", "royal", "metropolitan"),
    )
)
"""What stands in the long names of councils, and not in the short ones."""
