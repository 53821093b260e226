"""Two records on file side by side, and what a merge of them would move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
"""What matching says of two records on file, by its answer."""


@dataclass(frozen=True)
class Line:
    """One field of two records; the second has the verdict, where there is one."""

    title: str
    kept: Marked
    merged: Cell


def pair(
    kept: Child, merged: Child, *, merge: Merge | None = None, apart: NotSame | None = None
) -> dict[str, Any]:
    """Return two records ready to be shown side by side, with what was said about them before.

    Once they are merged nothing is compared: what was told of the one is the other's by then.
    """
    is_asked = merge is None or not merge.is_standing
    judged = judge_pair(kept, merged) if is_asked else None
    return {
        "merge": merge,
        "apart": apart,
        "kept": kept,
        "merged": merged,
        "lines": list(_lines(kept, merged, judged)),
        "moves": _moves(merged),
        "status": status(merge) if merge else None,
        "machine": MACHINE[judged.kind.value] if judged else "",
        "drawing": _drawing(judged) if judged else None,
    }


def _drawing(judged: PairAnswer) -> Drawing:
    return records.drawing(judged.weight, name="weight", of="The two records")


def _lines(kept: Child, merged: Child, judged: PairAnswer | None) -> Iterable[Line]:
    ours, theirs = _known(kept), _known(merged)
    if protected_of([kept.pk, merged.pk]):
        ours["postcode"] = theirs["postcode"] = ()
    reasons = list(_reasons(ours, theirs, judged)) if judged else []
    for field, mine in ours.items():
        other = theirs[field]
        if mine or other:
            shown = cell(field, other, mine, reasons)
            yield Line(TITLES[field], mark_differences(field, mine, other, shown.verdict), shown)


def _reasons(
    ours: dict[str, Values], theirs: dict[str, Values], judged: PairAnswer
) -> Iterable[tuple[str, str, str]]:
    """Return what each field says, and whether both records name an adult."""
    for reason in judged.reasons:
        yield reason.field, reason.verdict.value, reason.words
    mine, other = ({flat(adult) for adult in known["adults"]} for known in (ours, theirs))
    if mine and other:
        yield ("adults", "agrees", "") if mine & other else ("adults", "differs", NO_ADULT)


def _known(child: Child) -> dict[str, Values]:
    adults = child.relationships.select_related("adult")
    return {
        **records.values_on_record(child),
        "adults": tuple(str(each.adult) for each in adults) if is_plain(child) else (),
        "schools": tuple(records.places_of(child)),
        "cases": tuple(
            f"{case.ref}, {'open' if case.is_open else 'closed'}, opened {day(case.opened_on)}"
            for case in child.cases.all()
        ),
    }


def _moves(merged: Child) -> list[str]:
    """Return in words how much of what hangs on the record that is merged."""
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
    """Return where a merge stands, as a status label."""
    if merge.is_waiting:
        return "Waits for a second person", "soon"
    if merge.is_standing:
        return "Merged", "done"
    return ("Refused", "quiet") if merge.refused_at else ("Undone", "quiet")


def merges(found: Iterable[Merge]) -> Table:
    """Return a list of merges, with who proposed and who answered each."""
    rows = [
        [
            link(reverse("duplicates:merge", args=[one.pk]), _names(one.kept, one.merged)),
            label(status(one)),
            _said(one.proposed_by.name, moment(one.proposed_at), one.why),
            _second(one),
        ]
        for one in found
    ]
    return Table(
        "Merges, those that wait first",
        ["Records", "Stage", "Proposed", "Answered"],
        rows,
        empty="No proposal to merge two records is here for you. To propose it, find the child, "
        "and ask whether there is another record of this child.",
        is_caption_hidden=True,
    )


def not_same_answers(found: Iterable[NotSame]) -> Table:
    """Return the pairs that people told apart, with who said so and who withdrew it."""
    rows = [
        [
            link(reverse("duplicates:apart", args=[said.pk]), _names(said.one, said.other)),
            label(("Two children", "done") if said.is_standing else ("Withdrawn", "quiet")),
            _said(said.by.name, moment(said.at), said.why),
            _withdrawn(said),
        ]
        for said in found
    ]
    return Table(
        "Records told apart, those that stand first",
        ["Records", "Stage", "Told apart", "Withdrawn"],
        rows,
        empty="Of no two records that you may see has anybody said that they are two children. "
        "It is said where two records stand side by side.",
        is_caption_hidden=True,
    )


def _withdrawn(said: NotSame) -> str | SafeString:
    if said.withdrawn_at and said.withdrawn_by:
        return _said(said.withdrawn_by.name, moment(said.withdrawn_at), said.withdrawn_why)
    return "No"


def _names(*both: Child) -> str:
    return " and ".join(child.name if is_plain(child) else child.ref for child in both)


def _second(merge: Merge) -> str | SafeString:
    if merge.undone_at and merge.undone_by:
        return _said(merge.undone_by.name, moment(merge.undone_at), merge.undone_why)
    if merge.agreed_at and merge.agreed_by:
        return _said(merge.agreed_by.name, moment(merge.agreed_at), "")
    if merge.refused_at and merge.refused_by:
        return _said(merge.refused_by.name, moment(merge.refused_at), merge.refused_why)
    return "Not yet"


def _said(who: str, when: str, why: str) -> SafeString:
    return format_html("{}, {}{}", who, when, hint(why) if why else "")


def suggested(child: Child, found: Sequence[ShownCandidate]) -> Table:
    """Return the other records that may be of a child, with what speaks for each."""
    rows = [
        [
            link(reverse("duplicates:propose", args=[child.ref, each.child.ref]), each.child.name),
            day(each.child.born_on),
            " ".join(why for _, verdict, why in each.reasons if verdict != "missing"),
        ]
        for each in found
    ]
    return Table(
        "Records that may be of the same child, likeliest first",
        ["Record", "Born", "What agrees and what does not"],
        rows,
        empty="No other record that is shown here looks like this child’s. If you know of one, "
        "enter its reference.",
        is_caption_hidden=True,
    )
