"""`onroll intake FILE...`: put files or folders of files through the pipeline."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table

from onroll.audit.actions import acting
from onroll.intake import actions, queries, tasks
from onroll.intake.models import TransferStage


class Command(BaseCommand):
    """Exit codes: 0 all taken in, 1 some refused or held, 2 a path that is not there."""

    help = "Put files, or every file in a folder, through the pipeline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", dest="as_json", help="for machines")

    def handle(self, *args: Any, paths: list[Path], as_json: bool, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            self.stderr.write(f"There is no {', '.join(missing)}.")
            sys.exit(2)
        files = [file for path in paths for file in _files(path)]
        shown = track(
            files, "Taking in", transient=True, disable=as_json or not sys.stdout.isatty()
        )
        done = [_take_in(file) for file in shown]
        told = [line for lines in done for line in lines]
        _print_json(told) if as_json else _print_table(told)
        if any(line["stage"] == TransferStage.REFUSED.value or line["held"] for line in told):
            sys.exit(1)


def _files(path: Path) -> list[Path]:
    return sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]


def _take_in(path: Path) -> list[dict[str, Any]]:
    at = timezone.now()
    with acting(actor="command:intake"):
        received = actions.receive(content=path.read_bytes(), name=path.name, how="command", at=at)
    for one in received:
        tasks.take_through(one.transfer.pk, at=at, actor="command:intake")
    return [{**queries.in_short(one.transfer.pk), "is_first": one.is_first} for one in received]


def _print_json(told: list[dict[str, Any]]) -> None:
    Console(highlight=False, soft_wrap=True).print_json(json.dumps({"files": told}))


def _print_table(told: list[dict[str, Any]]) -> None:
    table = Table(
        "File", "From", "Kind", "Records", "Applied", "Unsure", "Held", "What became of it"
    )
    for line in told:
        words = line["refused_because"] or ("Taken in." if line["is_first"] else "Already held.")
        figures = (str(line[name]) for name in ("records", "applied", "unsure", "held"))
        table.add_row(line["name"], line["sender"], line["kind"], *figures, words)
    Console(highlight=False).print(table)
