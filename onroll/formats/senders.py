"""The school that a file says it is from."""

from collections.abc import Iterable

from onroll.formats.problems import Problem, new_problem
from onroll.formats.records import Header, PupilRecord

NOT_YOURS = "sender-not-yours"
"""The rule by which a school's user may not send another school's file."""


def names_a_school(header: Header, people: Iterable[PupilRecord]) -> bool:
    """Return whether a file names its school by number; for a list, in any row."""
    if header.source.estab or header.source.urn:
        return True
    if not header.is_list:
        return False
    return any(spell.estab or spell.urn for record in people for spell in record.schools)


def of_no_school(header: Header, name: str) -> list[Problem]:
    """Return the problem of a list without a school's number: its sender must name it."""
    return [new_problem("list-no-school", name)] if header.is_list else []
