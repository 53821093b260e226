"""Whose a file is, by what it says itself."""

from collections.abc import Iterable

from onroll.formats.problems import Problem, new_problem
from onroll.formats.records import Header, PupilRecord

NOT_YOURS = "sender-not-yours"
"""The rule by which a file of another school is refused to a school's own user."""


def names_a_school(header: Header, people: Iterable[PupilRecord]) -> bool:
    """Say whether a file gives the number of the school it is of; of a list, in any row."""
    if header.source.estab or header.source.urn:
        return True
    if header.kind != "ROLL":
        return False
    return any(spell.estab or spell.urn for record in people for spell in record.schools)


def of_no_school(header: Header, name: str) -> list[Problem]:
    """Return what is wrong with a list that gives no number of a school: who sends it must say."""
    return [new_problem("list-no-school", name)] if header.kind == "ROLL" else []
