"""Commands for a database: roles and database on a server, and its tables."""

import os
from argparse import Namespace

import psycopg
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console

from onroll import arguments
from onroll.arguments import Parser
from onroll.config import connections, management, roles

say = Console(highlight=False, soft_wrap=True)


def run_migrate(args: Namespace) -> int:
    """Make and change tables as their owner, and say what the app role may do with them."""
    with connections.database():
        url = connections.owner_url()
        roles.grant(url)
        os.environ["DATABASE_URL"] = url  # for this process alone
        return management.run_django("migrate", "--no-input") or management.run_django(
            "createcachetable"
        )


def add_server(parser: Parser) -> None:
    """Take the address of a server, for an administrator."""
    parser.add_argument(
        "admin_url",
        type=_database_url,
        help="the server as an administrator: postgresql://postgres@host/postgres",
    )


def _database_url(text: str) -> str:
    """Return the address of a server; a bad one is not repeated, since it may hold a password."""
    try:
        conninfo_to_dict(text)
    except psycopg.Error:
        raise arguments.Refusal(
            "this is no address of a server; write it as in postgresql://postgres@host/postgres."
        ) from None
    return text


def run_setup_database(args: Namespace) -> int:
    """Make the roles and the database that DATABASE_URL and DATABASE_OWNER_URL name."""
    owner = connections.owner_url()
    name = str(conninfo_to_dict(owner).get("dbname") or "onroll")
    roles.set_up(args.admin_url, database=name, owner_url=owner, app_url=connections.app_url())
    roles.grant(owner)
    say.print(f"The database {name} and its roles are there. Next: onroll migrate")
    return 0
