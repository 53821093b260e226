"""docs/access.md says what the code says."""

from pathlib import Path

from onroll.accounts import described

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"


def test_the_page_of_roles_and_permissions_is_made_from_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == described.render()
