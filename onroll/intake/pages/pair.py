"""Two records on file side by side, and what a merge of them would move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.children.models import Child, Merge, NotSame
from onroll.govuk.parts import Meaning, Table
from onroll.intake import queries, words
from onroll.intake.pages import compare
from onroll.intake.pages.parts import MISSING, count, day, hint, label, link, moment
from onroll.intake.queries import Shown

Values = tuple[str, ...]
CASES = "Cases"


@dataclass(frozen=True)
class Line:
    """One field of two records, and whether they agree.

    `None` where one of them is silent, or where each has its own.
    """

    title: str
    kept: tuple[SafeString | str, ...]
    merged: tuple[SafeString | str, ...]
    is_same: bool | None

    @property
    def label(self) -> tuple[str, Meaning] | None:
        """Return the verdict as a status label."""
        if self.is_same is None:
            return None
        return words.VERDICTS["agrees" if self.is_same else "differs"]


def page(
    kept: Child, merged: Child, *, merge: Merge | None = None, apart: NotSame | None = None
) -> dict[str, Any]:
    """Return two records ready to be shown side by side, with what was said about them before."""
    is_asked = merge is None or not merge.is_standing
    return {
        "merge": merge,
        "apart": apart,
        "kept": kept,
        "merged": merged,
        "lines": list(_lines(kept, merged, is_asked=is_asked)),
        "moves": _moves(merged),
        "status": status(merge) if merge else None,
        "machine": _machine(kept, merged) if is_asked else "",
    }


def _machine(kept: Child, merged: Child) -> str:
    kind, doubts = queries.judged(kept, merged)
    return " ".join((words.MACHINE[kind.value], *doubts))


def _lines(kept: Child, merged: Child, *, is_asked: bool) -> Iterable[Line]:
    ours, theirs = _all(kept), _all(merged)
    if queries.protected_of([kept.pk, merged.pk]):
        ours[words.FIELDS["postcode"]] = theirs[words.FIELDS["postcode"]] = ()
    for title in ours:
        mine, other = ours[title], theirs[title]
        if not mine and not other:
            continue
        same = {text.casefold() for text in mine} & {text.casefold() for text in other}
        is_compared = is_asked and mine and other and title != CASES
        yield Line(
            title, mine or (MISSING,), other or (MISSING,), bool(same) if is_compared else None
        )


def _all(child: Child) -> dict[str, Values]:
    known = {words.FIELDS[field]: said for field, said in compare.known(child).items()}
    adults = [str(each.adult) for each in child.relationships.select_related("adult")]
    return {
        **known,
        "Adults": tuple(adults) if not child.is_protected else (),
        "Schools": tuple(compare.places_of(child)),
        CASES: tuple(
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
        (merged.places.count(), "place"),
        (merged.cases.count(), "case"),
        (merged.rows.count(), "record of a file"),
    )
    plural = {
        "other name or number": "other names and numbers",
        "address": "addresses",
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
            link(reverse("intake:merge", args=[one.pk]), _names(one.kept, one.merged)),
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
        empty="Nobody has proposed to merge two records.",
        is_caption_hidden=True,
    )


def told_apart(found: Iterable[NotSame]) -> Table:
    """Return the pairs that people told apart, with who said so and who withdrew it."""
    rows = [
        [
            link(reverse("intake:apart", args=[said.pk]), _names(said.one, said.other)),
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
        empty="Nobody has said of two records that they are two children.",
        is_caption_hidden=True,
    )


def _withdrawn(said: NotSame) -> str | SafeString:
    if said.withdrawn_at and said.withdrawn_by:
        return _said(said.withdrawn_by.name, moment(said.withdrawn_at), said.withdrawn_why)
    return "No"


def _names(*both: Child) -> str:
    return " and ".join(child.ref if child.is_protected else child.name for child in both)


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


def suggested(child: Child, found: Sequence[Shown]) -> Table:
    """Return the other records that may be of a child, with what speaks for each."""
    rows = [
        [
            link(reverse("intake:propose", args=[child.ref, each.child.ref]), each.child.name),
            day(each.child.born_on),
            " ".join(why for _, verdict, why in each.reasons if verdict != "missing"),
        ]
        for each in found
    ]
    return Table(
        "Records that may be of the same child, likeliest first",
        ["Record", "Born", "What agrees and what does not"],
        rows,
        empty="No other record looks like this child’s.",
        is_caption_hidden=True,
    )
