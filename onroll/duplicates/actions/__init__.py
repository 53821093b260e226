"""Every write about two records of one child: propose, agree, refuse, undo, tell apart.

A merge gives all that hangs on one record to the other. Each package below changes the rows of its
own in its `actions`, and keeps what was there before; here they are called in one transaction.
"""

from onroll.duplicates.actions.merging import agree_merge, propose_merge, refuse_merge, undo_merge
from onroll.duplicates.actions.telling_apart import tell_apart, withdraw_apart

__all__ = [
    "agree_merge",
    "propose_merge",
    "refuse_merge",
    "tell_apart",
    "undo_merge",
    "withdraw_apart",
]
