"""Which days were counted for each clock of a case, and by which calendar (P32)."""

from collections.abc import Iterator

from onroll.clocks.models import ENDED_WORDS, Deadline, Ended
from onroll.govuk.document import Section, moment, weekday
from onroll.govuk.fields import in_words
from onroll.record.models import Complaint
from onroll.record.printed.voice import Voice
from onroll.record.queries.printing import CaseRecord
from onroll.rules import clocks as rules
from onroll.rules.clocks import Clock, Unit
from onroll.rules.counting import Run, count
from onroll.schools.queries import our_policy

COLUMNS = ("Days", "Counted as")
BY_WHICH = {
    Unit.DAYS: "Every day of the week counts.",
    Unit.WEEKS: "Every day of the week counts.",
    Unit.WORKING_DAYS: "Calendar: working days of England, without weekends and bank holidays.",
    Unit.UK_WORKING_DAYS: "Calendar: working days of every part of the United Kingdom.",
    Unit.HOURS: "Every hour of day and night counts.",
}


def which_days(record: CaseRecord, voice: Voice) -> list[Section]:
    """Return for each clock of the case how it was counted, what became of it and who moved it."""
    head = Section(
        "Which days were counted, and by which calendar",
        (_calendar(record),) if record.clocks else ("No clock ran.",),
    )
    of_case = [_clock(clock, record, voice) for clock in record.clocks]
    of_complaints = [section for row in record.complaints for section in _of(row, record, voice)]
    return [head, *of_case, *of_complaints]


def _of(complaint: Complaint, record: CaseRecord, voice: Voice) -> Iterator[Section]:
    for clock in complaint.deadlines.prefetch_related("changes__by"):
        yield _clock(clock, record, voice)


def _calendar(record: CaseRecord) -> str:
    school, authority = record.case.school, our_policy().authority_name
    if school is None:
        return f"School days are those of {authority}: no last school is known."
    return f"School days are those of {school.name}: its own dates over those of {authority}."


def _clock(clock: Deadline, record: CaseRecord, voice: Voice) -> Section:
    rule, calendar = clock.rule, record.calendar
    by_count = rules.due_on(rule, clock.starts_on, calendar=calendar, policy=our_policy())
    runs = count(rule, clock.starts_on, max(by_count, clock.starts_on), calendar=calendar)
    is_chosen = clock.due_on != by_count and not clock.changes.all()
    length = rule.length(our_policy(), on=clock.starts_on)
    units = rule.unit.words if length != 1 else rule.unit.words.removesuffix("s")
    counts = f"Counts {length} {units} from {rule.counts_from}"
    due = moment(clock.due_at) if clock.due_at else weekday(clock.due_on)
    calendar_words = (
        ("Its day was set by who wrote it down, and not counted.",)
        if is_chosen
        else (BY_WHICH.get(rule.unit, ""), _certainty(clock, rule, record))
    )
    sentences = [
        _basis(rule) if is_chosen else f"{_basis(rule)} {counts}: {weekday(clock.starts_on)}.",
        " ".join(filter(None, (*calendar_words, f"Due: {due}.", _end(clock)))),
        *_moves(clock, voice),
    ]
    rows = [] if is_chosen else [(_days(run), _counted(run)) for run in runs]
    return Section(rule.title, sentences, COLUMNS if rows else (), rows, level=2)


def _basis(rule: Clock) -> str:
    whose = "By law" if rule.basis == "law" else "By the council’s own limit"
    return f"{whose} ({' '.join(filter(None, (rule.source, rule.clause)))})."


def _certainty(clock: Deadline, rule: Clock, record: CaseRecord) -> str:
    if rule.unit is not Unit.SCHOOL_DAYS:
        return ""
    if record.calendar.are_certain(clock.starts_on, clock.due_on):
        return "Every day of it stands in listed term dates."
    return (
        "Not every day of it stands in listed term dates: the usual pattern was used for the rest."
    )


def _moves(clock: Deadline, voice: Voice) -> Iterator[str]:
    for move in clock.changes.all():
        yield (
            f"Moved from {in_words(move.was_on)} to {in_words(move.now_on)} by "
            f"{voice.person(move.by)}, {moment(move.at)}: {voice.our_words(move.why)}"
        )


def _end(clock: Deadline) -> str:
    if clock.met_on:
        how = "after it was due" if clock.met_on > clock.due_on else "in time"
        return f"Done on {weekday(clock.met_on)}, {how}."
    if clock.ended_on:
        return f"Ended on {weekday(clock.ended_on)}: {ENDED_WORDS[Ended(clock.ended_why)]}."
    return "It still runs."


def _days(run: Run) -> str:
    if run.first == run.last:
        return weekday(run.first)
    return f"{weekday(run.first)} to {weekday(run.last)}"


def _counted(run: Run) -> str:
    if not run.is_counted:
        return f"Not counted: {run.why_not}"
    if run.number == run.last_number:
        return f"Day {run.number}"
    return f"Days {run.number} to {run.last_number}"
