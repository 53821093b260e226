"""The pinned files are complete: whoever installs them has nothing left to choose (ADR 9)."""

import re
from collections import defaultdict
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).parents[2]
PIN = re.compile(r"^(?P<requirement>[a-z0-9][^=\s]*(?:, [^=\s]+)*==[^\s;]+(?: ; [^\\]+)?)", re.M)
SETS = {
    "make setup": ("base.txt", "dev.txt"),
    "the service": ("base.txt",),
    "make spark": ("spark.txt",),
}


def pinned(files: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the extras pinned for each package that belongs on this machine."""
    extras: dict[str, set[str]] = defaultdict(set)
    for file in files:
        text = (TOP / "requirements" / file).read_text(encoding="utf-8")
        for line in PIN.finditer(text):
            requirement = Requirement(line["requirement"])
            if requirement.marker is None or requirement.marker.evaluate():
                extras[canonicalize_name(requirement.name)] |= requirement.extras
    return extras


def wanted(name: str, extras: set[str]) -> list[Requirement]:
    """Return what an installed package asks for on this machine, with these extras of its own."""
    places = [{**default_environment(), "extra": extra} for extra in ("", *extras)]
    return [
        requirement
        for requirement in map(Requirement, requires(name) or [])
        if requirement.marker is None or any(requirement.marker.evaluate(at) for at in places)
    ]


def lacks(pins: dict[str, set[str]]) -> list[str]:
    """Say what the installed ones among the pinned packages ask for and the pins do not give."""
    faults = []
    for name, extras in pins.items():
        try:
            asks = wanted(name, extras)
        except PackageNotFoundError:  # of an extra that is not installed here
            continue
        for requirement in asks:
            given = pins.get(canonicalize_name(requirement.name))
            if given is None or not requirement.extras <= given:
                faults.append(f"{name} asks for {requirement}")
    return faults


@pytest.mark.parametrize("files", SETS.values(), ids=SETS)
def test_every_package_and_extra_that_a_pinned_package_asks_for_is_pinned(files):
    pins = pinned(files)
    assert len(pins) > 20
    assert lacks(pins) == []


def test_an_extra_left_out_of_the_pins_is_noticed():
    pins = pinned(SETS["make setup"])
    pins["coverage"] = set()
    assert any("coverage[toml]" in fault for fault in lacks(pins))


def test_setup_asks_pip_to_choose_nothing():
    recipes = (TOP / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in recipes.splitlines() if "pip install" in line]
    assert len(installs) == 3
    assert all("--no-deps" in line for line in installs)
    assert recipes.count("--no-strip-extras") == recipes.count("uv pip compile")
