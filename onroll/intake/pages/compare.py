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
from onroll.intake.queries import Shown


@dataclass(frozen=True)
class Line:
    """One field: what the file says, and what each known child has."""

    title: str
    said: Marked
    known: tuple[Cell, ...]


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


def page(row: Row, candidates: Sequence[Shown]) -> dict[str, Any]:
    """Return a record and the children it may be about, ready to be shown side by side."""
    said = row.shown_record
    ours, unread = _said(said), _unread(said)
    if any(shown.hides_home for shown in candidates):
        del ours["postcode"]  # it may be the protected one
    return {
        "row": row,
        "from_whom": brought_by(row.transfer),
        "kind": kinds.title_of(row.transfer.kind),
        "name": name_of(said),
        "heads": [_head(n, shown) for n, shown in enumerate(candidates, start=1)],
        "lines": [
            line for field in ours if (line := _line(field, ours[field], candidates, unread))
        ],
        "schools": _schools(said, row),
    }


def _head(number: int, shown: Shown) -> Head:
    case = next((case for case in shown.child.cases.all() if case.is_open), None)
    return Head(
        number,
        shown.child.name,
        tuple(_tally(shown)),
        reverse("casefile:case", args=[case.ref]) if case else "",
        tuple(places_of(shown.child)),
        likelihood(shown.weight.probability) if shown.weight else "",
        drawing(shown.weight, name=f"weight-{number}", of=f"Child {number}")
        if shown.weight
        else None,
    )


def _tally(shown: Shown) -> Iterable[tuple[str, Meaning]]:
    for verdict, (_, meaning) in VERDICTS.items():
        number = sum(found == verdict for _, found, _ in shown.reasons)
        if number and verdict in words.TALLY:
            yield f"{number} {words.TALLY[verdict][number != 1]}", meaning


def _unread(said: PupilRecord) -> dict[str, str]:
    """Return why a field that the file has was not compared, by the name of the field."""
    if said.born or not said.born_text:
        return {}
    return {"born": f"“{said.born_text}” is no day as school files write it: not compared."}


def _line(
    field: str, ours: Values, candidates: Sequence[Shown], unread: Mapping[str, str]
) -> Line | None:
    """Return one field; nothing where neither the file nor any child has it."""
    theirs = [values_on_record(shown.child)[field] for shown in candidates]
    if not ours and not any(theirs):
        return None
    cells = tuple(
        cell(
            field,
            has,
            ours,
            [(name, verdict, unread.get(name, why)) for name, verdict, why in shown.reasons],
        )
        for has, shown in zip(theirs, candidates, strict=True)
    )
    verdict = cells[0].verdict if len(cells) == 1 else "missing"
    said = mark_differences(field, ours, theirs[0], verdict)
    return Line(FIELDS[field], said, cells)


def _said(said: PupilRecord) -> dict[str, Values]:
    return {
        "forename": distinct(said.forename, said.chosen_forename),
        "surname": distinct(said.surname, said.chosen_surname, said.former_surname),
        "born": distinct(born(said) if said.born or said.born_text else ""),
        "sex": distinct(SEXES.get(said.sex, "")),
        "upn": distinct(said.upn, said.former_upn),
        "uln": distinct(said.uln),
        "postcode": distinct(*(address.postcode for address in said.addresses)),
    }


def _schools(said: PupilRecord, row: Row) -> Values:
    sender = row.transfer.sender
    known = {sender.number: sender.name} if sender else {}
    return tuple(
        span(
            spell.name or known.get(spell.number) or f"School {spell.number}",
            spell.entry_on,
            spell.leaving_on,
        )
        for spell in said.schools
        if spell.name or spell.number
    )


def choices(row: Row, candidates: Sequence[Shown]) -> list[tuple[str, Choice]]:
    """Return the answers a person can give and what each would do, as the columns stand."""
    return [
        (
            str(n),
            Choice(
                f"Child {n + 1}: {shown.child.name}",
                f"Born {day(shown.child.born_on)}. {_said_of(shown)} {_would_do(row, shown.child)}",
            ),
        )
        for n, shown in enumerate(candidates)
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


def _said_of(shown: Shown) -> str:
    against = [why for _, verdict, why in shown.reasons if verdict == "forbids"]
    if against:
        return f"Speaks against it: {' '.join(against)}"
    agreeing = sum(verdict == "agrees" for _, verdict, _ in shown.reasons)
    return f"{count(agreeing, 'field')} of {len(shown.reasons)} agree."


def pairs(candidates: Sequence[Shown]) -> list[tuple[str, str]]:
    """Return a link to say that two of the children shown are one, for each two of them."""
    numbered = list(enumerate((shown.child for shown in candidates), start=1))
    return [
        (
            f"Children {n} and {m} are one child",
            reverse("duplicates:propose", args=[one.ref, other.ref]),
        )
        for (n, one), (m, other) in combinations(numbered, 2)
        if is_plain(one) and is_plain(other)
    ]
