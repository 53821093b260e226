"""Lists the made-up borough hands over at the start: schools, terms, and who is on which roll."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onroll.demo.borough import Spell
from onroll.demo.families import Child
from onroll.demo.movement import Year
from onroll.demo.places import authorities
from onroll.demo.schools import AUTHORITY, School
from onroll.demo.terms import terms
from onroll.rules.age import school_year, year_group

_PHASES = {
    "infant": "Primary",
    "junior": "Primary",
    "primary": "Primary",
    "secondary": "Secondary",
    "all-through": "All-through",
    "college": "16 plus",
}
"""What GIAS calls the phases; of the others it says `Not applicable`."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Where the lists were written."""

    establishments: Path
    terms: Path
    closures: Path
    rolls: tuple[Path, ...]


def write_rolls(year: Year, folder: Path, *, on: date | None = None, whole: bool = False) -> Lists:
    """Write the lists into a folder: establishments as GIAS has them, terms, closures and rolls.

    The rolls are one CSV for each school (`rolls/3102701.csv`), or with `whole` one for all
    (`rolls/all.csv`), as a school's system exports them. Without `on` they are the opening rolls;
    with it the rolls of that day, as a census would find them.
    """
    (folder / "rolls").mkdir(parents=True, exist_ok=True)
    borough = year.borough
    schools = [*borough.schools.values(), *borough.outside.values()]
    in_year = school_year(borough.opens_on)
    return Lists(
        establishments=_write(folder / "establishments.csv", _establishments(schools)),
        terms=_write(folder / "terms.csv", _terms((in_year, in_year + 1))),
        closures=_write(folder / "closures.csv", _closures(borough.schools.values())),
        rolls=tuple(_rolls(year, folder / "rolls", on, whole=whole)),
    )


def _rolls(year: Year, folder: Path, on: date | None, *, whole: bool) -> Iterator[Path]:
    day = on or year.borough.opens_on
    by_school: dict[str, list[Mapping[str, str]]] = {n: [] for n in year.borough.schools}
    for child, spell in _on_roll(year, on):
        by_school[spell.school].append(_pupil(year, child, spell, day))
    if whole:
        yield _write(folder / "all.csv", [row for n in sorted(by_school) for row in by_school[n]])
        return
    for number, rows in by_school.items():
        if rows:
            yield _write(folder / f"{number}.csv", rows)


def _on_roll(year: Year, on: date | None) -> Iterable[tuple[Child, Spell]]:
    if on is not None:
        return year.on_roll(on)
    return ((year.borough.children[spell.child], spell) for spell in year.borough.spells)


def _pupil(year: Year, child: Child, spell: Spell, day: date) -> Mapping[str, str]:
    """Return a pupil's line under the headings school systems use."""
    school, family = year.school(spell.school), year.family(child)
    adult, home = family.adults[0], family.address
    return {
        "LA": school.la,
        "Estab": school.establishment,
        "URN": school.urn,
        "School Name": school.name,
        "UPN": child.upn,
        "Former UPN": child.former_upn,
        "Legal Surname": child.surname,
        "Legal Forename": child.forename,
        "Middle Names": child.middle_names,
        "Preferred Surname": child.chosen_surname or child.surname,
        "Preferred Forename": child.chosen_forename or child.forename,
        "Date of Birth": f"{child.born:%d/%m/%Y}",
        "Sex": child.sex,
        "NC Year": year_group(child.born, on=day),
        "Date of Admission": f"{spell.from_on:%d/%m/%Y}",
        "Address": ", ".join(home.lines),
        "Town": home.town,
        "Postcode": home.postcode,
        "Contact 1 Relationship": adult.relationship,
        "Contact 1 Surname": adult.surname,
        "Contact 1 Forename": adult.forename,
        "Contact 1 Telephone": adult.phones[0][1] if adult.phones else "",
        "Contact 1 Email": adult.email,
    }


def _establishments(schools: Iterable[School]) -> Iterator[Mapping[str, str]]:
    """Yield the lines of a GIAS extract; an academy has a second, closed one for its past."""
    for school in schools:
        yield _establishment(school, school.number, school.urn, is_open=True)
        if school.former_number:
            yield _establishment(school, school.former_number, school.former_urn, is_open=False)


def _establishment(school: School, number: str, urn: str, *, is_open: bool) -> Mapping[str, str]:
    former = school.former_number if is_open else ""
    authority = authorities().get(school.la)
    return {
        "URN": urn,
        "LA (code)": school.la,
        "LA (name)": authority.name if authority else "Harrow",
        "EstablishmentNumber": number[3:],
        "EstablishmentName": school.name,
        "TypeOfEstablishment (name)": school.kind if is_open else "Community school",
        "EstablishmentStatus (name)": "Open" if is_open else "Closed",
        "OpenDate": f"{school.opened_on:%d-%m-%Y}" if is_open else "01-09-1960",
        "CloseDate": "" if is_open else f"{school.opened_on:%d-%m-%Y}",
        "PhaseOfEducation (name)": _PHASES.get(school.phase, "Not applicable"),
        "StatutoryLowAge": str(max(3, school.first_year + 4)),
        "StatutoryHighAge": str(school.last_year + 5),
        "Street": school.address.lines[-1],
        "Town": school.address.town,
        "Postcode": school.address.postcode,
        "TelephoneNum": "",
        "PreviousLA (code)": former[:3],
        "PreviousEstablishmentNumber": former[3:],
    }


def _terms(years: Iterable[int]) -> Iterator[Mapping[str, str]]:
    """Yield the authority's terms; the school column is for schools with terms of their own."""
    for term in (term for year in years for term in terms(year)):
        yield {
            "school": "",
            "name": term.name,
            "starts_on": term.starts_on.isoformat(),
            "ends_on": term.ends_on.isoformat(),
        }


def _closures(schools: Iterable[School]) -> Iterator[Mapping[str, str]]:
    for school in schools:
        if school.la == AUTHORITY:
            days = [(day, "INSET day") for day in school.insets]
            for day, why in (*days, *((day, "Closed by snow") for day in school.closed)):
                yield {"school": school.number, "on": day.isoformat(), "why": why}


def _write(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    lines = iter(rows)
    first = next(lines)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(lines)
    return path
