"""Commands run within Django: Onroll's own, a prompt, the docs, and any of Django's."""

import os
from argparse import Namespace
from collections.abc import Sequence

from rich.console import Console

from onroll.arguments import Parser
from onroll.config import connections, management, service

say = Console(highlight=False, soft_wrap=True)


def run_own(args: Namespace) -> int:
    """Run one of Onroll's own commands with the database up and its tables up to date."""
    management.set_up()
    with connections.database() as server:
        if server:
            service.migrate()
        return management.run(args.command_name, vars(args))


def add_code(parser: Parser) -> None:
    """Take code to run instead of asking for it."""
    parser.add_argument("-c", "--command", metavar="CODE", help="run this and stop")


def run_shell(args: Namespace) -> int:
    """Open a Python prompt."""
    management.set_up()
    with connections.database() as server:
        if server:
            service.migrate()
        options = [f"--command={args.command}"] if args.command else []
        return management.run_django("shell", *options)


def run_management(typed: Sequence[str]) -> int:
    """Run a management command of Django's."""
    name, *options = typed or ["--help"]
    if name in ("-h", "--help", "help"):
        management.show_help(*options[:1])
        return 0
    if {"-h", "--help"} & set(options):
        management.show_help(name)
        return 0
    management.set_up()
    management.look_at(name, options)
    with connections.database():
        return management.run_django(name, *options)


def run_docs(args: Namespace) -> int:
    """Write the parts of docs/ that list what the code knows."""
    os.environ["ONROLL_MODE"] = "test"
    management.set_up()
    from onroll.config import docs

    say.print(f"{docs.write()} pages changed.")
    return 0
