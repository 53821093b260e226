"""`python -m bench.linking.one [--children N]`: how long it takes to say who one child is, now.

A register of the size of London (1.3 million) or England (9 million) in the database Onroll
brings, in its own tables. For each record asked about: the candidates and all that is known of
them are fetched, weighed and answered with reasons, as intake and the pages do. What counts is the
clock; the processor's time for this process and the database's tells what a busy machine adds.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

import psutil
import psycopg
from django.db import connection
from psycopg import Connection
from rich.console import Console

from bench.figures import Figure, drawn
from bench.linking.slips import mistyped
from bench.made_up import SEED
from bench.server import running
from onroll.config.postgres import Server
from onroll.demo.names import draw_child_name, draw_house
from onroll.matching import Answer, Kind, Person, search_keys
from onroll.matching.adjudication.answering import match_record, rank_candidates
from onroll.matching.blocking.search_keys import telling_parts
from onroll.matching.names.folding import sound

LONDON, ENGLAND = 1_300_000, 9_000_000
QUESTIONS = 400
AIMS = {LONDON: 10.0, ENGLAND: 50.0}
AUDITED = (
    "children_source", "children_child", "children_identifier", "children_address",
    "children_adult", "children_relationship",
)  # fmt: skip
"""Made-up children are not audited: the trail would be as large again."""
SCRIPT = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True)
class Question:
    """A record to find, and the id of its child; 0 for nobody."""

    record: Person
    truth: int


def main() -> None:
    """Fill a register, measure, and print."""
    parser = argparse.ArgumentParser("bench.linking.one", description=__doc__)
    parser.add_argument("--children", type=int, default=LONDON)
    args = parser.parse_args()
    say = Console(highlight=False)
    with running() as server:
        begun = perf_counter()
        fill(server, args.children)
        say.print(f"{args.children:,} children put in and counted: {perf_counter() - begun:.0f} s")
        say.print(drawn("One child, now", measure(args.children)))


def fill(server: Server, children: int) -> None:
    """Make so many children, and count their names."""
    from onroll.children.actions import count_names

    options = "-c session_replication_role=replica -c maintenance_work_mem=1GB"
    with psycopg.connect(server.url("postgres"), options=options) as owner:
        indexes = _drop_indexes(owner)
        sizes = _draw_names(owner, children)
        values = {"children": children, "postcodes": max(50, children // 25), **sizes}
        for table in AUDITED:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        owner.execute((SCRIPT.read_text("utf-8") % values).encode())
        for definition in indexes:
            owner.execute(definition.encode())
    with psycopg.connect(server.url("postgres"), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
    count_names()


def _drop_indexes(owner: Connection) -> list[str]:
    """Drop indexes without constraints; creating them after the rows is quicker."""
    rows = owner.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [list(AUDITED)],
    ).fetchall()
    for name, _ in rows:
        owner.execute(f"DROP INDEX {name}".encode())
    return [definition for _, definition in rows]


def _draw_names(owner: Connection, children: int) -> dict[str, int]:
    """Keep forenames and surnames of all houses with their search keys, the common ones first."""
    chance = Random(SEED)
    forenames: dict[str, int] = {}
    surnames: dict[str, int] = {}
    for n in range(40_000):
        drawn_name = draw_child_name(draw_house(chance), "FM"[n % 2], (), chance)
        forenames[drawn_name.forename] = forenames.get(drawn_name.forename, 0) + 1
        surnames[drawn_name.surname] = surnames.get(drawn_name.surname, 0) + 1
    sizes = {}
    for table, names in (("forename", forenames), ("surname", surnames)):
        owner.execute(
            f"CREATE TEMP TABLE {table} (id int PRIMARY KEY, name text,"
            ' keys text[], sounds text[] COLLATE "C")'
        )
        ordered = sorted(names, key=lambda name: (-names[name], name))
        with owner.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for n, name in enumerate(ordered, start=1):
                sounds = [sound(part) for part in telling_parts(name)]
                copy.write_row((n, name, list(search_keys([name])), sounds))
        sizes[f"{table}s"] = len(ordered)
    return sizes


def measure(children: int, *, number: int = QUESTIONS) -> list[Figure]:
    """Look for children who are on record, mistyped, and for some who are not."""
    from onroll.cases.queries.candidates import MOST_LOOKED_AT, MOST_WEIGHED
    from onroll.children.queries import (
        find_candidate_ids,
        find_candidates,
        people_by_id,
        register_frequencies,
    )

    def answer(record: Person) -> Answer:
        [possible] = find_candidates([record])
        return match_record(record, possible, frequencies=register_frequencies([record, *possible]))

    def listed(record: Person) -> Answer:
        [keys] = find_candidate_ids([record], most=MOST_LOOKED_AT)
        people = list(people_by_id(keys[:MOST_WEIGHED]).values())
        ranked = rank_candidates(
            record, people, frequencies=register_frequencies([record, *people])
        )
        return Answer(Kind.UNSURE, tuple(ranked))

    questions = list(_questions(children, number))
    typed = [Question(_typed(question.record), question.truth) for question in questions]
    named = [Question(_named(question.record), question.truth) for question in questions]
    for question in questions[:30]:
        answer(question.record)
        listed(_typed(question.record))
    aim = AIMS.get(children)
    base = _times(lambda question: _by_upn(question.record), questions)
    return [
        _figure("A record of a file: found, weighed, explained", answer, questions, base, aim),
        _figure("Typed: name and birthday", listed, typed, base, aim),
        _figure("Typed: name alone", listed, named, base, aim),
    ]


def _figure(
    title: str,
    answer: Callable[[Person], Answer],
    questions: Sequence[Question],
    base: Sequence[float],
    aim: float | None,
) -> Figure:
    times: list[Times] = []
    first = wrong = present = 0
    server = _own_server()
    for q in questions:
        with _timed(times, server):
            result = answer(q.record)
        present += q.truth > 0
        first += bool(result.candidates and q.truth and result.candidates[0].key == q.truth)
        wrong += result.kind is Kind.SAME and result.candidates[0].key != q.truth
    (middle, slow), cpu, database = (
        (median(s) * 1e3, quantiles(s, n=20)[-1] * 1e3) for s in zip(*times, strict=True)
    )
    return Figure(
        title=f"{title}. First of those shown: {first / max(1, present):.1%}; wrong: {wrong}",
        figure=f"{middle:.1f} ms (p95 {slow:.1f} ms); on the processor {cpu[0]:.1f} ms"
        f" (p95 {cpu[1]:.1f} ms), and the database {database[0]:.1f} ms (p95 {database[1]:.1f} ms)",
        baseline=f"exact pupil number {median(base) * 1e3:.2f} ms",
        ratio=middle / median(base) / 1e3,
        aim=f"p95 ≤ {aim:.0f} ms" if aim else "",
        is_reached=slow <= aim if aim else None,
    )


Times = tuple[float, float, float]
"""Seconds: elapsed, CPU of this process, and CPU of the database's process."""


