"""Rolls and census lists: sheets whose rows become records like those of any other file."""

from collections.abc import Iterable

from onroll.formats import Header, Problem, PupilRecord
from onroll.intake.models import Transfer

SHEETS = (".csv", ".xlsx")


def is_sheet(name: str) -> bool:
    """Say whether a file is a list by its name."""
    return name.lower().endswith(SHEETS)


def read(transfer: Transfer) -> tuple[Header, Iterable[PupilRecord], list[Problem]]:
    """Return the head of a list, its records and what was wrong with the whole."""
    from onroll.formats.sheets import read_roll

    return read_roll(bytes(transfer.content), name=transfer.name, mapping=transfer.mapping or None)
