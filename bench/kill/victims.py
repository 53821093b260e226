"""What is killed: each part of the service, found by its place in the tree of processes."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import psutil
import psycopg

from bench.kill.ledger import Answer, Ledger
from bench.kill.load import wait
from bench.kill.service import Service
from onroll.config.supervisor import onroll

REPORTS_FROM = date(2024, 6, 3)
"""The Monday from which weeks that have no report yet are counted backwards."""
LOCKED = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 5204 AND granted"
CONNECTIONS = """SELECT pid FROM pg_stat_activity WHERE usename = 'onroll_app'
    ORDER BY state = 'idle', random() LIMIT 1"""


class Victims:
    """The parts of one service."""

    def __init__(self, service: Service, ledger: Ledger, chance: Random) -> None:
        self._service, self._ledger, self._chance = service, ledger, chance
        self._week = REPORTS_FROM
        self.killed_at = 0.0
        self.kinds = {
            "web server": lambda: self._kill_child("web"),
            "process that answers pages": self._kill_answering,
            "worker": lambda: self._kill_child("worker"),
            "connection of the database": self._kill_connection,
            "first process of the database": self._kill_database,
            "keeper of the database": self._kill_keeper,
            "issue of a weekly report": self._kill_issue,
        }

    def kill(self, kind: str) -> bool:
        """Kill one part; False when it was not there to be killed."""
        self.killed_at = time.monotonic()
        with suppress(psutil.NoSuchProcess, ProcessLookupError, psycopg.Error, OSError):
            return self.kinds[kind]()
        return False

    def _child(self, command: str) -> psutil.Process:
        for child in psutil.Process(self._service.process.pid).children():
            with suppress(psutil.ZombieProcess):
                if command in child.cmdline():
                    return child
        raise ProcessLookupError

    def _kill_child(self, command: str) -> bool:
        self._child(command).kill()
        return True

    def _kill_answering(self) -> bool:
        answering = self._child("web").children()
        if answering:
            self._chance.choice(answering).kill()
        return bool(answering)

    def _kill_connection(self) -> bool:
        """Kill a connection that is at work, if there is one."""
        return self._kill_asked(CONNECTIONS)

    def _kill_asked(self, question: str) -> bool:
        url = self._service.server.url("postgres")
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            row = connection.execute(question).fetchone()
        if row:
            os.kill(row[0], signal.SIGKILL)
        return bool(row)

    def _kill_database(self) -> bool:
        """Kill it, and nobody else who has got its number since."""
        lock = self._service.server.data / "postmaster.pid"
        process = psutil.Process(int(lock.read_text().split()[0]))
        if process.name() != "postgres" or process.cwd() != str(self._service.server.data):
            return False
        process.kill()
        return True

    def _kill_keeper(self) -> bool:
        for process in self._service.processes():
            if "onroll.config.keeper" in process.cmdline():
                process.kill()
                return True
        return False

    def _kill_issue(self) -> bool:
        """Issue the report of a week, and while it is made kill it, its connection or all."""
        self._week -= timedelta(weeks=1)
        command = onroll("weekly", "--issue", f"--week={self._week}", "--json")
        null = subprocess.DEVNULL
        issue = subprocess.Popen(command, env=self._service.environment, stdout=null, stderr=null)
        try:
            is_begun = wait(lambda: issue.poll() is not None or self._is_issuing(), seconds=60)
            time.sleep(self._chance.random() * 0.1)  # the moment is the experiment
            is_killed = is_begun and issue.poll() is None
            if is_killed:
                self.killed_at = time.monotonic()
                self._chance.choice(
                    [
                        issue.kill,
                        lambda: self._kill_asked(LOCKED),
                        self._kill_database,
                    ]
                )()
            code = issue.wait(timeout=120)
        finally:
            issue.kill()
            issue.wait()
        answer = Answer.DONE if code == 0 else Answer.UNKNOWN
        self._ledger.add("report", self._week.isoformat(), answer)
        return is_killed

    def _is_issuing(self) -> bool:
        with suppress(psycopg.Error):
            url = self._service.server.url("postgres")
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
                return connection.execute(LOCKED).fetchone() is not None
        return False
