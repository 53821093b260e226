"""The manifest of a backup: what made it, and what a restored copy must hold."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
DUMP, MANIFEST = "database.dump", "manifest.json"


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Content:
    """The fingerprint of a database: two are equal only if everything in them is.

    `tables` holds each table's number of rows and a hash of them; `schema` is a hash of everything
    else: tables, constraints, triggers, functions, owners and rights.
    """

    tables: dict[str, tuple[int, str]]
    schema: str
    sequences: dict[str, int]
    roles: dict[str, list[str]]

    @property
    def rows(self) -> int:
        """Return the number of rows in all tables."""
        return sum(count for count, _ in self.tables.values())

    def differences(self, copy: "Content", *, with_schema: bool = True) -> list[str]:
        """Return the differences between this and `copy`, in words."""
        sentences = [
            f"{name}: {_rows(self.tables.get(name))} in the backup, {_rows(copy.tables.get(name))}"
            " in the copy"
            for name in sorted(self.tables.keys() | copy.tables.keys())
            if self.tables.get(name) != copy.tables.get(name)
        ]
        sentences += [
            f"{name}: the next number would be given twice"
            for name, last in self.sequences.items()
            if copy.sequences.get(name, -1) < last
        ]
        sentences += [
            f"{role}: the role is not as it was"
            for role, attributes in self.roles.items()
            if copy.roles.get(role) != attributes
        ]
        if with_schema and self.schema != copy.schema:
            sentences.append("tables, constraints, triggers or rights are not as they were")
        return sentences


def _rows(table: tuple[int, str] | None) -> str:
    return "no table" if table is None else f"{table[0]} rows ({table[1][:8]})"


@dataclass(frozen=True)
class Manifest:
    """The manifest of one backup."""

    made_at: str
    onroll: str
    server: int
    """The major version of the PostgreSQL server."""
    program: int
    """The major version of the program that wrote the dump; reading it needs this or a later."""
    sha256: str
    size: int
    content: Content
    format: int = field(default=FORMAT)

    def packed(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def unpacked(text: str) -> Manifest:
    """Return a manifest from its JSON; raises BackupError if it is none of ours."""
    try:
        values: dict[str, Any] = json.loads(text)
        if values["format"] != FORMAT:
            raise BackupError(
                f"The backup has the form {values['format']}, and this Onroll reads {FORMAT}:"
                " restore it with the Onroll that made it."
            )
        content = values.pop("content")
        content["tables"] = {name: (n, h) for name, (n, h) in content["tables"].items()}
        return Manifest(**values, content=Content(**content))
    except (KeyError, TypeError, ValueError):
        raise BackupError("The backup's list of contents cannot be read.") from None
