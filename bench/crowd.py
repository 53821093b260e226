"""A quarter of a million children and ten thousand open cases, made in SQL."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import psycopg
from psycopg import Connection

from bench.made_up import SEED
from onroll.config.postgres import Server
from onroll.demo.names import draw_child_name, draw_house
from onroll.matching import search_keys

FOLDER = Path(__file__).parent
NAMES = 4_001
TABLE = """CREATE TEMP TABLE name (
    id int PRIMARY KEY, forename text, surname text, sex text,
    forename_keys text[], surname_keys text[]
)"""


class Crowd:
    """Children with and without a case; the number of cases grows."""

    def __init__(
        self,
        server: Server,
        *,
        children: int,
        most_cases: int,
        owner: int,
        colleagues: Sequence[int] = (),
        nobodys: int = 5,
        has_enquiries: bool = False,
    ) -> None:
        """Add the children; each `nobodys`th case will have nobody, the others are shared out."""
        self._url = server.url("postgres")
        self._apart = children // most_cases
        self._owners, self._nobodys = (owner, *colleagues), nobodys
        self._has_enquiries = has_enquiries
        self.cases = 0
        with self._connect() as connection:
            add_children(connection, children)

    def grow(self, cases: int) -> None:
        """Add cases up to a number, and update the planner's statistics."""
        first = self.cases + 1
        with self._connect() as connection:
            add_cases(
                connection,
                first,
                cases,
                apart=self._apart,
                owners=self._owners,
                nobodys=self._nobodys,
            )
            if self._has_enquiries:
                add_enquiries(connection, first, cases, owner=self._owners[0])
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        self.cases = cases

    def _connect(self) -> Connection:
        return psycopg.connect(self._url, options="-c session_replication_role=replica")


def add_children(connection: Connection, children: int) -> None:
    """Fill empty tables with schools, terms and so many children."""
    connection.execute(TABLE)
    _draw_names(connection)
    _run(connection, "register.sql", {"children": children, "names": NAMES})


def add_cases(
    connection: Connection,
    first: int,
    last: int,
    *,
    apart: int,
    owners: Sequence[int],
    nobodys: int = 5,
) -> None:
    """Open the cases from one number to another, for every `apart`th child; each `nobodys`th has
    nobody, the others are shared out."""
    shared_by = "{" + ", ".join(map(str, owners)) + "}"  # as PostgreSQL writes an array
    values = {"apart": apart, "owners": shared_by, "owner": owners[0], "nobodys": nobodys}
    _run(connection, "cases.sql", {"from": first, "to": last, **values})


def add_enquiries(connection: Connection, first: int, last: int, *, owner: int) -> None:
    """Put nine enquiries on each case from one number to another."""
    _run(connection, "enquiries.sql", {"from": first, "to": last, "owner": owner})


def _draw_names(connection: Connection) -> None:
    chance = Random(SEED)
    with connection.cursor().copy("COPY name FROM STDIN") as copy:
        for n in range(1, NAMES + 1):
            sex = "FM"[n % 2]
            drawn = draw_child_name(draw_house(chance), sex, (), chance)
            keys = [list(search_keys([part])) for part in (drawn.forename, drawn.surname)]
            copy.write_row((n, drawn.forename, drawn.surname, sex, *keys))


def _run(connection: Connection, script: str, values: Mapping[str, object]) -> None:
    with connection.cursor() as cursor:
        text = (FOLDER / script).read_text(encoding="utf-8") % values
        cursor.execute(text.encode())
