"""The five questions that a printed case answers, each from the log:

who told us, and when; who was asked what, by whom, and what came back; which days were counted, and
by which calendar; who decided what, when and on what ground; what the family was told, or why not.
"""

from collections.abc import Iterator
from typing import Any

from onroll.cases import words
from onroll.cases.models import CaseReason
from onroll.cases.offers import Event
from onroll.children.models import SourceKind
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.govuk.document import Section, joined, moment, table
from onroll.govuk.fields import in_words
from onroll.record.models import FamilyTelling
from onroll.record.printed.voice import Voice
from onroll.record.queries.printing import CaseRecord
from onroll.referrals.models import Referral
from onroll.referrals.queries import Decided, FamilyNotice
from onroll.rules.enquiries import ENQUIRY_STEPS
from onroll.rules.enquiry_log import Act
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.reasons import CASE_REASONS


def who_told_us(record: CaseRecord, voice: Voice) -> Section:
    """Return who told us of the child and when, with where that stands."""
    rows = [
        *((row.sent_at, _referral(row, voice)) for row in record.referrals),
        *((row.added_at, _reason(row, voice)) for row in record.reasons),
    ]
    in_order = [cells for _, cells in sorted(rows, key=lambda row: row[0])]
    columns = ("Who told us", "When it came to us", "What", "Where it stands")
    return table("Who told us, and when", columns, in_order, "Nobody: it is not on record.")


def _referral(referral: Referral, voice: Voice) -> tuple[str, ...]:
    by_school = f", {referral.school.name}" if referral.school else ""
    return (
        f"{referral.referrer}{by_school}",
        moment(referral.came),
        voice.their_words(referral.worry),
        f"Referral {referral.ref}",
    )


def _reason(row: CaseReason, voice: Voice) -> tuple[str, ...]:
    place = row.left_place
    is_of_file = row.source.kind != SourceKind.OFFICER.value
    because_told = voice.our_words(row.because) if is_of_file else voice.their_words(row.because)
    because = words.describe_leaving(place) if place else because_told
    withdrawn = ""
    if row.withdrawn_at:
        why = voice.our_words(row.withdrawn_why)
        withdrawn = (
            f"Withdrawn by {voice.person(row.withdrawn_by)}, {moment(row.withdrawn_at)}: {why}"
        )
    rule = CASE_REASONS[row.code]
    return (
        voice.source(row.source),
        moment(row.added_at),
        joined(rule.title, because),
        joined(f"Reason of the case, {row.clause or rule.source}", withdrawn),
    )


def who_was_asked(record: CaseRecord, voice: Voice) -> list[Section]:
    """Return each enquiry with who asked whom and what came back, and what was shared for it."""
    rows = [row for enquiry in record.enquiries for row in _enquiry(enquiry, voice)]
    columns = ("Enquiry", "Day", "By whom, and whom", "What was done", "What came back")
    enquiries = table(
        "Who was asked what, by whom, and what came back", columns, rows, "Nobody was asked."
    )
    return [enquiries, _shared(record, voice)]


def _enquiry(enquiry: Enquiry, voice: Voice) -> Iterator[tuple[str, ...]]:
    step = ENQUIRY_STEPS[enquiry.step].title
    title = f"{joined(step, voice.our_words(enquiry.step_words), by=': ')} ({enquiry.ref})"
    entries = list(enquiry.entries.all())
    if not entries:
        by = f"Planned by {voice.person(enquiry.by)}"
        yield title, moment(enquiry.at), by, voice.our_words(enquiry.why), enquiry.stage_title
    for entry in entries:
        yield title, in_words(entry.done_on), *_entry(entry, voice)
    if entries and enquiry.is_waiting:
        due = getattr(enquiry, "due_on", None)
        again = f"; to be asked again on {in_words(due)}" if due else ""
        yield title, "", "", "", f"No answer yet{again}"


def _entry(entry: EnquiryEntry, voice: Voice) -> tuple[str, str, str]:
    whom = voice.outsider(entry.asked_name)
    who = joined(_by(entry, voice), f"Of {whom}" if whom else "", entry.how)
    if entry.act == Act.ANSWER.value:
        evidence = f"Evidence: {voice.their_words(entry.evidence)}" if entry.evidence else ""
        came = joined(
            entry.result_title, entry.lead_title, voice.their_words(entry.words), evidence
        )
        return who, entry.act_title, came
    return who, joined(entry.act_title, voice.our_words(entry.words)), ""


def _by(entry: EnquiryEntry, voice: Voice) -> str:
    """Say who did it; of what a referral or a family tells, that Onroll wrote it down."""
    if entry.done_by:
        return f"By {voice.outsider(entry.done_by)}"
    return f"By {voice.person(entry.by)}" if entry.by else "Written down by Onroll"


