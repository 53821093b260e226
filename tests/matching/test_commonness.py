"""How common a name is begins from births in England, and no short list makes one rare."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from onroll.matching.adjudication.answering import match_record
from onroll.matching.adjudication.scoring import score_record
from onroll.matching.assignment.decisions import ANSWER_KINDS
from onroll.matching.comparison.distinct_names import are_two_names
from onroll.matching.frequencies.england import (
    forename_births,
    forename_shares,
    is_listed_name,
    surname_share,
)
from onroll.matching.names.forms import name_form, name_parts
from onroll.matching.people import Person
from tests.matching.lists import child, crowd, run

YUSUF = {"forename": "Yusuf", "surname": "Ali", "dob": "2012-05-05", "sex": "M", "upn": "",
         "phone": "", "email": ""}  # fmt: skip
HERE = {"address": "4 Mallow Row", "postcode": "HA1 2AB"}
THERE = {"address": "9 Fen Lane", "postcode": "NW9 7ZZ"}


def record(key: str, **said: Any) -> dict[str, str]:
    return {"id": key, **said}


def answer(left: dict[str, str], right: dict[str, str], size: int) -> tuple[str, float]:
    linked = run([left], [right, *crowd("x", size // 2)])
    kind = ANSWER_KINDS[int(linked.answered.kinds[0])].value
    return kind, float(linked.weighed.scored.expected[0])


@pytest.mark.parametrize("size", [1, 10, 1_000, 100_000])
def test_a_common_name_and_a_birthday_are_not_one_child_however_long_the_list(size: int) -> None:
    """Nine children are no reason to take the tenth Yusuf Ali for this one."""
    kind, expected = answer(record("1", **YUSUF, **HERE), record("2", **YUSUF, **THERE), size)
    assert kind == "unsure"
    assert expected > 0.03


@pytest.mark.parametrize("size", [1, 10, 1_000])
def test_a_rare_name_and_a_birthday_are_one_child(size: int) -> None:
    rare = {**YUSUF, "forename": "Tarquin", "surname": "Wolstenholme"}
    kind, expected = answer(record("1", **rare, **HERE), record("2", **rare, **THERE), size)
    assert kind == "same"
    assert expected < 0.03


@pytest.mark.parametrize("size", [1, 10, 1_000])
def test_a_common_name_at_its_home_is_one_child(size: int) -> None:
    kind, _ = answer(record("1", **YUSUF, **HERE), record("2", **YUSUF, **HERE), size)
    assert kind == "same"


@pytest.mark.parametrize(
    ("forename", "surname"),
    [("Mohammed", "Khan"), ("Oliver", "Smith"), ("Simran", "Kaur"), ("Maria", "Popescu"),
     ("Fatima", "Begum"), ("Jakub", "Nowak"), ("Amelia", "Jones")],
)  # fmt: skip
def test_the_commonest_names_of_each_tradition_need_more_than_a_birthday(
    forename: str, surname: str
) -> None:
    said = {**YUSUF, "forename": forename, "surname": surname, "sex": ""}
    assert answer(record("1", **said, **HERE), record("2", **said, **THERE), 9)[0] == "unsure"


def test_the_reasons_say_how_many_such_children_are_to_be_expected() -> None:
    born = date(2012, 5, 5)
    names = {"forenames": frozenset({"Yusuf"}), "surnames": frozenset({"Ali"})}
    one = Person(0, born=born, sex="M", postcodes=frozenset({"HA1 2AB"}), **names)
    other = Person(7, born=born, sex="M", postcodes=frozenset({"NW9 7ZZ"}), **names)
    assert "other children of England are to be expected" in match_record(one, [other]).because


def test_only_names_and_birthday_alone_have_namesakes() -> None:
    [elsewhere, at_home] = score_record(YUSUF | HERE, [YUSUF | THERE, YUSUF | HERE])
    assert elsewhere.expected > 0.03
    assert at_home.expected == 0


def test_births_are_counted_by_sex_and_years() -> None:
    girls, _, boys, boys_since = forename_births()["oliver"]
    assert girls == 0
    assert 0.01 < boys_since < 0.03
    assert boys > 0
    assert forename_shares(("qxyzzy",)) is None
    assert surname_share(("khan",)) >= 0.002
    assert surname_share(("wolstenholme",)) == 0


@pytest.mark.parametrize(
    ("one", "other", "own"),
    [
        ("Gurdeep", "Hardeep", True),
        ("Jasleen", "Harleen", True),
        ("Zara", "Sara", True),
        ("Kian", "Kyan", True),
        ("Hassan", "Hussein", True),
        ("Maria", "Mariam", True),
        ("Alex", "Alexander", False),
        ("Anna Maria", "Maria Anna", True),
        ("Muhammad Yusuf", "Muhammad Yunus", True),
        ("Nurul Huda", "Nurul Ain", True),
        ("Muhammad", "Muhammad Bilal", True),
        ("Ioana Maria", "Ioana Elena", True),
        ("John A", "John B", True),
        ("Lilly", "Lily", False),
        ("Thuvaragan", "Thuvarakan", False),
        ("Kinjal", "Kinjalben", False),
        ("Ioana-Maria", "Maria", False),
        ("John A", "John Andrew", False),
        ("Bill", "William", False),
        ("Muhammad Yusuf", "Muhammad Yusof", False),
    ],
)
def test_two_names_that_both_are_names_are_no_slip(one: str, other: str, own: bool) -> None:
    a, b = name_form(one), name_form(other)
    assert are_two_names(a, b, is_surname=False) is own
    assert are_two_names(b, a, is_surname=False) is own


def test_names_of_two_halves_are_known() -> None:
    assert is_listed_name("gurdeep")
    assert is_listed_name("navjot")
    assert not is_listed_name("thuvaragan")
    assert name_parts("Abdul Rahman") == ("abdulrahman",)


def test_years_apart_win_over_two_parts_of_a_birthday() -> None:
    """A father and a son of one name, who share a day and a month, are two."""
    home = {"address": "4 Mallow Row", "postcode": "HA1 2AB", "upn": ""}
    son, father = child(dob="2012-04-05", **home), child(dob="1985-04-05", **home)
    [scored] = score_record(son, [father])
    assert "Birthday: years apart." in [reason.words for reason in scored.reasons]
    assert not scored.can_link
    [century] = score_record(son, [child(dob="1912-04-05", **home)])
    assert "Birthday: one digit apart." in [reason.words for reason in century.reasons]


def test_a_home_of_many_surnames_is_hardly_one() -> None:
    home = {"address": "1 Long Lane", "postcode": "HA1 2AB", "upn": "", "phone": "", "email": ""}
    names = ["Noori", "Safi", "Rahimi", "Karimi", "Ahmadi", "Stanikzai"]
    many = [child(id=f"r{n}", surname=name, dob=f"2010-0{n + 1}-11", **home)
            for n, name in enumerate(names)]  # fmt: skip
    left = child(id="1", surname="Hotaki", dob="2009-01-01", **home)
    linked = run([left], [child(id="r", surname="Zadran", dob="2009-01-01", **home), *many])
    assert set(np.unique(linked.weighed.compared.home)) <= {2}
    family = run([left], [child(id="r", surname="Zadran", dob="2009-01-01", **home)])
    assert set(np.unique(family.weighed.compared.home)) == {6}


@pytest.mark.parametrize("upn", ["", "J310200025001"])
def test_a_boy_and_a_girl_of_one_birthday_and_home_go_to_a_person(upn: str) -> None:
    """They do so though they share a number."""
    said = {"dob": "2012-05-07", "address": "4 Mallow Row", "postcode": "HA1 2AB", "upn": upn}
    boy = child(id="1", forename="Noah", sex="M", **said)
    girl = child(id="2", forename="Nora", sex="F", **said)
    linked = run([boy], [girl])
    assert ANSWER_KINDS[int(linked.answered.kinds[0])].value == "unsure"
