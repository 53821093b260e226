"""The four returns a school makes to its authority.

Source: Regs 2024 reg 13; reg 8 for what a register holds. The authority is the school's, which need
not be the one where the child lives (reg 3). The UPN and date of birth are not part of a deletion
return: a school that leaves them out has broken no rule.
"""

from collections.abc import Collection
from dataclasses import dataclass

from onroll.rules.policy import LocalPolicy


@dataclass(frozen=True)
class Item:
    """One thing a return must tell.

    `only_if_held` when it is owed only if there is any; `each_of` names the item without which
    there is nothing to tell.
    """

    code: str
    text: str
    clause: str
    only_if_held: bool = False
    each_of: str = ""


@dataclass(frozen=True)
class Return:
    """One kind of return: when it is due, by which clock, and what it must tell."""

    code: str
    title: str
    clause: str
    due: str
    clock: str
    items: tuple[Item, ...]


_PERSON = (("full_name", "Full name"), ("address", "Address"))

_NEW = (
    Item("full_name", "Full name", "reg 8(2)(a)"),
    Item("name_used", "Name used at school", "reg 8(2)(b)"),
    Item("sex", "Sex", "reg 8(2)(c)"),
    Item("address", "Address", "reg 8(2)(d)"),
    Item("parents", "Full name and address of each parent", "reg 8(2)(e)"),
    Item("lives_with", "Which parents the child normally lives with", "reg 8(2)(f)", True),
    Item(
        "emergency_phone",
        "An emergency telephone number for each of those",
        "reg 8(2)(f)",
        each_of="lives_with",
    ),
    Item("born_on", "Date of birth", "reg 8(2)(g)"),
    Item("started_on", "Starting day at the school", "reg 8(2)(h)"),
    Item("last_school", "Name and address of the last school", "reg 8(2)(i)", True),
    Item("next_address", "Future address, parents there and date", "reg 8(3)", True),
    Item("other_school", "Other school and date", "reg 8(4)", True),
    Item("is_boarder", "Boarder or day pupil", "reg 8(6)", True),
)

_DELETION = (
    Item("full_name", "Full name", "reg 13(4)(a)"),
    Item("address", "Address", "reg 13(4)(b)"),
    Item("parents", "Full name and address of any parent lived with", "reg 13(4)(c)", True),
    Item(
        "emergency_phone",
        "An emergency telephone number for each of those",
        "reg 13(4)(d)",
        each_of="parents",
    ),
    Item("next_address", "Future address, parents there and date", "reg 13(4)(e)", True),
    Item("other_school", "Other school and date", "reg 13(4)(f)", True),
    Item("ground", "Ground for the deletion", "reg 13(4)(g)"),
)

_ALL = (
    Return(
        "new_pupil",
        "New pupil return (CMJ)",
        "reg 13(1)-(3)",
        "by the end of the fifth day after the name is entered",
        "joiner_5",
        _NEW,
    ),
    Return(
        "deletion",
        "Deletion return (CML)",
        "reg 13(4)-(6)",
        "when the name is deleted",
        "leaver_at_deletion",
        _DELETION,
    ),
    Return(
        "attendance",
        "Attendance return",
        "reg 13(7)-(8)",
        "at the intervals agreed with the authority, else those the Secretary of State sets",
        "absence_10",
        tuple(Item(code, text, "reg 13(7)") for code, text in _PERSON),
    ),
    Return(
        "sickness",
        "Sickness return",
        "reg 13(9)-(11)",
        "as soon as possible, once for each absence in a school year",
        "sickness_15",
        tuple(Item(code, text, "reg 13(9)") for code, text in _PERSON),
    ),
)

RETURNS: dict[str, Return] = {kind.code: kind for kind in _ALL}


def missing_items(kind: Return, codes: Collection[str]) -> tuple[Item, ...]:
    """Return what a return should have told and does not; what is owed only if any is left out."""
    return tuple(
        item
        for item in kind.items
        if item.code not in codes
        and not item.only_if_held
        and (not item.each_of or item.each_of in codes)
    )


def is_joiner_owed(
    *, in_most_junior_class: bool, on_first_day_of_year: bool, policy: LocalPolicy
) -> bool:
    """Say whether a new pupil return is owed (reg 13(2)-(3))."""
    is_ordinary_start = in_most_junior_class and on_first_day_of_year
    return not is_ordinary_start or policy.is_most_junior_class_return_asked


def is_leaver_owed(
    *, in_most_senior_class: bool, at_or_after_end_of_year: bool, policy: LocalPolicy
) -> bool:
    """Say whether a deletion return is owed (reg 13(5)-(6))."""
    is_ordinary_end = in_most_senior_class and at_or_after_end_of_year
    return not is_ordinary_end or policy.is_most_senior_class_return_asked
