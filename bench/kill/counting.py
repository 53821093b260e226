"""Compare what the database holds after the kills with what was acknowledged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.kill.ledger import Answer, Ledger
from bench.kill.load import MARK, PUPILS
from bench.kill.queries import (
    ACCEPTANCES,
    ACCEPTANCES_IN_TRAIL,
    CHILDREN,
    CHILDREN_IN_TRAIL,
    CHILDREN_TWICE,
    ENQUIRIES,
    ENQUIRIES_IN_TRAIL,
    ENTRIES,
    ENTRIES_IN_TRAIL,
    FILES,
    FILES_IN_TRAIL,
    HALF_DONE,
    HAND_OVERS,
    HAND_OVERS_IN_TRAIL,
    JOBS,
    NOTES,
    NOTES_IN_TRAIL,
    NOWHERE,
    PAGES_IN_TRAIL,
    REFERRALS,
    REFERRALS_IN_TRAIL,
    REPORTS,
    REPORTS_IN_TRAIL,
    UNFINISHED,
    WITHOUT_NOTICES,
)


@dataclass(frozen=True)
class Count:
    """One line of the result: what was counted, how many, and what is wrong."""

    title: str
    number: int
    wrong: tuple[str, ...] = ()
    lost: int = 0
    """How many of these were acknowledged and are not there."""
    doubled: int = 0
    """How many are there more than once."""


def count(url: str, ledger: Ledger) -> list[Count]:
    """Count everything in the database, with a role that may read it all."""
    with psycopg.connect(url, autocommit=True) as connection:
        ask = Asking(connection)
        return [
            *_notes(ask, ledger),
            *_files(ask, ledger),
            *_referrals(ask, ledger),
            *_enquiries(ask, ledger),
            *_reports(ask, ledger),
            _jobs(ask),
        ]


class Asking:
    """Queries of the database."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def rows(self, question: str, values: Any = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(question.encode(), values).fetchall()

    def by_key(self, question: str, values: Any = None) -> dict[str, int]:
        """Return the counts of a query by their keys."""
        return {str(key): number for key, number in self.rows(question, values)}

    def number(self, question: str, values: Any = None) -> int:
        """Return the single number of a query."""
        return int(self.rows(question, values)[0][0])


def _notes(ask: Asking, ledger: Ledger) -> list[Count]:
    answers = ledger.of("note")
    if not answers:
        return []
    stored = ask.by_key(NOTES, {"mark": f"{MARK}%"})
    trail = ask.by_key(NOTES_IN_TRAIL, {"mark": f"{MARK}%"})
    pages = ask.number(PAGES_IN_TRAIL)
    unseen = (f"{ledger.pages} shown, {pages} in the trail",) if pages < ledger.pages else ()
    return [
        *compared("Notes", answers, stored, trail),
        Count("Pages about a child that were shown", ledger.pages, unseen),
    ]


def compared(
    noun: str, answers: Mapping[str, Answer], stored: Mapping[str, int], trail: Mapping[str, int]
) -> Iterable[Count]:
    """Yield the differences between answers, stored rows and the audit trail."""
    for answer in Answer:
        keys = [key for key, reply in answers.items() if reply is answer]
        may_be = {Answer.DONE: {1}, Answer.REFUSED: {0}, Answer.UNKNOWN: {0, 1}}[answer]
        wrong = [
            f"{key}: {stored.get(key, 0)} times" for key in keys if stored.get(key, 0) not in may_be
        ]
        present = sum(bool(stored.get(key)) for key in keys)
        yield Count(
            f"{noun} {answer.value} (of these there: {present})",
            len(keys),
            tuple(wrong),
            lost=len(keys) - present if answer is Answer.DONE else 0,
            doubled=sum(stored.get(key, 0) > 1 for key in keys),
        )
    wrong = [
        f"{key}: {stored.get(key, 0)} there, {trail.get(key, 0)} in the trail"
        for key in answers
        if stored.get(key, 0) != trail.get(key, 0)
    ]
    yield Count(f"{noun} in the audit trail", sum(trail.get(k, 0) for k in answers), tuple(wrong))


