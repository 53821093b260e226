"""`onroll manage schools`: load schools and term dates on the server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onroll.audit.actions import acting
from onroll.formats import Unreadable
from onroll.formats.gias import read_establishments
from onroll.formats.terms import read_terms
from onroll.schools import actions, queries


class Command(BaseCommand):
    """Exit codes: 0 loaded, 1 refused; a file with a problem changes nothing."""

    help = "Load schools (a GIAS file) or term dates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `load FILE [--reporting-to 310]` or `terms FILE`."""
        commands = parser.add_subparsers(dest="what", required=True)
        load = commands.add_parser("load", help="schools from Get information about schools")
        load.add_argument("file", type=Path)
        load.add_argument(
            "--reporting-to", default="", help="the authority whose open schools report to us"
        )
        terms = commands.add_parser("terms", help="term dates and closures")
        terms.add_argument("file", type=Path)

    def handle(self, *args: Any, what: str, file: Path, **options: Any) -> None:
        """Load, and say what was done."""
        try:
            with acting(actor="command:schools"):
                done = _terms(file) if what == "terms" else _load(file, options["reporting_to"])
        except (Unreadable, actions.UnknownSchools, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{done.added} added, {done.updated} brought up to date.")


def _load(file: Path, reporting_to: str) -> actions.Loaded:
    actions.load_authorities()
    return actions.load_schools(
        establishments=read_establishments(file),
        reporting_to=reporting_to or queries.our_policy().authority_code,
    )


def _terms(file: Path) -> actions.Loaded:
    listed = read_terms(file, name=file.name)
    if listed.problems:
        raise CommandError("\n".join([*listed.problems, "Nothing was loaded."]))
    return actions.load_terms(dates=listed.dates)
