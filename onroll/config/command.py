"""The `onroll` command.

Exit codes: 0 done, 1 did not work, 2 wrongly asked. `onroll check` has its own: 0 clean, 1 errors,
2 unreadable.
"""

import argparse
import io
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console

from onroll import __version__
from onroll.config import connections, jobs, postgres, roles
from onroll.config.env import BadSetting
from onroll.config.supervisor import onroll, serve

Arguments = argparse.Namespace
Refused = (BadSetting, postgres.ServerError, psycopg.OperationalError)
complain = Console(stderr=True, highlight=False, soft_wrap=True)
say = Console(highlight=False, soft_wrap=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    args, rest = _parser().parse_known_args(argv)
    if rest and not args.passes_on:
        _parser().error(f"unknown: {' '.join(rest)}")
    args.rest = rest
    try:
        code: int = args.run(args)
    except Refused as error:
        complain.print(f"[bold red]onroll:[/] {str(error).strip()}", markup=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "onroll",
        description="Finds children missing education and follows each one.",
    )
    parser.add_argument("--version", action="version", version=f"onroll {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str,
        run: Callable[[Arguments], int],
        about: str,
        *,
        passes_on: bool = False,
        own_help: bool = False,
    ) -> argparse.ArgumentParser:
        helps = own_help or not passes_on
        sub = commands.add_parser(name, help=about, description=about, add_help=helps)
        sub.set_defaults(run=run, passes_on=passes_on)
        return sub

    for name, about in (("serve", "web and worker together"), ("web", "the web server alone")):
        sub = command(name, run_serve if name == "serve" else run_web, about)
        _add_address(sub)
    command("worker", run_worker, "the worker alone")
    command("sweep", run_sweep, "put jobs of dead workers back (`serve` does this by itself)")
    command("migrate", run_migrate, "bring the tables up to date, as their owner")
    sub = command(
        "setup-database", run_setup_database, "make roles and database on a server of yours"
    )
    sub.add_argument(
        "admin_url", help="the server as an administrator: postgresql://postgres@host/postgres"
    )
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
    about = "a made-up borough (--check: run it once, print figures)"
    sub = command("demo", run_demo, about, passes_on=True, own_help=True)
    sub.add_argument(
        "--check", action="store_true", help="with --pupils N and --weeks N, if you like"
    )
    _add_address(sub)
    for name, about in (
        ("intake", "put files through the pipeline"),
        ("weekly", "the weekly report"),
        ("person", "who may sign in, and as what (person --help)"),
        ("shell", "a Python prompt with the models"),
    ):
        command(name, partial(run_management, name=name), about, passes_on=True)
    command(
        "link",
        run_link,
        "are the children of one list on another? needs no database",
        passes_on=True,
    )
    about = "who of one list is on no other? needs no database"
    command("compare", run_compare, about, passes_on=True)
    command("docs", run_docs, "write the tables in docs/ from the code")
    command("manage", run_management, "any management command of Django", passes_on=True)
    return parser


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")


def run_serve(args: Arguments) -> int:
    """Run web and worker until told to stop."""
    with connections.database() as is_embedded:
        _keep_off(is_embedded)
        if is_embedded:
            _migrate()
        return _serve(args)


def run_web(args: Arguments) -> int:
    """Run the web server."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    with connections.database() as is_embedded:
        _keep_off(is_embedded)
        Granian(
            "onroll.config.wsgi:application",
            address=args.host,
            port=args.port,
            interface=Interfaces.WSGI,
            workers=settings.WEB_PROCESSES,
            blocking_threads=4,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()
    return 0


def run_worker(args: Arguments) -> int:
    """Run the worker."""
    with connections.database():
        return _django("procrastinate", "worker", "--shutdown-graceful-timeout", "30")


def run_sweep(args: Arguments) -> int:
    """Put the jobs of dead workers back, once."""
    with connections.database():
        say.print(f"{jobs.retry_stalled(connections.app_url())} jobs put back.")
    return 0


def run_migrate(args: Arguments) -> int:
    """Make and change tables as their owner, and say what the app role may do with them."""
    with connections.database():
        url = connections.owner_url()
        roles.grant(url)
        os.environ["DATABASE_URL"] = url  # for this process alone
        return _django("migrate", "--no-input") or _django("createcachetable")


def run_setup_database(args: Arguments) -> int:
    """Make the roles and the database that DATABASE_URL and DATABASE_OWNER_URL name."""
    owner = connections.owner_url()
    name = str(conninfo_to_dict(owner).get("dbname") or "onroll")
    roles.set_up(args.admin_url, database=name, owner_url=owner, app_url=connections.app_url())
    roles.grant(owner)
    say.print(f"The database {name} and its roles are there. Next: onroll migrate")
    return 0


def run_check(args: Arguments) -> int:
    """Check files; needs neither Django nor a database."""
    from onroll.formats.check import main as check
    from onroll.rules import policy

    path = os.environ.get("ONROLL_POLICY")
    try:
        ours = policy.load(Path(path)) if path else policy.HARROW
    except policy.PolicyError as error:
        raise BadSetting(f"ONROLL_POLICY: {error}") from None
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console may lack letters that names have
    try:
        code = check(
            args.files,
            as_json=args.json,
            out=sys.stdout,
            on=date.today(),  # noqa: TID251  # a command reads the clock
            audience=args.audience,
            most=ours.largest_file_megabytes * 1024**2,
        )
        sys.stdout.flush()
    except OSError as error:
        complain.print(f"onroll check: the answer cannot be written: {error.strerror}.")
        return 2
    return code


def run_link(args: Arguments) -> int:
    """Link two lists of children; needs neither Django nor a database."""
    from onroll.matching.link import main as link

    return link(args.rest)


def run_compare(args: Arguments) -> int:
    """Compare two lists of children; needs neither Django nor a database."""
    from onroll.config.compare import main as compare

    return compare(args.rest)


def run_docs(args: Arguments) -> int:
    """Write the parts of docs/ that list what the code knows."""
    os.environ["ONROLL_MODE"] = "test"
    from onroll.config import docs

    say.print(f"{docs.write()} pages changed.")
    return 0


def run_demo(args: Arguments) -> int:
    """Build the made-up borough and serve it; with --check, build it from nothing and stop."""
    os.environ["ONROLL_MODE"] = "demo"
    os.environ.setdefault("ONROLL_SECRET_KEY", secrets.token_urlsafe(50))
    start = postgres.ephemeral if args.check else postgres.running
    with connections.database(start) as is_embedded:
        _keep_off(is_embedded)
        _migrate()
        extra = [*args.rest, *(["--check"] if args.check else [])]
        code = subprocess.run(onroll("manage", "demo", *extra), check=False).returncode
        return code if code or args.check else _serve(args)


def _keep_off(is_embedded: bool) -> None:
    """Refuse to let the demo's sign-in, which asks for no password, open a real register."""
    if is_embedded or os.environ.get("ONROLL_MODE") != "demo":
        return
    url = connections.app_url()
    is_ours = url == postgres.Server(postgres.default_home()).url()
    if not is_ours and "demo" not in str(conninfo_to_dict(url).get("dbname")):
        raise BadSetting(
            "The demo signs anyone in: it only uses a database with `demo` in its name."
        )


def run_management(args: Arguments, name: str = "") -> int:
    """Run a management command with the database up."""
    with connections.database() as is_embedded:
        if is_embedded and name:
            _migrate()
        return _django(*([name] if name else []), *args.rest)


def _serve(args: Arguments) -> int:
    say.print(f"Onroll answers at [bold]http://{args.host}:{args.port}/[/]  (Ctrl-C stops it)")
    web = onroll("web", "--host", args.host, "--port", str(args.port))
    return serve({"web": web, "worker": onroll("worker")}, database_url=connections.app_url())


def _migrate() -> None:
    done = subprocess.run(onroll("migrate"), check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise postgres.ServerError(
            "The tables could not be brought up to date; the lines above say why."
        )


def _django(*argv: str) -> int:
    """Run a management command; nobody waits for a page here, so statements may take longer."""
    for name in ("ONROLL_STATEMENT_SECONDS", "ONROLL_OPEN_TRANSACTION_SECONDS"):
        os.environ.setdefault(name, "1800")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["onroll", *argv])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        sys.exit(main())