def _files(ask: Asking, ledger: Ledger) -> list[Count]:
    answers = ledger.of("file")
    if not answers:
        return []
    stored, trail = ask.by_key(FILES), ask.by_key(FILES_IN_TRAIL)
    files = [key for key in answers if key in stored]
    half = [
        f"{key[:12]}: {applied} of {PUPILS} records applied ({unapplied})"
        for key, applied, unapplied in ask.rows(UNFINISHED, [PUPILS])
        if key in answers
    ]
    children, with_place = ask.rows(CHILDREN, [files])[0]
    expected = len(files) * PUPILS
    wrong = (
        [] if children == with_place == expected else [f"{children} children, {with_place} placed"]
    )
    if twice := ask.number(CHILDREN_TWICE, [files]):
        wrong.append(f"{twice} twice")
    if (in_trail := ask.number(CHILDREN_IN_TRAIL, [files])) != expected:
        wrong.append(f"{in_trail} in the trail")
    return [
        *compared("Files", answers, stored, trail),
        Count("Files taken in to their last record", len(files), tuple(half)),
        Count("Children of these files, each once, with a place", expected, tuple(wrong)),
    ]


def _referrals(ask: Asking, ledger: Ledger) -> list[Count]:
    sent = ledger.of("referral")
    if not sent:
        return []
    nowhere = tuple(f"{ref} waits without a clock" for (ref,) in ask.rows(NOWHERE))
    decided, accepted = ledger.of("hand-over"), ledger.of("acceptance")
    return [
        *compared("Referrals", sent, ask.by_key(REFERRALS), ask.by_key(REFERRALS_IN_TRAIL)),
        *compared("Hand-overs", decided, ask.by_key(HAND_OVERS), ask.by_key(HAND_OVERS_IN_TRAIL)),
        *compared(
            "Acceptances", accepted, ask.by_key(ACCEPTANCES), ask.by_key(ACCEPTANCES_IN_TRAIL)
        ),
        Count("Referrals that wait with a clock", len(sent), nowhere),
    ]


def _enquiries(ask: Asking, ledger: Ledger) -> list[Count]:
    recorded = ledger.of("enquiry")
    if not recorded:
        return []
    half = tuple(
        f"{ref} is {stage} and its clock says otherwise" for ref, stage in ask.rows(HALF_DONE, {})
    )
    entries = [
        line
        for act, noun in (("chase", "Chases"), ("answer", "Answers"))
        for line in compared(
            noun,
            ledger.of(act),
            ask.by_key(ENTRIES, {"act": act}),
            ask.by_key(ENTRIES_IN_TRAIL, {"act": act}),
        )
    ]
    return [
        *compared(
            "Enquiries", recorded, ask.by_key(ENQUIRIES, {}), ask.by_key(ENQUIRIES_IN_TRAIL, {})
        ),
        *entries,
        Count("Enquiries whose clock fits", len(recorded), half),
    ]


def _reports(ask: Asking, ledger: Ledger) -> list[Count]:
    answers = ledger.of("report")
    if not answers:
        return []
    stored, trail = ask.by_key(REPORTS), ask.by_key(REPORTS_IN_TRAIL)
    alone = tuple(f"{week}: not everyone is told" for (week,) in ask.rows(WITHOUT_NOTICES))
    return [
        *compared("Reports", answers, stored, trail),
        Count("Reports with all notices", len(stored), alone),
    ]


def _jobs(ask: Asking) -> Count:
    jobs = ask.by_key(JOBS)
    wrong = tuple(
        f"{n} {status}"
        for status, n in jobs.items()
        if status not in ("succeeded", "todo", "aborted")
    )
    return Count("Jobs done", jobs.get("succeeded", 0), wrong)
