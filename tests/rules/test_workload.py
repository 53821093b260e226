"""What the open cases of an officer weigh, and who has least."""

from onroll.rules.workload import Load, least, may_own, why_least


def test_graver_cases_count_more() -> None:
    assert Load("Olive", 3).weight == 3
    assert Load("Olive", 3, overdue=1).weight == 4
    assert Load("Olive", 3, grave=1).weight == 5
    assert Load("Olive", 3, grave=1, overdue=1).weight == 6


def test_lead_officers_and_their_deputies_alone_are_proposed_as_owners() -> None:
    """Of who is a manager too, what they are as a lead officer counts."""
    assert may_own(["loc"])
    assert may_own(["mgr", "loc"])
    assert not may_own(["mgr"])
    assert not may_own(["mash", "sal"])
    assert not may_own([])


def test_who_has_least_is_who_carries_the_lightest_cases_and_not_the_fewest() -> None:
    few, many = Load("Olive", 2, grave=2), Load("Lena", 4)
    assert least([few, many]) == many


def test_of_equal_loads_the_fewer_cases_then_the_name_decide() -> None:
    assert least([Load("Olive", 3), Load("Lena", 1, grave=1)]) == Load("Lena", 1, grave=1)
    assert least([Load("Olive", 1), Load("Lena", 1)]) == Load("Lena", 1)
    assert least([]) is None


def test_why_somebody_is_proposed_is_said_in_words() -> None:
    assert why_least(Load("Lena")) == "Lena has least: no open case."
    assert (
        why_least(Load("Lena", 1, grave=1))
        == "Lena has least: 1 open case, 1 of high risk and 0 overdue by law, which counts 3."
    )
    assert "has least: 4 open cases, 0 of high risk" in why_least(Load("Lena", 4))
