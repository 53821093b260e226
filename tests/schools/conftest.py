"""The small borough and a signed-in browser, as the tests of cases have them."""

from tests.cases.conftest import as_, world

__all__ = ["as_", "world"]
