"""What each kind of file is for. What it is called and held to stands in `formats.kinds`.

docs/how-to/add-a-file-format.md has the steps for another kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from onroll.formats import FORMATS, FileKind


class Purpose(StrEnum):
    """What a record says of a child. `actions.batches.ACTIONS` has what is done with each."""

    LEAVER = "leaver"
    JOINER = "joiner"
    ROLL = "roll"
    TRANSFER = "transfer"
    LIST = "list"


LIST = "LIST"
"""The stored kind of a list that is no school's roll, such as a health service's. It is read as a
roll; its `ListKind` says what it is."""


@dataclass(frozen=True, slots=True)
class Use:
    """What pages call a kind of file, and what its records say."""

    title: str
    purpose: Purpose


def _use(kind: FileKind, purpose: Purpose) -> Use:
    return Use(FORMATS[kind].title, purpose)


USES: Mapping[str, Use] = {
    FileKind.CTF: _use(FileKind.CTF, Purpose.TRANSFER),
    FileKind.LOST: _use(FileKind.LOST, Purpose.LEAVER),
    FileKind.CML: _use(FileKind.CML, Purpose.LEAVER),
    FileKind.CMJ: _use(FileKind.CMJ, Purpose.JOINER),
    FileKind.ATF: _use(FileKind.ATF, Purpose.TRANSFER),
    FileKind.ROLL: _use(FileKind.ROLL, Purpose.ROLL),
    LIST: Use("List to compare", Purpose.LIST),
}


def title_of(kind: str, unknown: str = "File") -> str:
    """Return what pages call a kind of file; `unknown` for one that could not be read."""
    return USES[kind].title if kind in USES else unknown


def is_list(kind: str) -> bool:
    """Say whether a kind of file is a list, not a file for the exchange between schools."""
    return kind in USES and USES[kind].purpose in (Purpose.ROLL, Purpose.LIST)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows, in words, when an officer says whose a record is; with a gap for the school."""

    for_child: str
    for_open_case: str
    for_nobody: str


CONSEQUENCES: Mapping[str, Consequences] = {
    Purpose.LEAVER: Consequences(
        "This answer ends the child’s place at {school}; a case opens if nobody knows where to.",
        "The open case is told.",
        "A new child is added who has left {school}; a case opens if nobody knows where to.",
    ),
    Purpose.JOINER: Consequences(
        "This answer starts a place at {school} for the child.",
        "The open case is told that the child may be found.",
        "A new child is added, on the roll of {school}. No open case is told.",
    ),
    Purpose.ROLL: Consequences(
        "This answer keeps the child on the roll of {school}.",
        "The open case is told that the child may be found.",
        "A new child is added, on the roll of {school}. No open case is told.",
    ),
    Purpose.TRANSFER: Consequences(
        "This answer keeps what the record says beside the child.",
        "The case is told.",
        "A new child is added with what the record says. No open case is told.",
    ),
}


def consequences_of(purpose: str) -> Consequences:
    """Return what follows from an answer about a record; for a list, what a transfer says."""
    return CONSEQUENCES.get(purpose, CONSEQUENCES[Purpose.TRANSFER])
