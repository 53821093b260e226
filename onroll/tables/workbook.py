"""Check an Excel file before it is opened. Source: trust.md section 1.10.

Calamine unpacks a workbook without limits, allocates every cell up to the furthest one used, and
copies a shared text into each cell that uses it: five kilobytes could ask for gigabytes and end the
whole program, which no `except` can catch.
"""

import io
import re
import struct
import zipfile
import zlib
from xml.parsers import expat

from onroll.tables.refusal import NoTable, size_in_words

BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error,
    ArithmeticError, EOFError, LookupError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What Python's zip reader raises for a damaged zip, depending on where the damage is."""
DAMAGED = "the Excel file is damaged or cut short"
MOST_BYTES = 200 * 1024**2
MOST_CELLS = 5_000_000
_WORKBOOK, _TEXTS = "xl/workbook.xml", "xl/sharedstrings.xml"
_OTHER_KINDS = frozenset({"xl/workbook.bin", "content.xml", "mimetype"})
_DIGITS = 30
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)


def look(content: bytes, *, name: str) -> bytes:
    """Refuse files that are not XLSX or would take more memory than any real list.

    Returns the bytes to read: a copy if a number that is no valid date is formatted as one, on
    which calamine's Rust code would panic.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _without_times(archive) if _look(archive, name) else content
    except NoTable:
        raise
    except (*BROKEN, expat.ExpatError):
        raise NoTable("sheet-broken", why=DAMAGED) from None


def _look(archive: zipfile.ZipFile, name: str) -> bool:
    """Check each part; return whether a styled cell holds a number that is no valid date."""
    members = {info.filename.lower(): info for info in archive.infolist()}
    if _WORKBOOK not in members or members.keys() & _OTHER_KINDS:
        raise NoTable("sheet-type", name=name, looks="another kind of file")
    left, texts, is_odd = MOST_BYTES, _Texts(), False
    for info in sorted(archive.infolist(), key=lambda info: info.filename.lower() != _TEXTS):
        with archive.open(info) as packed:
            content = packed.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _too_large()
        if info.filename.lower() == _TEXTS:
            _follow(content, texts)
        elif b"sheetData" in content:
            sheet = _Sheet(texts.lengths)
            _follow(content, sheet)
            is_odd |= sheet.is_odd
    return is_odd


_STYLED = re.compile(
    rb'(<(?:\w+:)?c\b[^<>]*?)\ss="\d+"([^<>]*>\s*<(?:\w+:)?v>\s*([-+0-9.Ee]+))', re.IGNORECASE
)


def _without_times(archive: zipfile.ZipFile) -> bytes:
    """Return a copy of the file in which such numbers have no style."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            content = archive.read(info)
            if b"sheetData" in content:
                content = _STYLED.sub(_unstyled, content)
            copy.writestr(info.filename, content)
    return out.getvalue()


def _unstyled(cell: re.Match[bytes]) -> bytes:
    return cell[1] + cell[2] if _is_no_time(cell[3].decode()) else cell[0]


_LAST = 2_958_466
"""Days from 1899 to the end of the year 9999."""


def _is_no_time(number: str) -> bool:
    try:
        return not 0 <= float(number) < _LAST
    except ValueError:
        return False


def _too_large() -> NoTable:
    return NoTable("sheet-too-large", limit=size_in_words(MOST_BYTES))


def _follow(content: bytes, target: "_Texts | _Sheet") -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    parser.Parse(content, True)


def _refuse_doctype(*_: object) -> None:
    raise NoTable("xml-doctype")


class _Texts:
    """The length of each shared text."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin the next text."""
        if _name(tag) == "si":
            self.lengths.append(0)

    def data(self, text: str) -> None:
        """Add to its length."""
        if self.lengths:
            self.lengths[-1] += len(text)

    def end(self, tag: str) -> None:
        """Do nothing: the next text ends this one."""


class _Sheet:
    """How far the used cells of a sheet reach, and how much shared text they use."""

    def __init__(self, lengths: list[int]) -> None:
        self.lengths = lengths
        self.row = self.column = self.shared = 0
        self.furthest_row = self.furthest_column = 1
        self.is_shared = self.is_styled = self.is_odd = False
        self.text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note the place of a row or cell; one without a place follows the one before."""
        name = _name(tag)
        self.text = ""
        if name == "row":
            number = attributes.get("r", "")[:8]
            self.row = int(number) if number.isascii() and number.isdigit() else self.row + 1
            self.column = 0
        elif name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self.column = _column(place[1]) if place else self.column + 1
            self.row = int(place[2]) if place else self.row
            self.is_shared = attributes.get("t") == "s"
            self.is_styled = "s" in attributes and attributes.get("t", "n") == "n"
        elif name in ("v", "is"):
            self._holds()

    def data(self, text: str) -> None:
        """Keep the text of a value; only numbers are ever needed."""
        self.text = (self.text + text)[:_DIGITS] if self.text else text[:_DIGITS]

    def end(self, tag: str) -> None:
        """Add the length of a cell's shared text; note a date or time that cannot be one.

        Raises `NoTable` once the cells use more than `MOST_BYTES` of shared text.
        """
        number = self.text.strip()
        if self.is_styled and _name(tag) == "v":
            self.is_odd |= _is_no_time(number)
        if self.is_shared and _name(tag) == "v" and number.isascii() and number.isdigit():
            self.shared += self.lengths[int(number)] if int(number) < len(self.lengths) else 0
            if self.shared > MOST_BYTES:
                raise _too_large()

    def _holds(self) -> None:
        self.furthest_row = max(self.furthest_row, self.row)
        self.furthest_column = max(self.furthest_column, self.column)
        if self.furthest_row * self.furthest_column > MOST_CELLS:
            raise NoTable("sheet-too-many-cells", limit=f"{MOST_CELLS:,}")


def _name(tag: str) -> str:
    return tag.rpartition(":")[2]


def _column(letters: str) -> int:
    """Return the number of a column: 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
