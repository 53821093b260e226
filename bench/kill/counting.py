"""Compare what the database holds after the kills with what was acknowledged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.kill.ledger import Answer, Ledger
from bench.kill.load import MARK, PUPILS

NOTES = "SELECT text, count(*) FROM cases_note WHERE text LIKE %(mark)s GROUP BY text"
NOTES_IN_TRAIL = """SELECT after->>'text', count(*) FROM audit.change_event
    WHERE table_name = 'cases_note' AND verb = 'insert' AND after->>'text' LIKE %(mark)s
    GROUP BY 1"""
PAGES_IN_TRAIL = """SELECT count(*) FROM audit.access_event
    WHERE page = 'case: add a note' AND actor = 'olive@harrow.example'"""
FILES = "SELECT sha256, count(*) FROM intake_transfer GROUP BY sha256"
FILES_IN_TRAIL = """SELECT after->>'sha256', count(*) FROM audit.change_event
    WHERE table_name = 'intake_transfer' AND verb = 'insert' GROUP BY 1"""
UNFINISHED = """SELECT sha256, applied, others FROM (SELECT t.sha256, t.stage,
    (SELECT count(*) FROM intake_row r WHERE r.transfer_id = t.id AND r.stage = 'applied') applied,
    (SELECT string_agg(DISTINCT r.stage, ' ') FROM intake_row r
        WHERE r.transfer_id = t.id AND r.stage <> 'applied') others
    FROM intake_transfer t) AS files WHERE stage <> 'applied' OR applied <> %s"""
OF_FILES = """SELECT DISTINCT r.child_id FROM intake_row r
    JOIN intake_transfer t ON t.id = r.transfer_id WHERE t.sha256 = ANY(%s)"""
CHILDREN_TWICE = f"""SELECT count(*) FROM (SELECT surname, forename FROM children_child
    WHERE (surname, forename) IN (SELECT surname, forename FROM children_child
    WHERE id IN ({OF_FILES})) GROUP BY 1, 2 HAVING count(*) > 1) AS twice"""
CHILDREN = f"""SELECT count(DISTINCT c.id), count(DISTINCT p.child_id) FROM children_child c
    LEFT JOIN children_place p ON p.child_id = c.id WHERE c.id IN ({OF_FILES})"""
CHILDREN_IN_TRAIL = f"""SELECT count(DISTINCT row_key) FROM audit.change_event
    WHERE table_name = 'children_child' AND verb = 'insert' AND row_key::bigint IN ({OF_FILES})"""
REPORTS = "SELECT week_starts_on::text, count(*) FROM reports_weeklyreport GROUP BY 1"
REPORTS_IN_TRAIL = """SELECT after->>'week_starts_on', count(*) FROM audit.change_event
    WHERE table_name = 'reports_weeklyreport' AND verb = 'insert' GROUP BY 1"""
WITHOUT_NOTICES = """SELECT w.week_starts_on::text FROM reports_weeklyreport w
    WHERE (SELECT count(*) FROM outbox_message m WHERE m.kind = 'weekly_report' AND m.ref = w.ref)
        <> (SELECT count(*) FROM accounts_roleheld WHERE role = 'loc')"""
REFERRALS = """SELECT c.surname, count(*) FROM referrals_referredchild c
    WHERE c.forename = 'Made-up' GROUP BY 1"""
REFERRALS_IN_TRAIL = """SELECT after->>'surname', count(*) FROM audit.change_event
    WHERE table_name = 'referrals_referredchild' AND verb = 'insert'
    AND after->>'forename' = 'Made-up' GROUP BY 1"""
OF_DECISION = """FROM referrals_hubdecision d JOIN referrals_referredchild c ON c.id = d.entry_id
    JOIN referrals_referral r ON r.id = c.referral_id"""
HAND_OVERS = f"SELECT r.ref, count(*) {OF_DECISION} GROUP BY 1"
HAND_OVERS_IN_TRAIL = f"""SELECT r.ref, count(*) {OF_DECISION} JOIN audit.change_event e
    ON e.table_name = 'referrals_hubdecision' AND e.verb = 'insert' AND e.row_key::bigint = d.id
    GROUP BY 1"""
ACCEPTANCES = """SELECT r.ref, count(*) FROM cases_case k JOIN children_child p ON p.id = k.child_id
    JOIN referrals_referredchild c ON (c.surname, c.forename) = (p.surname, p.forename)
    JOIN referrals_referral r ON r.id = c.referral_id WHERE c.forename = 'Made-up' GROUP BY 1"""
ACCEPTANCES_IN_TRAIL = ACCEPTANCES.replace(
    "WHERE",
    """JOIN audit.change_event e
    ON e.table_name = 'cases_case' AND e.verb = 'insert' AND e.row_key::bigint = k.id WHERE""",
)
NOWHERE = """SELECT r.ref FROM referrals_referral r WHERE r.stage IN ('contact', 'screening')
    AND NOT EXISTS (SELECT 1 FROM clocks_deadline d WHERE d.subject = 'referral'
    AND d.subject_id = r.id AND d.met_on IS NULL AND d.ended_on IS NULL)"""
JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1"


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
