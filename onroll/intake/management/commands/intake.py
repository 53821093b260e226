"""`onroll intake FILE...`: put files or folders of files through the pipeline."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from onroll.audit.actions import acting
from onroll.formats.archive import is_litter
from onroll.intake import actions, queries, tasks
from onroll.intake.management import arguments
from onroll.intake.models import Transfer, TransferStage
from onroll.intake.words import NOT_THEIRS, STAGES


class Command(BaseCommand):
    """Exit codes: 0 all taken in, 1 some refused, held or unclear, 2 a path that is not there."""

    help = "Put files, or every file in a folder, through the pipeline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        arguments.intake(parser)

    def handle(self, *args: Any, paths: list[Path], as_json: bool, **options: Any) -> None:
        files = [file for path in paths for file in _files(path)]
        with _progress(is_shown=not as_json and sys.stdout.isatty()) as progress:
            lines = [line for file in files for line in _take_in(file, progress)]
        _print_json(lines) if as_json else _print_table(lines)
        if any(line["stage"] != TransferStage.APPLIED.value or line["held"] for line in lines):
            sys.exit(1)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.iterdir() if p.is_file() and not is_litter(p.name))


def _progress(*, is_shown: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, transient=True, disable=not is_shown)


def _take_in(path: Path, progress: Progress) -> list[dict[str, Any]]:
    at = timezone.localtime()
    with acting(actor="command:intake"):
        received = actions.receive(content=path.read_bytes(), name=path.name, how="command", at=at)
    return [_take_through(received_file, at, progress) for received_file in received]


def _take_through(received: actions.Received, at: datetime, progress: Progress) -> dict[str, Any]:
    bar = progress.add_task(received.name, total=None)

    def tell(transfer: Transfer) -> None:
        now = queries.in_short(transfer.pk)
        done = now["applied"] + now["unsure"] + now["held"]
        progress.update(bar, total=now["records"], completed=done)

    tasks.take_through(received.transfer.pk, at=at, actor="command:intake", tell=tell)
    progress.remove_task(bar)
    return {
        **queries.in_short(received.transfer.pk),
        "name": received.name,
        "is_first": received.is_first,
    }


def _print_json(lines: list[dict[str, Any]]) -> None:
    Console(highlight=False, soft_wrap=True).print_json(
        json.dumps({"files": lines}), ensure_ascii=True
    )


def _print_table(lines: list[dict[str, Any]]) -> None:
    say = Console(highlight=False, soft_wrap=True)
    heads = ("File", "From", "Kind", "Records", "Waiting", "What became of it")
    table = Table(*(Column(head, overflow="fold") for head in heads))  # nothing is cut off
    for line in lines:
        figures = (str(line["records"]), str(line["waiting"]))
        table.add_row(line["name"], line["sender"], line["kind"], *figures, _became(line))
    say.print(table)
    for line in lines:
        if line["refused_because"]:
            say.print(f"{line['name']}: {line['refused_because']}", markup=False)


def _became(line: dict[str, Any]) -> str:
    if not line["is_first"]:
        return "Was here already"
    words, _ = NOT_THEIRS if line["is_of_another"] else STAGES[line["stage"]]
    held_words = f", {line['held']} held" if line["held"] else ""
    is_read = line["stage"] == TransferStage.APPLIED.value
    faults = f", {line['faults']} to put right" if line["faults"] and is_read else ""
    return f"{words}{held_words}{faults}"
