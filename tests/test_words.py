"""Plain words (docs/words.md): names say what a thing is, modules what they hold."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
WORDS = """
one said told asked found known kept each own others here ours theirs what who then more rest near
there sought given seen shown other once held"""
VAGUE = frozenset(WORDS.split())
"""Pronouns and participles: a reader must look elsewhere for what such a name stands for."""
CEILING = 1
"""Percent of a package's names that may be vague."""
FEW = 3
"""So many may stand in a package, however small it is."""
FILES = sorted(
    path
    for top in ("onroll", "bench")
    for path in (TOP / top).rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)


def package(path: Path) -> str:
    top, inner, *_ = path.relative_to(TOP).parts
    return "bench" if top == "bench" else "onroll" if inner.endswith(".py") else inner


def names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


@pytest.mark.parametrize("name", sorted({package(path) for path in FILES}))
def test_names_say_what_they_stand_for(name):
    bound = [word for path in FILES if package(path) == name for word in names(path)]
    vague = Counter(word for word in bound if word.strip("_").lower() in VAGUE)
    most = max(FEW, CEILING / 100 * len(bound))
    assert vague.total() <= most, vague.most_common(10)


def test_the_first_line_of_every_module_says_what_it_holds():
    silent = [
        str(path.relative_to(TOP))
        for path in FILES
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []
