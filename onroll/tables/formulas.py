"""Keep spreadsheets from running text as formulas, in every list that is written.

A cell that would be read as a formula gets an apostrophe in front (OWASP, trust.md 1.10).
"""

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  # some run the wide ones


def harmless(text: str) -> str:
    """Return text that no spreadsheet reads as a formula."""
    return f"'{text}" if text.startswith(RUNS) else text


def harmless_sql(field: str) -> str:
    """Return the SQL expression that makes a field `harmless`."""
    starts = " or ".join(f"starts_with({field}, chr({ord(mark)}))" for mark in RUNS)
    return f"case when {starts} then chr(39) || {field} else {field} end"
