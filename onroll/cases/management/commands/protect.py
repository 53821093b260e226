"""`onroll protect`: hide a child's addresses and contacts, or hide them no longer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onroll.audit.actions import acting
from onroll.cases.management import arguments
from onroll.cases.queries import child_of_case
from onroll.children import actions


class Command(BaseCommand):
    """Run on the server, on the word of a manager; recorded as `command:protect`."""

    help = "Hide the addresses and contacts of a case's child from all but whom row 8 names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        arguments.protect(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Protect the child of a case, or with `--off` no longer; CommandError for no case."""
        child = child_of_case(options["case"])
        if child is None:
            raise CommandError(f"There is no case {options['case']}.")
        with acting(actor="command:protect"):
            actions.protect(child=child, is_protected=not options["off"])
        self.stdout.write("No longer protected." if options["off"] else "Protected.")
