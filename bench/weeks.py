"""Measure weeks (`bench.week`), once there is a database: Django must be set up before import."""

import shutil
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch
from zoneinfo import ZoneInfo

import psycopg
from django.core.management import call_command
from psycopg.types.json import Jsonb

from bench.figures import Figure
from bench.made_up import SEED
from onroll import formats
from onroll.cases.models import Case
from onroll.cases.tasks import look_over
from onroll.clocks.tasks import raise_all
from onroll.config import postgres, roles
from onroll.demo import tell, write_files
from onroll.demo.checks import check
from onroll.demo.truth import FileTruth, Truth
from onroll.demo.weeks import Weeks
from onroll.intake.models import Row, Transfer, TransferStage
from onroll.intake.records.stored import to_json
from onroll.intake.tasks import empty_folder

AIM = 30
WEEKS_UNTIL_ALL_IS_KNOWN = 8
"""A named school has so many school days to report a child; then the night finds it."""
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Taken:
    """One week of files: how many, how long they took, and how long the baseline took."""

    files: int
    records: int
    seconds: float
    baseline: float


def measure(server: postgres.Server, *, pupils: int, weeks: int) -> list[Figure]:
    """Load a borough of so many pupils, read so many weeks of files, and look for the lost."""
    year = tell(pupils=pupils, seed=SEED, weeks=weeks)
    with TemporaryDirectory(prefix="onroll-bench-") as place:
        folder = Path(place)
        truth = write_files(year, folder)
        opened_at = datetime.combine(year.borough.opens_on, time(12), LONDON)
        begun = perf_counter()
        Weeks(year, folder, truth, opened_at, lambda *_: None).live()
        loading = perf_counter() - begun
        loaded = Row.objects.count()
        _analyse(server)
        taken, nights = [], []
        for day, files in _by_day(truth, weeks):
            taken.append(_take_in(server, day, [folder / file.path for file in files]))
            nights.append(_night(day + timedelta(days=1)))
    nights += [_night(day + timedelta(weeks=n)) for n in range(1, WEEKS_UNTIL_ALL_IS_KNOWN)]
    return [
        _load_figure(loaded, loading),
        *_week_figures(taken, pupils),
        _night_figure(nights),
        _lost_figure(truth),
    ]


def _night(day: date) -> float:
    begun = perf_counter()
    raise_all(datetime.combine(day, time(3), LONDON))
    look_over(datetime.combine(day, time(4), LONDON))
    return perf_counter() - begun


def _analyse(server: postgres.Server) -> None:
    """Run what autovacuum would run in the minutes after such a load."""
    with psycopg.connect(server.url(roles.OWNER), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _by_day(truth: Truth, weeks: int) -> list[tuple[date, list[FileTruth]]]:
    sent = sorted(truth.files, key=lambda file: (file.sent_on, file.path))
    return [(day, list(files)) for day, files in groupby(sent, key=lambda f: f.sent_on)][:weeks]


def _take_in(server: postgres.Server, day: date, paths: Sequence[Path]) -> Taken:
    before = Row.objects.count()
    baseline = _copy(server, paths)
    drop = paths[0].parent / "drop"
    drop.mkdir()
    for path in paths:
        shutil.copy(path, drop)
    at = datetime.combine(day, time(16), LONDON)
    begun = perf_counter()
    with patch("django.utils.timezone.now", return_value=at):
        empty_folder(drop, at=at)
        with redirect_stderr(StringIO()):  # it says that it begins
            call_command("procrastinate", "worker", "--one-shot")
    seconds = perf_counter() - begun
    waiting = [TransferStage.RECEIVED.value, TransferStage.READ.value]
    assert not Transfer.objects.filter(stage__in=waiting).exists(), "the queue is not empty"
    return Taken(len(paths), Row.objects.count() - before, seconds, baseline)


def _copy(server: postgres.Server, paths: Sequence[Path]) -> float:
    begun = perf_counter()
    with psycopg.connect(server.url(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS bench_row (file text, number int, said jsonb)")
        copy_rows = "COPY bench_row FROM STDIN"
        with owner.cursor().copy(copy_rows) as copy:
            for path in paths:
                try:
                    pupils = formats.read(path, name=path.name).pupils
                except formats.Unreadable:
                    continue
                for pupil in pupils:
                    copy.write_row((path.name, pupil.index, Jsonb(to_json(pupil))))
    return perf_counter() - begun


def _load_figure(records: int, seconds: float) -> Figure:
    return Figure(
        title=f"Load the opening lists: {records:,} children",
        figure=f"{records / seconds:,.0f} records/s ({seconds:.0f} s)",
    )


def _week_figures(taken: Sequence[Taken], pupils: int) -> list[Figure]:
    slowest = max(taken, key=lambda week: week.seconds)
    middle, baseline = median(w.seconds for w in taken), median(w.baseline for w in taken)
    files, records = median(w.files for w in taken), median(w.records for w in taken)
    return [
        Figure(
            title=f"A week's {files:.0f} files, {records:.0f} records, against {pupils:,} children",
            figure=f"{middle:.1f} s",
            baseline=f"read and COPY: {baseline:.2f} s",
            ratio=median(week.seconds / week.baseline for week in taken),
            aim=f"< {AIM} s",
            is_reached=middle < AIM,
        ),
        Figure(
            title=f"The slowest of {len(taken)} weeks ({slowest.files} files, "
            f"{slowest.records} records)",
            figure=f"{slowest.seconds:.1f} s",
            baseline=f"read and COPY: {slowest.baseline:.2f} s",
            ratio=slowest.seconds / slowest.baseline,
            aim=f"< {AIM} s",
            is_reached=slowest.seconds < AIM,
        ),
    ]


def _night_figure(nights: Sequence[float]) -> Figure:
    return Figure(
        title="A night's look at every clock and child (the slowest)",
        figure=f"{median(nights):.2f} s ({max(nights):.2f} s)",
    )


def _lost_figure(truth: Truth) -> Figure:
    hashes = set(Transfer.objects.values_list("sha256", flat=True))
    result = check(truth, [file.path for file in truth.files if file.sha256 in hashes])
    return Figure(
        title="Vanished children of those weeks who were lost",
        figure=f"{len(result.lost)} of {result.vanished} ({Case.objects.count()} cases opened)",
        baseline="the made-up truth",
        aim="0",
        is_reached=not result.lost,
    )
