"""Two records side by side, and what a merge of them would move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.accounts.models import User
from onroll.children.models import Child, Merge, NotSame
from onroll.children.queries import PairAnswer, is_plain, judge_pair, protected_of
from onroll.children.side_by_side import records
from onroll.children.side_by_side.marks import Cell, Marked, Values, cell, flat, mark_differences
from onroll.children.side_by_side.words import FIELDS
from onroll.govuk.charts import Drawing
from onroll.govuk.inline import count, day, hint, label, link, moment
from onroll.govuk.parts import Meaning, Table
from onroll.intake.queries import ShownCandidate

TITLES = {**FIELDS, "adults": "Adults", "schools": "Schools", "cases": "Cases"}
NO_ADULT = "No adult in common."
MACHINE = {
    "same": "What is on file speaks for one child. Nothing is merged until two people say so.",
    "unsure": "What is on file does not settle it: a person must look.",
    "new": "What is on file speaks for two children.",
}
"""What matching says of two records, by the kind of its answer."""


@dataclass(frozen=True)
class Line:
    """One field of two records; matching's verdict, if there is one, is in the cell of `merged`."""

    title: str
    target: Marked
    merged: Cell


def pair(
    target: Child, merged: Child, *, merge: Merge | None = None, apart: NotSame | None = None
) -> dict[str, Any]:
    """Return the context of a page with two records side by side.

    `merge` and `apart` are what people said of the two, if anything. Records that are merged are
    not compared: the kept one has the facts of both.
    """
    is_asked = merge is None or not merge.is_standing
    judged = judge_pair(target, merged) if is_asked else None
    return {
        "merge": merge,
        "apart": apart,
        "deeds": [deed for deed in _deeds(merge, apart) if deed[1] is not None],
        "kept": target,
        "merged": merged,
        "heads": ("One", "The other") if apart else ("Kept", "Merged into it"),
        "lines": list(_lines(target, merged, judged)),
        "moves": _moves(merged),
        "status": status(merge) if merge else None,
        "machine": MACHINE[judged.kind.value] if judged else "",
        "drawing": _drawing(judged) if judged else None,
    }


Deed = tuple[str, User | None, datetime | None, str]
"""What somebody did to a pair, who it was if anybody, when and why."""


def _deeds(merge: Merge | None, apart: NotSame | None) -> Iterable[Deed]:
    if apart is not None:
        yield "Told apart by", apart.by, apart.at, apart.why
        yield "Withdrawn by", apart.withdrawn_by, apart.withdrawn_at, apart.withdrawn_why
    if merge is not None:
        yield "Proposed by", merge.proposed_by, merge.proposed_at, merge.why
        yield "Agreed by", merge.agreed_by, merge.agreed_at, ""
        yield "Refused by", merge.refused_by, merge.refused_at, merge.refused_why
        yield "Undone by", merge.undone_by, merge.undone_at, merge.undone_why


def _drawing(judged: PairAnswer) -> Drawing:
    return records.drawing(judged.weight, name="weight", of="The two records")


def _lines(target: Child, merged: Child, judged: PairAnswer | None) -> Iterable[Line]:
    target_values, merged_values = _values_of(target), _values_of(merged)
    if protected_of([target.pk, merged.pk]):
        target_values["postcode"] = merged_values["postcode"] = ()
    reasons = list(_reasons(target_values, merged_values, judged)) if judged else []
    for field, target_value in target_values.items():
        merged_value = merged_values[field]
        if target_value or merged_value:
            cell_ = cell(field, merged_value, target_value, reasons)
            yield Line(
                TITLES[field],
                mark_differences(field, target_value, merged_value, cell_.verdict),
                cell_,
            )


def _reasons(
    target: dict[str, Values], merged: dict[str, Values], judged: PairAnswer
) -> Iterable[tuple[str, str, str]]:
    """Yield field, verdict and sentence of each comparison; of adults only where both have some."""
    for reason in judged.reasons:
        yield reason.field, reason.verdict.value, reason.words
    target_adults, merged_adults = (
        {flat(adult) for adult in values["adults"]} for values in (target, merged)
    )
    if target_adults and merged_adults:
        yield (
            ("adults", "agrees", "")
            if target_adults & merged_adults
            else ("adults", "differs", NO_ADULT)
        )


def _values_of(child: Child) -> dict[str, Values]:
    adults = child.relationships.select_related("adult")
    return {
        **records.values_on_record(child),
        "adults": tuple(str(relationship.adult) for relationship in adults)
        if is_plain(child)
        else (),
        "schools": tuple(records.places_of(child)),
        "cases": tuple(
            f"{case.ref}, {'open' if case.is_open else 'closed'}, opened {day(case.opened_on)}"
            for case in child.cases.all()
        ),
    }


