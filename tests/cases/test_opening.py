"""Opening a case: one for a child, with its clocks (P30, P32)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.rules.commencement import PROVISIONS
from onroll.rules.pathway import MOVES
from onroll.rules.reasons import CASE_REASONS
from onroll.schools.queries import our_policy
from tests.cases import world as worlds
from tests.cases.world import TODAY
from tests.reading import Page

pytestmark = pytest.mark.django_db


def due(case):
    return dict(case.deadlines.values_list("clock", "due_on"))


def test_a_new_case_starts_the_clocks_of_its_reason(world):
    """P32: each from its own day, over half-term and weekends, in what it counts."""
    case = world.case(reason="unknown_destination", since=date(2026, 10, 17), on=date(2026, 10, 19))
    assert due(case) == {
        "triage_1": date(2026, 10, 20),
        "first_enquiries_5": date(2026, 11, 2),  # half-term is 26 to 30 October
        "four_weeks": date(2026, 11, 16),
        "four_week_point": date(2026, 11, 20),  # twenty school days, the first counts
        "cml_20": date(2026, 11, 5),  # days, from the last day at school
    }


@pytest.mark.parametrize("reason", CASE_REASONS)
def test_every_reason_opens_a_case_with_a_clock(world, reason):
    case = world.case(reason=reason)
    assert case.deadlines.exists()
    assert case.reasons.get().code == reason


def test_a_second_reason_joins_the_first_and_starts_nothing_again(world):
    child = world.child()
    case = world.case(child)
    before = due(case)
    again = world.case(child, reason="moved_in", on=date(2026, 11, 20))
    assert again == case
    assert [reason.code for reason in case.reasons.all()] == ["unknown_destination", "moved_in"]
    assert due(case) == before
    assert case.steps.first().what == "Another report joined: Moved here and has no school"


def test_after_an_exclusion_the_sixth_school_day_is_counted_from_the_exclusion(world):
    """SI 2007/1870 reg 4(3)(a); never from the day the case was opened."""
    monday = date(2026, 11, 9)
    case = world.case(reason="excluded", on=date(2026, 11, 20), event_on=monday)
    assert due(case)["excluded_6"] == date(2026, 11, 17)


def test_where_nobody_knows_the_day_of_the_exclusion_the_last_day_at_school_is_taken(world):
    case = world.case(reason="excluded", since=date(2026, 11, 10), on=date(2026, 11, 20))
    assert due(case)["excluded_6"] == date(2026, 11, 17)
    said = case.steps.get(what="Not on file: Day of the permanent exclusion")
    assert "counted from 9 November 2026" in said.why


def test_a_case_opened_once_the_register_of_children_not_in_school_begins_runs_its_clocks(
    world, people, as_, monkeypatch
):
    """EA96 s.436B(8), 436D(1): from their day; a case opened before keeps the law of its own."""
    before, begins_on = world.case(on=date(2026, 11, 18)), date(2026, 11, 19)
    for code in ("s436B", "s436D"):
        provision = replace(PROVISIONS[code], from_on=begins_on)
        monkeypatch.setitem(PROVISIONS, code, provision)
    case = world.case(world.child("Robin", "Example"), since=date(2026, 11, 10), on=begins_on)
    assert due(case)["register_home_15"] == date(2026, 12, 3)
    assert due(case)["parent_tells_15"] == date(2026, 11, 24)
    assert not {"register_home_15", "parent_tells_15"} & due(before).keys()
    page = as_(people.olive).get(reverse("casefile:case", args=[case.ref]))
    assert "EA96 s.436B(8)" in Page(page.content).text


@pytest.fixture
def two_days_for_enquiries(settings, tmp_path):
    """Have a policy that gives two school days for first enquiries from 19 November 2026."""
    shipped = (files("onroll.rules") / "harrow.toml").read_text(encoding="utf-8")
    path = tmp_path / "policy.toml"
    change = "[[changes]]\nfrom_on = 2026-11-19\ndays.first_enquiries_school_days = 2\n"
    path.write_text(f"{shipped}\n{change}", encoding="utf-8")
    settings.POLICY = str(path)
    our_policy.cache_clear()
    yield
    our_policy.cache_clear()


@pytest.mark.usefixtures("two_days_for_enquiries")
def test_a_case_runs_on_the_councils_own_days_of_the_day_it_was_opened(world):
    old = world.case(on=date(2026, 11, 18))
    new = world.case(world.child("Robin", "Example"), on=date(2026, 11, 19))
    assert due(old)["first_enquiries_5"] == date(2026, 11, 25)
    assert due(new)["first_enquiries_5"] == date(2026, 11, 23)


def test_after_leave_ten_school_days_are_counted_from_its_last_day(world):
    """Regs 2024 reg 9(1)(h)(i); the last day at school comes before the leave."""
    case = world.case(reason="leave_not_returned", event_on=date(2026, 11, 9))
    assert due(case)["leave_10"] == date(2026, 11, 23)
    other = world.case(world.child("Robin", "Example"), reason="leave_not_returned")
    assert "leave_10" not in due(other)
    assert other.steps.get(what="Not on file: Last day of the leave").why.startswith("“Ten school")


def test_an_exclusion_told_of_a_child_whose_case_is_open_starts_its_clock(world):
    """Nobody would see the sixth day pass."""
    child = world.child()
    before = due(world.case(child))
    case = world.case(child, reason="excluded", event_on=date(2026, 11, 9))
    assert due(case) == before | {"excluded_6": date(2026, 11, 17)}


def test_the_same_reason_from_the_same_source_is_said_once(world):
    child = world.child()
    world.case(child)
    case = world.case(child)
    assert case.reasons.count() == 1
    assert case.steps.count() == 1


def test_the_database_holds_a_child_to_one_open_case(world):
    """By constraint, whatever the code does."""
    case = world.case()
    with pytest.raises(IntegrityError, match="child_has_one_open_case"), transaction.atomic():
        Case.objects.create(
            child=case.child,
            reason="referral",
            opened_from=world.source,
            opened_on=TODAY,
            missing_since_on=TODAY,
        )


@pytest.mark.django_db(transaction=True)
def test_ten_reports_of_one_child_at_once_are_one_case():
    """T19."""
    world = worlds.build()
    child = world.child()
    reasons = list(CASE_REASONS)[:10]

    def report(reason):
        try:
            return world.case(child, reason=reason).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(report, reasons))) == 1
    assert {reason.code for reason in Case.objects.get().reasons.all()} == set(reasons)


def test_what_a_move_needs_is_a_permission_of_the_matrix():
    assert {Permission(move.needs).row for move in MOVES} == {16, 20}
