"""The `onroll` command.

Exit codes: 0 done, 1 did not work, 2 wrongly asked. `onroll check` has its own: 0 clean, 1 errors,
2 unreadable.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import psycopg
from rich.console import Console
from rich.markup import escape

from onroll import __version__
from onroll.arguments import Parser
from onroll.config import console, port
from onroll.config.backup.manifest import BackupError
from onroll.config.env import BadSetting
from onroll.config.programs import ServerError
from onroll.rules.policy_file import PolicyError

REFUSALS = (BadSetting, PolicyError, ServerError, BackupError, psycopg.OperationalError)
complain = Console(stderr=True, highlight=False, soft_wrap=True)


class Command(NamedTuple):
    """One command: its help, its function and its arguments.

    Functions are named `module:name` below `onroll`, so that only the chosen command is imported.
    """

    name: str
    about: str
    run: str
    arguments: tuple[str, ...] = ()


ADDRESS = "arguments:add_address"
COMMANDS = (
    Command("serve", "web and worker together", "config.service:run_serve", (ADDRESS,)),
    Command(
        "web",
        "the web server alone",
        "config.service:run_web",
        (ADDRESS, "config.service:add_socket"),
    ),
    Command("worker", "the worker alone", "config.service:run_worker"),
    Command(
        "sweep",
        "put jobs of dead workers back (`serve` does so by itself)",
        "config.service:run_sweep",
    ),
    Command("migrate", "bring the tables up to date, as their owner", "config.setup:run_migrate"),
    Command(
        "setup-database",
        "make roles and database on a server of yours",
        "config.setup:run_setup_database",
        ("config.setup:add_server",),
    ),
    Command(
        "backup",
        "write the whole database into one file, while the service runs",
        "config.backup.commands:run_backup",
        ("config.backup.commands:add_backup",),
    ),
    Command(
        "restore",
        "put a backup into an empty database, or only try it (--drill)",
        "config.backup.commands:run_restore",
        ("config.backup.commands:add_restore",),
    ),
    Command(
        "check",
        "are these school files right? needs no database",
        "commands.check:run",
        ("commands.check:add_arguments",),
    ),
    Command(
        "demo",
        "a made-up borough, built once and then served",
        "config.service:run_demo",
        ("demo.management.arguments:demo", ADDRESS),
    ),
    Command(
        "intake",
        "put files, or every file in a folder, through the pipeline",
        "config.django_commands:run_own",
        ("intake.management.arguments:intake",),
    ),
    Command(
        "weekly",
        "the weekly report: the last whole week, or another",
        "config.django_commands:run_own",
        ("reports.management.arguments:weekly",),
    ),
    Command(
        "messages",
        "messages that were not taken, and why; --again tries them again",
        "config.django_commands:run_own",
        ("messages.management.arguments:messages",),
    ),
    Command(
        "person",
        "who may sign in, and as what",
        "config.django_commands:run_own",
        ("accounts.management.arguments:person",),
    ),
    Command(
        "schools",
        "load schools or term dates; say who works at which school",
        "config.django_commands:run_own",
        ("schools.management.arguments:schools",),
    ),
    Command(
        "postcodes",
        "load the ONS Postcode Directory, by which it is known where a child lives",
        "config.django_commands:run_own",
        ("postcodes.management.arguments:postcodes",),
    ),
    Command(
        "protect",
        "hide the addresses and contacts of a child in danger",
        "config.django_commands:run_own",
        ("cases.management.arguments:protect",),
    ),
    Command(
        "shell",
        "a Python prompt with the models",
        "config.django_commands:run_shell",
        ("config.django_commands:add_code",),
    ),
    Command(
        "link",
        "are the children of one list on another? needs no database",
        "matching.command:run",
        ("matching.command:add_arguments",),
    ),
    Command(
        "compare",
        "who of one list is on no other? needs no database",
        "commands.compare.command:run",
        ("commands.compare.command:add_arguments",),
    ),
    Command("docs", "write the tables in docs/ from the code", "config.django_commands:run_docs"),
)
OWN_COMMANDS = {
    command.name for command in COMMANDS if command.run == "config.django_commands:run_own"
}
"""Onroll's own management commands."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code."""
    typed = sys.argv[1:] if argv is None else list(argv)
    unwritten = 2 if typed[:1] == ["check"] else 1
    return console.written(lambda: _run(typed), unwritten=unwritten)


def _run(typed: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    try:
        if typed[:1] == ["manage"]:
            return _manage(typed[1:])
        return _run_command(typed)
    except port.CannotListen as error:
        complain.print(str(error), markup=False)
        return 1
    except REFUSALS as error:
        complain.print(f"[bold red]onroll:[/] {escape(str(error).strip())}")
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not isinstance(error.__cause__, psycopg.OperationalError):  # Django's own wraps it
            raise
        complain.print(f"[bold red]onroll:[/] {escape(str(error.__cause__).strip())}")
        return 1


def _run_command(typed: list[str]) -> int:
    args, surplus = _parser(typed).parse_known_args(typed)
    if surplus:
        args.parser.error(f"there is no {' '.join(surplus)}")
    args.today = console.today()
    code: int = _function(args.run)(args)
    return code


def _parser(typed: Sequence[str]) -> Parser:
    """Return the parser; only the chosen command declares its arguments."""
    parser = Parser("onroll", description="Finds children missing education and follows each one.")
    parser.add_argument("--version", action="version", version=f"onroll {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, about, run, questions in COMMANDS:
        about_it = f"{about[0].upper()}{about[1:]}."
        sub: Parser = commands.add_parser(name, help=about, description=about_it)
        sub.set_defaults(command_name=name, run=run, parser=sub)
        for question in questions if name in typed[:1] else ():
            _function(question)(sub)
    commands.add_parser("manage", help="any management command of Django")
    return parser


def _function(path: str) -> Any:
    module, name = path.split(":")
    return getattr(import_module(f"onroll.{module}"), name)


def _manage(typed: list[str]) -> int:
    """Run a management command of Django's, or one of Onroll's under its longer name."""
    if typed and typed[0] in OWN_COMMANDS:
        return _run_command(typed)
    from onroll.config import django_commands

    return django_commands.run_management(typed)


if __name__ == "__main__":
    sys.exit(main())
