"""Count names, birthdays and postcodes on record, so that a common one counts for less."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from onroll.children.frequencies import ENOUGH_TO_COUNT
from onroll.children.models import Commonness
from onroll.children.queries import register_size
from onroll.matching import birthday_key, both_names_key, name_frequency_keys, postcode_key

FEWEST = 2
"""A value that fewer children have counts as unseen."""
GROWN = 1.2
"""Count again before the night once the number of children has grown this many times."""

_NAMES = "select {0}, count(*) from children_child where {0} <> '' group by 1"
_TOGETHER = """
select forename, surname, count(*) from children_child
where forename <> '' and surname <> '' group by 1, 2 having count(*) >= %s"""
_BIRTHDAYS = """
select born_on, count(*) from children_child where born_on is not null group by 1
having count(*) >= %s"""
_POSTCODES = """
select postcode, count(distinct child_id) from children_address where postcode <> '' group by 1
having count(distinct child_id) >= %s"""
_YEARS = """
select count(*), percentile_disc(array[0.05, 0.95]) within group
    (order by extract(year from born_on)::int) from children_child"""


def count_if_grown() -> int:
    """Count again if many children were added since; return the number of children counted."""
    before = register_size()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from children_child")
        now = int(cursor.fetchone()[0])
    return count_names() if now > max(ENOUGH_TO_COUNT, before * GROWN) else before


def count_names() -> int:
    """Count names, birthdays and postcodes again; return the number of children.

    Call it outside a transaction, so that none stays open while millions of names are counted.
    """
    [(size, years)] = _rows(_YEARS)
    numbers: Counter[tuple[str, str]] = Counter()
    for column in ("forename", "surname"):
        for name, number in _rows(_NAMES.format(column)):
            for key in name_frequency_keys(name, is_forename=column == "forename"):
                numbers[key] += number
    for forename, surname, number in _rows(_TOGETHER, FEWEST):
        numbers[both_names_key(forename, surname)] += number
    for day, number in _rows(_BIRTHDAYS, FEWEST):
        numbers[birthday_key(day.isoformat())] += number
    for postcode, number in _rows(_POSTCODES, FEWEST):
        numbers[postcode_key(postcode)] += number
    frequent = Counter({key: number for key, number in numbers.items() if number >= FEWEST})
    first, last = years or (0, 14)
    frequent["all", "children"] = size
    frequent["all", "years"] = round((last - first + 1) / 0.9)
    _replace(frequent)
    return int(size)


@transaction.atomic
def _replace(numbers: Counter[tuple[str, str]]) -> None:
    Commonness.objects.all().delete()
    with connection.cursor() as cursor:
        columns = "(kind, value, number)"
        with cursor.copy(f"copy children_commonness {columns} from stdin") as copy:
            for (kind, value), number in numbers.items():
                copy.write_row((kind, value, number))


def _rows(query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values) or None)
        yield from cursor.fetchall()
