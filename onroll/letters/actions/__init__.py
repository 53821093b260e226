"""Every write to letters, and to what families told us."""

from onroll.letters.actions.answers import Statement, keep_answer
from onroll.letters.actions.fates import record_fate
from onroll.letters.actions.letters import Draft, Made, write_letter, write_letters

__all__ = [
    "Draft",
    "Made",
    "Statement",
    "keep_answer",
    "record_fate",
    "write_letter",
    "write_letters",
]
