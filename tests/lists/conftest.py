"""The schools of the small borough, for every list."""

import pytest

from tests.intake.world import schools


@pytest.fixture(autouse=True)
def _schools(db: None) -> None:
    schools()
