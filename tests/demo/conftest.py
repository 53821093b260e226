"""One small made-up borough and its files, for every test here."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from onroll.demo import SentFile, Truth, Year, read_truth, sent_files, tell, write_files

SMALL = 2_000


@dataclass(frozen=True)
class World:
    """A year, the files of it as sent, and the truth."""

    year: Year
    files: tuple[SentFile, ...]
    truth: Truth
    folder: Path


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("borough")
    year = tell(pupils=SMALL)
    write_files(year, folder)
    return World(year, tuple(sent_files(year)), read_truth(folder / "truth"), folder)


@pytest.fixture(scope="session")
def borough_of_harrows_size() -> Year:
    return tell(pupils=38_000)
