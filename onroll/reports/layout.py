"""The layout of the weekly report: lists, columns and sentences, in order.

One layout for page, sheet, PDF and terminal, so that they cannot differ.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onroll.clocks.models import ENDED_WORDS, Ended
from onroll.govuk.fields import in_words
from onroll.reports.content import CaseLine, ChildLine, ClockLine, Count, SchoolLine, Weekly


@dataclass(frozen=True)
class Subject:
    """A child in a cell: the name, and the references that lead to the child."""

    name: str
    child: str
    case: str = ""

    def __str__(self) -> str:
        return self.name


Cell = str | int | date | Subject | None


@dataclass(frozen=True)
class Section:
    """One list of the report. `numeric` are the columns of figures, counted from 0.

    `number` is the figure that the list stands for: its rows, or their sum.
    """

    code: str
    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    has_children: bool = True
    numeric: frozenset[int] = frozenset()
    number: int = 0

    @property
    def heading(self) -> str:
        """Return the title, with the figure if there is one."""
        return f"{self.title} ({self.number})" if self.rows else self.title


@dataclass(frozen=True)
class Chart:
    """Counts to draw. `counted` is the heading of the numbers and `of` that of the labels."""

    code: str
    title: str
    counted: str
    of: str
    counts: tuple[Count, ...]


NOT_SHOWN = (
    "The lists of children are shown only to those who may see every case. You see the figures."
)


def title(weekly: Weekly) -> str:
    """Return the title of the report."""
    return f"Weekly report, {days(weekly)}"


def days(weekly: Weekly) -> str:
    """Return the days the report covers, in words."""
    first, last = in_words(weekly.starts_on), in_words(weekly.ends_on)
    if first == last:
        return first
    if (weekly.starts_on.month, weekly.starts_on.year) == (
        weekly.ends_on.month,
        weekly.ends_on.year,
    ):
        return f"{weekly.starts_on.day} to {last}"
    return f"{first} to {last}"


def sections(weekly: Weekly, *, with_children: bool, all_schools: bool = False) -> list[Section]:
    """Return the lists in order; without `with_children`, only those without children."""
    all_sections = [*_children(weekly), *_cases(weekly), *_schools(weekly, all_schools=all_schools)]
    figures = {figure.code: figure.number for figure in weekly.figures}
    return [
        replace(section, number=figures.get(section.code, len(section.rows)))
        for section in all_sections
        if with_children or not section.has_children
    ]


def charts(weekly: Weekly) -> list[Chart]:
    """Return the charts in order."""
    return [
        Chart(
            "leavers",
            "Where the week’s leavers went",
            weekly.leavers_counted,
            "What the school said",
            weekly.leavers_by_effect,
        ),
        Chart("opened", "Cases opened, by reason", "Cases", "Reason", weekly.opened_by_reason),
        Chart(
            "change",
            "Cases opened, by change of school missed",
            "Cases",
            "Change of school",
            weekly.opened_by_change,
        ),
        Chart("closed", "Cases closed, by outcome", "Cases", "Outcome", weekly.closed_by_outcome),
        Chart("clocks", "Clocks that ran out", "Clocks", "Clock", weekly.passed_by_clock),
        Chart(
            "time",
            "How long children have been on the register",
            "Children",
            "Time",
            weekly.register_by_time,
        ),
        Chart("stage", "The register by stage", "Children", "Stage", weekly.register_by_stage),
        Chart(
            "year", "The register by year group", "Children", "Year group", weekly.register_by_year
        ),
    ]


def _children(weekly: Weekly) -> Iterable[Section]:
    who_left = ("Child", "School left", "Left on", "Why it is here", "Law or policy", "Case")
    yield Section(
        "unknown",
        "Left for an unknown destination",
        "Children of whom this week’s files say that they left, and nobody knows where they are "
        "now. Each is on the register, and stands here once.",
        who_left,
        tuple(_left(line) for line in weekly.unknown),
        "No leaver of this week’s files has an unknown destination.",
    )
    yield Section(
        "home_education",
        "New home education",
        "Children who, the school says, left to be educated at home. The family is owed a first "
        "contact, and the education has yet to be seen.",
        ("Child", "School left", "Left on", "What the file says", "Law or policy", "State"),
        tuple(_claimed(line) for line in weekly.home_education),
        "No leaver of this week’s files left for home education.",
    )
    yield Section(
        "abroad",
        "Said to have moved abroad",
        "The school says so; without an address or a school abroad it is a claim, not a proof.",
        ("Child", "School left", "Left on", "What the file says", "Law or policy", "State"),
        tuple(_claimed(line) for line in weekly.abroad),
        "No leaver of this week’s files is said to have moved abroad.",
    )
    yield Section(
        "gaps_closed",
        "Missing children said to have joined a school",
        "A school says that a child with an open case has joined it. The case stays open until "
        "someone confirms that the child attends.",
        ("Child", "School joined", "What the file says", "Case"),
        tuple((_subject(line), line.school, line.why, line.case) for line in weekly.gaps_closed),
        "No file of this week names a missing child as a joiner.",
    )


def _cases(weekly: Weekly) -> Iterable[Section]:
    yield Section(
        "opened",
        "Cases opened",
        "Children put on the register this week, from files or by people.",
        ("Child", "Reason", "Last known school", "Opened on", "Case"),
        tuple(
            (_subject(line), line.reason, line.school or "Not known", line.on, line.case)
            for line in weekly.opened
        ),
        "No case was opened this week.",
    )
    yield Section(
        "closed",
        "Cases closed",
        "Proved: someone showed where the child is being educated. Believed: not shown.",
        ("Child", "Outcome", "Proved or believed", "Closed on", "Case"),
        tuple(_ended(line) for line in weekly.closed),
        "No case was closed this week.",
    )
    yield Section(
        "clocks",
        "Clocks that ran out",
        "What should have been done by a day in this week and was not marked as done by then.",
        ("Child", "What was due", "Set by", "Due on", "Now", "Officer", "Case"),
        tuple(_clock(line) for line in weekly.clocks),
        "No clock ran out this week.",
    )


def _left(line: ChildLine) -> tuple[Cell, ...]:
    return (_subject(line), line.school, line.left_on, line.why, line.clause, line.case)


def _claimed(line: ChildLine) -> tuple[Cell, ...]:
    state = "To confirm" if line.is_to_confirm else "On the register" if line.case else "Noted"
    return (_subject(line), line.school, line.left_on, line.why, line.clause, state)


def _ended(line: CaseLine) -> tuple[Cell, ...]:
    how = "Proved" if line.is_proved else "Believed"
    return (_subject(line), line.outcome, how, line.on, line.case)


def _clock(line: ClockLine) -> tuple[Cell, ...]:
    return (
        _subject(line),
        line.clock,
        f"The law ({line.source})" if line.basis == "law" else f"Local: {line.source}",
        line.due_on,
        _now(line),
        line.owner or "Nobody yet",
        line.case,
    )


def _now(line: ClockLine) -> str:
    if line.done_on is None:
        return "Not marked as done"
    how = "Ended with the case" if line.is_ended_with_case else "Done"
    if line.ended_why:
        how = f"Ended: {ENDED_WORDS[Ended(line.ended_why)]}"
    return f"{how} on {in_words(line.done_on)}"


def _subject(line: ChildLine | CaseLine | ClockLine) -> Subject:
    return Subject(line.name, line.child, line.case)


def _schools(weekly: Weekly, *, all_schools: bool) -> Iterable[Section]:
    schools = [line for line in weekly.schools if line.number]
    if all_schools:
        yield _list("late", "Schools and their files", "", (*_RECEIVED, *_MATCHED), schools, "")
    else:
        yield _list(
            "late",
            "Schools that told us late",
            f"Of a leaver later than the {weekly.local_leaver_days} days of the local policy, or "
            "of a joiner later than the five days of Regs 2024 reg 13(1).",
            _RECEIVED,
            [line for line in schools if line.is_late],
            "No school told us later than that.",
        )
        yield _list(
            "after_last_day",
            "Schools to ask why they told after the last day",
            "The law asks for the return when the name is deleted (Regs 2024 reg 13(4)); files "
            "give the last day at the school, which may be earlier. So this is a question to ask "
            "and not yet a finding. Schools that told us late are above.",
            _RECEIVED,
            [line for line in schools if line.is_to_ask],
            "No other school told of a leaver after the last day.",
        )
    yield _list(
        "silent",
        "Silent schools",
        f"Schools that have sent no file for {weekly.silent_after_weeks} school weeks or more. "
        "They may have nothing to tell; ask them.",
        (("School", _name), ("Last file", lambda line: line.last_file_on or "None yet")),
        [line for line in schools if line.is_silent],
        "Every school has sent a file lately.",
    )
    yield _list(
        "waiting",
        "Records waiting for an officer",
        "As they stood when this report was made. Nothing in a waiting record is lost.",
        _WAITING,
        [line for line in weekly.schools if line.waiting],
        "No record waits for an officer.",
    )


Getter = Callable[[SchoolLine], Cell]


def _name(line: SchoolLine) -> Cell:
    return line.name


_RECEIVED: tuple[tuple[str, Getter], ...] = (
    ("School", _name),
    ("Files", lambda line: line.files),
    ("Leavers told", lambda line: line.leavers),
    ("After the last day", lambda line: line.leavers_late_by_law),
    ("Later than the local policy", lambda line: line.leavers_late_by_policy),
    ("Longest, in days", lambda line: line.longest_days),
    ("Joiners told", lambda line: line.joiners),
    ("Joiners late", lambda line: line.joiners_late),
)
_MATCHED: tuple[tuple[str, Getter], ...] = (
    ("Told us late", lambda line: "Yes" if line.is_late else "No"),
    ("To ask why after the last day", lambda line: "Yes" if line.is_to_ask else "No"),
)
_WAITING: tuple[tuple[str, Getter], ...] = (
    ("School", _name),
    ("Unsure who it is", lambda line: line.unsure),
    ("Claim to confirm", lambda line: line.to_confirm),
    ("Held until mended", lambda line: line.held),
)


def _list(
    code: str,
    heading: str,
    lead: str,
    columns: Sequence[tuple[str, Getter]],
    lines: Sequence[SchoolLine],
    empty: str,
) -> Section:
    rows = tuple(tuple(get(line) for _, get in columns) for line in lines)
    figures = {n for row in rows for n, cell in enumerate(row) if isinstance(cell, int)}
    names = tuple(name for name, _ in columns)
    return Section(code, heading, lead, names, rows, empty, False, frozenset(figures))


def words(cell: Any) -> str:
    """Return a cell as text."""
    if isinstance(cell, date):
        return in_words(cell)
    return "Not known" if cell is None else str(cell)
