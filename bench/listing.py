"""Measure lists (`bench.lists`), once there is a database: Django must be set up before import."""

from contextlib import redirect_stderr
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from unittest.mock import patch
from zoneinfo import ZoneInfo

import psutil
from django.core.management import call_command

from bench.lists import Taken
from bench.made_up import SEED
from bench.most_memory import most_held
from onroll.audit.actions import acting
from onroll.config.postgres import Server
from onroll.demo import tell, write_rolls
from onroll.demo.movement import Year
from onroll.formats.gias import read_establishments
from onroll.intake import actions
from onroll.intake.models import ListKind, Row, RowStage, Transfer, TransferStage
from onroll.lists.models import Finding
from onroll.schools.actions import load_schools

LONDON = ZoneInfo("Europe/London")
WEEKS = 4


def measure(server: Server, *, children: int) -> list[Taken]:
    """Read a whole roll of so many children, and the next one some weeks later."""
    year = tell(pupils=children, seed=SEED, weeks=WEEKS)
    opens_on = year.borough.opens_on
    with TemporaryDirectory(prefix="onroll-bench-") as place:
        folder = Path(place)
        lists = write_rolls(year, folder, whole=True)
        with acting(actor="bench"):
            establishments = read_establishments(lists.establishments)
            load_schools(establishments=establishments, reporting_to="310")
        return [
            _take_in(server, _roll(year, folder, on), on)
            for on in (opens_on, opens_on + timedelta(weeks=WEEKS))
        ]


def _roll(year: Year, folder: Path, on: date) -> bytes:
    first = on == year.borough.opens_on
    [path] = write_rolls(year, folder, on=None if first else on, whole=True).rolls
    return path.read_bytes()


def _take_in(server: Server, content: bytes, on: date) -> Taken:
    at = datetime.combine(on, time(16), LONDON)
    begun, spent = perf_counter(), _cpu(server)
    with patch("django.utils.timezone.now", return_value=at):
        with acting(actor="bench"):
            received = actions.receive_list(
                content=content, name="all.csv", kind=ListKind.ROLL, on=on, how="command", at=at
            )
        with redirect_stderr(StringIO()):  # it says that it begins
            call_command("procrastinate", "worker", "--one-shot")
    seconds, cpu = perf_counter() - begun, _cpu(server) - spent
    transfer = Transfer.objects.get(pk=received.transfer.pk)
    assert transfer.stage == TransferStage.APPLIED.value, transfer.stage
    rows = Row.objects.filter(transfer=transfer)
    return Taken(
        records=rows.count(),
        findings=Finding.objects.filter(transfer=transfer).count(),
        unsure=rows.filter(stage=RowStage.UNSURE.value).count(),
        seconds=seconds,
        cpu=cpu,
        memory=most_held(),
    )


def _cpu(server: Server) -> float:
    """Return the CPU seconds of this process and of the database with all its children."""
    number = int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
    postmaster = psutil.Process(number)
    alive = sum(_spent(child) for child in postmaster.children())
    times = postmaster.cpu_times()
    spent: float = sum(times[:2]) + times.children_user + times.children_system
    return process_time() + alive + spent


def _spent(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:2]))
    except psutil.NoSuchProcess:
        return 0.0
