"""Every write of intake: receive, read, match and apply, settle, confirm, try again.

Each step is one transaction that first looks at how far the file has come: killed anywhere and
started again, no record is lost and none is applied twice.
"""

from onroll.intake.actions.batches import BATCH, hold_next, take_turn, work_batch
from onroll.intake.actions.claims import confirm_row
from onroll.intake.actions.list_receipt import is_list, receive_list
from onroll.intake.actions.merges import join_records, say_again
from onroll.intake.actions.reading import map_columns, read_file
from onroll.intake.actions.receiving import (
    Received,
    note_failure,
    receive,
    receive_file,
    refuse_unread,
    start_processing,
)
from onroll.intake.actions.settlement import set_aside, settle_row, try_again
from onroll.intake.actions.uploads import (
    Submission,
    drop_attachment,
    drop_old_attachments,
    inspect_file,
    keep_attachment,
    receive_upload,
)

__all__ = [
    "BATCH",
    "Received",
    "Submission",
    "confirm_row",
    "drop_attachment",
    "drop_old_attachments",
    "hold_next",
    "inspect_file",
    "is_list",
    "join_records",
    "keep_attachment",
    "map_columns",
    "note_failure",
    "read_file",
    "receive",
    "receive_file",
    "receive_list",
    "receive_upload",
    "refuse_unread",
    "say_again",
    "set_aside",
    "settle_row",
    "start_processing",
    "take_turn",
    "try_again",
    "work_batch",
]
