"""`docs/law.md` says what the code says: rule -> source -> tests."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from onroll.rules import sources
from onroll.rules.sourced import Sourced
from onroll.rules.sources import RULES

HERE = Path(__file__).parent
RULES_FOLDER = Path(sources.__file__).parent
NOT_RULES = {
    "__init__",
    "refusal",
    "policy_file",
    "ground_questions",
    "sentences",
    "law_page",
    "sourced",
    "sources",
    "sources_cases",
    "sources_policy",
    "sources_registration",
    "requirements",
    "claims",
    "clock",
    "contradiction",
    "contradictions_days",
    "contradictions_places",
    "contradictions_words",
    "clocks_law",
    "clocks_local",
    "clocks_to_come",
}


def names_in(name: str) -> set[str]:
    tree = ast.parse((HERE / f"test_{name}.py").read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule for rule in RULES])
def test_every_rule_named_stands_where_it_says_and_its_tests_exist(rule: Sourced):
    module, _, name = rule.where.partition(".")
    assert hasattr(import_module(f"onroll.rules.{module}"), name)
    assert rule.source
    assert rule.tests
    for test in rule.tests:
        file, _, function = test.partition("::")
        assert function in names_in(file)


def test_every_module_of_rules_is_on_the_page():
    modules = {path.stem for path in RULES_FOLDER.glob("*.py")} - NOT_RULES
    assert modules == {rule.where.partition(".")[0] for rule in RULES}
