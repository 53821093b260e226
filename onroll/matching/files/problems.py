"""Values that were left out of a list, told to a person and written to a file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onroll.tables.formulas import harmless

SHOWN_PROBLEMS = 5


@dataclass(frozen=True)
class BadValue:
    """A value that was left out, and why."""

    file: str
    id: str
    field: str
    value: str
    words: str

    def in_words(self) -> str:
        """Return where it stands and what is wrong, for a person."""
        value = f"{self.field} {self.value!r}" if self.value else self.field
        where = [self.file, f"id {self.id}" if self.id else "", value]
        return f"{', '.join(part.strip() for part in where if part)}: {self.words}"


def refusal_to_write(
    out: Path, problems: Path | None, read: Sequence[str | Path | None]
) -> str | None:
    """Return why files must not be written where they are asked for, before anything is read."""
    lists = {Path(name).resolve() for name in read if name is not None}
    for path in (out, problems):
        if path is None:
            continue
        if not path.parent.is_dir():
            return f"there is no folder {path.parent} to write into."
        if path.is_dir():
            return f"{path} is a folder; name a file to write."
        if path.resolve() in lists:
            return f"{path} is a list to read; name another file to write."
    if problems is not None and problems.resolve() == out.resolve():
        return f"{out} cannot hold the answers and the bad values; name two files."
    return None


def unwritten(error: Exception) -> str:
    """Return why a list cannot be read or the answers not written, as a sentence for a person."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.filename or 'the answers cannot be written'}: {error.strerror}."


def write_problems(path: Path, problems: Sequence[BadValue], *, goes_on: bool = False) -> None:
    """Write bad values to a file, or after what stands there if it `goes_on`."""
    with path.open("a" if goes_on else "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if not goes_on:
            writer.writerow(("file", "id", "field", "value", "problem"))
        lines = ((p.file, p.id, p.field, p.value, p.words) for p in problems)
        writer.writerows(map(harmless, line) for line in lines)
