"""The truth about the made-up borough, kept beside the files: a test can ask what was missed.

It is kept as JSON lines in a folder of its own; nothing in Onroll reads it but tests and the demo.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from onroll.demo.destiny import UNKNOWN, Destiny


@dataclass(frozen=True, slots=True)
class FileTruth:
    """A file that was sent. `path` is under the folder the files are in, `2025-09-12/310….xml`."""

    path: str
    sha256: str
    school: str
    kind: str
    sent_on: date
    is_readable: bool
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowTruth:
    """A record in a file, counted from 1, and whom it is about.

    `about` is `leaver`, `joiner`, or `transfer` for a CTF on its way to a known school; `event`
    is the key of the leaver or joiner.
    """

    file: str
    index: int
    about: str
    event: str
    child: str
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeaverTruth:
    """A child who left: what truly became of them, and what the school said.

    `is_of_age`: whether of compulsory school age on the day. `is_written`: whether any readable
    row tells of it; a silent school, or a last class that owes no return, leaves none. `is_false`:
    the school believed in a school or home education that was not there.
    """

    key: str
    child: str
    school: str
    left_on: date
    destiny: Destiny
    to_school: str
    starts_on: date | None
    is_of_age: bool
    is_exempt: bool
    is_written: bool
    is_false: bool
    said_reason: str
    said_ground: str
    said_lettering: str
    said_school: str
    said_left_on: date | None
    ctf: str
    defects: tuple[str, ...]

    @property
    def must_be_found(self) -> bool:
        """Say whether the child must end as a case or in review: of age, told of, nobody knows."""
        return self.destiny in UNKNOWN and self.is_of_age and self.is_written


@dataclass(frozen=True, slots=True)
class JoinerTruth:
    """A child who came. `closes` is the leaver it is the same child as, and found again."""

    key: str
    child: str
    school: str
    entered_on: date
    came_from: str
    closes: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class ChildTruth:
    """Who a child truly is, to find them by."""

    key: str
    forename: str
    surname: str
    chosen_forename: str
    born: date
    sex: str
    upn: str
    family: int


@dataclass(frozen=True)
class Truth:
    """Everything that is true and that the files may not say."""

    files: tuple[FileTruth, ...]
    rows: tuple[RowTruth, ...]
    leavers: tuple[LeaverTruth, ...]
    joiners: tuple[JoinerTruth, ...]
    children: tuple[ChildTruth, ...]

    @cached_property
    def child_at(self) -> dict[tuple[str, int], str]:
        """Return the key of the child each record is about, by file and place in it."""
        return {(row.file, row.index): row.child for row in self.rows}

    @cached_property
    def child_by_upn(self) -> dict[str, str]:
        """Return the key of the child each true permanent number belongs to."""
        return {child.upn: child.key for child in self.children if child.upn}

    def children_of(self, places: Iterable[tuple[str, int]]) -> set[str]:
        """Return the keys of the children that records, as (file, place), are about."""
        return {self.child_at[place] for place in places if place in self.child_at}

    def children_in(self, files: Iterable[str]) -> set[str]:
        """Return the keys of all children with a record in files that wait for a person."""
        names = set(files)
        return {row.child for row in self.rows if row.file in names}


def lost(
    truth: Truth, cases: Iterable[str], reviews: Iterable[str] = ()
) -> tuple[LeaverTruth, ...]:
    """Return the vanished whom the system lost: told of, but neither a case nor in review.

    `cases` and `reviews` are keys of children: those who have, or ever had, a case, and those with
    a row that waits for a person. `Truth.children_of` and `child_by_upn` turn what the system holds
    into keys. The answer must be empty.
    """
    covered = {*cases, *reviews}
    return tuple(
        leaver for leaver in truth.leavers if leaver.must_be_found and leaver.child not in covered
    )


_KINDS: dict[str, type[Any]] = {
    "files": FileTruth,
    "rows": RowTruth,
    "leavers": LeaverTruth,
    "joiners": JoinerTruth,
    "children": ChildTruth,
}


def write_truth(truth: Truth, folder: Path) -> None:
    """Write the truth into a folder, as one file of JSON lines for each kind of thing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in _KINDS.items():
        keys = [field.name for field in fields(kind)]
        things = ({key: getattr(item, key) for key in keys} for item in getattr(truth, name))
        lines = (json.dumps(thing, default=str) + "\n" for thing in things)
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def read_truth(folder: Path) -> Truth:
    """Read back what `write_truth` wrote."""
    return Truth(**{name: _read(folder / f"{name}.jsonl", kind) for name, kind in _KINDS.items()})


def _read(path: Path, kind: type[Any]) -> tuple[Any, ...]:
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return tuple(
        kind(**{name: _value(name, text) for name, text in line.items()}) for line in lines
    )


def _value(name: str, value: Any) -> Any:
    if name == "destiny":
        return Destiny(value)
    if name.endswith("_on") or name == "born":
        return date.fromisoformat(value) if value else None
    return tuple(value) if isinstance(value, list) else value
