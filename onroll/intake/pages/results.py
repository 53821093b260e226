"""How a file went, for the sender: still being read, refused, or read with things to mend.

Worded on the day from facts, for a school or for an officer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from onroll.formats import TO_MEND, Audience
from onroll.formats import problems as sentences
from onroll.formats.words import place_words
from onroll.govuk.inline import count, link
from onroll.govuk.parts import Meaning
from onroll.intake import effects, kinds, queries, words
from onroll.intake.models import Row, Transfer
from onroll.intake.pages.parts import name_of
from onroll.intake.queries import Fault

MOST_NAMED = 20


@dataclass(frozen=True)
class Thing:
    """One thing to put right, or worth knowing: the field, what is wrong, what to do, and where."""

    title: str
    label: effects.Label
    wrong: str
    to_do: str
    records: tuple[str | SafeString, ...]
    more: int
    """How many records it is about beside those named."""
    where: str

    @property
    def colour(self) -> str:
        """Return the colour of its edge."""
        return _COLOURS[self.label[1]]


_COLOURS: Mapping[Meaning, str] = {"problem": "red", "soon": "orange", "quiet": "blue"}


@dataclass(frozen=True)
class Result:
    """What a file's page says of how it went."""

    transfer: Transfer
    stage: effects.Label
    title: str
    refusal: str
    figures: queries.Figures | None
    faults: list[Thing]
    notes: list[Thing]
    is_cut: bool
    """There are more things than are shown."""
    rows: list[Row]
    """The records whose pupils are named, so that it can be written down who saw them."""
    is_for_school: bool
    is_list: bool

    @property
    def is_working(self) -> bool:
        """Say whether it is still being read or taken in."""
        return self.transfer.stage in queries.UNFINISHED

    @property
    def is_all_right(self) -> bool:
        """Say whether it was read and there is nothing to put right."""
        figures = self.figures
        return figures is not None and not figures.faults and not figures.held


def result_of(
    transfer: Transfer, *, audience: Audience, names: bool, most: int | None = None
) -> Result:
    """Return how a file went. Without `names` nothing that a record says is shown.

    `most` limits how many things are shown.
    """
    is_read = transfer.stage in ("read", "applied")
    faults = queries.problems_of(transfer) if is_read else []
    to_mend = [fault for fault in faults if fault.severity in TO_MEND][:most]
    notes = [fault for fault in faults if fault.severity not in TO_MEND][:most]
    figures = queries.figures_of(transfer) if is_read else None
    rows = _rows(transfer, (*to_mend, *notes)) if names else {}
    reader = _Reader(transfer, audience, names, rows)
    return Result(
        transfer,
        stage_of(transfer),
        _title(transfer, figures),
        refusal_of(transfer, audience),
        figures,
        [reader.thing(fault) for fault in to_mend],
        [reader.thing(fault) for fault in notes],
        is_cut=len(to_mend) + len(notes) < len(faults) or len(faults) == queries.MOST_PROBLEMS,
        rows=list(rows.values()),
        is_for_school=audience == "school",
        is_list=bool(transfer.list_kind),
    )


def stage_of(transfer: Transfer) -> effects.Label:
    """Return the label of how far a file is: *taken in* only when nothing is wrong with it."""
    if transfer.failed_at is not None and transfer.stage in queries.UNFINISHED:
        return words.NOT_READ_YET
    if transfer.stage == "refused" and transfer.is_of_another:
        return words.NOT_THEIRS
    if transfer.stage != "applied":
        return words.STAGES[transfer.stage]
    if transfer.faults:
        return f"Read: {count(transfer.faults, 'thing')} to put right", "soon"
    if transfer.held:
        return f"Read: {count(transfer.held, 'record')} cannot be used yet", "problem"
    return words.STAGES["applied"]


def whom_to_ask(transfer: Transfer) -> str:
    """Return whom an officer has to ask: the school, or whoever made a list of another kind."""
    is_list = transfer.kind == "" or kinds.is_list(transfer.kind)
    is_of_school = transfer.sender_id is not None or not is_list or not transfer.list_kind
    return sentences.THE_SCHOOL if is_of_school else sentences.WHOEVER_MADE_IT


def refusal_of(transfer: Transfer, audience: Audience) -> str:
    """Return why a file was refused and what to do, for who reads it."""
    if transfer.stage != "refused":
        return ""
    problem = transfer.problems.first()
    if problem is None:
        return transfer.refused_because
    return problem.words(audience, whom=whom_to_ask(transfer))


def _title(transfer: Transfer, figures: queries.Figures | None) -> str:
    if transfer.stage == "refused":
        is_read = transfer.is_of_another
        return "This file was refused" if is_read else "This file could not be read"
    if transfer.stage == "columns":
        return "We need to know which column is which"
    if figures is None or transfer.stage != "applied":
        return "The file is being read"
    read = f"Read: {count(figures.records, 'record' if transfer.list_kind else 'pupil')}"
    if not figures.faults and not figures.held:
        return f"{read}, all right"
    things = f"; {count(figures.faults, 'thing')} to put right" if figures.faults else ""
    held = f"; {figures.held} cannot be used yet" if figures.held else ""
    return f"{read}; {figures.right} right{things}{held}"


def _rows(transfer: Transfer, faults: Iterable[Fault]) -> dict[int, Row]:
    numbers = {number for fault in faults for number in fault.numbers[:MOST_NAMED]}
    return queries.rows_named(transfer, numbers)


@dataclass(frozen=True)
class _Reader:
    """Who reads of a file's faults, and which records may be named."""

    transfer: Transfer
    audience: Audience
    names: bool
    rows: Mapping[int, Row]

    def thing(self, fault: Fault) -> Thing:
        label = words.SEVERITIES[fault.severity]
        title, wrong, to_do = self._words(fault)
        shown = fault.numbers[:MOST_NAMED]
        where = place_words(fault.path) if len(fault.numbers) < 2 else ""
        records = tuple(self._record(number) for number in shown)
        return Thing(title, label, wrong, to_do, records, len(fault.numbers) - len(shown), where)

    def _words(self, fault: Fault) -> tuple[str, str, str]:
        if fault.facts is None:
            return "To put right", fault.message if self.names or not fault.numbers else "", ""
        title = sentences.field_words(fault.rule, fault.facts, fault.path)
        if not self.names and fault.numbers:
            return title, "", ""
        whom = whom_to_ask(self.transfer)
        wrong = sentences.wrong_words(fault.rule, fault.facts, fault.path)
        to_do = sentences.to_do(fault.rule, fault.facts, fault.path, self.audience, whom=whom)
        return title, wrong, to_do

    def _record(self, number: int) -> str | SafeString:
        row = self.rows.get(number)
        if row is None:
            return f"record {number}"
        name = f"{name_of(row.shown_record)} (record {number})"
        if self.audience == "school":
            return name
        return link(reverse("intake:record", args=[self.transfer.ref, number]), name)


def not_taken(items: Collection[Any], audience: Audience) -> list[tuple[str, str]]:
    """Return the name of each file that was not taken, with why and what to do."""
    return [
        (item.name, sentences.words(item.rule, item.facts, item.name, audience=audience))
        for item in items
        if item.rule
    ]
