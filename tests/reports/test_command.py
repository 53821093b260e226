"""`onroll weekly` prints the report; names only when asked for, and then they are written down."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.reports.models import WeeklyReport
from tests.people import People
from tests.reports.world import CANARIES, FORMULA, World

pytestmark = pytest.mark.django_db
WEEK = "--week=2026-11-18"


@pytest.fixture
def printed(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "250")

    def run(*asked: str) -> str:
        call_command("weekly", *asked)
        return str(capsys.readouterr().out)

    return run


def test_it_prints_the_week_with_references_instead_of_names(world: World, printed) -> None:
    said = printed(WEEK)
    assert "Weekly report, 16 to 22 November 2026" in said
    assert "as it stands now" in said
    assert world.closed.child.ref in said
    assert not any(canary in said for canary in CANARIES)
    assert not AccessEvent.objects.exists()


def test_no_reference_is_cut_off_where_the_terminal_is_narrow(
    world: World, printed, monkeypatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = printed(WEEK)
    assert "…" not in said
    assert max(len(line) for line in said.splitlines()) <= 80
    for case in Case.objects.filter(opened_on__range=(date(2026, 11, 16), date(2026, 11, 22))):
        assert case.ref in said
        assert case.child.ref in said


def test_with_names_it_shows_them_and_writes_it_down(world: World, printed) -> None:
    said = printed(WEEK, "--names")
    assert all(canary in said for canary in CANARIES)
    assert AccessEvent.objects.get().actor == "command:weekly"


def test_it_issues_when_asked_to_and_says_so(world: World, printed) -> None:
    assert "issued" in printed(WEEK, "--issue")
    report = WeeklyReport.objects.get()
    assert report.ref in printed(WEEK, "--issue")
    assert WeeklyReport.objects.count() == 1


def test_machines_get_json_without_names_unless_asked_for(world: World, printed, capsys) -> None:
    said = json.loads(printed(WEEK, "--json"))
    assert said["register_total"] == 4
    assert not any(canary in str(said) for canary in CANARIES)
    named = json.loads(printed(WEEK, "--json", "--names"))
    assert f"{FORMULA} Quillfeather" in str(named)


def test_a_week_still_to_come_is_refused_in_words(people: People) -> None:
    with pytest.raises(CommandError, match="not begun"):
        call_command("weekly", "--week=2199-01-07")
    with pytest.raises(CommandError, match="not over"):
        call_command("weekly", "--issue", f"--week={_today()}")


def _today() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()
