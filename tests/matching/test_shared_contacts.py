"""What many families share is hardly a home: a hotel's telephone, a school's e-mail, 1 January."""

import pytest

from onroll.matching.assignment.decisions import ANSWER_KINDS
from tests.matching.lists import child, run

NOT_SAID = dict.fromkeys(
    ("upn", "address", "postcode", "phone", "email", "adult_forename", "adult_surname"), ""
)
ZAHRA = {**NOT_SAID, "forename": "Zahra", "dob": "2014-06-12", "sex": "F"}
SURNAMES = ("Alimov", "Barzani", "Cissokho", "Dervishi", "Ekwueme", "Farooqi", "Goncalves", "Hagos")


def answer(left: dict[str, str], *right: dict[str, str]) -> str:
    linked = run([{"id": "1", **left}], [{"id": f"r{n}", **r} for n, r in enumerate(right)])
    return ANSWER_KINDS[int(linked.answered.kinds[0])].value


@pytest.mark.parametrize(
    "contact",
    [
        {"phone": "020 7946 0000"},
        {"email": "office@school.example"},
        {"adult_forename": "Ann", "adult_surname": "Worker"},
    ],
)
def test_a_contact_of_many_families_makes_no_two_children_one(contact: dict[str, str]) -> None:
    """Zahra Karimi and Zahra Rezai, of one birthday, whose only tie is what many give."""
    others = [
        child(surname=surname, forename=f"Name{n}", dob=f"2013-02-{n + 1:02}", **NOT_SAID | contact)
        for n, surname in enumerate(SURNAMES)
    ]
    karimi, rezai = ({**ZAHRA, "surname": name, **contact} for name in ("Karimi", "Rezai"))
    assert answer(karimi, rezai, *others) != "same"


def test_a_hotel_s_telephone_is_its_guests() -> None:
    at = {
        "address": "Hotel Meridian, Wembley Park",
        "postcode": "HA9 1AA",
        "phone": "020 7946 0000",
    }
    ali = {**NOT_SAID, "forename": "Ali", "dob": "2014-01-01", "sex": "M", **at}
    assert answer({**ali, "surname": "Karimi"}, {**ali, "surname": "Rezai"}) != "same"


@pytest.mark.parametrize(
    ("forename", "surname"),
    [("Farhiya", "Warsame"), ("Bilan", "Jama"), ("Hodan", "Ali"), ("Abdi", "Mohamed"),
     ("Ayaan", "Hassan"), ("Tarquin", "Wolstenholme")],
)  # fmt: skip
def test_a_name_and_1_january_are_not_one_child(forename: str, surname: str) -> None:
    """1 January is written where only the year is known, as of most who came as refugees."""
    one = {**NOT_SAID, "forename": forename, "surname": surname, "dob": "2014-01-01"}
    here = {"address": "4 Mallow Row", "postcode": "HA1 2AB"}
    there = {"address": "9 Fen Lane", "postcode": "NW9 7ZZ"}
    assert answer({**one, **here}, {**one, **there}) == "unsure"
    assert answer({**one, **here}, {**one, **here}) == "same"


def test_no_fixed_home_and_an_office_s_postcode_are_no_home() -> None:
    at = {"address": "of no fixed address", "postcode": "HA1 1AA"}
    ali = {**NOT_SAID, "forename": "Ali", "dob": "2014-05-11", "sex": "M", **at}
    assert answer({**ali, "surname": "Karimi"}, {**ali, "surname": "Rezai"}) != "same"


def test_other_middle_names_at_one_home_are_for_a_person() -> None:
    """Mary Ann and Mary Grace may be twins."""
    mary = child(forename="Mary", upn="", sex="F")
    one, other = ({**mary, "middle_names": middle} for middle in ("Ann", "Grace"))
    assert answer(one, other) == "unsure"
    assert answer(one, one) == "same"


def test_one_address_of_many_towns_is_a_home_in_each() -> None:
    """1 Church Road stands in every town: with its postcode it is one home."""
    at = {"address": "1 Church Road", "postcode": "HA1 2AB"}
    others = [
        child(surname=surname, forename=f"Name{n}", dob=f"2013-02-{n + 1:02}",
              **NOT_SAID | {"address": "1 Church Road", "postcode": f"HA{n + 2} 9ZZ"})
        for n, surname in enumerate(SURNAMES)
    ]  # fmt: skip
    ali = {**NOT_SAID, "forename": "Yusuf", "surname": "Ali", "dob": "2012-05-05", "sex": "M"}
    assert answer({**ali, **at}, {**ali, **at}, *others) == "same"
