"""Every write about two records of one child: propose, agree, refuse, undo, not the same.

A merge moves all that belongs to one record to the other. Each package below changes its own rows
in its `actions` and records what they were; here they are called in one transaction.
"""

from onroll.duplicates.actions.merges import agree_merge, propose_merge, refuse_merge, undo_merge
from onroll.duplicates.actions.not_same import tell_apart, withdraw_not_same

__all__ = [
    "agree_merge",
    "propose_merge",
    "refuse_merge",
    "tell_apart",
    "undo_merge",
    "withdraw_not_same",
]