def _moves(merged: Child) -> list[str]:
    """Return in words how many rows of each kind a merge would move."""
    counted = (
        (merged.names.count() + merged.identifiers.count(), "other name or number"),
        (merged.addresses.count(), "address"),
        (merged.relationships.count(), "adult"),
        (merged.flags.count(), "risk group"),
        (merged.details.count(), "detail of the background"),
        (merged.corrections.count(), "correction"),
        (merged.places.count(), "place"),
        (merged.cases.count(), "case"),
        (merged.rows.count(), "record of a file"),
    )
    plural = {
        "other name or number": "other names and numbers",
        "address": "addresses",
        "detail of the background": "details of the background",
        "record of a file": "records of files",
    }
    return [
        f"{n} {plural[noun]}" if n != 1 and noun in plural else count(n, noun)
        for n, noun in counted
        if n
    ]


def status(merge: Merge) -> tuple[str, Meaning]:
    """Return the words and the meaning of a merge's status tag."""
    if merge.is_waiting:
        return "Waits for a second person", "soon"
    if merge.is_standing:
        return "Merged", "done"
    return ("Refused", "quiet") if merge.refused_at else ("Undone", "quiet")


def merges(rows_: Iterable[Merge]) -> Table:
    """Return the table of merges, with who proposed and who answered each."""
    rows = [
        [
            link(reverse("duplicates:merge", args=[merge.pk]), _names(merge.kept, merge.merged)),
            label(status(merge)),
            _attribution(merge.proposed_by.name, moment(merge.proposed_at), merge.why),
            _second_answer(merge),
        ]
        for merge in rows_
    ]
    return Table(
        "Merges, those that wait first",
        ["Records", "Stage", "Proposed", "Answered"],
        rows,
        empty="No proposal to merge two records is here for you. To propose it, find the child, "
        "and ask whether there is another record of this child.",
        is_caption_hidden=True,
    )


def not_same_answers(answers: Iterable[NotSame]) -> Table:
    """Return the table of answers that two records are two children."""
    rows = [
        [
            link(reverse("duplicates:apart", args=[answer.pk]), _names(answer.one, answer.other)),
            label(("Two children", "done") if answer.is_standing else ("Withdrawn", "quiet")),
            _attribution(answer.by.name, moment(answer.at), answer.why),
            _withdrawal(answer),
        ]
        for answer in answers
    ]
    return Table(
        "Records told apart, those that stand first",
        ["Records", "Stage", "Told apart", "Withdrawn"],
        rows,
        empty="Of no two records that you may see has anybody said that they are two children. "
        "It is said where two records stand side by side.",
        is_caption_hidden=True,
    )


def _withdrawal(answer: NotSame) -> str | SafeString:
    if answer.withdrawn_at and answer.withdrawn_by:
        return _attribution(
            answer.withdrawn_by.name, moment(answer.withdrawn_at), answer.withdrawn_why
        )
    return "No"


def _names(*both: Child) -> str:
    return " and ".join(child.name if is_plain(child) else child.ref for child in both)


def _second_answer(merge: Merge) -> str | SafeString:
    if merge.undone_at and merge.undone_by:
        return _attribution(merge.undone_by.name, moment(merge.undone_at), merge.undone_why)
    if merge.agreed_at and merge.agreed_by:
        return _attribution(merge.agreed_by.name, moment(merge.agreed_at), "")
    if merge.refused_at and merge.refused_by:
        return _attribution(merge.refused_by.name, moment(merge.refused_at), merge.refused_why)
    return "Not yet"


def _attribution(name: str, when: str, why: str) -> SafeString:
    return format_html("{}, {}{}", name, when, hint(why) if why else "")


def possible_duplicates(child: Child, candidates: Sequence[ShownCandidate]) -> Table:
    """Return the table of a child's possible duplicates, with what agrees and what does not."""
    rows = [
        [
            link(
                reverse("duplicates:propose", args=[child.ref, candidate.child.ref]),
                candidate.child.name,
            ),
            day(candidate.child.born_on),
            " ".join(why for _, verdict, why in candidate.reasons if verdict != "missing"),
        ]
        for candidate in candidates
    ]
    return Table(
        "Records that may be of the same child, likeliest first",
        ["Record", "Born", "What agrees and what does not"],
        rows,
        empty="No other record that is shown here looks like this child’s. If you know of one, "
        "enter its reference.",
        is_caption_hidden=True,
    )
