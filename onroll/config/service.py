"""The `onroll serve`, `demo`, `web`, `worker` and `sweep` commands."""

import argparse
import importlib
import os
import secrets
import socket
import subprocess

from psycopg.conninfo import conninfo_to_dict
from rich.console import Console

from onroll.config import connections, jobs, management, port, postgres
from onroll.config.env import BadSetting
from onroll.config.processes import Process, dying_with_us
from onroll.config.programs import ServerError
from onroll.config.supervisor import onroll, serve

Arguments = argparse.Namespace
say = Console(highlight=False, soft_wrap=True)


def run_serve(args: Arguments) -> int:
    """Run web and worker until told to stop."""
    with port.listen(args.host, args.port) as listening:
        _look_at_settings()
        with connections.database() as server:
            keep_off(server)
            if server:
                migrate()
            return _serve(args, listening, server)


def run_demo(args: Arguments) -> int:
    """Build the made-up borough and serve it; with --check, build it from nothing and stop."""
    os.environ["ONROLL_MODE"] = "demo"
    os.environ.setdefault("ONROLL_SECRET_KEY", secrets.token_urlsafe(50))
    if args.check:
        _look_at_settings()
        with connections.database(postgres.ephemeral) as server:
            return _build(args, server)
    with port.listen(args.host, args.port) as listening:
        # Links in the demo's messages lead to this demo, whichever port it has.
        url = port.url(args.host, listening.getsockname()[1])
        os.environ.setdefault("ONROLL_BASE_URL", url)
        _look_at_settings()
        with connections.database() as server:
            return _build(args, server) or _serve(args, listening, server)


def _build(args: Arguments, server: postgres.Server | None) -> int:
    keep_off(server)
    migrate()
    options = [f"--{name}={getattr(args, name)}" for name in ("pupils", "seed", "weeks")]
    if args.check:
        options.append("--check")
    return _run("manage", "demo", *options)


def add_socket(parser: argparse.ArgumentParser) -> None:
    """Declare the socket that only `serve` hands on."""
    parser.add_argument("--socket", type=int, help=argparse.SUPPRESS)


def run_web(args: Arguments) -> int:
    """Run the web server, at its own socket or at one from its parent."""
    is_inherited = args.socket is not None
    with (
        port.inherited(args.socket)
        if is_inherited
        else port.listen(args.host, args.port) as listening
    ):
        _look_at_settings()
        with connections.database() as server:
            keep_off(server)
            from django.conf import settings

            from onroll.config import web

            web.serve(listening, processes=settings.WEB_PROCESSES, at_once=settings.PAGES_AT_ONCE)
    return 0


def run_worker(args: Arguments) -> int:
    """Run the worker."""
    with connections.database():
        return management.run_django("procrastinate", "worker", "--shutdown-graceful-timeout", "30")


def run_sweep(args: Arguments) -> int:
    """Put the jobs of dead workers back, once."""
    with connections.database():
        say.print(f"{jobs.retry_stalled(connections.app_url())} jobs put back.")
    return 0


def keep_off(server: postgres.Server | None) -> None:
    """Refuse to open a real register in the demo, which signs in without a password."""
    if server or os.environ.get("ONROLL_MODE") != "demo":
        return
    url = connections.app_url()
    is_ours = url == postgres.Server(postgres.default_home()).url()
    if not is_ours and "demo" not in str(conninfo_to_dict(url).get("dbname")):
        raise BadSetting(
            "The demo signs anyone in: it only uses a database with `demo` in its name."
        )


def migrate() -> None:
    """Bring the tables up to date, in a process of its own, as their owner."""
    if _run("migrate", stdout=subprocess.PIPE):
        raise ServerError("The tables could not be brought up to date; the lines above say why.")


def _run(*arguments: str, stdout: int | None = None) -> int:
    return subprocess.run(
        onroll(*arguments), check=False, stdout=stdout, preexec_fn=dying_with_us()
    ).returncode


def _look_at_settings() -> None:
    """Refuse bad settings before anything is started."""
    importlib.import_module("onroll.config.settings")


def _serve(args: Arguments, listening: socket.socket, server: postgres.Server | None) -> int:
    url = port.url(args.host, args.port)
    say.print(f"Onroll answers at [bold]{url}[/]  (Ctrl-C stops it)")

    def keep_database() -> Process | None:
        assert server
        postgres.take_ended_keepers_away()
        return None if postgres.is_kept(server) else postgres.start_keeper(server)

    return serve(
        {"web": onroll("web", "--socket", str(listening.fileno())), "worker": onroll("worker")},
        database_url=connections.app_url(),
        keep_database=keep_database if server else None,
        pass_fds=[listening.fileno()],
    )
