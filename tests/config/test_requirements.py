"""What the page of requirements calls built is what a user can do; what nothing starts is said."""

from pathlib import Path

import pytest

from onroll.clocks.models import Deadline
from onroll.config import docs, proofs, reach
from onroll.rules import policy, policy_file
from onroll.rules.clocks import CLOCKS
from onroll.rules.requirements import REQUIREMENTS
from tests.people import People
from tests.reports import world

MODULE = '''"""Something (P01)."""
import pytest
from tests import builders
from tests.builders import sends


@pytest.fixture
def world():
    return builders.sends()


@pytest.fixture
def visitor():
    return Client()


def helper():
    return sends()


def test_a_constant():
    """P02."""


def test_in_a_world_of_files(world):
    """P02."""


def test_that_sends_a_file():
    """P02, P03."""
    helper()


def test_that_asks_a_page(visitor):
    """P04."""


def test_that_names_nothing_itself(visitor):
    visitor.get("/")
'''
BUILDERS = """
def sends():
    receive_file(content=b"")
"""


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, proofs.Test]:
    """Give the tests of a small made-up project."""
    folder = tmp_path / "tests" / "intake"
    folder.mkdir(parents=True)
    (folder / "test_example.py").write_text(MODULE, "utf-8")
    (tmp_path / "tests" / "builders.py").write_text(BUILDERS, "utf-8")
    monkeypatch.setattr(proofs, "CHECKOUT", tmp_path)
    monkeypatch.setattr(proofs, "TESTS", tmp_path / "tests")
    found = proofs.tests.__wrapped__()
    return {test.name: test for test in found}


def test_a_user_goes_in_by_page_or_file_and_not_by_a_world_made_beforehand(example) -> None:
    assert {name: test.enters for name, test in example.items()} == {
        "test_a_constant": False,
        "test_in_a_world_of_files": False,
        "test_that_sends_a_file": True,
        "test_that_asks_a_page": True,
        "test_that_names_nothing_itself": True,
    }


def test_a_requirement_is_shown_only_by_a_test_that_names_it_itself(example) -> None:
    assert example["test_that_sends_a_file"].of_test == {"P02", "P03"}
    assert example["test_that_names_nothing_itself"].of_test == frozenset()
    assert example["test_that_names_nothing_itself"].of_module == {"P01"}


def test_a_test_of_the_rules_lets_no_user_in() -> None:
    of_rules = [test for test in proofs.tests() if test.is_of_rules]
    assert of_rules
    assert not any(test.enters for test in of_rules)


def test_what_is_said_to_be_whole_is_shown_by_a_test_that_goes_in_as_a_user_does() -> None:
    shown = {code for test in proofs.tests() if test.enters for code in test.of_test}
    whole = {code for code, asked in REQUIREMENTS.items() if not asked.missing}
    assert whole - shown == set()
    assert docs.progress().startswith(f"Of the {len(REQUIREMENTS)} things that the policy asks")


def test_tests_name_no_requirement_that_is_not_there() -> None:
    named = {code for test in proofs.tests() for code in test.of_test | test.of_module}
    assert named - REQUIREMENTS.keys() == set()


def test_every_thing_the_policy_asks_is_listed() -> None:
    """As the two readings of the policy number them."""
    tens = {0: range(1, 8), 1: range(10), 3: range(10), 4: range(8), 5: range(9)}
    first = {f"P{ten}{n}" for ten, last in tens.items() for n in last}
    second = {f"P{n}" for n in range(60, 78)}
    assert set(REQUIREMENTS) == first | second


def test_a_clock_that_nothing_starts_is_said_to_be_so() -> None:
    started = reach.clocks_started()
    assert {"triage_1", "first_enquiries_5", "four_week_point", "untraced_review"} <= started
    assert not {"foi_20", "sao_15", "sickness_15", "fair_access_20"} & started
    words = docs.clocks()
    assert f"{len(started)} of {len(CLOCKS)} clocks are started by something." in words
    for clock in CLOCKS.values():
        (line,) = (line for line in words.splitlines() if line.startswith(f"| {clock.title} |"))
        assert line.endswith("| yes |") is (clock.code in started)


@pytest.mark.django_db
def test_no_clock_runs_that_the_docs_say_nothing_starts(people: People) -> None:
    world.build(people.olive)
    running = set(Deadline.objects.values_list("clock", flat=True))
    assert running
    assert running <= reach.clocks_started()


def test_a_setting_that_nothing_reads_is_said_to_be_so() -> None:
    read = reach.settings_read()
    assert {"mash_phone", "weekly_report_weekday", "cml_days"} <= read
    assert not {"census_on", "is_ehcp_consulted"} & read
    unread = sum(s.name not in read for s in policy.settings(policy_file.HARROW))
    assert docs.local_policy().count("| by nothing yet |") == unread


def test_a_rule_that_nothing_asks_is_said_to_be_so() -> None:
    assert {"age", "calendar", "leavers", "outcomes", "referral"} <= reach.rules_asked()
    assert not {"removal", "returns"} & reach.rules_asked()
    page = docs.WHOLE["law.md"]()
    of_removal = [line for line in page.splitlines() if "| `removal." in line]
    assert of_removal
    assert all(line.endswith("| by nothing yet |") for line in of_removal)


def test_closing_asks_for_all_that_proves_an_outcome() -> None:
    assert "| All of these are asked |" in docs.case_outcomes()
