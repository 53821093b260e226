"""The walks: real pages, real jobs taken by the real worker, a real database."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.journeys import world as worlds

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def drop_folder(tmp_path: Path, settings: Any) -> Path:
    """Give the folder where files from S2S are put."""
    folder = tmp_path / "drop"
    folder.mkdir()
    settings.DROP_FOLDER = str(folder)
    return folder


@pytest.fixture
def work(transactional_db: None) -> Callable[[], None]:
    """Give a function that has the worker do everything there is to do."""

    def run() -> None:
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        app.with_connector(connector.get_worker_connector()).run_worker(
            wait=False, install_signal_handlers=False
        )
        assert not ProcrastinateJob.objects.exclude(status="succeeded").exists()

    return run


@pytest.fixture
def onroll(transactional_db: None, app_url: str) -> Run:
    """Give a function that runs the `onroll` command on the test's database."""

    def run(*argv: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "onroll.config.command", *argv],
            env={**os.environ, "DATABASE_URL": app_url, "ONROLL_LOG_LEVEL": "WARNING"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    """Give two schools and everyone."""
    return worlds.build()