def _shared(record: CaseRecord, voice: Voice) -> Section:
    rows = [
        (
            in_words(line.on),
            joined(line.act_title, line.agency.name if line.agency else voice.our_words(line.whom)),
            line.things if line.item_titles else voice.our_words(line.things),
            joined(voice.our_words(line.why), *(basis.source for basis in line.basis_rows)),
            joined(
                voice.person(line.by),
                f"Withdrawn: {voice.our_words(line.withdrawn_why)}" if line.is_withdrawn else "",
            ),
        )
        for line in record.lines
    ]
    columns = ("Day", "With whom", "What", "Why, and on what basis", "By")
    return table("What was shared for it", columns, rows, "Nothing was shared.", level=2)


def who_decided(record: CaseRecord, voice: Voice) -> list[Section]:
    """Return everything that was decided, by whom and on what ground, and how the case ended."""
    rows = [
        *((event.at, _step(event, voice)) for event in record.events if event.is_of_log),
        *((row.at, _decision(row, voice)) for row in record.decisions),
    ]
    in_order = [cells for _, cells in sorted(rows, key=lambda row: row[0])]
    columns = ("When", "Who", "What", "On what ground")
    decided = table("Who decided what, when, and on what ground", columns, in_order, "Nothing.")
    return [decided, *_closings(record, voice)]


def _step(event: Event, voice: Voice) -> tuple[str, ...]:
    what, why = voice.our_words(event.words), voice.our_words(event.why)
    return moment(event.at), voice.person(event.by), what, why


def _decision(row: Decided, voice: Voice) -> tuple[str, ...]:
    accepted = ""
    if row.accepted_by and row.accepted_at:
        accepted = f"Accepted by {voice.person(row.accepted_by)}, {moment(row.accepted_at)}"
    ground = voice.our_words(row.why)
    return moment(row.at), voice.person(row.by), joined(row.title, accepted), ground


def _closings(record: CaseRecord, voice: Voice) -> Iterator[Section]:
    for closing in record.closings:
        facts = [
            (question, voice.their_words(answer))
            for question, answer in words.describe_facts(closing)
        ]
        undone = f"Undone, {moment(closing.undone_at)}." if closing.undone_at else ""
        by = f"By {voice.person(closing.by)}, {moment(closing.at)}."
        ground = f"On what ground: {voice.our_words(closing.why)}"
        title = f"How the case closed: {OUTCOMES[closing.outcome].title}"
        yield Section(
            title, tuple(filter(None, (by, ground, undone))), ("Fact", "As stated"), facts, level=2
        )


def what_the_family_was_told(record: CaseRecord, voice: Voice) -> Section:
    """Return each telling, and each time that nobody told them, with why."""
    rows = [
        *((row.on, _telling(row, voice)) for row in record.tellings),
        *((row.on, _notice(row, voice)) for row in record.notices),
        *((row.sent_on, _letter(row, voice)) for row in record.letters),
    ]
    in_order = [cells for _, cells in sorted(rows, key=lambda row: row[0])]
    columns = ("Day", "Told or not, and how", "What, or why not", "By")
    empty = "Nothing is on record: nobody wrote down that the family was told, or why not."
    return table("What the family was told, or why not", columns, in_order, empty)


def _telling(row: FamilyTelling, voice: Voice) -> tuple[str, ...]:
    title = joined(row.title, voice.outsider(row.whom))
    return in_words(row.on), title, voice.our_words(row.words), voice.person(row.by)


def _letter(row: Any, voice: Voice) -> tuple[str, ...]:
    how = f"By letter {row.ref}, {row.way_title.lower()}"
    title = joined(how, voice.outsider(row.addressee))
    fate = fate_of(row) or "Nobody wrote down what became of it"
    what = joined(voice.our_words(row.subject), fate)
    return in_words(row.sent_on), title, what, voice.person(row.by)


def fate_of(letter: Any) -> str:
    """Return what became of a letter last, and on which day, and that the family answered it;
    nothing where nobody wrote it down and no answer came."""
    last = [*letter.deliveries.all()][-1:]
    became = f"{last[0].title}, {in_words(last[0].on)}" if last else ""
    return joined(became, "The family answered it" if letter.answer_number else "")


def _notice(row: FamilyNotice, voice: Voice) -> tuple[str, ...]:
    why = voice.our_words(row.why) if row.by else voice.their_words(row.why)
    by = row.referrer or voice.person(row.by)
    return in_words(row.on), row.title, joined(row.step, why), by
