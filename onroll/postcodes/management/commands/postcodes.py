"""`onroll postcodes`: load the ONS Postcode Directory."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onroll.audit.actions import acting
from onroll.formats.onspd import NoDirectory, read_names, read_postcodes
from onroll.postcodes import actions
from onroll.postcodes.management import arguments


class Command(BaseCommand):
    """Exit codes: 0 loaded, 1 refused; a file with a problem changes nothing."""

    help = "Load the ONS Postcode Directory, by which it is known where a child lives."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        arguments.postcodes(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the postcodes and the names in one transaction; CommandError for another file."""
        try:
            with acting(actor="command:postcodes"):
                names = sum(actions.load_names(names=read_names(file)) for file in options["names"])
                number = actions.load_postcodes(rows=read_postcodes(options["file"]))
        except (NoDirectory, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{number:,} postcodes and {names:,} names are loaded.")
