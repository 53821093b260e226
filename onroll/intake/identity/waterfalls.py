"""How likely a record comes to be of each candidate, comparison by comparison."""

from collections.abc import Collection, Mapping

from onroll.children.queries import people_by_id, register_frequencies, without_homes
from onroll.intake.models import Row
from onroll.intake.records.people import person_of
from onroll.matching import Waterfall, waterfall


def waterfalls_of(
    row: Row, lost: Mapping[int, float], *, without_home: Collection[int]
) -> dict[int, Waterfall]:
    """Return the waterfall of each candidate, by the child's number: two queries.

    `lost` holds, by child, the weight that rivals took. Homes are left out for the children in
    `without_home`, so that no figure tells whether an address is the right one.
    """
    record = person_of(row.record)
    children = people_by_id(lost)
    frequencies = register_frequencies([record, *children.values()])
    waterfalls = {}
    for key, child in children.items():
        is_hidden = key in without_home
        pair = record.described, child.described
        if is_hidden:
            pair = without_homes(pair[0]), without_homes(pair[1])
        weight_lost = 0.0 if is_hidden else lost[key]
        waterfalls[key] = waterfall(*pair, lost=weight_lost, frequencies=frequencies)
    return waterfalls
