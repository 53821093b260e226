"""The small borough of the cases' tests."""

from tests.cases.conftest import as_, world

__all__ = ["as_", "world"]
