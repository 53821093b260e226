"""Every write of intake: receive, read, match and apply, settle, confirm, try again.

Each step is one transaction that first looks at how far the file has come: killed anywhere and
started again, no record is lost and none is applied twice.
"""

from onroll.intake.actions.reading import map_columns, read_file
from onroll.intake.actions.receiving import Received, receive, receive_file, start_processing
from onroll.intake.actions.settling import DecisionRefused, confirm_row, settle_row, try_again
from onroll.intake.actions.working import work_batch

__all__ = [
    "DecisionRefused",
    "Received",
    "confirm_row",
    "map_columns",
    "read_file",
    "receive",
    "receive_file",
    "settle_row",
    "start_processing",
    "try_again",
    "work_batch",
]
