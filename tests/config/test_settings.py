"""The settings of production are safe, and nonsense in the environment is refused in a sentence."""

import os
import subprocess
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.views.defaults import server_error

from onroll.config import env
from onroll.config.database import settings_for
from onroll.config.middleware import no_store
from tests.reading import Page

PRODUCTION = {
    "ONROLL_MODE": "production",
    "ONROLL_SECRET_KEY": "made up for a test " * 4,
    "ONROLL_HOSTS": "children.example.gov.uk",
    "DATABASE_URL": "postgresql://onroll_app@db.example/onroll",
    "ONROLL_CLAMD": "/run/clamav/clamd.ctl",
}


UUID = "f33517ff-2a88-4f6e-b855-c550268ce08a"


def python(code: str, **extra: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "onroll.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], env=kept | extra, capture_output=True, text=True, check=False
    )


def test_the_deployment_check_of_django_finds_nothing():
    """trust.md 3.1."""
    done = python(
        "from django.core.management import execute_from_command_line as run\n"
        "run(['onroll', 'check', '--deploy', '--fail-level', 'WARNING'])",
        **PRODUCTION,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_production_without_a_virus_scanner_is_warned():
    done = python(
        "from django.core.management import execute_from_command_line as run\n"
        "run(['onroll', 'check'])",
        **PRODUCTION | {"ONROLL_CLAMD": ""},
    )
    assert done.returncode == 0
    assert "(documents.W001) No virus scanner is set" in done.stderr


def test_production_has_host_cookies_https_and_a_checked_database():
    done = python(
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.DEBUG,"
        " s.SECURE_SSL_REDIRECT, s.DATABASES['default']['OPTIONS']['sslmode'])",
        **PRODUCTION,
    )
    assert done.stdout.split() == (
        ["__Host-sessionid", "True", "__Host-csrftoken", "False", "True", "verify-full"]
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ONROLL_MODE", "debug", "must be one of production, demo, test"),
        ("ONROLL_SECRET_KEY", "short", "needs at least 50"),
        ("ONROLL_SECRET_KEY", "", "Set ONROLL_SECRET_KEY"),
        ("ONROLL_HOSTS", "", "Set ONROLL_HOSTS"),
        ("ONROLL_CLAMD", "clamd", "the path of a socket, or host:port"),
        ("ONROLL_NOTIFY_SMS_TEMPLATE", "texts", "it must be like f33517ff"),
        ("ONROLL_NOTIFY_SMS_TEMPLATE", UUID, "Set ONROLL_NOTIFY_KEY and at least one"),
        ("ONROLL_NOTIFY_KEY", f"ours-{UUID}-{UUID}", "Set ONROLL_NOTIFY_KEY and at least one"),
        ("ONROLL_IDLE_MINUTES", "61", "from 1 to 60"),
        ("ONROLL_IDLE_MINUTES", "soon", "whole number"),
        ("ONROLL_BEHIND_PROXY", "perhaps", "must be yes or no"),
        ("ONROLL_BEHIND_PROXY", "yes", "say with ONROLL_PROXIES how many proxies"),
        ("ONROLL_REQUIRE_MFA", "no", "in production everyone needs a second factor"),
        ("ONROLL_SECRET_KEY_FILE", "/nowhere", "Set ONROLL_SECRET_KEY or ONROLL_SECRET_KEY_FILE"),
    ],
)
def test_nonsense_in_the_environment_is_refused_in_a_sentence(name, value, sentence):
    done = python("import onroll.config.settings", **(PRODUCTION | {name: value}))
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]


def test_a_secret_can_come_from_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("ONROLL_TRIED_FILE", str(tmp_path / "key"))
    assert env.env_secret("ONROLL_TRIED", "Tried.") == "from a file"
    env.VARIABLES.pop("ONROLL_TRIED")
    env.VARIABLES.pop("ONROLL_TRIED_FILE")


def test_a_database_statement_is_cut_off_after_the_time_set():
    made = settings_for("postgresql://a:b@c:5/d", statement_seconds=15, idle_seconds=30, pool=3)
    assert "statement_timeout=15s" in made["OPTIONS"]["options"]
    assert made["OPTIONS"]["pool"]["max_size"] == 3
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["NAME"]) == ("a", "b", "c", "d")


@pytest.mark.django_db
def test_the_health_page_says_four_things_and_nothing_else(client: Client):
    answer = client.get("/health/")
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "oldest_job_seconds": None,
        "scanner": "not set",
    }
    assert answer["Cache-Control"] == "no-store, private"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_health_page_says_so_when_the_database_is_away():
    done = python(
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "answer = Client().get('/health/', HTTP_HOST='localhost')\n"
        "print(answer.status_code, answer.json())",
        ONROLL_MODE="test",
        DATABASE_URL="postgresql:///gone?host=/nowhere",
    )
    down = {
        "status": "down",
        "database": "does not answer",
        "oldest_job_seconds": None,
        "scanner": None,
    }
    assert done.stdout.strip() == f"503 {down}"


def test_a_policy_file_that_makes_no_sense_is_refused_at_the_start(tmp_path):
    (tmp_path / "policy.toml").write_text("[days]\nfour_weeks = 'soon'\n")
    done = python(
        "import onroll.config.settings", **PRODUCTION, ONROLL_POLICY=str(tmp_path / "policy.toml")
    )
    assert "ONROLL_POLICY" in done.stderr.splitlines()[-1]


@pytest.mark.django_db
def test_a_page_without_sign_in_leads_to_sign_in(client: Client):
    assert client.get("/account/2fa/")["Location"] == "/account/login/?next=/account/2fa/"


def test_what_a_view_says_about_caches_is_overruled():
    answer = no_store(lambda _request: HttpResponse(headers={"Cache-Control": "public"}))
    assert answer(HttpRequest())["Cache-Control"] == "no-store, private"


def test_styles_may_be_kept_by_the_browser(client: Client, db):
    answer = client.get("/static/onroll/onroll.css")
    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
    answer.close()


@override_settings(SECURE_SSL_REDIRECT=True)
def test_plain_http_is_sent_to_https_except_the_health_page(client: Client, db):
    assert client.get("/account/login/")["Location"] == "https://testserver/account/login/"
    assert client.get("/health/").status_code == 200


def test_the_page_for_a_failure_of_ours_needs_no_database():
    """No database is allowed in this test, and the page must come all the same."""
    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "Sorry, something went wrong" in Page(page.content).headings
