"""Read CSV and Excel lists: the heading and the rows below it, as text.

One reader for all lists. It knows nothing of children or schools.
"""

from onroll.tables.days import day_of
from onroll.tables.letters import is_text, without_nul
from onroll.tables.opening import Table, open_table
from onroll.tables.refusal import NoTable, Remark

__all__ = ["NoTable", "Remark", "Table", "day_of", "is_text", "open_table", "without_nul"]
