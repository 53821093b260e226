"""The `onroll` command.

Exit codes: 0 done, 1 did not work, 2 wrongly asked. `onroll check` has its own: 0 clean, 1 errors,
2 unreadable.
"""

import os
import sys
from argparse import SUPPRESS, Namespace
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console
from rich.markup import escape

from onroll import __version__, arguments
from onroll.arguments import Parser
from onroll.config import connections, console, management, port, roles, service
from onroll.config.backup import commands as backup
from onroll.config.backup.manifest import BackupError
from onroll.config.env import BadSetting
from onroll.config.programs import ServerError

Run = Callable[[Namespace], int]
Refused = (BadSetting, ServerError, BackupError, psycopg.OperationalError)
complain = Console(stderr=True, highlight=False, soft_wrap=True)
say = Console(highlight=False, soft_wrap=True)
OURS = {
    "intake": ("intake", "put files, or every file in a folder, through the pipeline"),
    "weekly": ("reports", "the weekly report: the last whole week, or another"),
    "person": ("accounts", "who may sign in, and as what"),
    "schools": ("schools", "load schools or term dates; say who works at which school"),
    "protect": ("cases", "hide the addresses and contacts of a child in danger"),
}
"""Onroll's own commands that need the database, the package each is in, and what it does."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code."""
    typed = sys.argv[1:] if argv is None else list(argv)
    unwritten = 2 if typed[:1] == ["check"] else 1
    return console.written(lambda: _run(typed), unwritten=unwritten)


