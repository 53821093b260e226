"""A record beside each child it may be about, field by field, with the differences marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.urls import reverse

from onroll.children.models import Child
from onroll.children.queries import is_plain
from onroll.children.side_by_side.marks import Cell, Marked, Values, cell, mark_differences
from onroll.children.side_by_side.records import (
    distinct,
    drawing,
    places_of,
    span,
    values_on_record,
)
from onroll.children.side_by_side.words import FIELDS, SEXES, VERDICTS, likelihood
from onroll.formats import PupilRecord
from onroll.govuk.charts import Drawing
from onroll.govuk.fields import Choice
from onroll.govuk.inline import count, day
from onroll.govuk.parts import Meaning
from onroll.intake import kinds, words
from onroll.intake.models import Row
from onroll.intake.pages.parts import born, brought_by, name_of, sender_of
from onroll.intake.queries import ShownCandidate


@dataclass(frozen=True)
class Line:
    """One field: what the file says, and what each known child has."""

    title: str
    sent: Marked
    on_record: tuple[Cell, ...]


@dataclass(frozen=True)
class Head:
    """The head of a known child's column: the name, and how much agrees."""

    number: int
    name: str
    tally: tuple[tuple[str, Meaning], ...]
    case_url: str
    places: Values
    likelihood: str
    drawing: Drawing | None


def page(row: Row, candidates: Sequence[ShownCandidate]) -> dict[str, Any]:
    """Return a record and the children it may be about, ready to be shown side by side."""
    record = row.shown_record
    values, unread = _values(record), _unread(record)
    if any(candidate.hides_home for candidate in candidates):
        del values["postcode"]  # it may be the protected one
    return {
        "row": row,
        "from_whom": brought_by(row.transfer),
        "kind": kinds.title_of(row.transfer.kind),
        "name": name_of(record),
        "heads": [_head(n, candidate) for n, candidate in enumerate(candidates, start=1)],
        "lines": [
            line for field in values if (line := _line(field, values[field], candidates, unread))
        ],
        "schools": _schools(record, row),
    }


def _head(number: int, candidate: ShownCandidate) -> Head:
    case = next((case for case in candidate.child.cases.all() if case.is_open), None)
    return Head(
        number,
        candidate.child.name,
        tuple(_tally(candidate)),
        reverse("casefile:case", args=[case.ref]) if case else "",
        tuple(places_of(candidate.child)),
        likelihood(candidate.weight.probability) if candidate.weight else "",
        drawing(candidate.weight, name=f"weight-{number}", of=f"Child {number}")
        if candidate.weight
        else None,
    )


def _tally(candidate: ShownCandidate) -> Iterable[tuple[str, Meaning]]:
    for verdict, (_, meaning) in VERDICTS.items():
        number = sum(reason_verdict == verdict for _, reason_verdict, _ in candidate.reasons)
        if number and verdict in words.TALLY:
            yield f"{number} {words.TALLY[verdict][number != 1]}", meaning


def _unread(record: PupilRecord) -> dict[str, str]:
    """Return why a field that the file has was not compared, by the name of the field."""
    if record.born or not record.born_text:
        return {}
    return {"born": f"“{record.born_text}” is no day as school files write it: not compared."}


def _line(
    field: str, sent: Values, candidates: Sequence[ShownCandidate], unread: Mapping[str, str]
) -> Line | None:
    """Return one field; nothing where neither the file nor any child has it."""
    on_record = [values_on_record(candidate.child)[field] for candidate in candidates]
    if not sent and not any(on_record):
        return None
    cells = tuple(
        cell(
            field,
            has,
            sent,
            [(name, verdict, unread.get(name, why)) for name, verdict, why in candidate.reasons],
        )
        for has, candidate in zip(on_record, candidates, strict=True)
    )
    verdict = cells[0].verdict if len(cells) == 1 else "missing"
    marked = mark_differences(field, sent, on_record[0], verdict)
    return Line(FIELDS[field], marked, cells)


def _values(record: PupilRecord) -> dict[str, Values]:
    return {
        "forename": distinct(record.forename, record.chosen_forename),
        "surname": distinct(record.surname, record.chosen_surname, record.former_surname),
        "born": distinct(born(record) if record.born or record.born_text else ""),
        "sex": distinct(SEXES.get(record.sex, "")),
        "upn": distinct(record.upn, record.former_upn),
        "uln": distinct(record.uln),
        "postcode": distinct(*(address.postcode for address in record.addresses)),
    }


def _schools(record: PupilRecord, row: Row) -> Values:
    sender = row.transfer.sender
    names = {sender.number: sender.name} if sender else {}
    return tuple(
        span(
            spell.name or names.get(spell.number) or f"School {spell.number}",
            spell.entry_on,
            spell.leaving_on,
        )
        for spell in record.schools
        if spell.name or spell.number
    )


def choices(row: Row, candidates: Sequence[ShownCandidate]) -> list[tuple[str, Choice]]:
    """Return the answers a person can give and what each would do, as the columns stand."""
    return [
        (
            str(n),
            Choice(
                f"Child {n + 1}: {candidate.child.name}",
                f"Born {day(candidate.child.born_on)}. {_agreement(candidate)} "
                f"{_would_do(row, candidate.child)}",
            ),
        )
        for n, candidate in enumerate(candidates)
    ]


def _would_do(row: Row, child: Child) -> str:
    """Return what the answer that it is this child would do."""
    school = sender_of(row.transfer) or "the school"
    has_case = any(case.is_open for case in child.cases.all())
    words = kinds.consequences_of(row.purpose)
    sentences = f"{words.for_child} {words.for_open_case}" if has_case else words.for_child
    return sentences.format(school=school)


def would_do_for_nobody(row: Row) -> str:
    """Return what the answer that it is none of the children would do."""
    school = sender_of(row.transfer) or "the school"
    return kinds.consequences_of(row.purpose).for_nobody.format(school=school)


def _agreement(candidate: ShownCandidate) -> str:
    against = [why for _, verdict, why in candidate.reasons if verdict == "forbids"]
    if against:
        return f"Speaks against it: {' '.join(against)}"
    agreeing = sum(verdict == "agrees" for _, verdict, _ in candidate.reasons)
    return f"{count(agreeing, 'field')} of {len(candidate.reasons)} agree."


def pairs(candidates: Sequence[ShownCandidate]) -> list[tuple[str, str]]:
    """Return a link to say that two of the children shown are one, for each two of them."""
    numbered = list(enumerate((candidate.child for candidate in candidates), start=1))
    return [
        (
            f"Children {n} and {m} are one child",
            reverse("duplicates:propose", args=[first.ref, second.ref]),
        )
        for (n, first), (m, second) in combinations(numbered, 2)
        if is_plain(first) and is_plain(second)
    ]
