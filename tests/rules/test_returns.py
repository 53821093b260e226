"""Returns to the authority (law 3.5). Source: Regs 2024 reg 13."""

from dataclasses import replace

from onroll.rules import returns
from onroll.rules.clocks import CLOCKS
from onroll.rules.policy_file import HARROW
from onroll.rules.returns import RETURNS


def test_there_are_four_returns_each_with_its_clock():
    assert set(RETURNS) == {"new_pupil", "deletion", "attendance", "sickness"}
    for kind in RETURNS.values():
        assert CLOCKS[kind.clock].basis == "law"
        assert "reg 13" in kind.clause


def test_a_deletion_return_owes_seven_things_and_neither_upn_nor_birth_date():
    items = RETURNS["deletion"].items
    assert [item.clause for item in items] == [f"reg 13(4)({letter})" for letter in "abcdefg"]
    assert not {"upn", "born_on"} & {item.code for item in items}


def test_what_a_return_leaves_out_is_named():
    given = {"full_name", "address", "parents"}
    missing = [item.code for item in returns.missing_items(RETURNS["deletion"], given)]
    assert missing == ["emergency_phone", "ground"]
    assert not returns.missing_items(RETURNS["sickness"], {"full_name", "address"})


def test_of_a_child_who_lives_with_no_parent_no_parent_is_owed():
    # law 13 (5): reg 13(4)(c) "any parent", (d) "each such parent"; reg 8(2)(f) "if any".
    missing = returns.missing_items(RETURNS["deletion"], {"full_name", "address"})
    assert [item.code for item in missing] == ["ground"]
    held = {item.code for item in RETURNS["new_pupil"].items} - {"lives_with", "emergency_phone"}
    assert not returns.missing_items(RETURNS["new_pupil"], held)
    (phone,) = returns.missing_items(RETURNS["new_pupil"], held | {"lives_with"})
    assert phone.code == "emergency_phone"


def test_a_new_pupil_return_owes_what_the_register_holds():
    missing = {item.code for item in returns.missing_items(RETURNS["new_pupil"], ())}
    assert {"full_name", "parents", "born_on", "started_on"} <= missing
    assert "last_school" not in missing


def test_the_first_class_in_september_and_the_last_class_in_july_owe_none_unless_asked():
    joiner = {"in_most_junior_class": True, "on_first_day_of_year": True}
    leaver = {"in_most_senior_class": True, "at_or_after_end_of_year": True}
    assert not returns.is_joiner_owed(**joiner, policy=HARROW)
    assert not returns.is_leaver_owed(**leaver, policy=HARROW)
    asked = replace(
        HARROW, is_most_junior_class_return_asked=True, is_most_senior_class_return_asked=True
    )
    assert returns.is_joiner_owed(**joiner, policy=asked)
    assert returns.is_leaver_owed(**leaver, policy=asked)


def test_any_other_joiner_or_leaver_owes_one():
    assert returns.is_joiner_owed(
        in_most_junior_class=True, on_first_day_of_year=False, policy=HARROW
    )
    assert returns.is_leaver_owed(
        in_most_senior_class=False, at_or_after_end_of_year=True, policy=HARROW
    )
