"""Every write of intake: receive, read, match and apply, settle, confirm, try again.

Each step is one transaction that first looks at how far the file has come: killed anywhere and
started again, no record is lost and none is applied twice.
"""

from onroll.intake.actions.findings import AnswerRefused, answer_finding
from onroll.intake.actions.listing import ListRefused, is_list, receive_list
from onroll.intake.actions.merging import agree_merge, propose_merge, refuse_merge, undo_merge
from onroll.intake.actions.not_taken_up import find_not_taken_up
from onroll.intake.actions.pairs import MergeRefused
from onroll.intake.actions.reading import map_columns, read_file
from onroll.intake.actions.receiving import (
    Received,
    note_failure,
    receive,
    receive_file,
    refuse_unread,
    start_processing,
)
from onroll.intake.actions.setting_aside import set_aside
from onroll.intake.actions.settling import (
    DecisionRefused,
    confirm_row,
    settle_row,
    try_again,
)
from onroll.intake.actions.telling_apart import tell_apart, withdraw_apart
from onroll.intake.actions.uploading import (
    Submission,
    drop_attachment,
    drop_old_attachments,
    inspect_file,
    keep_attachment,
    receive_upload,
)
from onroll.intake.actions.working import BATCH, hold_next, work_batch

__all__ = [
    "BATCH",
    "AnswerRefused",
    "DecisionRefused",
    "ListRefused",
    "MergeRefused",
    "Received",
    "Submission",
    "agree_merge",
    "answer_finding",
    "confirm_row",
    "drop_attachment",
    "drop_old_attachments",
    "find_not_taken_up",
    "hold_next",
    "inspect_file",
    "is_list",
    "keep_attachment",
    "map_columns",
    "note_failure",
    "propose_merge",
    "read_file",
    "receive",
    "receive_file",
    "receive_list",
    "receive_upload",
    "refuse_merge",
    "refuse_unread",
    "set_aside",
    "settle_row",
    "start_processing",
    "tell_apart",
    "try_again",
    "undo_merge",
    "withdraw_apart",
    "work_batch",
]
