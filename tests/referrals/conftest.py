"""The small borough, and a browser of one of the named people."""

from tests.cases.conftest import as_, world

__all__ = ["as_", "world"]
