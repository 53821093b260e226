"""Read a file into records and problems, all of it or none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.children.actions import add_source
from onroll.children.actions.bulk_insert import insert_many
from onroll.children.models import SourceKind
from onroll.documents import queries as documents
from onroll.formats import Header, PupilRecord, Unreadable
from onroll.formats import Problem as FileProblem
from onroll.formats.door import FileReader, open_file
from onroll.formats.senders import names_a_school, of_no_school
from onroll.intake.actions.file_senders import (
    find_sender,
    own_schools_of,
    refuse_others,
    refuse_rows_of_others,
)
from onroll.intake.actions.receiving import refuse, start_processing
from onroll.intake.kinds import LIST, USES
from onroll.intake.list_kinds import is_from_no_school
from onroll.intake.models import ListKind, Problem, Row, Transfer, TransferStage
from onroll.intake.records.fingerprints import fingerprint
from onroll.intake.records.stored import to_json
from onroll.schools.models import School

AT_ONCE = 500
OF_SCHOOLS_ALONE = frozenset({"upn-missing", "upn-missing-mover"})
"""What only a school can be asked for: a health service or a housing office knows no UPN."""
COLUMNS_MISSING = "sheet-columns"
"""The rule of a list in which the columns of a name or a birthday could not be told."""


@transaction.atomic
def read_file(*, transfer_id: int, at: datetime) -> Transfer:
    """Read a file into records and problems, all of it or none.

    A file that cannot be read to its end is refused in words and nothing of it is used; its bytes
    stay. A list whose columns cannot be told waits for someone to say. Reading a file that has
    been read changes nothing.
    """
    transfer = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)
    if transfer.stage != TransferStage.RECEIVED.value:
        return transfer
    header: Header | None = None
    try:
        reader = _opened(transfer)
        header = reader.header
        with transaction.atomic():
            _read(transfer, reader, at)
    except Unreadable as refusal:
        transfer = Transfer.objects.get(pk=transfer_id)
        if refusal.rule == COLUMNS_MISSING:
            transfer.stage = TransferStage.COLUMNS.value
            transfer.save(update_fields=["stage"])
        else:
            _keep_kind(transfer, header)
            refuse(transfer, refusal, at)
    return transfer


def _opened(transfer: Transfer) -> FileReader:
    return open_file(
        documents.content(transfer.document_id),
        name=transfer.name,
        on=timezone.localtime(transfer.received_at).date(),
        mapping=transfer.mapping or None,
    )


def _keep_kind(transfer: Transfer, header: Header | None) -> None:
    """Keep what kind of file it is that cannot be read to its end; not from whom, which it says."""
    if header is not None:
        transfer.kind, transfer.version = header.kind, header.version[:20]
        transfer.save(update_fields=["kind", "version"])


def is_of_others(transfer: Transfer) -> bool:
    """Say whether a file is a list that is no school's roll: offers, health, housing."""
    return transfer.list_kind not in ("", ListKind.ROLL.value)


@transaction.atomic
def map_columns(*, transfer: Transfer, mapping: Mapping[str, str], by: User) -> Transfer:
    """Read a list by the columns that a person chose.

    `mapping` gives our field for a heading. A list that no longer waits stays as it is.
    """
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if transfer.stage == TransferStage.COLUMNS.value:
        transfer.mapping, transfer.mapped_by = dict(mapping), by
        transfer.stage = TransferStage.RECEIVED.value
        transfer.save(update_fields=["mapping", "mapped_by", "stage"])
        start_processing(transfer=transfer)
    return transfer


def _read(transfer: Transfer, reader: FileReader, at: datetime) -> None:
    own_schools = list(own_schools_of(transfer)) if transfer.is_from_school else None
    header, sender = reader.header, find_sender(reader.header)
    if header.is_list:
        refuse_rows_of_others(reader, own_schools)
    else:
        refuse_others(sender, own_schools)
    is_of_no_school = not names_a_school(header, reader)
    if is_of_no_school and sender is None and own_schools is not None and len(own_schools) == 1:
        sender = own_schools[0]
    _keep_rows(transfer, header, reader)
    _keep_header(transfer, header, sender, at)
    problems = list(reader.problems)
    is_to_say_whose = is_of_no_school and sender is None and transfer.rows.exists()
    if is_to_say_whose and not is_from_no_school(transfer.list_kind):
        problems += of_no_school(header, transfer.name)
    keep_problems(transfer, [(None, problem) for problem in problems])


def _keep_header(transfer: Transfer, header: Header, sender: School | None, at: datetime) -> None:
    kind = LIST if is_of_others(transfer) else header.kind
    said_by = f"{header.source.name} {header.source.number}".strip()
    if is_from_no_school(transfer.list_kind):  # the schools it names did not send it
        sender, said_by = None, ""
    transfer.kind, transfer.version, transfer.sender = kind, header.version[:20], sender
    transfer.sender_text = said_by[:140]
    transfer.sender_number = header.source.number[:20] if said_by else ""
    transfer.destination_text = header.destination.number[:140]
    transfer.made_at_text = header.made_at.isoformat() if header.made_at else ""
    said_by = (sender.name if sender else transfer.sender_text) or _unnamed(transfer)
    transfer.source = add_source(
        kind=SourceKind.LIST if header.is_list else SourceKind.FILE,
        said_by=said_by[:120],
        said_on=_made_on(header, at),
        at=at,
        by=transfer.received_by,
        reference=transfer.ref,
    )
    transfer.stage = TransferStage.READ.value
    transfer.save(
        update_fields=[
            *("kind", "version", "sender", "sender_text", "sender_number", "destination_text"),
            *("made_at_text", "source", "stage"),
        ]
    )


def _unnamed(transfer: Transfer) -> str:
    return f"the list {transfer.name}" if transfer.list_kind else "an unnamed sender"


def _made_on(header: Header, at: datetime) -> date:
    made_on = header.made_at.date() if header.made_at else at.date()
    return min(made_on, at.date())


def _keep_rows(transfer: Transfer, header: Header, people: Iterable[PupilRecord]) -> None:
    purpose = USES[LIST if is_of_others(transfer) else header.kind].purpose.value
    waiting: list[tuple[Row, tuple[FileProblem, ...]]] = []
    for record in people:
        row = Row(
            transfer=transfer,
            number=record.index,
            purpose=purpose,
            said=to_json(record),
            fingerprint=fingerprint(record),
        )
        waiting.append((row, record.problems))
        if len(waiting) == AT_ONCE:
            _keep_some(transfer, waiting)
            waiting = []
    _keep_some(transfer, waiting)


def _keep_some(transfer: Transfer, pairs: Sequence[tuple[Row, tuple[FileProblem, ...]]]) -> None:
    insert_many([row for row, _ in pairs])
    passed_over = OF_SCHOOLS_ALONE if is_from_no_school(transfer.list_kind) else frozenset()
    keep_problems(
        transfer,
        [
            (row, problem)
            for row, problems in pairs
            for problem in problems
            if problem.rule not in passed_over
        ],
    )


def keep_problems(transfer: Transfer, problems: Sequence[tuple[Row | None, FileProblem]]) -> None:
    """Keep what was wrong with a file and with its records."""
    insert_many(
        Problem(
            transfer=transfer,
            row=row,
            severity=problem.severity,
            rule=problem.rule,
            path=problem.path[:200],
            facts=dict(problem.facts),
        )
        for row, problem in problems
    )
