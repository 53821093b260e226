"""How far the rules reach: which of them the service uses, read from its code.

Clocks that nothing starts, settings that nothing reads and rules that no page, job or command uses
are listed in the docs, so that nobody takes a table for a promise.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from onroll.config.postgres import CHECKOUT
from onroll.rules.action_points import ORIGINS
from onroll.rules.clocks import CLOCKS, for_case
from onroll.rules.front_door import DOORS
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.referral import End

PACKAGE = CHECKOUT / "onroll"
RULES = PACKAGE / "rules"
LISTS = {
    PACKAGE / "config" / name for name in ("docs.py", "pathway_page.py", "proofs.py", "reach.py")
}
"""Whoever lists everything there is asks nothing of it."""
NOT_ASKED = {"sources", "requirements"}
"""Rules that list the others."""
LOOKS = {"get", "filter", "exclude"}
"""What looks for a clock that runs and starts none."""


CODES = "clock_codes.py"
"""Where a package keeps the codes of the clocks that its actions start, for its queries too."""


@cache
def clocks_started() -> frozenset[str]:
    """Return the clocks that anything starts: a case, an outcome, an action point, or an action by
    name."""
    of_cases = {clock.code for reason in CASE_REASONS for clock in for_case(reason, on=date.max)}
    of_cases |= {outcome.review for outcome in OUTCOMES.values() if outcome.review}
    of_cases |= {rule.clock for rule in ORIGINS.values()}
    of_actions = (path for path in _code() if "actions" in path.as_posix() or path.name == CODES)
    named = {code for path in of_actions for code in _clocks_named(path)}
    return frozenset(of_cases | named & CLOCKS.keys())


def _clocks_named(path: Path) -> Iterator[str]:
    """Yield the names in `CLOCKS["…"]` and `clock="…"`, by which actions start clocks."""
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Subscript) and _last(node.value) == "CLOCKS":
            yield _text(node.slice)
        elif isinstance(node, ast.Call) and _last(node.func) not in LOOKS:
            yield from (_text(keyword.value) for keyword in node.keywords if keyword.arg == "clock")


def _clocks_shown() -> set[str]:
    """Return the clocks whose days the pages of the front door say."""
    questions = (question for door in DOORS.values() for question in door.values())
    ends = (a.leads for q in questions for a in q.answers if isinstance(a.leads, End))
    return {action.clock for end in ends for action in end.actions if action.clock}


@cache
def rules_asked() -> frozenset[str]:
    """Return the modules of rules that the rest of the service imports, or that these import."""
    names = {name for path in _code() for name in _rules_in(path)} - NOT_ASKED
    while added := {name for name_ in names for name in _rules_in(RULES / f"{name_}.py")} - names:
        names |= added
    return frozenset(names)


def _rules_in(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "onroll.rules":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onroll.rules."):
            names.add(str(node.module).split(".")[2])
    return {name for name in names if (RULES / f"{name}.py").exists()}


@cache
def settings_read() -> frozenset[str]:
    """Return the settings of the local policy that a page, job or used rule reads."""
    paths = [RULES / f"{name}.py" for name in rules_asked() - {"policy", "policy_file"}]
    words = {word for path in (*_code(), *paths) for word in _attributes(_parsed(path))}
    words |= {
        word
        for page in PACKAGE.rglob("*.html")
        for word in re.findall(r"\bpolicy\.(\w+)", page.read_text(encoding="utf-8"))
    }
    words |= {
        word for path in paths for word in re.findall(r"\{policy\.(\w+)\}", path.read_text("utf-8"))
    }
    words |= {CLOCKS[code].setting for code in clocks_started() | _clocks_shown()}
    return frozenset(words.union(*(read for name, read in _behind() if name in words)))


def _behind() -> Iterator[tuple[str, set[str]]]:
    """Yield each property of the policy with what it reads."""
    for node in ast.walk(_parsed(RULES / "policy.py")):
        if isinstance(node, ast.FunctionDef):
            yield node.name, set(_attributes(node))


def _attributes(code: ast.AST) -> Iterator[str]:
    return (node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute))


def _code() -> tuple[Path, ...]:
    """Yield the service's modules, but for the rules and what lists them."""
    return tuple(
        path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != RULES and path not in LISTS
    )


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _last(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _text(node: ast.AST) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""
