"""Management commands: Onroll's own, under `onroll NAME`, and Django's, under `onroll manage NAME`.

Arguments and settings are checked before a database is started.
"""

import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onroll.arguments import Parser
from onroll.config.console import code_of

if TYPE_CHECKING:
    from django.core.management.base import BaseCommand

FURNITURE = {
    f"--{name}"
    for name in (
        *("version", "verbosity", "settings", "pythonpath", "traceback"),
        *("no-color", "force-color", "skip-checks"),
    )
}
"""Arguments that Django adds to every command, hidden in our help."""
PATIENT = ("ONROLL_STATEMENT_SECONDS", "ONROLL_OPEN_TRANSACTION_SECONDS")


def set_up() -> None:
    """Load settings and models, with longer statement times: nobody waits for a page."""
    for name in PATIENT:
        os.environ.setdefault(name, "1800")
    import django

    django.setup()


def run(name: str, options: Mapping[str, Any]) -> int:
    """Run a command with options that are read already; a refusal is a sentence."""
    from django.core.management import CommandError
    from django.db import connections

    usual = {"force_color": False, "no_color": False, "skip_checks": True, "verbosity": 1}
    try:
        _load(name).execute(**{**usual, **options})
    except CommandError as refusal:
        sys.stderr.write(f"onroll {name}: {refusal}\n")
        return refusal.returncode
    except SystemExit as end:
        return code_of(end)
    finally:
        connections.close_all()
    return 0


def run_django(*arguments: str) -> int:
    """Run one of Django's commands."""
    set_up()
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["onroll manage", *arguments])
    except SystemExit as end:
        return code_of(end)
    return 0


def look_at(name: str, arguments: Sequence[str]) -> None:
    """Refuse what Django's command would refuse, before anything is started."""
    _load(name).create_parser("onroll manage", name).parse_args(list(arguments))


def show_help(name: str = "") -> None:
    """Say how one of Django's commands is used, or which there are, whatever is set."""
    for name_ in [key for key in os.environ if key.startswith(("ONROLL_", "DATABASE_"))]:
        del os.environ[name_]
    os.environ |= {"ONROLL_MODE": "test", "ONROLL_SECRET_KEY": secrets.token_urlsafe(50)}
    set_up()
    from django.core.management import get_commands

    if name:
        _load(name).create_parser("onroll manage", name).print_help()
        return
    parser = Parser(
        "onroll manage",
        usage="onroll manage NAME ...",
        description="Any management command of Django; onroll manage NAME --help says how.",
        epilog=f"There are: {', '.join(sorted(get_commands()))}.",
    )
    parser.print_help()


def _load(name: str) -> "BaseCommand":
    from django.core.management import get_commands, load_command_class

    app = get_commands().get(name)
    if app is None:
        Parser("onroll manage").error(f"there is no command {name}")
    command = load_command_class(app, name) if isinstance(app, str) else app
    command._called_from_command_line = True  # type: ignore[attr-defined]  # it then refuses itself, with code 2
    command.suppressed_base_arguments = FURNITURE
    return command
