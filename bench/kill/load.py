"""The load: notes written and files handed in through the pages, and reports issued."""

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from bench.kill.ledger import Answer, Ledger
from bench.kill.visitor import Broken, Page, Visitor
from onroll.formats import SchoolId
from onroll.formats.cmj import write_cmj
from onroll.formats.cml import write_cml
from onroll.formats.records import PostalAddress, PupilRecord, SchoolSpell

MARK = "Killed or not"
"""How each note of the load is known again."""
PUPILS = 20  # in each file handed in


def loop(deed: Callable[[int], None], stop: threading.Event, *, every: float) -> threading.Thread:
    """Do something, with a number that grows and a pause in seconds, until told to stop."""

    def run() -> None:
        number = 0
        while not stop.wait(every):
            number += 1
            deed(number)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


class Writer:
    """An officer who writes notes on one case."""

    def __init__(self, root: str, case: str, ledger: Ledger, name: str) -> None:
        self._visitor = Visitor(root, "olive@harrow.example")
        self._case, self._ledger, self._name = f"/cases/{case}/", ledger, name
        self._is_in = False

    def take(self) -> bool:
        """Take the case on, as who writes on it must; say whether it is taken."""
        self._is_in = self._visitor.sign_in()
        page = self._visitor.open(self._case)
        form = page.form(to="/take/")
        return form is not None and self._visitor.send(page.address, form, {}).status == 302

    def write(self, number: int) -> None:
        """Write one note, its own and no other's."""
        text = f"{MARK}: {self._name}, {number}"
        try:
            self._is_in = self._is_in or self._visitor.sign_in()
            page = self._visitor.open(f"{self._case}note/")
            form = page.form("text")
        except Broken:
            return
        if form is None:
            self._is_in = page.status != 302
            return
        self._ledger.add_page()
        try:
            answer = answer_of(
                self._visitor.send(page.address, form, {"text": text}), "/chronology/"
            )
        except Broken:
            answer = Answer.UNKNOWN
        self._ledger.add("note", text, answer)


class Sender:
    """An officer who hands in a school's joiners, each child a new one."""

    def __init__(self, root: str, school: str, ledger: Ledger) -> None:
        self._visitor = Visitor(root, "olive@harrow.example")
        self._school, self._ledger = SchoolId(school[:3], school[3:]), ledger
        self._is_in = False

    def send(self, number: int) -> None:
        """Hand in one file of joiners."""
        content = self._joiners(number)
        answer = self._hand_in(f"CMJ_310LLLL_{number:03}", content)
        if answer is not None:
            self._ledger.add("file", hashlib.sha256(content).hexdigest(), answer)

    def send_leaver(self) -> bool:
        """Hand in a file of one leaver whose whereabouts are not known; say whether it came."""
        now = datetime.now()  # noqa: TID251  # the story of a bench is now
        left = {"leaving_on": now.date() - timedelta(days=1), "leaving_reason": "UK"}
        content = write_cml([self._pupil(1, MARK, now, **left)], source=self._school, made_at=now)
        return self._hand_in("CML_310LLLL_001", content) is Answer.DONE

    def _hand_in(self, name: str, content: bytes) -> Answer | None:
        """Hand in a file; None when the page for it did not come."""
        try:
            self._is_in = self._is_in or self._visitor.sign_in()
            page = self._visitor.open("/files/upload/")
            form = page.form("files")
        except Broken:
            return None
        if form is None:
            self._is_in = page.status != 302
            return None
        files = {f"{self._school.la}{self._school.estab}_{name}.xml": content}
        try:
            return answer_of(self._visitor.send(page.address, form, {}, files), "/files/")
        except Broken:
            return Answer.UNKNOWN

    def _joiners(self, number: int) -> bytes:
        now = datetime.now()  # noqa: TID251  # the story of a bench is now
        came = {"entry_on": now.date() - timedelta(days=1)}
        pupils = [self._pupil(n, f"{number} {n}", now, **came) for n in range(1, PUPILS + 1)]
        return write_cmj(pupils, source=self._school, made_at=now)

    def _pupil(self, index: int, name: str, now: datetime, **spell: Any) -> PupilRecord:
        chance = Random(f"facts {name}")
        word = _word(f"road {name}").capitalize()
        school = SchoolSpell(la=self._school.la, estab=self._school.estab, is_sender=True, **spell)
        return PupilRecord(
            index=index,
            surname=surname_of(name),
            forename=_word(f"forename {name}").capitalize(),
            born=date(now.year - 10, 1, 1) + timedelta(days=chance.randrange(1_500)),
            sex=chance.choice("FM"),
            addresses=(PostalAddress(lines=(f"{chance.randrange(999)} {word} Road",)),),
            schools=(school,),
        )


def surname_of(name: str) -> str:
    """Return the surname of a child of the load."""
    return _word(f"surname {name}").capitalize()


def _word(seed: str) -> str:
    """Return a name unlike all others: no two of these children may be taken for one."""
    return "".join(Random(seed).choices("abcdefghijklmnopqrstuvwxyz", k=9))


def answer_of(page: Page, leads_to: str) -> Answer:
    """Say what an answer means: to lead on is a yes, the form again a no, a failure neither."""
    if page.status == 302 and leads_to in page.leads_to:
        return Answer.DONE
    return Answer.UNKNOWN if page.status >= 500 else Answer.REFUSED


def wait(condition: Callable[[], object], *, seconds: float) -> bool:
    """Wait until something holds, and say whether it does."""
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)  # what is waited for is another process, which sends no word
    return True
