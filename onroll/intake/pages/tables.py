"""Lists: of files, of a file's records, of what is wrong, of what waits for someone."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.parts import Column, Table
from onroll.intake import records, words
from onroll.intake.models import Row, Transfer
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
from onroll.intake.queries import UNFINISHED, Fault, Sight


def files(
    transfers: Iterable[Transfer],
    *,
    by_school: bool,
    waiting: str = "Waiting",
    is_part: bool = False,
) -> Table:
    """Return a list of files; for officers each with its school. `waiting` heads what waits.

    `is_part` says that only files at one stage are listed.
    """
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
    columns += [Column("Records", is_numeric=True), Column(waiting, is_numeric=True), "Stage"]
    empty = "No file is at this stage." if is_part else "No file has come yet."
    return Table("Files, newest first", columns, rows, empty=empty, is_caption_hidden=True)


def facts_of(transfer: Transfer) -> dict[str, Any]:
    """Return what a file's page says of the file as a whole."""
    return {
        "transfer": transfer,
        "kind": words.LISTS[transfer.list_kind][0]
        if transfer.list_kind
        else words.KINDS.get(transfer.kind, "File"),
        "stage": words.STAGES[transfer.stage],
        "is_working": transfer.stage in UNFINISHED,
        "from_whom": sender_of(transfer) or (transfer.list_kind and "no school"),
    }


def records_of(rows: Iterable[Row], sight: Sight) -> Table:
    """Return a file's records: what each said, whom it matched, what was done."""
    lines = []
    for row in rows:
        said = records.from_kept(row.said)
        url = reverse("intake:record", args=[row.transfer.ref, row.number])
        lines.append(
            [
                format_html("{}<br>{}", link(url, name_of(said)), hint(f"Record {row.number}")),
                born(said),
                said.upn or MISSING,
                *_became(row, is_veiled=sight.veils(row)),
                row.faults,
            ]
        )
    columns: list[Column | str] = ["Child", "Born", "UPN", "Matched to", "What was done"]
    columns.append(Column("To put right", is_numeric=True))
    return Table("Records", columns, lines, empty="No record to show.", is_caption_hidden=True)


def _numbered(name: str | SafeString, row: Row) -> SafeString:
    return format_html("{}<br>{}", name, hint(f"Record {row.number}"))


def _became(row: Row, *, is_veiled: bool) -> tuple[str | SafeString, SafeString]:
    """Return whom a record matched and what was done, as far as this person may know."""
    if is_veiled:
        return "Nobody to show", label(status_of(row, is_veiled=True))
    return _matched(row), _did(row)


def status_of(row: Row, *, is_veiled: bool) -> words.Label:
    """Return how far a record is; the veiled ones that could be used are all alike."""
    if is_veiled and row.stage in {"unsure", "applied"}:
        return words.BEING_DEALT_WITH
    return words.EFFECTS.get(row.effect, words.ROW_STAGES[row.stage])


def _matched(row: Row) -> str | SafeString:
    if row.stage == "unsure":
        url = reverse("intake:settle", args=[row.transfer.ref, row.number])
        return link(url, "Settle who this is", f"record {row.number}")
    if row.child is None:
        return "Nobody yet"
    how = "A new child" if row.answer == "new" else "On record"
    if row.because.startswith("Settled") or row.answer == "unsure":
        how = "Settled by a person"
    return format_html("{}<br>{}", row.child.name, hint(how))


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
            format_html(
                "{}<br>{}",
                name_of(said := records.from_kept(row.said)),
                hint(f"Record {row.number}"),
            ),
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


def problems(found: Iterable[Fault], *, names: bool, ref: str = "") -> Table:
    """Return what the school should put right, each thing once with the records it is about.

    Without `names` only which rule: the sentence may hold what a record says. With `ref`, the
    file's, the records are links.
    """
    lines = [
        [
            fault.message if names or not fault.numbers else f"Rule {fault.rule}",
            label(words.SEVERITIES[fault.severity]),
            _where(fault, ref if names else ""),
        ]
        for fault in found
    ]
    return Table(
        "What the school should put right",
        ["What is wrong and what to do", "How serious", "Records"],
        lines,
        empty="Nothing is wrong with this file.",
        is_caption_hidden=True,
    )


MOST_NAMED = 20


def _where(fault: Fault, ref: str) -> SafeString | str:
    if not fault.numbers:
        return "The whole file"
    shown = [
        link(reverse("intake:record", args=[ref, n]), str(n)) if ref else str(n)
        for n in fault.numbers[:MOST_NAMED]
    ]
    more = len(fault.numbers) - MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    return format_html("{}{}", format_html_join(", ", "{}", ((n,) for n in shown)), rest)


_ROUTES = {"unsure": "intake:settle", "claims": "intake:confirm", "held": "intake:record"}
_EMPTY = {
    "unsure": "No record waits for you to say who it is about.",
    "claims": "Nothing that schools say waits for you to confirm it.",
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
                _why(row) if which == "unsure" else _claim(row),
                born(said),
                sender_of(row.transfer) or "Not known",
                words.KINDS.get(row.transfer.kind, "Not known"),
                moment(row.transfer.received_at),
            ]
        )
    return Table(
        "What waits, longest first",
        ["Child", "Why it waits", "Born", "From", "Kind of file", "Received"],
        lines,
        empty=_EMPTY[which],
        is_caption_hidden=True,
    )


def _doubt(row: Row) -> str:
    """Return why a record is not clear: what is the same as on the likeliest child, and what not.

    Nothing is said of homes here: one of them may be protected.
    """
    if not row.candidates:
        return row.because
    likeliest, *others = row.candidates
    told = [(name, verdict) for name, verdict, _ in likeliest["reasons"] if name != "postcode"]
    said = [
        f"{words.VERDICTS[wanted][0]}: {', '.join(fields)}."
        for wanted in ("forbids", "differs", "near", "agrees")
        if (fields := [_in_a_sentence(words.FIELDS[name]) for name, v in told if v == wanted])
    ]
    several = [f"{len(others) + 1} children may fit; of the likeliest:"] if others else []
    return " ".join((*several, *said)) or row.because


def _in_a_sentence(title: str) -> str:
    return title[0].lower() + title[1:]


def _why(row: Row) -> str | SafeString:
    """Return why a record waits, and who looked at it and was not sure yet."""
    looked = [f"{said.by.name}, {moment(said.at)}: {said.why}" for said in row.decisions.all()]
    return (
        format_html("{}{}", _doubt(row), hint(f"Not sure yet. {looked[0]}"))
        if looked
        else _doubt(row)
    )


def _claim(row: Row) -> SafeString:
    status = label(words.EFFECTS.get(row.effect, ("Waits", "waiting")))
    return format_html("{}<br>{}", status, row.effect_words)
