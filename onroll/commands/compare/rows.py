"""The findings of two lists, once the rows of each child are grouped."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from onroll.commands.compare.children import Line, stand_ins
from onroll.formats.standing import Stand
from onroll.matching import (
    Finding,
    FindingKind,
    Kind,
    ListEntry,
    ListLink,
    compare_lists,
    may_be_one_child,
)

MOST_ROWS = 10
"""At most so many rows are named in the evidence of one finding."""
_MAY_BE_THERE = (Stand.ON_ROLL, Stand.UNCLEAR)


@dataclass
class Rows:
    """The rows of one list, and which row represents each child."""

    lines: Sequence[Line]
    _by_key: dict[str, Line] = field(init=False)
    _first_rows: dict[str, Line] = field(init=False)

    def __post_init__(self) -> None:
        """Group the rows by child."""
        self._by_key = {line.entry.key: line for line in self.lines}
        self._first_rows = stand_ins(self.lines)

    def __getitem__(self, key: str) -> Line:
        return self._by_key[key]

    @cached_property
    def children(self) -> list[Line]:
        """Return the one row that represents each child."""
        return [line for line in self.lines if self.is_first(line)]

    @cached_property
    def maybe_there(self) -> list[Line]:
        """Return the one row of each child who is on a roll or may be."""
        return [line for line in self.children if line.standing.stand in _MAY_BE_THERE]

    @cached_property
    def on_roll(self) -> list[Line]:
        """Return the rows of `maybe_there`, and all other rows that are on a roll."""
        return [
            line
            for line in self.lines
            if line.standing.stand is Stand.ON_ROLL or line in self._maybe_there
        ]

    @cached_property
    def _maybe_there(self) -> "_Keys":
        return _Keys(self.maybe_there)

    @cached_property
    def off_roll(self) -> "_Index":
        """Return the rows that say their child is on no roll, indexed by child."""
        return _Index(x for x in self.lines if x.standing.stand not in _MAY_BE_THERE)

    @cached_property
    def _second_rows(self) -> dict[str, list[Line]]:
        """Return the rows that represent no child, by the key of the row that does it for them."""
        second_rows: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if not self.is_first(line):
                second_rows[self._first_rows[line.entry.key].entry.key].append(line)
        return second_rows

    def is_first(self, line: Line) -> bool:
        """Return whether a row represents its child."""
        return self._first_rows[line.entry.key] is line

    def second_rows(self, key: str) -> list[Line]:
        """Return the other rows of the child that a row represents."""
        return self._second_rows.get(key, [])


class _Keys:
    """A set of rows."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._keys = {line.entry.key for line in lines}

    def __contains__(self, line: Line) -> bool:
        return line.entry.key in self._keys


class _Index:
    """Rows by UPN and by person: a list may have tens of thousands of leavers."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._rows: dict[tuple[str, ...], list[Line]] = defaultdict(list)
        for line in lines:
            for mark in _marks(line):
                self._rows[mark].append(line)

    def of(self, child: Line) -> Iterator[Line]:
        """Yield the rows that may be about a child, each once."""
        yielded: set[str] = set()
        for line in (line for mark in _marks(child) for line in self._rows.get(mark, ())):
            if line.entry.key not in yielded and may_be_one_child(child.entry, line.entry):
                yielded.add(line.entry.key)
                yield line


def _marks(line: Line) -> Iterator[tuple[str, ...]]:
    """Yield what a row is indexed by: its UPN, and its name with the date of birth."""
    if line.entry.number:
        yield (line.entry.number,)
    if line.person:
        yield line.person


def findings_of(
    old: Rows, new: Rows, links: Sequence[ListLink], *, kind: str, own_words: Callable[[Line], str]
) -> list[Finding]:
    """Return the findings of two lists.

    `links` join rows that represent children: one of the first list, one of `new.maybe_there`.
    `own_words` returns what a row of the first list says of the child's stay. A row with an unclear
    standing never proves that a child is there.
    """
    absences = compare_lists(
        [line.entry for line in old.children],
        [line.entry for line in new.on_roll],
        list(_of_every_row(links, new)),
        kind=kind,
    )
    linked = {link.new for link in links if link.answer == Kind.SAME}
    findings: list[Finding] = []
    for finding in absences:
        if finding.found in (FindingKind.ARRIVED, FindingKind.ON_TWO):
            if finding.found is FindingKind.ARRIVED and _is_nobody_new(finding.entry, new, linked):
                continue
            findings.append(_with_doubt(finding, new))
        else:
            findings.append(_with_rows(finding, old, new, own_words))
    return findings


def _is_nobody_new(entry: ListEntry, new: Rows, linked: set[str]) -> bool:
    """Return whether an arrival is a further row of a child, or a linked row that is unclear."""
    line = new[entry.key]
    return not new.is_first(line) or (line.standing.stand is Stand.UNCLEAR and entry.key in linked)


def _of_every_row(links: Iterable[ListLink], new: Rows) -> Iterator[ListLink]:
    """Yield the links for every row of a child; a link to an unclear row is unsure."""
    for link in links:
        if not link.new:
            yield link
            continue
        if new[link.new].standing.stand is Stand.UNCLEAR and link.answer == Kind.SAME:
            link = replace(link, answer=Kind.UNSURE)
        yield link
        for line in new.second_rows(link.new):
            if line.standing.stand is Stand.ON_ROLL:
                yield replace(link, new=line.entry.key)


def _with_doubt(finding: Finding, new: Rows) -> Finding:
    doubt = _unclear_words((finding.entry, *finding.others), new)
    return replace(finding, is_sure=False, evidence=finding.evidence + doubt) if doubt else finding


def _unclear_words(entries: Iterable[ListEntry], new: Rows) -> str:
    """Return a sentence for each of these rows whose standing is unclear."""
    lines = (new[entry.key] for entry in entries)
    return "".join(
        f" In row {line.entry.key}, {line.standing.words}."
        for line in lines
        if line.standing.stand is Stand.UNCLEAR
    )


def _with_rows(finding: Finding, old: Rows, new: Rows, own_words: Callable[[Line], str]) -> Finding:
    """Return a finding with what other rows of both lists say of the missing child.

    No finding is sure if the second list is empty.
    """
    child = old[finding.entry.key]
    words = [
        _unclear_words(finding.others, new),
        own_words(child),
        _also(old.second_rows(finding.entry.key)),
    ]
    words += [
        f" Row {line.entry.key} of it says: {line.standing.words}."
        for line in islice(new.off_roll.of(child), MOST_ROWS)
    ]
    if not new.lines:
        words.append(" The second list has nobody on it at all.")
    is_sure = finding.is_sure and bool(new.lines)
    return replace(finding, is_sure=is_sure, evidence=finding.evidence + "".join(words))


def _also(lines: Sequence[Line]) -> str:
    """Return a sentence for each further row of a child on the first list, up to `MOST_ROWS`."""
    sentences = (
        f" Also on row {line.entry.key} of the first{f' at {school}' if school else ''}."
        for line in lines[:MOST_ROWS]
        for school in (line.entry.school,)
    )
    ending = f" And on {len(lines) - MOST_ROWS} more of its rows." if len(lines) > MOST_ROWS else ""
    return "".join(sentences) + ending
