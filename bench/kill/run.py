"""One run: serve, load, kill, let the worker finish, count, stop."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from bench.kill.counting import Count, count
from bench.kill.enquiries import Enquirer
from bench.kill.ledger import Answer, Ledger
from bench.kill.load import MARK, Sender, Writer, loop, surname_of, wait
from bench.kill.referrals import Decider, Referrer
from bench.kill.service import Service, served
from bench.kill.victims import Victims
from onroll.config.supervisor import onroll

WRITERS, REFERRERS, ENQUIRERS = 4, 3, 3
NOTES = "notes"
RECOVERY = 120  # seconds within which a write must be acknowledged again
DRAINED = 300  # seconds for the worker to finish; the jobs of a dead one wait a minute
WAITING = """SELECT count(*) FROM procrastinate_jobs
    WHERE status = 'doing' OR (status = 'todo' AND attempts = 0 AND scheduled_at IS NULL)
    OR (status = 'todo' AND scheduled_at <= now())"""
CASE = """SELECT c.ref FROM cases_case c JOIN children_child k ON k.id = c.child_id
    WHERE k.surname = %s"""
SCHOOL = (
    "SELECT la_code || establishment FROM schools_school WHERE is_reporting ORDER BY id LIMIT 1"
)


@dataclass
class Result:
    """What was killed and how long each took to be well again, and what was counted."""

    killed: dict[str, list[float]] = field(default_factory=dict)
    counts: list[Count] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def wrong(self) -> list[str]:
        """Return everything that is wrong, in words."""
        return [f"{line.title}: {words}" for line in self.counts for words in line.wrong]


def run(
    *,
    kills: int | Sequence[str],
    chance: Random,
    say: Callable[[str], object],
    walk: str = NOTES,
    pupils: int = 1_000,
    weeks: int = 2,
    tables: Path | None = None,
) -> Result:
    """Serve a borough, kill under load so many parts, or those named, and count."""
    result = Result()
    os.environ["ONROLL_PROXIES"] = "1"  # each visitor says which address they are at
    with served(pupils=pupils, weeks=weeks, tables=tables) as service:
        say(f"Served at {service.root}.")
        ledger = result.ledger
        victims = Victims(service, ledger, chance)
        stop, threads = threading.Event(), []
        try:
            threads = WALKS[walk](service, ledger, stop)
            _must(_is_written(ledger), "Nothing was written.")
            kinds = (
                chance.choices(list(victims.kinds), k=kills) if isinstance(kills, int) else kills
            )
            for number, kind in enumerate(kinds):
                seconds = _kill(service, victims, ledger, kind, chance)
                if seconds is None:
                    result.counts.append(
                        Count(kind, number + 1, ("it could not be killed, or was not well again",))
                    )
                    break
                result.killed.setdefault(kind, []).append(seconds)
                say(f"{number + 1:>4}  {kind:<32}{seconds:>6.1f} s")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        _issue_again(service, ledger)
        is_done = wait(lambda: not _waiting(service), seconds=DRAINED)
        result.counts += count(service.server.url("postgres"), ledger)
        if not is_done:
            result.counts.append(Count("Jobs still waiting", _waiting(service), ("not done",)))
        result.counts.append(_stop(service))
    return result


def _write_and_hand_in(
    service: Service, ledger: Ledger, stop: threading.Event
) -> list[threading.Thread]:
    school = _value(service, SCHOOL)
    hand_in = Sender(service.root, school, ledger).send
    return [*_write(service, ledger, stop), loop(hand_in, stop, every=1.0)]


def _refer(service: Service, ledger: Ledger, stop: threading.Event) -> list[threading.Thread]:
    """People refer, and as they come the hub hands over and the lead officer accepts."""

    def find(question: str) -> str:
        with suppress(psycopg.Error):
            return _value(service, question)
        return ""

    mo = Decider(service.root, ledger, find, email="mo@harrow.example", address="10.250.0.1")
    olive = Decider(service.root, ledger, find, email="olive@harrow.example", address="10.250.0.2")
    deeds = [Referrer(service.root, ledger, name).refer for name in range(REFERRERS)]
    return [loop(deed, stop, every=0.02) for deed in (*deeds, mo.hand_over, olive.accept)]


def _enquire(service: Service, ledger: Ledger, stop: threading.Event) -> list[threading.Thread]:
    """Officers record, chase and answer enquiries on one case that they took on."""
    case = _case_taken_on(service, ledger)
    officers = [Enquirer(service.root, case, ledger, f"officer {n}") for n in range(ENQUIRERS)]
    return [loop(officer.enquire, stop, every=0.02) for officer in officers]


def _write(service: Service, ledger: Ledger, stop: threading.Event) -> list[threading.Thread]:
    case = _case_taken_on(service, ledger)
    writers = [Writer(service.root, case, ledger, f"writer {n}") for n in range(WRITERS)]
    return [loop(writer.write, stop, every=0.02) for writer in writers]


def _case_taken_on(service: Service, ledger: Ledger) -> str:
    """Return the reference of the case of a leaver, which the lead officer has taken on."""
    school = _value(service, SCHOOL)
    _must(Sender(service.root, school, ledger).send_leaver(), "The leaver's file was not taken.")
    leaver = surname_of(MARK)
    _must(wait(lambda: _value(service, CASE, leaver), seconds=RECOVERY), "The leaver has no case.")
    case = _value(service, CASE, leaver)
    _must(Writer(service.root, case, ledger, "").take(), "The case was not taken on.")
    return case


WALKS = {
    "notes": _write_and_hand_in,
    "notes alone": _write,
    "referral": _refer,
    "enquiry": _enquire,
}
"""What is done while parts are killed."""


def _is_written(ledger: Ledger) -> bool:
    return wait(lambda: any(deed.answer is Answer.DONE for deed in ledger.deeds), seconds=RECOVERY)


def _must(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise RuntimeError(otherwise)


def _value(service: Service, question: str, *values: str) -> str:
    with psycopg.connect(service.server.url("postgres")) as connection:
        row = connection.execute(question.encode(), values).fetchone()
    return str(row[0]) if row else ""


def _kill(
    service: Service, victims: Victims, ledger: Ledger, kind: str, chance: Random
) -> float | None:
    """Kill one part at a random moment; return the longest time without an acknowledged write."""
    time.sleep(0.2 + chance.random() * 2)  # the moment is the experiment
    if not wait(lambda: victims.kill(kind), seconds=RECOVERY):
        return None
    at = victims.killed_at
    wait(lambda: ledger.silence(at) is not None, seconds=RECOVERY)
    return ledger.silence(at)


def _issue_again(service: Service, ledger: Ledger) -> None:
    """Issue each report again that was killed: it must come, and come once."""
    for week, answer in ledger.of("report").items():
        if answer is Answer.UNKNOWN:
            done = subprocess.run(
                onroll("weekly", "--issue", f"--week={week}", "--json"),
                env=service.environment,
                stdout=subprocess.DEVNULL,
                check=False,
            )
            ledger.add("report", week, Answer.REFUSED if done.returncode else Answer.DONE)


def _waiting(service: Service) -> int:
    with psycopg.connect(service.server.url("postgres")) as connection:
        row = connection.execute(WAITING.encode()).fetchone()
    return int(row[0]) if row else 0


def _stop(service: Service) -> Count:
    """Stop the service as its keeper would, and count the processes it left behind."""
    service.process.terminate()
    code = service.process.wait(timeout=120)
    wait(lambda: not service.processes(), seconds=10)
    left = [f"{' '.join(process.cmdline())[:80]}" for process in service.processes()]
    wrong = [*left, *([f"it ended with {code}"] if code else [])]
    return Count("Processes left when it was stopped", len(left), tuple(wrong))
