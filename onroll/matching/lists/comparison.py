"""Two lists with their links in, findings with evidence out (P04, P05).

Pure: the caller says what a year group is and who is of school age.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onroll.matching.answers import Kind
from onroll.matching.lists.entries import ListEntry, ListLink, may_be_one_child, rows_of_one_child


class FindingKind(StrEnum):
    """What a comparison can find of a child."""

    VANISHED = "vanished"
    ARRIVED = "arrived"
    NEVER_ARRIVED = "never_arrived"
    ON_TWO = "on_two"
    ON_NONE = "on_none"


ABSENCE_MEANS: dict[str, FindingKind] = {
    "rolls": FindingKind.VANISHED,
    "leavers": FindingKind.VANISHED,
    "joiners": FindingKind.NEVER_ARRIVED,
    "offers": FindingKind.NEVER_ARRIVED,
    "home-education": FindingKind.ON_NONE,
    "health": FindingKind.ON_NONE,
    "housing": FindingKind.ON_NONE,
}
"""What it means that a child of the first list is not on the second, by what the first list is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found of one child, with its evidence. Unless `is_sure` a person must look."""

    found: FindingKind
    entry: ListEntry
    is_sure: bool
    evidence: str
    others: tuple[ListEntry, ...] = ()
    """Records that may be, or are, the same child."""
    probability: float = 0.0
    reasons: str = ""


def compare_lists(
    old: Sequence[ListEntry],
    new: Sequence[ListEntry],
    links: Iterable[ListLink],
    *,
    kind: str = "rolls",
) -> list[Finding]:
    """Return what two lists show together, the first list's children first; each once.

    `kind` is a key of `NOT_THERE`: what the first list is. On a comparison of rolls, children only
    on the second have arrived, and a child who left the last year of a school has not arrived.
    """
    by_old: dict[str, list[ListLink]] = defaultdict(list)
    for link in links:
        by_old[link.old].append(link)
    new_entries = {entry.key: entry for entry in new}
    findings = list(_not_there(old, new_entries, by_old, kind))
    twice = rows_of_one_child(new)
    findings += [_on_two(group) for group in twice if not _is_dual(group)]
    if kind == "rolls":
        findings += _arrived(new, by_old, twice)
    return findings


def _not_there(
    old: Sequence[ListEntry],
    new_entries: Mapping[str, ListEntry],
    by_old: Mapping[str, list[ListLink]],
    kind: str,
) -> Iterator[Finding]:
    last_years = _last_years(old)
    elsewhere = _same_person_there(old, by_old)
    for entry in old:
        answers = by_old.get(entry.key, [])
        is_there = any(link.answer == Kind.SAME and link.new in new_entries for link in answers)
        if is_there or entry.key in elsewhere:
            continue
        finding_kind = ABSENCE_MEANS[kind]
        if kind == "rolls" and _is_transfer(entry, last_years):
            finding_kind = FindingKind.NEVER_ARRIVED
        maybe = tuple(new_entries[link.new] for link in answers if link.new in new_entries)
        best = max(answers, key=lambda link: link.probability, default=None)
        yield Finding(
            finding_kind,
            entry,
            is_sure=not maybe,
            evidence=_evidence(finding_kind, entry, maybe, kind),
            others=maybe,
            probability=best.probability if best else 0.0,
            reasons=best.reasons if best else "",
        )


def _same_person_there(old: Sequence[ListEntry], by_old: Mapping[str, list[ListLink]]) -> set[str]:
    """Return rows of a child whom another row of the same list shows to be there.

    They have one permanent number, and nothing speaks against their being one child: names and
    birthday alone, which two children may share, never answer for another row.
    """
    same = {key for key, links in by_old.items() if any(x.answer == Kind.SAME for x in links)}
    return {
        entry.key
        for group in rows_of_one_child(old)
        for entry in group
        if entry.number
        and any(
            x.key in same and x.number == entry.number and may_be_one_child(x, entry) for x in group
        )
    }


_YEARS = {year: n for n, year in enumerate(("N1", "N2", "R", *map(str, range(1, 14))))}
_USUAL_LAST = {"N2", "6"}
_FEW = 0.02
_ENOUGH = 10
"""Of so many children it can be told which is the last year of their school."""


def _last_years(entries: Iterable[ListEntry]) -> dict[str, str]:
    """Return the last year of each school by who is on its roll; some are taught a year down."""
    by_school: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.school and entry.year_then in _YEARS:
            by_school[entry.school].append(_YEARS[entry.year_then])
    years = list(_YEARS)
    return {
        school: years[max(y for y in some if sum(x >= y for x in some) > _FEW * len(some))]
        for school, some in by_school.items()
        if len(some) >= _ENOUGH
    }


def _is_transfer(entry: ListEntry, last_years: Mapping[str, str]) -> bool:
    """Say whether the child was to change school between the lists: reception, year 3, year 7."""
    if not entry.year_then or entry.year_then == entry.year_now:
        return False
    if entry.school in last_years:
        return _YEARS.get(entry.year_then, -1) >= _YEARS[last_years[entry.school]]
    return entry.year_then in _USUAL_LAST


def _evidence(
    finding_kind: FindingKind, entry: ListEntry, maybe: Sequence[ListEntry], kind: str
) -> str:
    at = f" at {entry.school}" if entry.school else ""
    match finding_kind, kind:
        case FindingKind.NEVER_ARRIVED, "rolls":
            was = f"Was in year {entry.year_then}{at} and was to change school"
            words = f"{was}; on no roll of the second list for year {entry.year_now}."
        case FindingKind.NEVER_ARRIVED, "offers":
            words = f"Offered a place{at}, and on no roll of the second list."
        case FindingKind.NEVER_ARRIVED, _:
            words = f"Said to have joined{at}, and on no roll of the second list."
        case FindingKind.ON_NONE, _:
            words = f"On the {kind} list, and not on the second list."
        case _:
            words = f"On the first list{at}, and not on the second."
    if not maybe:
        return words
    where = "; ".join(
        f"row {candidate.key}{f' at {candidate.school}' if candidate.school else ''}"
        for candidate in maybe
    )
    return f"{words} Unless one of these is the child: {where}."


def _is_dual(group: Sequence[ListEntry]) -> bool:
    """Say whether all but one of the rows are subsidiary: the law allows a child two schools."""
    return sum(not entry.is_second for entry in group) <= 1


def _on_two(group: tuple[ListEntry, ...]) -> Finding:
    first, *repeats = group
    is_one_number = bool(first.number) and len({x.number for x in group}) == 1
    is_one_name = all(may_be_one_child(first, repeat) for repeat in repeats)
    where = " and ".join(sorted({entry.school for entry in group if entry.school}))
    how = "The same pupil number" if is_one_number else "The same names, birthday and sex"
    odd = "" if is_one_name else " The names or birthdays differ: one may have a wrong number."
    return Finding(
        FindingKind.ON_TWO,
        first,
        is_sure=is_one_number and is_one_name,
        evidence=f"{how} at {where}.{odd}",
        others=tuple(repeats),
    )


def _arrived(
    new: Sequence[ListEntry],
    by_old: Mapping[str, list[ListLink]],
    twice: Sequence[tuple[ListEntry, ...]],
) -> Iterator[Finding]:
    links = [link for some in by_old.values() for link in some]
    on_first = {link.new for link in links if link.answer == Kind.SAME}
    on_first |= {
        x.key
        for group in twice
        for x in group
        if x.number
        and any(
            y.key in on_first and y.number == x.number and may_be_one_child(x, y) for y in group
        )
    }
    maybe = {link.new for link in links if link.answer == Kind.UNSURE} - {""}
    for entry in new:
        if entry.key not in on_first:
            at = f" at {entry.school}" if entry.school else ""
            is_sure = entry.key not in maybe
            doubt = "" if is_sure else " Unless a child missing from it is this one."
            words = f"On the second list{at}, and not on the first.{doubt}"
            yield Finding(FindingKind.ARRIVED, entry, is_sure=is_sure, evidence=words)
