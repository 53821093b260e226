"""The case summary, and the hand-over note for who takes the case on: both from the log alone."""

from onroll.govuk.document import Document, Section, joined, moment, table, weekday
from onroll.govuk.fields import in_words
from onroll.record.printed.counted import which_days
from onroll.record.printed.five import (
    what_the_family_was_told,
    who_decided,
    who_told_us,
    who_was_asked,
)
from onroll.record.printed.voice import Voice
from onroll.record.queries.printing import CaseRecord
from onroll.rules.missed_change import CHANGE_TITLES, MissedChange
from onroll.rules.pathway import STAGE_TITLES, Stage

LAST = 10
"""So many of the newest events stand in a hand-over note."""


def summary(record: CaseRecord) -> Document:
    """Return the summary of a case: it answers the five questions of who was not there."""
    title = f"Case summary {record.case.ref}"
    voice = Voice()
    sections = [the_case(record, voice), _safety(record, voice), *answers(record, voice)]
    return Document(title, lines_of(record), sections)


def lines_of(record: CaseRecord) -> tuple[str, ...]:
    """Return by whom a document was made, and when."""
    return (
        f"Made by {record.by.name} in Onroll, {moment(record.at)}, as the case stood then.",
        "Made by rule from the log of the case: nobody wrote it for this paper.",
    )


def answers(record: CaseRecord, voice: Voice) -> list[Section]:
    """Return the parts that answer the five questions."""
    return [
        who_told_us(record, voice),
        *who_was_asked(record, voice),
        *which_days(record, voice),
        *who_decided(record, voice),
        what_the_family_was_told(record, voice),
    ]


def the_case(record: CaseRecord, voice: Voice) -> Section:
    """Return the child and where the case stands."""
    case = record.case
    known = "Known" if case.is_whereabouts_known else "Not known"
    rows = [
        ("Child", record.identity.name),
        ("About the child", "; ".join(record.identity.facts)),
        ("Stage", STAGE_TITLES[Stage(case.stage)]),
        ("Whereabouts", known),
        ("Owner", voice.person(case.owner) if case.owner else "Nobody yet"),
        ("Opened", in_words(case.opened_on)),
        ("Missing since", _since(record)),
        ("Change of school missed", CHANGE_TITLES[MissedChange(case.missed_change)]),
        ("Closed", in_words(case.closed_on) if case.closed_on else "Still open"),
        ("Last school", case.school.name if case.school else "Not known"),
    ]
    return Section("The child and the case", (), ("What", "On record"), rows)


def _since(record: CaseRecord) -> str:
    if not record.case.is_since_known:
        return f"Not known; we were told on {in_words(record.case.missing_since_on)}"
    return in_words(record.case.missing_since_on)


def hand_over(record: CaseRecord) -> Document:
    """Return what whoever takes the case on must know today: where it stands, and what is next."""
    voice = Voice()
    sections = [
        the_case(record, voice),
        _due(record),
        _waiting(record),
        _safety(record, voice),
        _people(record),
        _latest(record, voice),
        what_the_family_was_told(record, voice),
    ]
    return Document(f"Hand-over note {record.case.ref}", lines_of(record), sections)


def _due(record: CaseRecord) -> Section:
    rows = [
        (
            weekday(clock.due_on),
            clock.rule.title,
            "Overdue" if clock.due_on < record.on else "Runs",
            clock.rule.then,
        )
        for clock in sorted(record.clocks, key=lambda clock: clock.due_on)
        if clock.is_running
    ]
    columns = ("Due", "What", "How it stands", "Then")
    return table("What is due", columns, rows, "No clock runs.")


def _waiting(record: CaseRecord) -> Section:
    rows = [
        (
            enquiry.title,
            enquiry.standing_title,
            in_words(due) if (due := getattr(enquiry, "due_on", None)) else "",
            enquiry.why,
        )
        for enquiry in record.enquiries
        if enquiry.is_waiting or not enquiry.entries.all()
    ]
    columns = ("Enquiry", "How far it is", "To be asked again on", "What is hoped for")
    return table("What waits for an answer, or is still to be asked", columns, rows, "Nothing.")


def _safety(record: CaseRecord, voice: Voice) -> Section:
    rows = [
        (in_words(line.sighting.seen_on), line.who, joined(line.company, line.safe), line.where)
        for line in record.sightings
        if line.sighting.stands
    ]
    columns = ("Day", "Who saw the child, or tried to", "Seen and safe", "Where")
    return table("When the child was seen", columns, rows, "Nobody wrote down that they saw them.")


def _people(record: CaseRecord) -> Section:
    owner = record.case.owner
    rows = [("Owner", owner.name if owner else "Nobody yet", "")]
    rows += [("On the team", member.user.name, moment(member.added_at)) for member in record.team]
    return Section("Who works on it", (), ("Part", "Who", "Since"), rows)


def _latest(record: CaseRecord, voice: Voice) -> Section:
    rows = [
        (moment(event.when), event.byline, voice.our_words(joined(event.words, event.why, by=": ")))
        for event in record.events[-LAST:]
    ]
    return Section("What happened last", (), ("When", "Who", "What"), rows)
