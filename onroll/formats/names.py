"""The names files have: `SSSssss_TTT_DDDdddd_nnn.xml`. Source: files.md section 2."""

import re
from dataclasses import dataclass

from onroll.formats.kinds import FORMATS
from onroll.formats.records import SchoolId

_PATTERN = re.compile(
    r"(?P<source>[0-9X]{3}(?:[0-9]{4}|LLLL|XXXX))_(?P<kind>[A-Z0-9]{3})_"
    r"(?P<destination>(?:[0-9]{3}|XXX|MMM|NAA)(?:[0-9]{4}|LLLL|XXXX|MMMM))_(?P<serial>[0-9]{3})"
    r"(?P<copy>\s*\([0-9]+\))?\.xml",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name says. `copy` is the " (1)" a browser adds."""

    source: str
    kind: str
    destination: str
    serial: int
    copy: str


def parse_name(name: str) -> FileName | None:
    """Take a file's name apart; None when it is outside the pattern, as DfE's own `CTF.xml` is."""
    match = _PATTERN.fullmatch(name.strip().replace("\\", "/").rpartition("/")[2])
    if match is None:
        return None
    source, kind, destination, serial, copy = match.groups()
    return FileName(
        source.upper(), kind.upper(), destination.upper(), int(serial), (copy or "").strip()
    )


def file_name(kind: str, *, source: SchoolId, destination: SchoolId, serial: int = 1) -> str:
    """The name for a file: `3101234_CTF_XXXXXXX_001.xml`. A lost-pupil file is named as a CTF.

    Raises ValueError for a serial outside 1 to 999, or a school without its seven characters.
    """
    if not 1 <= serial <= 999:
        raise ValueError(f"The serial number must be from 1 to 999, not {serial}.")
    row = FORMATS.get(kind)
    code = row.code_in_name if row else kind
    name = f"{source.number}_{code}_{destination.number}_{serial:03}.xml"
    if parse_name(name) is None:
        raise ValueError(f"{name} is not a name DfE's pattern allows: check the school numbers.")
    return name
