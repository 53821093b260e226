"""What a page hands to the parts that draw it. Views build these; templates read them.

Every part also takes plain dictionaries with the same keys: templates do not tell the two apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext

from onroll.rules import hours
from onroll.rules.policy import LocalPolicy

Meaning = Literal["late", "soon", "done", "waiting", "new", "info", "quiet", "problem"]
"""What a label means. Words carry it; colour only helps."""


@dataclass(frozen=True)
class Link:
    """A place to go: the words, the address, and whether this is where the reader is."""

    name: str
    url: str = ""
    is_current: bool = False
    count: int | None = None
    key: str = ""
    """The key that leads there, with those that the browser asks for besides (`accesskey`)."""


@dataclass(frozen=True)
class Contact:
    """Somebody to ring. `note` says when, or what about."""

    title: str
    phone: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True)
class Authority:
    """The council whose service this is, as the frame of each page shows it."""

    name: str
    contacts: tuple[Contact, ...] = ()

    @classmethod
    def of(cls, policy: LocalPolicy, *, at: datetime) -> "Authority":
        """Return the council of a local policy, with whom to ring first at a moment (P19)."""
        line = hours.whom_to_ring(policy, at=at, say=gettext)
        worry = Contact(
            gettext("If you are worried about a child"), line.phone, line.email, line.note
        )
        officer = Contact(policy.cme_name, policy.cme_phone, policy.cme_email)
        return cls(policy.authority_name, (worry, officer))

    @property
    def worry(self) -> Contact | None:
        """Return whom to ring now about a child."""
        return self.contacts[0] if self.contacts else None


@dataclass(frozen=True)
class Column:
    """A column of a table. `sort_url` makes its heading a link; `sorted` says how it runs now."""

    name: str
    is_numeric: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Table:
    """A table: `rows` hold one cell for each column; safe strings are shown as they are.

    `empty` is the sentence shown when there are no rows. The first cell of a row is its heading.
    With `is_stacked` each row is a card on a narrow screen, the heading of each cell inside it. Its
    caption is drawn as a heading: that of a table of cards would be as narrow as its longest word.
    """

    caption: str
    columns: Sequence[Column | str]
    rows: Sequence[Sequence[Any]]
    empty: str = "There is nothing here yet."
    is_caption_hidden: bool = False
    total: Sequence[Any] = field(default=())
    is_stacked: bool = False

    @property
    def heads(self) -> list[Column]:
        """Return the columns, each as a Column."""
        return [Column(column) if isinstance(column, str) else column for column in self.columns]

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        """Return the rows, each cell beside its column."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, Any]]:
        """Return the row of totals, each cell beside its column; empty when there is none."""
        return list(zip(self.heads, self.total, strict=True)) if self.total else []