def _run(typed: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    args, rest = _parser(typed).parse_known_args(typed)
    if rest and not args.passes_on:
        args.parser.error(f"there is no {' '.join(rest)}")
    args.rest, args.typed = rest, typed[1:]
    try:
        code: int = args.run(args)
    except port.CannotListen as error:
        complain.print(str(error), markup=False)
        return 1
    except Refused as error:
        complain.print(f"[bold red]onroll:[/] {escape(str(error).strip())}")
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not isinstance(error.__cause__, psycopg.OperationalError):  # Django's own wraps it
            raise
        complain.print(f"[bold red]onroll:[/] {escape(str(error.__cause__).strip())}")
        return 1
    return code


def _parser(typed: Sequence[str]) -> Parser:
    """Return what reads a command line; packages are asked only for the command that was typed."""
    parser = Parser("onroll", description="Finds children missing education and follows each one.")
    parser.add_argument("--version", action="version", version=f"onroll {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, about: str, *, passes_on: bool = False) -> Parser:
        sub: Parser = commands.add_parser(
            name, help=about, description=f"{about[0].upper()}{about[1:]}.", add_help=not passes_on
        )
        sub.set_defaults(run=run, passes_on=passes_on, parser=sub)
        return sub

    _add_address(command("serve", service.run_serve, "web and worker together"))
    web = command("web", service.run_web, "the web server alone")
    _add_address(web)
    web.add_argument("--socket", type=int, help=SUPPRESS)
    command("worker", service.run_worker, "the worker alone")
    command("sweep", service.run_sweep, "put jobs of dead workers back (`serve` does so by itself)")
    command("migrate", run_migrate, "bring the tables up to date, as their owner")
    about = "make roles and database on a server of yours"
    sub = command("setup-database", run_setup_database, about)
    sub.add_argument(
        "admin_url",
        type=_database_url,
        help="the server as an administrator: postgresql://postgres@host/postgres",
    )
    about = "write the whole database into one file, while the service runs"
    backup.add_backup(command("backup", backup.run_backup, about))
    about = "put a backup into an empty database, or only try it (--drill)"
    backup.add_restore(command("restore", backup.run_restore, about))
    sub = command("check", run_check, "are these school files right? needs no database")
    sub.add_argument("files", nargs="+", metavar="FILE")
    sub.add_argument("--json", action="store_true", help="the answer for machines")
    sub.add_argument(
        "--for",
        dest="audience",
        choices=("school", "council"),
        default="school",
        help="who reads it, and so has something to do (school)",
    )
    sub = command("demo", service.run_demo, "a made-up borough, built once and then served")
    if "demo" in typed[:1]:
        _add_arguments(sub, "demo", "demo")
    _add_address(sub)
    for name, (package, about) in OURS.items():
        sub = command(name, partial(run_ours, name=name), about)
        if name in typed[:1]:
            _add_arguments(sub, package, name)
    sub = command("shell", run_shell, "a Python prompt with the models")
    sub.add_argument("-c", "--command", metavar="CODE", help="run this and stop")
    about = "are the children of one list on another? needs no database"
    command("link", run_link, about, passes_on=True)
    about = "who of one list is on no other? needs no database"
    command("compare", run_compare, about, passes_on=True)
    command("docs", run_docs, "write the tables in docs/ from the code")
    command("manage", run_management, "any management command of Django", passes_on=True)
    return parser


def _add_address(parser: Parser) -> None:
    for name, kind, usual, about in (
        ("host", arguments.host, "127.0.0.1", "address to listen on"),
        ("port", arguments.port, 8000, "port to listen on"),
    ):
        parser.add_argument(f"--{name}", type=kind, default=usual, help=f"{about} ({usual})")


def _add_arguments(parser: Parser, package: str, name: str) -> None:
    """Add what a package says its command is asked."""
    getattr(import_module(f"onroll.{package}.management.arguments"), name)(parser)


def _database_url(text: str) -> str:
    """Return the address of a server; a bad one is not repeated, since it may hold a password."""
    try:
        conninfo_to_dict(text)
    except psycopg.Error:
        raise arguments.Refusal(
            "this is no address of a server; write it as in postgresql://postgres@host/postgres."
        ) from None
    return text


def run_migrate(args: Namespace) -> int:
    """Make and change tables as their owner, and say what the app role may do with them."""
    with connections.database():
        url = connections.owner_url()
        roles.grant(url)
        os.environ["DATABASE_URL"] = url  # for this process alone
        return management.run_django("migrate", "--no-input") or management.run_django(
            "createcachetable"
        )


def run_setup_database(args: Namespace) -> int:
    """Make the roles and the database that DATABASE_URL and DATABASE_OWNER_URL name."""
    owner = connections.owner_url()
    name = str(conninfo_to_dict(owner).get("dbname") or "onroll")
    roles.set_up(args.admin_url, database=name, owner_url=owner, app_url=connections.app_url())
    roles.grant(owner)
    say.print(f"The database {name} and its roles are there. Next: onroll migrate")
    return 0


def run_check(args: Namespace) -> int:
    """Check files; needs neither Django nor a database."""
    from onroll.formats.check import main as check
    from onroll.rules import policy

    path = os.environ.get("ONROLL_POLICY")
    try:
        ours = policy.load(Path(path)) if path else policy.HARROW
    except policy.PolicyError as error:
        raise BadSetting(f"ONROLL_POLICY: {error}") from None
    return check(
        args.files,
        as_json=args.json,
        out=sys.stdout,
        on=console.today(),
        audience=args.audience,
        most=ours.largest_file_megabytes * 1024**2,
    )


def run_link(args: Namespace) -> int:
    """Link two lists of children; needs neither Django nor a database."""
    from onroll.matching import link_command as link

    return link(args.rest)


def run_compare(args: Namespace) -> int:
    """Compare two lists of children; needs neither Django nor a database."""
    from onroll.config.compare import main as compare

    return compare(args.rest)


def run_docs(args: Namespace) -> int:
    """Write the parts of docs/ that list what the code knows."""
    os.environ["ONROLL_MODE"] = "test"
    from onroll.config import docs

    say.print(f"{docs.write()} pages changed.")
    return 0


def run_ours(args: Namespace, name: str) -> int:
    """Run one of Onroll's own commands with the database up and its tables up to date."""
    management.set_up()
    with connections.database() as server:
        if server:
            service.migrate()
        return management.run(name, args.typed)


def run_shell(args: Namespace) -> int:
    """Open a Python prompt."""
    management.set_up()
    with connections.database() as server:
        if server:
            service.migrate()
        asked = [f"--command={args.command}"] if args.command else []
        return management.run_django("shell", *asked)


def run_management(args: Namespace) -> int:
    """Run a management command of Django's, or one of Onroll's under its longer name."""
    name, *rest = args.rest or ["--help"]
    if name in OURS:
        return main(args.rest)
    if name in ("-h", "--help", "help"):
        management.show_help(*rest[:1])
        return 0
    if {"-h", "--help"} & set(rest):
        management.show_help(name)
        return 0
    management.set_up()
    management.look_at(name, rest)
    with connections.database():
        return management.run_django(name, *rest)


if __name__ == "__main__":
    sys.exit(main())
