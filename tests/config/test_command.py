"""The `onroll` command, as one types it."""

import os
import secrets
import socket
import subprocess
import sys

import pytest

from onroll import __version__
from onroll.config.command import main
from tests.config.ports import free_port


def test_it_says_its_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"onroll {__version__}\n"


def test_a_wrong_command_is_answered_with_code_2(capsys):
    with pytest.raises(SystemExit) as end:
        main(["serv"])
    assert end.value.code == 2
    assert "serv is none of serve, web" in capsys.readouterr().err


def test_migrating_without_the_owners_address_is_refused_in_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert main(["migrate"]) == 1
    assert "Set DATABASE_OWNER_URL" in capsys.readouterr().err


@pytest.mark.parametrize("typed", [["person", "list"], ["manage", "migrate", "--plan"]])
def test_a_database_that_does_not_answer_is_said_in_a_sentence(typed):
    port = socket.create_server(("127.0.0.1", 0))
    closed = port.getsockname()[1]
    port.close()
    env = {
        "DATABASE_URL": f"postgresql://onroll_app@127.0.0.1:{closed}/onroll",
        "ONROLL_MODE": "production",
        "ONROLL_SECRET_KEY": secrets.token_urlsafe(60),
        "ONROLL_HOSTS": "onroll.example",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "onroll.config.command", *typed],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert f"port {closed} failed: Connection refused" in ran.stderr


def test_the_demo_keeps_off_a_database_that_is_not_a_demo(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    monkeypatch.setenv("ONROLL_MODE", "test")
    monkeypatch.setenv("ONROLL_SECRET_KEY", "x" * 60)
    monkeypatch.setenv("ONROLL_BASE_URL", "http://127.0.0.1")
    assert main(["demo", "--port", str(free_port())]) == 1
    assert "only uses a database with `demo` in its name" in capsys.readouterr().err


def test_the_first_person_is_added_by_a_command_that_help_names(capsys, monkeypatch):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "person" in capsys.readouterr().out
    with pytest.raises(SystemExit) as end:
        main(["person", "--help"])
    assert end.value.code == 0
    assert "disable" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["web", "serve"])
def test_no_command_opens_the_demos_sign_in_to_a_database_that_is_not_a_demo(
    command, capsys, monkeypatch
):
    """One variable set by mistake must not open a real register to everybody."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://onroll_app@db.example/onroll")
    monkeypatch.setenv("ONROLL_MODE", "demo")
    assert main([command, "--port", str(free_port())]) == 1
    assert "only uses a database with `demo` in its name" in capsys.readouterr().err


def test_checking_files_needs_no_django():
    code = (
        "import sys; from onroll.config.command import main\n"
        "try: main(['check', 'nothing-there.xml'])\n"
        "except SystemExit: pass\n"
        "assert 'onroll.formats.check' in sys.modules\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_demo_says_how_it_is_used_and_starts_nothing(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--help"])
    assert ended.value.code == 0
    assert "--check" in capsys.readouterr().out
