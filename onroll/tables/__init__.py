"""Other people's lists: where the names of the columns stand, and the rows below them.

One reader for everything that takes a list. Bytes in, texts out; it knows no child and no school.
"""

from onroll.tables.days import day_of
from onroll.tables.letters import is_text, without_nul
from onroll.tables.opening import Table, open_table
from onroll.tables.refusal import NoTable, Remark

__all__ = ["NoTable", "Remark", "Table", "day_of", "is_text", "open_table", "without_nul"]
