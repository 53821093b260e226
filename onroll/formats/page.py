"""`docs/formats.md`, from the tables the code itself uses. `onroll docs` writes it."""

from collections.abc import Iterable

from onroll.formats import archive, layout, safe_xml, walk
from onroll.formats.gias import COLUMNS
from onroll.formats.grounds import GROUNDS_2006, GROUNDS_2024
from onroll.formats.kinds import FORMATS
from onroll.formats.problems import PARTS
from onroll.formats.sheets import GUESSES, MOST_ROWS
from onroll.tables import workbook
from onroll.tables.heading import MOST_COLUMNS
from onroll.tables.refusal import size_in_words

_TABLES = {
    "Header": layout.HEADER,
    "SourceSchool, DestSchool": layout.SCHOOL_ID,
    "Pupil": layout.PUPIL,
    "BasicDetails": layout.BASIC,
    "BasicDetails/Languages/Type": layout.LANGUAGE,
    "FSMhistory/FSMinstance": layout.FREE_MEALS,
    "LookedAfter": layout.CARE,
    "SENhistory/SEN": layout.SEN,
    "Address": layout.ADDRESS,
    "Address/BS7666Address": layout.BS7666,
    "Address/AddressLines": layout.ADDRESS_LINES,
    "Phones/Phone": layout.PHONE,
    "Contacts/Contact": layout.CONTACT,
    "SchoolHistory/School": layout.SPELL,
}
_TITLES = {
    "unreadable": "When a file cannot be read (nothing of it is used; `onroll check` ends with 2)",
    "file": "The file as a whole",
    "pupil": "One pupil's record",
    "known": "What only the register can tell (`onroll check` cannot)",
}


def page() -> str:
    """The whole page, as Markdown."""
    parts = (_head(), _kinds(), _limits(), _problems(), _grounds(), _elements(), _lists())
    return "\n\n".join(parts) + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _head() -> str:
    return """# Files: what is read, checked and written

This page is written from the code by `onroll docs`. A test fails when the two drift.

`onroll check FILE...` takes what the pages take and says of it what they say, without a database;
`--for council` words it for officers, `--json` is for machines. It ends with 0 when there is no
error, with 1 when there is, with 2 when a file cannot be read."""


def _kinds() -> str:
    rows = (
        *(
            (row.short_title, "read, written" if row.is_written else "read", row.about)
            for row in FORMATS.values()
        ),
        (
            "zip of these and of lists",
            "read",
            "each file in it; one that is not read stops no other",
        ),
        ("register of schools", "read", "the CSV of Get information about schools"),
    )
    return (
        "## Kinds\n\n"
        + _table(("File", "", "What it is"), rows)
        + f"\n\nVersions {layout.OLDEST_VERSION} to {layout.CURRENT_VERSION} are read;"
        f" {layout.PREVIOUS_VERSION} and {layout.CURRENT_VERSION} without remark, others with a"
        f" warning. `Sex` is written from version {layout.SEX_SINCE}, `Gender` before; either is"
        f" read"
        " at any version.\n\nElements are known by their local names, in any order and any"
        " capitals."
        " What nobody knows is kept word for word and shown; attendance, assessments and the"
        " like are passed over."
    )


def _limits() -> str:
    size = size_in_words
    rows = (
        ("a file read whole", size(safe_xml.UPLOAD_LIMIT)),
        ("a file read a pupil at a time", size(safe_xml.STREAM_LIMIT)),
        ("one record", f"{size(safe_xml.RECORD_LIMIT)}, {walk.MOST_NODES:,} elements and texts"),
        ("one text", "10 MB (libxml2)"),
        ("depth of elements", "256 (libxml2)"),
        ("files in a zip", str(archive.MOST_MEMBERS)),
        ("a zip, unpacked", size(archive.MOST_BYTES)),
        ("how much smaller a file may be packed", f"{archive.MOST_RATIO} times"),
        ("a list", f"{MOST_ROWS:,} rows, {MOST_COLUMNS} columns"),
        ("an Excel file, unpacked", size(workbook.MOST_BYTES)),
        ("an Excel list", f"{workbook.MOST_CELLS:,} cells, counting empty ones before the last"),
    )
    return (
        "## Limits\n\n"
        + _table(("What", "At most"), rows)
        + "\n\nA DOCTYPE, an entity of one's own, a zip in a zip, a link or a path out of a zip"
        " is refused."
    )


def _problems() -> str:
    parts = [
        f"### {_TITLES[part]}\n\n"
        + _table(
            ("Rule", "Severity", "What is wrong", "To a school", "To an officer"),
            (
                (f"`{name}`", rule.severity, rule.wrong, rule.school, rule.council)
                for name, rule in rules.items()
            ),
        )
        for part, rules in PARTS.items()
    ]
    return (
        "## Problems\n\nWhat is wrong is kept as facts and worded for who reads it: the school that"
        " sends the file, or an officer of the council, who has to ask {whom}. Words in {braces}"
        " come from the file.\n\n" + "\n\n".join(parts)
    )


def _grounds() -> str:
    rows = ((letter, GROUNDS_2024[letter], GROUNDS_2006[letter]) for letter in GROUNDS_2024)
    return (
        "## RemovalGrounds: two letterings\n\nThe same letters mean different things in the 2024"
        " and the"
        " 2006 Regulations, and which of the two DfE's files follow is not known. The letter is"
        " kept"
        " as written. For a pupil who left before 19 August 2024 it is read by the 2006"
        " Regulations;"
        " after that both readings are shown, and a person decides.\n\n"
        + _table(("Letter", "2024 reg 9(1)", "2006 reg 8(1)"), rows)
    )


def _elements() -> str:
    parts = [
        f"### {group}\n\n"
        + _table(
            ("Element", "Fills", "How well it is known", "Note"),
            (
                (f"`{name}`", f"`{item.field}`" if item.field else "", item.mark, item.note)
                for name, item in table.items()
            ),
        )
        for group, table in _TABLES.items()
    ]
    return (
        "## Elements\n\nDfE's specification of the body of CML and CMJ was not to be had; what is"
        " inferred is marked so, and is corrected in one table, `onroll/formats/layout.py`.\n\n"
        + "\n\n".join(parts)
    )


def _lists() -> str:
    guesses = ((f"`{field}`", ", ".join(names)) for field, names in GUESSES.items())
    columns = ((f"`{field}`", name) for field, name in COLUMNS.items())
    return (
        "## Lists\n\nColumns are mapped by hand, or guessed by these headings (capitals do not"
        " matter):\n\n"
        + _table(("Fills", "Headings"), guesses)
        + "\n\nOf the register of schools these columns are used:\n\n"
        + _table(("Fills", "Column"), columns)
    )