def _own_server() -> psutil.Process:
    """Return the database process that serves this one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


@contextmanager
def _timed(times: list[Times], server: psutil.Process) -> Iterator[None]:
    database, processor, begun = _spent(server), process_time(), perf_counter()
    yield
    clock, processor = perf_counter() - begun, process_time() - processor
    times.append((clock, processor, _spent(server) - database))


def _spent(process: psutil.Process) -> float:
    """Return a process's CPU seconds, finer than psutil's hundredths."""
    path = Path(f"/proc/{process.pid}/schedstat")
    if path.exists():
        return int(path.read_text("utf-8").split()[0]) / 1e9
    return float(sum(process.cpu_times()[:2]))


def _times(ask: Callable[[Question], object], questions: Sequence[Question]) -> list[float]:
    times = []
    for question in questions:
        begun = perf_counter()
        ask(question)
        times.append(perf_counter() - begun)
    return times


def _by_upn(record: Person) -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            "select child_id from children_identifier where value = any(%s)", [[*record.upns]]
        )
        return cursor.fetchall()


def _questions(children: int, number: int) -> list[Question]:
    """Return the records: a quarter without UPN, many mistyped, one in five of nobody."""
    from onroll.children.queries import descriptions, people_by_id, split_upns

    chance = Random(SEED)
    people = people_by_id(chance.sample(range(1, children + 1), number))
    questions = []
    for key, person in people.items():
        row = dict(person.described[0])
        is_absent = chance.random() < 0.2
        if is_absent:
            row |= {"forename": mistyped("Zebediah", chance), "upn": "", "dob": "2013-06-07"}
        elif chance.random() < 0.25:
            row["upn"] = ""
        if chance.random() < 0.12:
            row["forename"] = mistyped(row["forename"], chance)
        if chance.random() < 0.11:
            row["surname"] = mistyped(row["surname"], chance)
        upns, weak = split_upns([row["upn"]])
        home = [(row["address"], row["postcode"])]
        adults = [(row["adult_forename"], row["adult_surname"], [row["phone"]], row["email"])]
        record = Person(
            upns=upns,
            weak_upns=weak,
            forenames=frozenset({row["forename"]}),
            surnames=frozenset({row["surname"]}),
            born=date.fromisoformat(row["dob"]),
            sex=row["sex"],
            postcodes=frozenset({row["postcode"]}),
            described=descriptions([row], home, adults),
        )
        questions.append(Question(record, 0 if is_absent else key))
    return questions


def _typed(record: Person) -> Person:
    return _only(record, born=record.born)


def _named(record: Person) -> Person:
    return _only(record, born=None)


def _only(record: Person, *, born: date | None) -> Person:
    from onroll.children.queries import descriptions

    values = {
        "forename": min(record.forenames),
        "surname": min(record.surnames),
        "dob": born.isoformat() if born else "",
    }
    return Person(
        forenames=record.forenames,
        surnames=record.surnames,
        born=born,
        described=descriptions([values], [], []),
    )


if __name__ == "__main__":
    main()
