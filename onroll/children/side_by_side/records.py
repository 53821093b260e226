"""A child's values field by field for a comparison, and the chart of what each field adds."""

from collections.abc import Iterable
from datetime import date

from onroll.children.models import AddressKind, Child, NameKind
from onroll.children.protection import is_home_protected
from onroll.children.side_by_side import words
from onroll.children.side_by_side.marks import Values, flat
from onroll.govuk.charts import Drawing, Drop, waterfall_drawing
from onroll.govuk.inline import day
from onroll.matching import Waterfall


def values_on_record(child: Child) -> dict[str, Values]:
    """Return a child's values by field, without protected addresses."""
    numbers = [(number.kind, number.value) for number in child.identifiers.all()]
    names = [name for name in child.names.all() if name.kind != NameKind.WRONG]
    homes = [
        address
        for address in child.addresses.all()
        if address.kind != AddressKind.WRONG and not is_home_protected(child, address)
    ]
    return {
        "forename": distinct(child.forename, child.chosen_forename, *(n.forename for n in names)),
        "surname": distinct(child.surname, child.chosen_surname, *(n.surname for n in names)),
        "born": distinct(day(child.born_on) if child.born_on else ""),
        "sex": distinct(words.SEXES.get(child.sex, "")),
        "upn": distinct(*(value for kind, value in numbers if "upn" in kind)),
        "uln": distinct(*(value for kind, value in numbers if kind == "uln")),
        "postcode": distinct(*(address.postcode for address in homes)),
    }


def distinct(*values: str) -> Values:
    """Return the values that are not empty, each once whatever its case and accents."""
    return tuple({flat(text): text for text in reversed(values) if text}.values())[::-1]


def places_of(child: Child) -> Iterable[str]:
    """Return where a child has been, in words."""
    return (span(place.title, place.from_on, place.to_on) for place in child.places.all())


def span(title: str, first: date | None, last: date | None) -> str:
    """Return a place with its first and last day, in words."""
    since = f"from {day(first)}" if first else "since a day not said"
    return f"{title}, {since}" + (f" to {day(last)}" if last else "")


def drawing(weight: Waterfall, *, name: str, of: str) -> Drawing:
    """Return the waterfall chart of a match weight; zero is as likely as not."""
    drops = [Drop(words.COMPARED[step.name], step.words, step.power) for step in weight.steps]
    total = Drop("All together", words.likelihood(weight.probability).lower(), weight.total)
    return waterfall_drawing(
        drops,
        name=name,
        title=f"{of}: what speaks for and against",
        total=total,
        counted="Points",
        of="Compared",
    )
