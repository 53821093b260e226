"""What packages above add to a file's way and to the pages of intake; none of them is imported.

Each adds its own in its `AppConfig.ready`. Steps run in the transaction of what they follow: a file
is not finished, nor a record settled, before they are done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.cases.offers import Panel
from onroll.govuk.parts import Table
from onroll.intake.models import Row, Transfer
from onroll.intake.queries import Sight


class FileStep(Protocol):
    """A step once the last record of a file is applied."""

    def __call__(self, *, transfer: Transfer, at: datetime) -> object: ...


class RowStep(Protocol):
    """A step once a person has settled whose record it is."""

    def __call__(self, *, row: Row, at: datetime) -> object: ...


@dataclass(frozen=True)
class Tab:
    """A list of what waits on the page Review."""

    code: str
    title: str
    number: Callable[[User], int]
    rows: Callable[[User, str], QuerySet[Any]]
    """What waits for this person; of one file alone where its reference is not empty."""
    table: Callable[[Iterable[Any]], Table]


AFTER_FILE: list[FileStep] = []
AFTER_SETTLING: list[RowStep] = []
PANELS: list[Callable[[Transfer, Sight], Panel | None]] = []
TABS: list[Tab] = []
