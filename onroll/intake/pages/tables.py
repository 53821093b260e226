"""Lists: of files, of a file's records, of what is wrong, of what waits for someone."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.govuk.parts import Column, Table
from onroll.intake import records, words
from onroll.intake.models import Problem, Row, Transfer
from onroll.intake.pages.parts import (
    MISSING,
    born,
    hint,
    label,
    link,
    moment,
    name_of,
    sender_of,
)
from onroll.intake.queries import UNFINISHED


def files(transfers: Iterable[Transfer], *, by_school: bool) -> Table:
    """Return a list of files; for officers each with its school."""
    route = "intake:transfer" if by_school else "school_file"
    rows = [
        [
            link(reverse(route, args=[one.ref]), one.name),
            *([sender_of(one) or "Not known"] if by_school else []),
            words.KINDS.get(one.kind, "Not known"),
            moment(one.received_at),
            one.records,
            one.waiting,
            label(words.STAGES[one.stage]),
        ]
        for one in transfers
    ]
    columns: list[Column | str] = ["File", *(["From"] if by_school else []), "Kind", "Received"]
    columns += [Column("Records", is_numeric=True), Column("Waiting", is_numeric=True), "Stage"]
    return Table(
        "Files, newest first", columns, rows, empty="No file has come yet.", is_caption_hidden=True
    )


def facts_of(transfer: Transfer) -> dict[str, Any]:
    """Return what a file's page says of the file as a whole."""
    return {
        "transfer": transfer,
        "kind": words.KINDS.get(transfer.kind, "File"),
        "stage": words.STAGES[transfer.stage],
        "is_working": transfer.stage in UNFINISHED,
        "from_whom": sender_of(transfer),
    }


def records_of(rows: Iterable[Row]) -> Table:
    """Return a file's records: what each said, whom it matched, what was done."""
    lines = []
    for row in rows:
        said = records.from_kept(row.said)
        url = reverse("intake:record", args=[row.transfer.ref, row.number])
        lines.append(
            [
                link(url, name_of(said)),
                born(said),
                said.upn or MISSING,
                _matched(row),
                _did(row),
                row.faults,
            ]
        )
    columns: list[Column | str] = ["Child", "Born", "UPN", "Matched to", "What was done"]
    columns.append(Column("To put right", is_numeric=True))
    return Table("Records", columns, lines, empty="No record to show.", is_caption_hidden=True)


def _matched(row: Row) -> str | SafeString:
    if row.stage == "unsure":
        url = reverse("intake:settle", args=[row.transfer.ref, row.number])
        return link(url, "Settle who this is", f"record {row.number}")
    if row.child is None:
        return "Nobody yet"
    how = "A new child" if row.answer == "new" else "On record"
    if row.because.startswith("Settled") or row.answer == "unsure":
        how = "Settled by a person"
    return format_html("{}{}", row.child.name, hint(how))


def _did(row: Row) -> SafeString:
    if row.stage in {"read", "unsure"}:
        return label(words.ROW_STAGES[row.stage])
    status = label(words.EFFECTS.get(row.effect, ("Done", "done")))
    if row.case:
        url = reverse("cases:case", args=[row.case.ref])
        return format_html("{}<br>{}", status, link(url, f"Case {row.case.ref}"))
    if row.is_to_confirm and row.confirmed_at is None:
        url = reverse("intake:confirm", args=[row.transfer.ref, row.number])
        return format_html("{}<br>{}", status, link(url, "Is it so?", f"record {row.number}"))
    return status


def schools_records(rows: Iterable[Row]) -> Table:
    """Return a school's own records: what it sent and whether it is usable; nothing of others."""
    lines = [
        [
            name_of(said := records.from_kept(row.said)),
            born(said),
            said.upn or MISSING,
            label(words.ROW_STAGES["held"] if row.stage == "held" else ("Received", "done")),
            row.faults,
        ]
        for row in rows
    ]
    columns: list[Column | str] = ["Child", "Born", "UPN", "Stage"]
    columns.append(Column("To put right", is_numeric=True))
    return Table("Records you sent", columns, lines, empty="No record to show.")


def problems(found: Iterable[Problem], *, names: bool) -> Table:
    """Return what the school should put right; without `names` only where, not about whom."""
    lines = [
        [
            _whose(problem, names),
            label(words.SEVERITIES[problem.severity]),
            problem.message if names or problem.row is None else f"Rule {problem.rule}",
            format_html("<code>{}</code>", problem.path) if problem.path else "The whole file",
        ]
        for problem in found
    ]
    return Table(
        "What the school should put right",
        ["Record", "How bad", "What is wrong and what to do", "Where in the file"],
        lines,
        empty="Nothing is wrong with this file.",
        is_caption_hidden=True,
    )


def _whose(problem: Problem, names: bool) -> str:
    if problem.row is None:
        return "The whole file"
    name = f": {name_of(records.from_kept(problem.row.said))}" if names else ""
    return f"Record {problem.row.number}{name}"


_ROUTES = {"unsure": "intake:settle", "claims": "intake:confirm", "held": "intake:record"}
_EMPTY = {
    "unsure": "No record waits for someone to say who it is about.",
    "claims": "Nothing that schools say waits to be confirmed.",
    "held": "Every record could be used.",
}


def waiting(rows: Iterable[Row], which: str, *, may_open: bool) -> Table:
    """Return records that wait, with where to settle each; a held one for who may open its file."""
    lines = []
    for row in rows:
        said = records.from_kept(row.said)
        url = reverse(_ROUTES[which], args=[row.transfer.ref, row.number])
        lines.append(
            [
                link(url, name_of(said)) if may_open or which != "held" else name_of(said),
                born(said),
                sender_of(row.transfer) or "Not known",
                words.KINDS.get(row.transfer.kind, "Not known"),
                moment(row.transfer.received_at),
                row.because if which == "unsure" else _claim(row),
            ]
        )
    return Table(
        "What waits, longest first",
        ["Child", "Born", "From", "Kind of file", "Received", "Why it waits"],
        lines,
        empty=_EMPTY[which],
        is_caption_hidden=True,
    )


def _claim(row: Row) -> SafeString:
    status = label(words.EFFECTS.get(row.effect, ("Waits", "waiting")))
    return format_html("{}<br>{}", status, row.effect_words)
