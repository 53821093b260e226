"""The file of a case for a complaint: everything on record, whole, and without third parties.

What an investigator asks for: contacts, dated knowledge, notices and service, decisions with
reasons, who knew, the policy in force on that day, roll and calendar (casework.md 7).
"""

from collections.abc import Sequence

from onroll.accounts import sentences
from onroll.cases.offers import Event, EventKind
from onroll.govuk.document import Document, Section, joined, moment, table
from onroll.govuk.fields import in_words
from onroll.record.models import Complaint
from onroll.record.printed.five import fate_of
from onroll.record.printed.pdf import pdf
from onroll.record.printed.summary import answers, lines_of, the_case
from onroll.record.printed.voice import Redacted, Voice
from onroll.record.queries.printing import CaseRecord
from onroll.rules.policy import settings
from onroll.rules.redaction import LEFT_OUT
from onroll.schools.queries import our_policy

REDACTED = (
    "Redacted copy. It names no third party: people with an account stand as Person 1, Person 2 "
    f"and so on, and what may name somebody stands as {LEFT_OUT}. It is made by rule. Read it "
    "before it is given to anybody."
)


def make(
    record: CaseRecord, *, ref: str, why: str, complaint: Complaint | None
) -> tuple[bytes, bytes]:
    """Return the file of a case as PDF: whole, and redacted."""
    hidden = Redacted(record)
    redacted = _document(record, hidden, ref=ref, why=why, complaint=complaint)
    whole = _document(record, Voice(), ref=ref, why=why, complaint=complaint)
    pairs = list(hidden.key.values())
    key = Section("Who stands for whom in the redacted copy", (), ("There", "Here"), pairs)
    named = Document(whole.title, whole.lines, [*whole.sections, key])
    return pdf(named, made_at=record.at), pdf(redacted, made_at=record.at)


def _document(
    record: CaseRecord, voice: Voice, *, ref: str, why: str, complaint: Complaint | None
) -> Document:
    is_redacted = isinstance(voice, Redacted)
    made = (f"Made in Onroll, {moment(record.at)}, as the case stood then.", REDACTED)
    lines = (
        *(made if is_redacted else lines_of(record)),
        f"Why it was made: {voice.our_words(why)}",
    )
    sections = [
        *_complaints(record, voice, complaint),
        the_case(record, voice),
        *answers(record, voice),
        _places(record, voice),
        _contacts(record, voice),
        _notices(record, voice),
        _chronology(record, voice),
        _who_knew(record, voice),
        *_policy(record),
    ]
    kind = "Case file, redacted copy" if is_redacted else "Case file"
    return Document(f"{kind} {ref}", lines, sections)


def _complaints(record: CaseRecord, voice: Voice, complaint: Complaint | None) -> Sequence[Section]:
    rows = [
        (
            f"{row.ref}{' (this file)' if complaint and row.pk == complaint.pk else ''}",
            joined(in_words(row.came_on), row.whose, voice.outsider(row.name), by=", "),
            voice.their_words(row.words),
            _answer(row, voice),
        )
        for row in record.complaints
    ]
    columns = ("Complaint", "When, and from whom", "Of what", "The answer")
    return [table("Complaints", columns, rows, "None")] if rows else []


def _answer(row: Complaint, voice: Voice) -> str:
    if row.answered_on is None:
        return "Not answered yet"
    by = f"{in_words(row.answered_on)}, by {voice.person(row.answered_by)}"
    return joined(by, voice.our_words(row.answer), by=": ")


def _places(record: CaseRecord, voice: Voice) -> Section:
    rows = [
        (
            voice.our_words(place.title),
            place.kind if place.is_confirmed else f"{place.kind} (not confirmed)",
            in_words(place.from_on) if place.from_on else "",
            in_words(place.to_on) if place.to_on else "",
        )
        for place in record.places
    ]
    columns = ("Place", "What it was", "From", "To")
    return table("On which rolls the child was", columns, rows, "On none that is known.")


def _contacts(record: CaseRecord, voice: Voice) -> Section:
    rows = [
        (
            voice.outsider(str(tie.adult)),
            voice.outsider(joined(", ".join(tie.adult.phones), tie.adult.email, by=", ")),
            voice.source(tie.source),
        )
        for tie in record.home.adults
    ]
    return table(
        "Contacts of the family", ("Who", "How", "Who told us"), rows, "None that may be shown."
    )


def _notices(record: CaseRecord, voice: Voice) -> Section:
    """Return what was sent out in writing: each request to an agency with its hash, and letters."""
    rows = [
        (
            in_words(line.on),
            f"Request {line.pack.ref}",
            line.agency.name if line.agency else voice.our_words(line.whom),
            joined(line.how, f"SHA-256 {line.pack.sha256}"),
        )
        for line in record.lines
        if line.pack
    ]
    rows += [
        (
            in_words(row.sent_on),
            f"Letter {row.ref}: {row.title}",
            voice.outsider(joined(row.addressee, *map(str, row.place), by=", ")),
            joined(row.way_title, fate_of(row)),
        )
        for row in record.letters
    ]
    rows += [
        (in_words(row.on), row.title, voice.outsider(row.whom), voice.our_words(row.words))
        for row in record.tellings
        if row.method == "letter"
    ]
    columns = ("Day", "What", "To whom", "How, and what shows it")
    return table("Notices and service", columns, rows, "Nothing was sent out in writing.")


def _chronology(record: CaseRecord, voice: Voice) -> Section:
    rows = [
        (
            moment(event.when),
            voice.person(event.by) if event.by else event.byline,
            joined(voice.our_words(event.words), _why(event, voice), by=": "),
            event.source,
        )
        for event in record.events
    ]
    return Section("Chronology", (), ("When", "Who", "What", "Source"), rows)


def _why(event: Event, voice: Voice) -> str:
    """Return the words to an event: of notes, answers and referrals they may be anybody's."""
    is_ours = event.kind in (EventKind.CASE, EventKind.SHARED)
    return voice.our_words(event.why) if is_ours else voice.their_words(event.why)


def _who_knew(record: CaseRecord, voice: Voice) -> Section:
    is_redacted = isinstance(voice, Redacted)
    rows = [
        (
            LEFT_OUT if is_redacted else viewing.actor,
            sentences.page(viewing.page),
            moment(viewing.first_at),
            moment(viewing.last_at),
            str(viewing.times),
        )
        for viewing in record.viewings
    ]
    reach = (
        "Here stand the visits of who made the file alone: a manager’s file has everybody’s "
        "(access matrix, row 38)."
    )
    columns = ("Who", "Page", "First", "Last", "Times")
    only = () if record.sees_every_viewing else (reach,)
    return table("Who opened the record, and when", columns, rows, "Nobody.", sentences=only)


def _policy(record: CaseRecord) -> Sequence[Section]:
    """Return the policy as it stood when the case opened, and what was set anew since."""
    policy, opened_on = our_policy(), record.case.opened_on
    in_force = policy.on(opened_on)
    rows = [
        (row.says, str(row.value), row.source)
        for row in settings(in_force)
        if row.section == "days"
    ]
    title = f"The policy in force on {in_words(opened_on)}, when the case opened"
    sentence = f"{in_force.policy_title}, {in_force.policy_dated}"
    later = [
        (in_words(change.from_on), name.replace("_", " "), str(value))
        for change in policy.changes
        if opened_on < change.from_on <= record.on
        for name, value in change.values
    ]
    changes = table("What was set anew since", ("From", "What", "Now"), later, "Nothing.", level=2)
    return [Section(title, (sentence,), ("What it sets", "Number", "Source"), rows), changes]
