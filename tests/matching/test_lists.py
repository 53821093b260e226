"""Two lists with their links in, who has nobody out (P04, P05)."""

import pytest

from onroll.matching import Kind
from onroll.matching.lists.comparison import FindingKind, compare_lists
from onroll.matching.lists.entries import ListEntry, ListLink

SAM = ListEntry("1", "a", "Sam", "Example", "2015-03-04", "M", "J310200025001", "St Ann's")
UPN = "J310200025001"
TWIN = ListEntry("2", "b", "Alex", "Example", "2015-03-04", "M", "", "St Ann's")


def entry(key, **said):
    values = {"forename": "Noor", "surname": "Sample", "born": "2014-01-02", "sex": "F"}
    return ListEntry(key, **{**values, **said})


def found(old, new, *links, kind="rolls"):
    return [
        (one.found.value, one.entry.key, one.is_sure)
        for one in compare_lists(old, new, links, kind=kind)
    ]


def test_a_child_who_is_on_both_lists_is_no_finding():
    assert found([SAM], [SAM], ListLink("1", Kind.SAME, "1")) == []


def test_the_twin_of_a_child_who_stays_has_vanished():
    assert found([SAM, TWIN], [SAM], ListLink("1", Kind.SAME, "1"), ListLink("2", Kind.NEW)) == [
        ("vanished", "2", True)
    ]


def test_who_may_be_there_is_put_to_a_person_with_the_records_it_may_be():
    (vanished, arrived) = compare_lists(
        [SAM], [entry("7", school="Mill Lane")], [ListLink("1", Kind.UNSURE, "7", 0.6, "why")]
    )
    assert (vanished.found, vanished.is_sure) == (FindingKind.VANISHED, False)
    assert "row 7 at Mill Lane" in vanished.evidence
    assert (vanished.probability, vanished.reasons) == (0.6, "why")
    assert (arrived.found, arrived.is_sure) == (FindingKind.ARRIVED, False)


@pytest.mark.parametrize(
    ("then", "now", "last", "is_transfer"),
    [
        ("6", "7", "6", True),
        ("2", "3", "2", True),  # an infant school
        ("2", "3", "6", False),
        ("N2", "R", "N2", True),
        ("6", "6", "6", False),
    ],
)
def test_who_left_the_last_year_of_a_school_never_arrived_at_the_next(then, now, last, is_transfer):
    """P04: reception, years 2 to 3 and 6 to 7."""
    child = entry("1", school="St Ann's", year_then=then, year_now=now)
    others = [entry(f"x{n}", school="St Ann's", year_then=last) for n in range(60)]
    links = [ListLink(one.key, Kind.SAME, "9") for one in others]
    kinds = found([child, *others], [entry("9")], ListLink("1", Kind.NEW), *links)
    assert kinds == [("never_arrived" if is_transfer else "vanished", "1", True)]


def test_one_child_taught_a_year_up_does_not_make_a_last_year():
    odd = entry("odd", school="St Ann's", year_then="7", year_now="8", forename="Old")
    some = [entry(f"x{n}", school="St Ann's", year_then="6", year_now="7") for n in range(60)]
    kinds = found(
        [odd, *some], [], ListLink("odd", Kind.NEW), *(ListLink(x.key, Kind.NEW) for x in some)
    )
    assert {kind for kind, _, _ in kinds} == {"never_arrived"}


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [
        ("offers", "never_arrived"),
        ("joiners", "never_arrived"),
        ("leavers", "vanished"),
        ("home-education", "on_none"),
        ("health", "on_none"),
        ("housing", "on_none"),
    ],
)
def test_what_it_means_to_be_missing_depends_on_the_list(kind, meaning):
    assert found([SAM], [TWIN], ListLink("1", Kind.NEW), kind=kind) == [(meaning, "1", True)]


def test_a_child_on_two_rolls_is_found_by_number_or_by_all_else():
    by_number = [entry("1", upn=UPN, school="A"), entry("2", upn=UPN.lower(), school="B")]
    by_name = [entry("3", school="A"), entry("4", school="B")]
    assert found([], by_number) == [
        ("on_two", "1", True), ("arrived", "1", True), ("arrived", "2", True)
    ]  # fmt: skip
    assert found([], by_name)[0] == ("on_two", "3", False)


def test_one_number_for_two_names_may_be_a_slip_and_is_asked_about():
    two = [entry("1", upn=UPN, school="A"), entry("2", upn=UPN, school="B", forename="Alex")]
    assert found([], two)[0] == ("on_two", "1", False)


def test_twins_at_two_schools_are_not_one_child_on_two_rolls():
    twins = [entry("1", school="A"), entry("2", school="B", forename="Alex")]
    assert [kind for kind, _, _ in found([], twins)] == ["arrived", "arrived"]


def test_a_child_on_two_old_rolls_is_there_if_either_record_is():
    old = [entry("1", upn=UPN, school="A"), entry("2", upn=UPN, school="B")]
    new = [entry("5", upn=UPN, school="B")]
    assert found(old, new, ListLink("1", Kind.SAME, "5"), ListLink("2", Kind.NEW)) == []


def test_a_record_nobody_answered_for_is_found_and_not_passed_over():
    assert found([SAM], []) == [("vanished", "1", True)]
