"""The kinds of file, one row each: what it is called, how it is told, and what it is held to.

Readers, writers, pages and the documentation ask this table. docs/how-to/add-a-file-format.md has
the steps for another kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is, as its header, its name or its content says. The values are stored."""

    CTF = "CTF"
    LOST = "LOST"
    CML = "CML"
    CMJ = "CMJ"
    ATF = "ATF"
    ROLL = "ROLL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file. Without a `root` it is a list: rows and columns, and no header."""

    short_title: str
    """In a line of `onroll check`, and in the documentation."""
    title: str
    """On pages."""
    about: str
    root: str = ""
    """The root element of its XML."""
    code_in_name: str = ""
    """The three letters in the file's name (files.md section 2); none in a list's."""
    has_data_qualifier: bool = False
    """Its DataQualifier says the kind: the termly returns of regulation 13."""
    may_lack_upn: bool = True
    """A pupil in it may have no UPN yet, so the school is asked for it in milder words."""
    is_written: bool = False


FORMATS: Mapping[str, Format] = {
    FileKind.CTF: Format(
        short_title="CTF",
        title="Common transfer file",
        about="a pupil's record, from one school to the next",
        root="CTfile",
        code_in_name="CTF",
        may_lack_upn=False,
        is_written=True,
    ),
    FileKind.LOST: Format(
        short_title="Lost-pupil CTF",
        title="Lost-pupil file",
        about="the same for one pupil, to XXXXXXX: nobody knows where",
        root="CTfile",
        code_in_name="CTF",
        may_lack_upn=False,
        is_written=True,
    ),
    FileKind.CML: Format(
        short_title="CML",
        title="Leavers (CML)",
        about="pupils taken off a register, to the authority (2024 reg 13(4))",
        root="CTfile",
        code_in_name="CML",
        has_data_qualifier=True,
        is_written=True,
    ),
    FileKind.CMJ: Format(
        short_title="CMJ",
        title="Joiners (CMJ)",
        about="pupils put on a register, to the authority (2024 reg 13(1))",
        root="CTfile",
        code_in_name="CMJ",
        has_data_qualifier=True,
        is_written=True,
    ),
    FileKind.ATF: Format(
        short_title="ATF",
        title="Admissions file",
        about="children offered a place, from an authority to a school",
        root="ATfile",
        code_in_name="ATF",
    ),
    FileKind.ROLL: Format(
        short_title="Roll or list",
        title="Roll or list",
        about="roll or census list: CSV or XLSX with a heading row",
    ),
}


def is_list(kind: str) -> bool:
    """Say whether files of a kind are lists, which have no header and no elements."""
    return kind in FORMATS and not FORMATS[kind].root


def is_return(kind: str) -> bool:
    """Say whether files of a kind are returns, which a DataQualifier names."""
    return kind in FORMATS and FORMATS[kind].has_data_qualifier


def may_lack_upn(kind: str) -> bool:
    """Say whether a pupil in files of a kind may have no UPN yet."""
    return kind in FORMATS and FORMATS[kind].may_lack_upn
