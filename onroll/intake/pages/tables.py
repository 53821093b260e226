"""Tables of files, and of the records of a file."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.documents import queries as documents
from onroll.govuk.inline import MISSING, day, hint, label, link, moment
from onroll.govuk.parts import Column, Table
from onroll.intake import effects, kinds, words
from onroll.intake.list_kinds import LIST_TYPES
from onroll.intake.models import Row, Transfer
from onroll.intake.pages.parts import born, brought_by, name_of, sender_of
from onroll.intake.pages.results import stage_of
from onroll.intake.queries import UNFINISHED, Sight


def files(
    transfers: Iterable[Transfer],
    *,
    by_school: bool,
    names_school: bool = False,
    waiting: str = "Waiting",
    is_part: bool = False,
) -> Table:
    """Return a list of files; for officers each with its school. `waiting` heads what waits.

    `names_school` says that who reads it works at several schools.

    `is_part` says that only files at one stage are listed.
    """
    route = "intake:transfer" if by_school else "school_file"
    rows = [
        [
            _file(
                link(reverse(route, args=[transfer.ref]), transfer.name),
                transfer,
                is_own=not by_school,
            ),
            *([sender_of(transfer) or "Not known"] if by_school or names_school else []),
            kinds.title_of(transfer.kind, "Not known"),
            moment(transfer.received_at),
            transfer.records,
            transfer.faults,
            *([transfer.waiting] if by_school else []),
            *([label(stage_of(transfer))] if by_school else []),
        ]
        for transfer in transfers
    ]
    columns: list[Column | str] = [
        "File",
        *(["From"] if by_school or names_school else []),
        "Kind",
        "Received",
    ]
    columns += [Column("Records", is_numeric=True), Column("To put right", is_numeric=True)]
    columns += [Column(waiting, is_numeric=True), "Stage"] if by_school else []
    empty = "No file is at this stage." if is_part else "No file has come yet."
    return Table("Files, newest first", columns, rows, empty=empty, is_caption_hidden=True)


def _file(name: SafeString, transfer: Transfer, *, is_own: bool) -> SafeString:
    """Return a file's name; for a school with how it went, where a small screen shows it first."""
    return format_html("{}<br>{}", name, label(stage_of(transfer))) if is_own else name


def facts_of(transfer: Transfer) -> dict[str, Any]:
    """Return what a file's page says of the file as a whole."""
    return {
        "transfer": transfer,
        "caption": _caption(transfer),
        "stage": stage_of(transfer),
        "is_working": transfer.stage in UNFINISHED,
        "check": documents.check_of(transfer.document),
    }


def _caption(transfer: Transfer) -> str:
    """Return what a file is and from whom, or of which day a list is."""
    sender = sender_of(transfer)
    if not transfer.list_kind:
        kind = kinds.title_of(transfer.kind)
        is_told = sender or transfer.stage in ("read", "applied")
        return f"{kind} from {brought_by(transfer)}" if is_told else kind
    title = LIST_TYPES[transfer.list_kind].title
    return f"{title} of {day(transfer.listed_on)}" + (f", from {sender}" if sender else "")


def records_of(rows: Iterable[Row], sight: Sight) -> Table:
    """Return a file's records: what each said, whom it matched, what was done."""
    lines = []
    for row in rows:
        record = row.shown_record
        url = reverse("intake:record", args=[row.transfer.ref, row.number])
        lines.append(
            [
                format_html("{}<br>{}", link(url, name_of(record)), hint(f"Record {row.number}")),
                born(record),
                record.upn or MISSING,
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


def status_of(row: Row, *, is_veiled: bool) -> effects.Label:
    """Return how far a record is; the veiled ones that could be used are all alike."""
    if is_veiled and row.stage in {"unsure", "applied"}:
        return words.BEING_DEALT_WITH
    return effects.label_of(row.effect, words.ROW_STAGES[row.stage])


def _matched(row: Row) -> str | SafeString:
    if row.stage == "unsure":
        url = reverse("intake:settle", args=[row.transfer.ref, row.number])
        return link(url, "Settle who this is", f"record {row.number}")
    if row.child is None:
        return "Nobody yet"
    how = "A new child" if row.answer == "new" else "On record"
    if row.decision_id is not None:
        how = "Settled by a person"
    return format_html("{}<br>{}", row.child.name, hint(how))


def _did(row: Row) -> SafeString:
    if row.stage in {"read", "unsure"}:
        return label(words.ROW_STAGES[row.stage])
    status = label(effects.label_of(row.effect, ("Done", "done")))
    if row.case:
        url = reverse("casefile:case", args=[row.case.ref])
        return format_html("{}<br>{}", status, link(url, f"Case {row.case.ref}"))
    if row.is_to_confirm and row.confirmed_at is None:
        url = reverse("intake:confirm", args=[row.transfer.ref, row.number])
        return format_html("{}<br>{}", status, link(url, "Is it so?", f"record {row.number}"))
    return status


def schools_records(rows: Iterable[Row]) -> Table:
    """Return a school's own records: what it sent and whether it is right; nothing of others."""
    lines = [
        [
            format_html(
                "{}<br>{}",
                name_of(record := row.shown_record),
                hint(f"Record {row.number}"),
            ),
            born(record),
            record.upn or MISSING,
            label(_schools_stage(row)),
            row.faults,
        ]
        for row in rows
    ]
    columns: list[Column | str] = ["Child", "Born", "UPN", "Stage"]
    columns.append(Column("To put right", is_numeric=True))
    return Table("Records you sent", columns, lines, empty="No record to show.")


def _schools_stage(row: Row) -> effects.Label:
    if row.stage == "held":
        return words.ROW_STAGES["held"]
    return ("To put right", "soon") if row.faults else ("Right", "done")
