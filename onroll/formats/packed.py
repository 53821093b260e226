"""Tell a zip of files from documents that are packed in the same way, such as Excel's."""

import zipfile
from enum import StrEnum

from onroll.formats.problems import Unreadable
from onroll.formats.safe_xml import Source, opened
from onroll.tables.workbook import BROKEN

_OFFICE = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint file",
    "xl/workbook.bin": "an Excel file of another kind (.xlsb)",
    "content.xml": "a LibreOffice file",
    "[content_types].xml": "an Excel or Word file",
}


class Shape(StrEnum):
    """What kind of file this is."""

    XML = "xml"
    LIST = "list"
    ZIP = "zip"


def shape_of_packed(source: Source, name: str) -> Shape:
    """Return whether this is a zip of files or Excel. Raises `Unreadable` for other documents."""
    members = _members(source)
    if "xl/workbook.xml" in members and "xl/workbook.bin" not in members:
        return Shape.LIST
    looks = next((words for member, words in _OFFICE.items() if member in members), "")
    if not members and name.lower().endswith((".docx", ".pptx", ".ods", ".odt")):
        looks = "a damaged document"
    if looks:
        raise Unreadable("file-kind", name, name=name, looks=looks)
    is_list = not members and name.lower().endswith(".xlsx")
    return Shape.LIST if is_list else Shape.ZIP


def is_zip_of_files(source: Source, name: str) -> bool:
    """Return whether a packed file is a zip of files rather than a document."""
    try:
        return shape_of_packed(source, name) is Shape.ZIP
    except Unreadable:
        return False


def _members(source: Source) -> set[str]:
    """Return the names in a packed file; none if it is damaged."""
    with opened(source) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                return {member.filename.lower() for member in archive.infolist()}
        except BROKEN:
            return set()
