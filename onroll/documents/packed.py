"""Documents that are packed as a zip: of Word, Excel and LibreOffice, without macros."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from onroll.documents.file_types import OPEN_TEXT, SHEET, WORD

ZIP = "application/zip"
MAIN_PARTS = {"word/document.xml": WORD, "xl/workbook.xml": SHEET}
RUNS = ("vbaproject.bin", "vbadata.xml")
"""Endings of the parts that hold macros; those of LibreOffice lie in folders."""
RUNS_IN = ("basic/", "scripts/", "word/activex/", "xl/activex/", "xl/macrosheets/")


def packed_type(content: bytes) -> str:
    """Return the type of a packed document; that of an archive where it is none, or has macros."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            is_open_text = "content.xml" in names and _mimetype(archive) == OPEN_TEXT
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, KeyError, OSError):
        return ZIP
    lower = [name.lower() for name in names]
    if any(name.endswith(RUNS) or name.startswith(RUNS_IN) for name in lower):
        return ZIP
    if is_open_text:
        return OPEN_TEXT
    return next((type_ for part, type_ in MAIN_PARTS.items() if part in names), ZIP)


def _mimetype(archive: ZipFile) -> str:
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as file:
        return file.read(100).decode("ascii", "replace").strip()
