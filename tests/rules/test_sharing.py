"""What may be shared about a child, and on what basis (P39)."""

from dataclasses import replace
from datetime import date

from onroll.rules.commencement import PROVISIONS
from onroll.rules.sharing import BASES, ITEMS, bases_of, bases_on, titles

TODAY = date(2026, 11, 28)


def test_every_basis_names_its_source_and_how_it_is_known():
    """DfE, Information sharing, May 2024."""
    assert all(basis.source and basis.words.endswith(".") for basis in BASES)
    to_confirm = {basis.code for basis in BASES if basis.is_to_confirm}
    assert {"public_task", "safeguarding", "child_at_risk"} <= to_confirm
    assert "find_children" not in to_confirm


def test_a_basis_that_is_not_in_force_is_no_choice_until_its_day():
    """Children Act 2004 s.16LA; EA96 s.436T."""
    assert not {"duty_to_share", "no_confidence_broken"} & bases_on(TODAY).keys()
    begun = {**PROVISIONS, "s16LA": replace(PROVISIONS["s16LA"], from_on=TODAY)}
    assert "duty_to_share" in bases_on(TODAY, begun)
    assert "joint_efforts" not in bases_on(date(2024, 8, 18))


def test_an_old_line_shows_its_basis_whatever_holds_now():
    codes = ["no_confidence_broken", "find_children"]
    assert [basis.code for basis in bases_of(codes)] == ["find_children", "no_confidence_broken"]


def test_what_leads_to_the_home_is_marked_so():
    """Access matrix, row 8."""
    homes = {item.code for item in ITEMS.values() if item.tells_home}
    assert homes == {"home", "homes_before", "contacts"}
    assert titles(["home", "name"]) == ["Name", "Last known address"]
