"""Problems of a list, as facts and as sentences.

What a school or an officer can do about them is decided by the reader of the list.
"""

from dataclasses import dataclass

Facts = dict[str, "str | int"]

WRONG = {
    "file-empty": "The file is empty.",
    "file-missing": "The file cannot be opened: {why}.",
    "file-too-large": "The file is larger than {limit}.",
    "file-password": (
        "The file has a password: it cannot be read until that is taken off and it is saved again."
    ),
    "sheet-type": "{name} is no list: it looks like {looks}.",
    "sheet-broken": "The list cannot be opened: {why}.",
    "sheet-too-large": "The Excel file unpacks to more than {limit}.",
    "sheet-too-many-cells": (
        "The list reaches further than {limit} cells, perhaps because something is written far"
        " below it or to its right."
    ),
    "sheet-too-wide": "The list has more than {limit} columns.",
    "sheet-too-long": "The list has more than {limit} rows.",
    "sheet-no-heading": "The list has no row with the names of its columns.",
    "xml-doctype": (
        "The file begins with a definition (DOCTYPE) that files of schools' systems never have."
        " It could be used for an attack, so it was not read."
    ),
    "list-read-from": "The list was read {where}with the names of the columns in row {row}.",
    "list-sheet-hidden": "The sheet “{sheet}” is hidden in the file and was not read.",
    "list-sheet-too": "The sheet “{sheet}” has names of columns too and was not read.",
    "list-letters": (
        "Line {row} is saved in another way than the rest of the list. It was read as “{text}”."
    ),
    "list-letters-lost": "Line {row} holds letters that cannot be read: “{text}”.",
    "row-quotation": "A quotation mark in line {row} is never closed. It was read without it.",
    "row-longer": (
        "The row has {values} values where the list has {columns} columns. From some place on"
        " each may stand in the wrong column."
    ),
    "row-shorter": (
        "The row has {values} values where the list has {columns} columns. One may be lost, and"
        " those after it stand in the wrong columns."
    ),
    "row-unreadable": "Row {row} cannot be read and was left out: {why}.",
}
"""The sentences, with placeholders for the facts."""


class NoTable(ValueError):
    """The file is no list that can be read; nothing of it may be used."""

    def __init__(self, rule: str, /, **facts: str | int) -> None:
        self.rule = rule
        self.facts: Facts = facts
        super().__init__(WRONG[rule].format(**facts))


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a list that was read. `row` is None if it is about the whole list."""

    rule: str
    facts: Facts
    row: int | None = None

    @property
    def words(self) -> str:
        """Return the remark as a sentence."""
        return WRONG[self.rule].format(**self.facts)


def size_in_words(size: int) -> str:
    """Return a number of bytes in words, such as `20 MB`."""
    return f"{size // 1024**3} GB" if size >= 1024**3 else f"{size // 1024**2} MB"
