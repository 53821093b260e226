"""Every write to packs and to the sharing log."""

from onroll.sharing.actions.log import Line, withdraw_line, write_line
from onroll.sharing.actions.packs import Made, make_pack
from onroll.sharing.actions.replies import Reply, record_replies

__all__ = ["Line", "Made", "Reply", "make_pack", "record_replies", "withdraw_line", "write_line"]
