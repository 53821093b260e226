"""The small borough."""

from tests.cases.conftest import world

__all__ = ["world"]
