"""The access matrix as code (trust.md 4.2)."""

from types import SimpleNamespace

import pytest

from onroll.accounts import access
from onroll.accounts.matrix import NOTHING, Cell, Scope, matrix, parse_cell
from onroll.accounts.permissions import BUILT_IN_PART, NOT_BUILT, ROWS, Permission
from onroll.accounts.roles import Role


def someone(role: Role | None, *, reason: str = "", is_active: bool = True) -> SimpleNamespace:
    value = role.value if role else None
    return SimpleNamespace(
        is_authenticated=True, is_active=is_active, role=value, stated_reason=reason
    )


@pytest.mark.parametrize(
    ("text", "scope", "is_masked", "needs_reason"),
    [
        (NOTHING, Scope.NONE, False, False),
        ("Y", Scope.ALL, False, False),
        ("A", Scope.ASSIGNED, False, False),
        ("AM", Scope.ASSIGNED, True, False),
        ("AJ", Scope.ASSIGNED, False, True),
        ("MJ", Scope.JUSTIFIED, True, True),
        ("J", Scope.JUSTIFIED, False, True),
        ("OM", Scope.OWN_SCHOOL, True, False),
        ("*O", Scope.OWN_THINGS, False, False),
        ("TM", Scope.TRUST, True, False),
        ("B", Scope.BREAK_GLASS, False, False),
        ("2, pseudonymised", Scope.SECOND_PERSON, False, False),
        ("own team", Scope.OWN_TEAM, False, False),
        ("run only", Scope.NONE, False, False),
        ("Y / Y / 2", Scope.NONE, False, False),
        ("?", Scope.NONE, False, False),
    ],
)
def test_a_cell_means_what_the_legend_says(
    text: str, scope: Scope, is_masked: bool, needs_reason: bool
) -> None:
    cell = parse_cell(text)
    assert (cell.scope, cell.is_masked, cell.needs_reason) == (scope, is_masked, needs_reason)


def test_every_row_has_a_permission_or_is_listed_as_not_built() -> None:
    assert set(matrix()) == set(range(1, 44))
    # Row 41 lies between: closed lists are not built, schools come as a load (row 27).
    assert set(ROWS.values()) | set(NOT_BUILT) == set(matrix())
    assert not set(ROWS.values()) & set(NOT_BUILT)
    assert set(ROWS) == set(Permission)
    assert set(BUILT_IN_PART) <= set(ROWS.values())


def test_every_cell_that_a_permission_stands_on_is_understood_or_denied() -> None:
    for permission in Permission:
        for role in Role:
            cell = permission.cell(role)
            assert cell.is_understood or cell.scope is Scope.NONE


def test_nobody_may_do_anything_without_an_account_a_role_or_being_active() -> None:
    nobody = SimpleNamespace(is_authenticated=False)
    for permission in Permission:
        assert not access.may(nobody, permission)
        assert not access.may(someone(None), permission)
        assert not access.may(someone(Role.MGR, is_active=False), permission)


def test_the_system_administrator_has_no_permission_over_cases() -> None:
    """Source: trust.md 4.2, notes: SYS holds no case permission at all."""
    may = {p for p in Permission if access.may(someone(Role.SYS, reason="x"), p)}
    assert may == {Permission.HEALTH_VIEW}


def test_a_school_sees_its_own_children_with_some_fields_hidden() -> None:
    sam = someone(Role.SCH)
    assert access.scope(sam, Permission.CASE_VIEW) is Scope.OWN_SCHOOL
    assert access.is_masked(sam, Permission.CASE_VIEW)
    assert not access.may(sam, Permission.PROTECTED_ADDRESS_VIEW)
    assert not access.may(sam, Permission.CHILD_FIND)


def test_a_reason_opens_what_needs_one_and_nothing_else() -> None:
    pat = someone(Role.DPO)
    assert access.scope(pat, Permission.CASE_VIEW) is Scope.NONE
    assert access.must_state_a_reason(pat, Permission.CASE_VIEW)
    pat = someone(Role.DPO, reason="complaint 12")
    assert access.scope(pat, Permission.CASE_VIEW) is Scope.JUSTIFIED
    assert access.ground(pat, Permission.CASE_VIEW) == "justified"
    assert not access.may(pat, Permission.NOTES_VIEW)  # after break-glass only
    assert not access.may(pat, Permission.CASE_CLOSE)


def test_a_protected_address_needs_the_case_and_for_an_officer_a_reason_too() -> None:
    address = Permission.PROTECTED_ADDRESS_VIEW
    assert access.scope(someone(Role.LOC), address) is Scope.NONE
    assert access.scope(someone(Role.LOC, reason="visit"), address) is Scope.ASSIGNED
    assert access.scope(someone(Role.MGR), address) is Scope.ASSIGNED
    allowed = {role for role in Role if access.may(someone(role, reason="x"), address)}
    assert allowed == {Role.LOC, Role.MGR, Role.MASH}


def test_who_sees_that_there_is_a_note_does_not_see_the_note() -> None:
    cat = someone(Role.CAO)
    assert access.sees_flag(cat, Permission.NOTES_VIEW)
    assert not access.may(cat, Permission.NOTES_VIEW)


@pytest.mark.parametrize("letters", ["S", "B", "2", "P", "F", "Σ", NOTHING])
def test_what_is_not_built_is_denied(letters: str) -> None:
    """Nobody passes on them by themselves: `B` opens one case after break-glass."""
    assert parse_cell(letters).scope in access.DENIED


def test_the_cell_keeps_the_condition_written_beside_it() -> None:
    """Row 20: an officer closes alone, but not a child who was not found."""
    cell: Cell = Permission.CASE_CLOSE.cell(Role.LOC)
    assert cell.scope is Scope.ASSIGNED
    assert cell.note == "2 if L3 flag or child not found"


@pytest.mark.parametrize("role", Role)
def test_what_two_people_do_is_open_to_exactly_those_whose_letters_say_so(role: Role) -> None:
    """Row 32: P proposes, 2 is the second person; and P proposes to seal (row 33)."""
    person = someone(role, reason="x")
    letters = matrix()[32].cells[role].scope
    is_second = letters is Scope.SECOND_PERSON
    assert access.may(person, Permission.MERGE_AGREE) is is_second
    assert access.may(person, Permission.MERGE_PROPOSE) is (is_second or letters is Scope.PROPOSES)
    for permission in Permission:
        if access.scope(person, permission) in (Scope.PROPOSES, Scope.SECOND_PERSON):
            assert permission.row in (32, 33)
