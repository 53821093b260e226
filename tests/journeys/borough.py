"""A made-up borough lived through from its first roll to four weeks after its last file."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from onroll.audit.actions import acting
from onroll.demo import Truth, Year, tell, write_files
from onroll.demo.checks import Result, check
from onroll.demo.weeks import Weeks
from onroll.intake import actions, tasks
from onroll.intake.models import Row, Transfer
from onroll.rules.hours import ENGLAND

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True)
class Told:
    """Which borough, and which weeks of its life."""

    seed: int
    opens_on: date
    weeks: int
    pupils: int

    def __str__(self) -> str:
        return f"seed {self.seed} from {self.opens_on}"


class Borough:
    """What was sent, what is true, and what the system made of it."""

    def __init__(self, told: Told, folder: Path) -> None:
        self.folder = folder
        self.year: Year = tell(
            pupils=told.pupils, seed=told.seed, opens_on=told.opens_on, weeks=told.weeks
        )
        self.truth: Truth = write_files(self.year, folder)
        last = max(file.sent_on for file in self.truth.files)
        self.now = datetime.combine(last + FOUR_WEEKS, time(18), ENGLAND)
        Weeks(self.year, folder, self.truth, self.now, _say_nothing, has_officers=False).live()

    @cached_property
    def found(self) -> Result:
        """Hold everything that was sent against the truth."""
        return check(self.truth, [file.path for file in self.truth.files])

    def sent(self) -> list[Path]:
        """Return every file in the order in which it was sent, rolls first."""
        rolls = sorted((self.folder / "rolls").iterdir())
        files = sorted(self.truth.files, key=lambda file: (file.sent_on, file.path))
        return [*rolls, *(self.folder / file.path for file in files)]

    def take_in(self, path: Path, content: bytes | None = None) -> None:
        """Take in one file again, as it is or with other bytes."""
        bytes_ = path.read_bytes() if content is None else content
        with acting(actor="test"):
            received = actions.receive(content=bytes_, name=path.name, how="folder", at=self.now)
        for one in received:
            tasks.take_through(one.transfer.pk, at=self.now, actor="test")

    def truly(self) -> dict[int, set[str]]:
        """Return, for each child on record, the true children whose records were put to it."""
        found: dict[int, set[str]] = defaultdict(set)
        for child, key in self._matched():
            found[child].add(key)
        return found

    def _matched(self) -> Iterator[tuple[int, str]]:
        paths = {file.sha256: file.path for file in reversed(self.truth.files)}
        by_upn = {child.upn: key for key, child in self.year.children.items()}
        rows = Row.objects.filter(child__isnull=False).select_related("transfer")
        for row in rows:
            if row.child_id is None:
                continue
            if row.purpose == "roll":
                yield row.child_id, by_upn[row.said["upn"]]
            else:
                yield row.child_id, self.truth.child_at[paths[row.transfer.sha256], row.number]

    def transfer_of(self, path: str) -> Transfer:
        """Return what became of a file; sent twice, it is the first."""
        sha256 = next(file.sha256 for file in self.truth.files if file.path == path)
        return Transfer.objects.get(sha256=sha256)


def _say_nothing(_step: str, _done: int, _of: int) -> None:
    pass
