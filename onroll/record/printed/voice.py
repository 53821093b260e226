"""How a printed case names people: as they are, or, in a redacted copy, no third party."""

from collections.abc import Iterable

from onroll.accounts.models import User
from onroll.cases.words import ALERT_TITLES
from onroll.children.models import Source, SourceKind
from onroll.record.queries.printing import CaseRecord
from onroll.rules.clocks import ROWS
from onroll.rules.enquiries import ENQUIRY_STEPS
from onroll.rules.manager_review import ANSWERED_STEP, ASKED_STEP, HELD_STEP, LEVEL_STEP
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import MOVES, STAGE_TITLES
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.redaction import LEFT_OUT, names_in, redact
from onroll.rules.risk_level import LEVEL_TITLES
from onroll.rules.triage import RISK_STEP
from onroll.rules.warnings import ADDED_STEP, ENDED_STEP, HOLDS_STEP

ONROLL = "Onroll"
TERMS = (
    *(clock.title for clock in ROWS),
    *(step.title for step in ENQUIRY_STEPS.values()),
    *(outcome.title for outcome in OUTCOMES.values()),
    *(reason.title for reason in CASE_REASONS.values()),
    *STAGE_TITLES.values(),
)
"""Titles of rules: they stand in the log, and name nobody."""
STEPS = (
    *(HELD_STEP, ASKED_STEP, ANSWERED_STEP, RISK_STEP, ADDED_STEP, ENDED_STEP, HOLDS_STEP),
    *(f"{LEVEL_STEP}{title.lower()}" for title in LEVEL_TITLES.values()),
    *(f"{words}: {clock.title}" for words in ("Done", "Due day moved") for clock in ROWS),
    *(
        f"{words}: {reason.title}"
        for words in ("Reason added", "Reason withdrawn", "Another report joined")
        for reason in CASE_REASONS.values()
    ),
    *(f"Case closed: {outcome.title}" for outcome in OUTCOMES.values()),
    *(move.title for move in MOVES),
    *ALERT_TITLES.values(),
    *("Case opened again", "Case opened", "Alert raised", "Another report joined", "Not on file"),
    *("Whereabouts known", "Whereabouts not known", "A place is to begin", "Safeguarding note"),
    *("Record joined with another of the same child", "Records of two children parted again"),
    *("Over compulsory school age: no more looks", "Nobody works on it again"),
    *("A school’s claim is confirmed", "What the referral says of school", "Assigned to"),
    *("Case file made, with a redacted copy", "Meeting of agencies", "Case audit"),
)
"""What Onroll itself writes into the log, whole: two words at least, so that none is a name."""


class Voice:
    """Everybody by name, and every word as it was written."""

    def person(self, user: User | None) -> str:
        """Return who did something in Onroll."""
        return user.name if user else ONROLL

    def outsider(self, name: str) -> str:
        """Return somebody outside Onroll as they were named."""
        return name

    def our_words(self, words: str) -> str:
        """Return what a colleague wrote."""
        return words

    def their_words(self, words: str) -> str:
        """Return what somebody else said or wrote."""
        return words

    def source(self, source: Source) -> str:
        """Return who said something, and on which day."""
        return str(source)


class Redacted(Voice):
    """Nobody but the child: people with an account by a number, and no word of anybody else's.

    `key` says afterwards which number is whom, for the copy that names everybody.
    """

    def __init__(self, record: CaseRecord) -> None:
        child = record.case.child
        self._keep = [child.name, child.chosen_name]
        self._schools = frozenset(name for name in _schools_in(record) if " " in name.strip())
        self._phrases = frozenset((*STEPS, *_references_in(record), *self._schools))
        self._names = list(_names_in(record))
        self.key: dict[int, tuple[str, str]] = {}

    def person(self, user: User | None) -> str:
        """Return the number that stands for a person."""
        if user is None:
            return ONROLL
        number = self.key.setdefault(user.pk, (f"Person {len(self.key) + 1}", user.name))
        return number[0]

    def outsider(self, name: str) -> str:
        """Return that somebody is left out."""
        return LEFT_OUT if name else ""

    def our_words(self, words: str) -> str:
        """Return what a colleague wrote, without anything that may name somebody."""
        return redact(words, names=self._names, keep=self._keep, terms=TERMS, phrases=self._phrases)

    def their_words(self, words: str) -> str:
        """Return that somebody else's words are left out."""
        return LEFT_OUT if words else ""

    def source(self, source: Source) -> str:
        """Return which file it was, or that somebody told us."""
        day = f"{source.said_on:%-d %B %Y}"
        is_file = source.kind != SourceKind.OFFICER.value
        return f"{source.said_by if is_file else 'Somebody told us'}, {day}"


def _schools_in(record: CaseRecord) -> Iterable[str]:
    """Yield the name of every school on record: a school is no third party."""
    yield from record.schools
    yield from (row.school.name for row in record.referrals if row.school)


def _references_in(record: CaseRecord) -> Iterable[str]:
    """Yield every reference on record: they come from no name (`rules.references`)."""
    yield record.case.ref
    for rows in (record.referrals, record.enquiries, record.letters, record.complaints):
        yield from (row.ref for row in rows)
    yield from (line.pack.ref for line in record.lines if line.pack)
    for action in record.actions:
        yield from (action.ref, action.origin_ref)


def _names_in(record: CaseRecord) -> Iterable[str]:
    """Yield every name on record besides the child's."""
    for tie in record.adults:
        yield f"{tie.adult.forename} {tie.adult.surname}"
    for sibling in record.siblings:
        yield sibling.name
    for referral in record.referrals:
        yield referral.referrer_name
    for complaint in record.complaints:
        yield complaint.name
    for words in _names_and_teams(record):
        yield from names_in(words)


def _names_and_teams(record: CaseRecord) -> Iterable[str]:
    """Yield what was typed as a name and a team, or as what somebody is to the child."""
    for enquiry in record.enquiries:
        for entry in enquiry.entries.all():
            yield from (entry.asked_name, entry.lives_there, entry.done_by)
    yield from (line.done_by for line in record.lines)
    for sighting in (line.sighting for line in record.sightings):
        yield from (sighting.seen_by, sighting.company)
    for telling in record.tellings:
        yield telling.whom
    for letter in record.letters:
        yield letter.addressee
