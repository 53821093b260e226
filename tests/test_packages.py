"""Every package is complete: what one lacks is said in a sentence that tells what to do."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

TOP = Path(__file__).parents[1]
ONROLL = TOP / "onroll"
PACKAGES = sorted(path.parent for path in ONROLL.glob("*/__init__.py"))
BEHIND = {
    "accounts": "at the top of every page",
    "drafts": "on Today, and where a long form begins",
    "duplicates": "behind Review, and on a child's page",
    "lists": "behind Review",
    "record": "among the pages of a case, and on Today where a complaint waits",
}
"""The packages whose pages no door of the menu leads to, and where their pages are found."""
ABOVE = {"config", "casefile"}
"""Where the addresses and the offers of all others come together."""
OFFERS = ("todo", "panel", "case_panels", "events", "for_review")


def layers() -> set[str]:
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["importlinter"]
    floors = contracts["contracts"][0]["layers"]
    return {name.strip() for floor in floors for name in floor.split("|")}


def text(path: Path) -> str:
    """Return the text of a module, or of all modules of a folder of that name."""
    files = [path.with_suffix(".py"), *sorted(path.glob("*.py"))]
    return "\n".join(file.read_text() for file in files if file.is_file())


def lacks(package: Path, *, tests: Path) -> list[str]:
    """Return what a package lacks of what every other has."""
    return [*_place(package, tests), *_app(package), *_tables(package), *_pages(package)]


def _place(package: Path, tests: Path) -> Iterator[str]:
    name = package.name
    if not re.match(r'"""[A-Z]', (package / "__init__.py").read_text()):
        yield f"{name}/__init__.py does not say in its first line what the package holds."
    if name not in layers():
        yield f"{name} stands on no floor: name it in the layers of pyproject.toml."
    if not list((tests / name).glob("test_*.py")):
        yield f"{name} has no tests: they go in tests/{name}/."


def _app(package: Path) -> Iterator[str]:
    name = package.name
    rooms = ("models", "models.py", "templates", "apps.py", "management")
    if (
        any((package / room).exists() for room in rooms)
        and f"onroll.{name}" not in settings.OWN_APPS
    ):
        yield f"{name} has tables or pages: name it in OWN_APPS of config/settings.py."


def _tables(package: Path) -> Iterator[str]:
    has_tables = re.search(r"^class .*\bmodels\.Model\)", text(package / "models"), re.M)
    if has_tables and not any(package.glob("migrations/0001_*.py")):
        yield f"{package.name} has tables and no migration: onroll manage makemigrations."


def _pages(package: Path) -> Iterator[str]:
    name, routes = package.name, text(package / "urls")
    if name in ABOVE:
        return
    roots = text(ONROLL / "config" / "urls")
    if routes and f"onroll.{name}.urls" not in roots:
        yield f"{name} has addresses that nothing leads to: include them in config/urls.py."
    menu = text(ONROLL / "casefile" / "navigation")
    doors = re.findall(r'Door\("[^"]+", "(?:\w+:)?(\w+)"', menu)
    if routes and name not in BEHIND and not any(f'name="{door}"' in routes for door in doors):
        yield f"{name} has pages and no door to them in casefile/navigation.py, or none in BEHIND."
    offered = [offer for offer in OFFERS if re.search(rf"\b{offer}\b", text(package / "queries"))]
    features = text(ONROLL / "casefile" / "features")
    if offered and not re.search(rf"^FEATURES\b[^)]*\b{name}\b", features, re.MULTILINE):
        yield f"{name} offers {offered[0]} and nobody asks: name it in casefile/features.py."


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_package_is_complete(package: Path) -> None:
    assert lacks(package, tests=TOP / "tests") == []


def test_what_a_new_package_lacks_is_said(tmp_path: Path) -> None:
    made_up = tmp_path / "dinners"
    made_up.mkdir()
    files = {
        "__init__.py": "",
        "models.py": "class Menu(models.Model):\n    pass\n",
        "urls.py": "urlpatterns = []\n",
        "queries.py": "def todo(): ...\n",
    }
    for name, content in files.items():
        (made_up / name).write_text(content)
    assert lacks(made_up, tests=tmp_path / "tests") == [
        "dinners/__init__.py does not say in its first line what the package holds.",
        "dinners stands on no floor: name it in the layers of pyproject.toml.",
        "dinners has no tests: they go in tests/dinners/.",
        "dinners has tables or pages: name it in OWN_APPS of config/settings.py.",
        "dinners has tables and no migration: onroll manage makemigrations.",
        "dinners has addresses that nothing leads to: include them in config/urls.py.",
        "dinners has pages and no door to them in casefile/navigation.py, or none in BEHIND.",
        "dinners offers todo and nobody asks: name it in casefile/features.py.",
    ]
