"""The case summary, and the hand-over note for who takes the case on: both by rule, from what is on
record alone."""

from collections.abc import Iterator

from onroll.cases.queries.risk import CaseRisk
from onroll.cases.queries.sightings import home_in_words
from onroll.cases.words import ALERT_TITLES, describe_alert
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
        *_grave(record),
        _due(record),
        _actions(record),
        _alerts(record),
        _waiting(record),
        _safety(record, voice),
        *_reach(record),
        _people(record),
        _latest(record, voice),
        what_the_family_was_told(record, voice),
    ]
    return Document(f"Hand-over note {record.case.ref}", lines_of(record), sections)


def _grave(record: CaseRecord) -> Iterator[Section]:
    """Yield the level of risk with what gives it, and the warnings; nothing for who may not read
    of them (access matrix, row 9)."""
    if not record.reads_risk:
        return
    if record.risk is not None and record.case.is_open:
        yield _level(record.risk)
    rows = [
        (
            line.about,
            line.warning.text,
            in_words(line.warning.review_on),
            f"{line.warning.by.name}, {moment(line.warning.at)}",
        )
        for line in record.warnings
    ]
    columns = ("Of what", "Warning", "To be looked at again by", "By whom, and when")
    yield table("Warnings", columns, rows, "No warning stands.")


def _level(risk: CaseRisk) -> Section:
    words, choice = [f"The level is {risk.level.value}."], risk.choice
    if choice and risk.chosen:
        by = f"{choice['by']} set it to {risk.chosen.value}, {moment(risk.chosen_at)}"
        words += [
            f"{by}: {choice['why']}",
            f"The facts alone give {risk.judgement.by_facts.value}.",
        ]
    rows = [(fact.title, fact.level.value, fact.source) for fact in risk.judgement.facts]
    columns = ("What gives it", "Level", "Source")
    empty = "Nothing on record gives more than low."
    return table("How grave the case is", columns, rows, empty, sentences=words)


def _actions(record: CaseRecord) -> Section:
    rows = [
        (
            weekday(action.due_on),
            action.words,
            action.person,
            "Overdue" if action.due_on < record.on else "To be done",
            action.origin_name,
        )
        for action in record.actions
    ]
    columns = ("By when", "What", "Who", "How it stands", "Asked for by")
    return table("Action points that are open", columns, rows, "No action point is open.")


def _alerts(record: CaseRecord) -> Section:
    """Return what nobody settled; of a masked case only of which kind it is."""
    rows = [
        (
            moment(alert.raised_at),
            ALERT_TITLES[alert.kind],
            "" if record.identity.is_masked else describe_alert(alert),
        )
        for alert in record.alerts
    ]
    columns = ("When", "Alert", "What it says")
    return table("Alerts that nobody settled", columns, rows, "No alert waits.")


NO_HOME = "Your role does not show the family and the addresses of this child."
PROTECTED_HOME = (
    "Not in this note: the child’s identity or an address is protected, and paper goes astray. "
    "Whoever may see it finds it on the case."
)


def _reach(record: CaseRecord) -> Iterator[Section]:
    """Yield where the family lives and how to reach them; of a protected child neither, whoever
    prints it."""
    home = record.home
    if record.hides_home or not home.sees_home:
        words = PROTECTED_HOME if record.hides_home else NO_HOME
        yield Section("Where the family lives, and how to reach them", (words,))
        return
    rows = [
        (
            home_in_words(address),
            moment(address.from_on),
            moment(address.to_on),
            str(address.source),
        )
        for address in home.addresses
    ]
    columns = ("Address", "From", "Until", "How we know")
    yield table("Where the family lives", columns, rows, "No address is known.")
    contacts = [
        (
            joined(str(tie.adult), tie.title, by=", "),
            ", ".join(tie.adult.phones),
            tie.adult.email,
            str(tie.source),
        )
        for tie in home.adults
    ]
    columns = ("Who", "Telephone", "Email", "How we know")
    empty = "Nobody has told us of a parent, carer or other contact."
    yield table("How to reach the family", columns, contacts, empty)


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
