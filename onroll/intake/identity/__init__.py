"""Whose record is it: known children, the matcher's answer, and what people decided before.

Called by this app's queries and actions only. `match_rows` is the way through, read downwards.
"""

from onroll.intake.identity.decisions import DecidedAnswer
from onroll.intake.identity.matching_rows import match_rows
from onroll.intake.identity.waterfalls import waterfalls_of

__all__ = ["DecidedAnswer", "match_rows", "waterfalls_of"]
