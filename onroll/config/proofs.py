"""Which tests name a requirement, and which of them enter as a user does: page, file or command.

Read from the text of the tests, so that no page calls something built that nobody can do. A test
enters as a user does if it, or a function it calls, asks pages over HTTP, drives a browser, runs
the `onroll` command or the worker, or itself puts a file through the pipeline. Files that only set
up a test do not count, nor do requirements that only the module names.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onroll.config.postgres import CHECKOUT

TESTS = CHECKOUT / "tests"
RULES = ("rules", "formats", "matching")
"""Tests of these prove a rule, not that a user can use it."""
NOBODYS = ("demo", "bench", "govuk")
"""Tests of these are about made-up data, measures and charts: no user's work."""
PERSON = {"client", "Client", "sync_playwright", "call_command", "subprocess", "main", "run_worker"}
FILE = {"receive_file", "receive_list", "take_through"}
CODE = re.compile(r"\bP\d\d\b")

Function = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Test:
    """One test: its place, and the requirements that it and its module name."""

    path: str
    name: str
    of_test: frozenset[str]
    of_module: frozenset[str]
    shows: frozenset[str] = frozenset()
    """The claims that it proves (`onroll/rules/claims.py`)."""

    @property
    def id(self) -> str:
        """Return its name as in pytest, without parameters."""
        return f"{self.path}::{self.name}"

    @property
    def is_of_rules(self) -> bool:
        """Return whether it proves a rule rather than that a user can use it."""
        return self._part in RULES

    @property
    def enters(self) -> bool:
        """Return whether it enters as a user does."""
        module = CHECKOUT / self.path
        is_users = self._part not in (*RULES, *NOBODYS)
        return is_users and bool(_used(module, self.name) & (PERSON | FILE))

    @property
    def _part(self) -> str:
        return self.path.split("/")[1]


@cache
def tests() -> tuple[Test, ...]:
    """Return every test function there is."""
    return tuple(test for path in sorted(TESTS.rglob("test_*.py")) for test in _tests_in(path))


def _tests_in(path: Path) -> Iterator[Test]:
    tree = _parsed(path)
    where = path.relative_to(CHECKOUT).as_posix()
    of_module = _codes(tree)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
            shows = frozenset(_shown_by(function))
            yield Test(where, function.name, _codes(function), of_module, shows)


def _shown_by(function: ast.FunctionDef) -> Iterator[str]:
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.shows":
            yield from (str(ast.literal_eval(argument)) for argument in mark.args)


def _codes(node: ast.Module | ast.FunctionDef) -> frozenset[str]:
    return frozenset(CODE.findall(ast.get_docstring(node) or ""))


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _used(module: Path, name: str) -> frozenset[str]:
    """Return the means of a user that a function of a module uses, by itself or through others."""
    return frozenset(_walk(module, name, set(), is_fixture=False))


def _walk(module: Path, name: str, visited: set[tuple[Path, str]], *, is_fixture: bool) -> set[str]:
    if (module, name) in visited:
        return set()
    visited.add((module, name))
    node = _functions(module).get(name)
    if node is None:
        return set()
    means = PERSON if is_fixture else PERSON | FILE
    words = set(_words(node))
    used = words & means
    for where, called in _called(module, words - set(_arguments(node))):
        used |= _walk(where, called, visited, is_fixture=is_fixture)
    for fixture in _arguments(node):
        for where in _conftests(module):
            used |= _walk(where, fixture, visited, is_fixture=True)
    return used


@cache
def _functions(module: Path) -> dict[str, Function]:
    body = _parsed(module).body
    return {n.name: n for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef)}


def _words(node: ast.AST) -> Iterator[str]:
    """Return every name a piece of code uses; of `files.cml` both, and `files.cml`."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.Attribute):
            yield part.attr
            if isinstance(part.value, ast.Name):
                yield f"{part.value.id}.{part.attr}"


def _arguments(node: Function) -> list[str]:
    return [arg.arg for arg in node.args.args] if isinstance(node, ast.FunctionDef) else []


def _called(module: Path, words: set[str]) -> Iterator[tuple[Path, str]]:
    """Return the functions of the tests' own modules among the names a piece of code uses."""
    yield from ((module, word) for word in words if word in _functions(module))
    brought = _imports(module)
    for word in words:
        first, _, last = word.partition(".")
        if first in brought:
            where, name = brought[first]
            yield where, name or last


@cache
def _imports(module: Path) -> dict[str, tuple[Path, str]]:
    """Return what a module brings from other modules of the tests: names, or modules whole."""
    imports = {}
    for node in ast.walk(_parsed(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tests":
            for alias in node.names:
                place = CHECKOUT.joinpath(*str(node.module).split("."))
                whole = (place / alias.name).with_suffix(".py")
                of = (whole, "") if whole.is_file() else (place.with_suffix(".py"), alias.name)
                if of[0].is_file():
                    imports[alias.asname or alias.name] = of
    return imports


def _conftests(module: Path) -> list[Path]:
    """Return where a module's fixtures may stand, but for those of all tests alike."""
    shared = module.parent / "conftest.py"
    return [module, *([shared] if shared.is_file() and shared.parent != TESTS else [])]
