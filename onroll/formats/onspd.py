"""The ONS Postcode Directory: of each postcode its local authority and its ward, by ONS codes.

The columns are those that the Office for National Statistics publishes: `pcds`, and `oslaua` and
`osward` until 2024, then `lad25cd` and `wd25cd` with the year in the name. Names of the codes come
from the lists published beside it, of two columns such as `LAD25CD` and `LAD25NM`.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_POSTCODE = re.compile(r"pcds", re.IGNORECASE)
_AUTHORITY = re.compile(r"oslaua|lad\d\dcd", re.IGNORECASE)
_WARD = re.compile(r"osward|wd\d\dcd", re.IGNORECASE)
_CODE, _NAME = re.compile(r"\w+?\d\dcd", re.IGNORECASE), re.compile(r"\w+?\d\dnm", re.IGNORECASE)


class NoDirectory(ValueError):
    """A file that is no postcode directory, or no list of names; says which column is missing."""


class PostcodeRow(NamedTuple):
    """A postcode as it is written with its space, and the codes of its authority and ward."""

    postcode: str
    authority: str
    ward: str


def read_postcodes(path: Path) -> Iterator[PostcodeRow]:
    """Yield each postcode of a directory that has an authority. Raises NoDirectory."""
    columns = {"pcds": _POSTCODE, "oslaua or lad25cd": _AUTHORITY, "osward or wd25cd": _WARD}
    for postcode, authority, ward in _read(path, columns):
        if postcode.strip() and authority.strip():
            yield PostcodeRow(postcode.strip().upper(), authority.strip(), ward.strip())


def read_names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield code and name of each authority or ward of a list of names. Raises NoDirectory."""
    for code, name in _read(path, {"a code such as LAD25CD": _CODE, "a name (LAD25NM)": _NAME}):
        if code.strip() and name.strip():
            yield code.strip(), name.strip()


def _read(path: Path, columns: dict[str, re.Pattern[str]]) -> Iterator[list[str]]:
    """Yield the wanted columns of each row of a CSV file, in the order in which they are named."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        try:
            heading = next(rows, [])
            places = [_place(heading, name, pattern) for name, pattern in columns.items()]
            for row in rows:
                if len(row) > max(places):
                    yield [row[place] for place in places]
        except (UnicodeDecodeError, csv.Error) as problem:
            raise NoDirectory(f"{path.name} is no CSV file in UTF-8: {problem}.") from problem


def _place(heading: Sequence[str], name: str, pattern: re.Pattern[str]) -> int:
    for place, column in enumerate(heading):
        if pattern.fullmatch(column.strip()):
            return place
    raise NoDirectory(f"The file has no column {name}. Its columns are: {', '.join(heading)[:300]}")
