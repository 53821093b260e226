"""A postcode directory for the made-up postcodes, with the columns the ONS publishes."""

import csv
from collections.abc import Iterable
from pathlib import Path

from onroll.demo.movement import Year
from onroll.demo.places import Address

AUTHORITIES = {
    "310": ("E09000015", "Harrow"),
    "302": ("E09000003", "Barnet"),
    "304": ("E09000005", "Brent"),
    "307": ("E09000009", "Ealing"),
    "312": ("E09000017", "Hillingdon"),
    "919": ("E07000103", "Watford"),
}
"""ONS code and name of the authorities of the postcode districts, by their DfE code."""


def write_directory(year: Year, folder: Path) -> tuple[Path, Path]:
    """Write where each family's postcode lies, and the names of authorities and invented wards."""
    homes = {family.address.postcode: family.address for family in year.families.values()}
    known = [home for _, home in sorted(homes.items()) if home.la in AUTHORITIES]
    wards = sorted({(_ward(home), f"{home.town} {_outward(home)}") for home in known})
    rows = [(home.postcode, AUTHORITIES[home.la][0], _ward(home)) for home in known]
    return (
        _write(folder / "postcodes.csv", ("pcds", "lad25cd", "wd25cd"), rows),
        _write(folder / "areas.csv", ("LAD25CD", "LAD25NM"), [*AUTHORITIES.values(), *wards]),
    )


def _outward(home: Address) -> str:
    return home.postcode.partition(" ")[0]


def _ward(home: Address) -> str:
    """Return a code that no ward has: one ward a postcode district."""
    return f"E05X{_outward(home):0>5}"


def _write(path: Path, heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    return path
