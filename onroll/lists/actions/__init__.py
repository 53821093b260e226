"""Every write of lists: compare, keep what a list shows, withdraw it, take an officer's answer."""

from onroll.lists.actions.answer import answer_finding
from onroll.lists.actions.comparison import compare_list, withdraw_for_row
from onroll.lists.actions.late_starts import find_late_starts
from onroll.lists.actions.merges import join_findings

__all__ = [
    "answer_finding",
    "compare_list",
    "find_late_starts",
    "join_findings",
    "withdraw_for_row",
]
