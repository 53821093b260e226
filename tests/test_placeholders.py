"""What stands where nobody knew is no fact: one table for all who read lists and files."""

import pytest

from onroll.matching.adjudication.exact import compare_fields
from onroll.matching.people import Person
from onroll.matching.records.columns import columns_of
from onroll.matching.records.names import Names
from onroll.matching.records.packing import address_parts, pack_postcode
from onroll.placeholders import (
    is_no_email,
    is_no_home,
    is_no_name,
    is_no_number,
    is_no_postcode,
    is_no_school,
    is_shared_home,
    name_without,
)
from onroll.rules.identifiers import check_nhs_number, check_uln, check_upn


@pytest.mark.parametrize(
    "name",
    ["Unknown", "BABY", "baby girl", "FNU", "lnu", "NULL", "N/A", "n/a", "NA", "-", ".", "?", "--",
     "Not Known", "To be confirmed", "Twin 1", "Baby Unknown", "XXX", "NK", "n/k", "Refused",
     "Declined", "sin nombre", "Неизвестно", "Baby girl of Smith", "Baby of Khan"],
)  # fmt: skip
def test_words_that_are_no_name(name: str) -> None:
    assert is_no_name(name)
    assert Names().place(name) == 0


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("FNU Rahimullah", "Rahimullah"),
        ("Baby Aisha", "Aisha"),
        ("Li Na", "Li Na"),
        ("Na", "Na"),
        ("Nan", "Nan"),
        ("Noor", "Noor"),
        ("Nullah", "Nullah"),
        ("Babysha", "Babysha"),
        ("Łukasz", "Łukasz"),
        ("Дмитро", "Дмитро"),
        ("", ""),
    ],
)
def test_a_name_loses_only_what_is_none(name: str, left: str) -> None:
    assert name_without(name) == left
    assert is_no_name(name) is False


@pytest.mark.parametrize("number", ["9999999999", "0000000000", "1234567890", "A000000000000",
                                    "A999999999999", "9876543210"])  # fmt: skip
def test_numbers_that_are_none(number: str) -> None:
    assert is_no_number(number)


def test_numbers_that_are_none_are_told_and_are_not_compared() -> None:
    assert not check_uln("9999999999").is_valid
    assert not check_nhs_number("9999999999").is_valid
    assert not check_upn("A000000000000").is_valid
    record = {"id": "1", "uln": "9999999999", "upn": "A000000000000", "nhs_number": "1111111111"}
    columns = columns_of([record], Names())
    assert (columns.uln[0], columns.upn[0], columns.nhs_number[0]) == (0, 0, 0)


def test_a_number_that_fails_its_own_check_is_none() -> None:
    columns = columns_of([{"uln": "1234567895", "nhs_number": "9434765918"}], Names())
    assert (columns.uln[0], columns.nhs_number[0]) == (0, 0)
    right = columns_of([{"uln": "1000000108", "nhs_number": "943 476 5919"}], Names())
    assert (check_uln("1000000108").is_valid, right.uln[0]) == (True, 1000000108)
    assert right.nhs_number[0] == 9434765919


@pytest.mark.parametrize("postcode", ["ZZ99 3VZ", "zz993wz", "ZZ99", "AA1 1AA"])
def test_postcodes_of_no_home(postcode: str) -> None:
    assert is_no_postcode(postcode)
    assert pack_postcode(postcode) == 0


@pytest.mark.parametrize("address", ["NFA", "n.f.a.", "No fixed abode", "No Fixed Abode, Harrow",
                                     "Address unknown", "homeless", "N/A",
                                     "of no fixed address"])  # fmt: skip
def test_addresses_that_are_none(address: str) -> None:
    """Nothing of it agrees with anything, and the postcode beside it is an office's."""
    assert is_no_home(address)
    assert address_parts(address) == (0, -1, 0)


@pytest.mark.parametrize("day", ["1900-01-01", "01/01/1970", "1901-01-01", "2099-01-01"])
def test_days_that_are_nobody_s(day: str) -> None:
    assert columns_of([{"dob": day}], Names()).dob[0] == 0


@pytest.mark.parametrize(
    ("email", "is_none"),
    [
        ("noemail@noemail.com", True),
        ("no-email@school.example", True),
        ("None@none.com", True),
        ("n/a@n/a.com", True),
        ("nadia@mail.example", False),
        ("none.so.blind@mail.example", False),
        ("office@school.example", False),
    ],
)
def test_e_mail_addresses_that_are_nobody_s(email: str, is_none: bool) -> None:
    assert is_no_email(email) is is_none
    assert bool(columns_of([{"email": email}], Names()).email[0]) is not is_none


@pytest.mark.parametrize(
    ("address", "is_shared"),
    [
        ("Hotel Meridian, Wembley Park", True),
        ("Room 12, Premier Inn, 4 Station Road", True),
        ("St Mungo's Hostel, 3 High Street", True),
        ("Clarendon Flats, Harrow", True),
        ("c/o Civic Centre, Station Road", True),
        ("Flat 4, Clarendon House", False),
        ("14 Grays Inn Road", False),
        ("3 Britannia Close", False),
    ],
)
def test_homes_that_many_families_share(address: str, is_shared: bool) -> None:
    assert is_shared_home(address) is is_shared
    assert (address_parts(address)[1] == -1) is is_shared


def test_the_exact_tier_knows_no_placeholders_either() -> None:
    """Two boys FNU at one postcode agree on no forename."""
    one = Person(1, forenames=frozenset({"FNU"}), surnames=frozenset({"Khan"}),
                 postcodes=frozenset({"ZZ99 3VZ"}), sex="M")  # fmt: skip
    said = {reason.field: reason.verdict.value for reason in compare_fields(one, one)}
    assert (said["forename"], said["surname"], said["postcode"]) == ("missing", "agrees", "missing")


@pytest.mark.parametrize(
    "words",
    ["Not known to us", "unknown", "Unknown school", "School not known", "none",
     "The school is not known yet", "No school", "n/a", "NK", "?", "-", "I don't know",
     "We do not know which school", "not sure", "Not given", "never", "no idea", "Nieznana"],
)  # fmt: skip
def test_words_that_name_no_school(words: str) -> None:
    assert is_no_school(words)


@pytest.mark.parametrize(
    "words",
    ["St Ann's", "Noneley Primary", "The Unknown Warrior School", "Not known, perhaps Mill Lane",
     "Known as Mill Lane", "Knowle Park"],
)  # fmt: skip
def test_words_that_name_a_school(words: str) -> None:
    assert not is_no_school(words)
