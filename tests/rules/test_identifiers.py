"""UPN, ULN, NHS number, authority and establishment numbers. Vectors: law 9, files 9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.placeholders import authority_codes
from onroll.rules import identifiers
from onroll.rules.identifiers import UPN_LETTERS

TWELVE = st.builds(
    lambda la, rest, last: la + rest + last,
    st.sampled_from(sorted(authority_codes())),
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    st.sampled_from("0123456789" + UPN_LETTERS),
)


@pytest.mark.parametrize(
    ("upn", "kind"),
    [
        ("B801200005001", "permanent"),
        ("J310200025001", "permanent"),
        ("V310400025001", "permanent"),
        ("R674123101121", "permanent"),
        ("H801200001001", "permanent"),
        ("A203102209083", "permanent"),
        ("E938218618008", "permanent"),
        ("H31020002501A", "temporary"),
        ("U80120000100A", "temporary"),
        ("E80120000199Z", "temporary"),
    ],
)
def test_a_right_upn_is_valid(upn: str, kind: str):
    found = identifiers.check_upn(upn)
    assert (found.value, found.is_valid, found.kind, found.problem) == (upn, True, kind, "")


@pytest.mark.parametrize(
    ("upn", "problem"),
    [
        ("G801200001001", "should be H, not G"),
        ("A123456789123", "should be P, not A"),
        ("", "this has 0"),
        ("J31020002500", "this has 12"),
        ("J3I0200025001", "never has the letters"),
        ("J31020002A001", "eleven digits"),
        ("٣310200025001", "A UPN is a letter"),
    ],
)
def test_a_wrong_upn_says_what_is_wrong(upn: str, problem: str):
    found = identifiers.check_upn(upn)
    assert not found.is_valid
    assert problem in found.problem


@given(TWELVE)
def test_exactly_one_letter_makes_a_upn_valid(twelve: str):
    valid = [c for c in UPN_LETTERS if identifiers.check_upn(c + twelve).is_valid]
    assert valid == [identifiers.upn_letter(twelve)]


@given(TWELVE, st.integers(min_value=3, max_value=11), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_in_a_upn_is_noticed(twelve: str, place: int, more: int):
    upn = identifiers.upn_letter(twelve) + twelve
    digit = str((int(upn[place]) + more) % 10)
    wrong = upn[:place] + digit + upn[place + 1 :]
    assert not identifiers.check_upn(wrong).is_valid


def test_a_upn_from_a_closed_authority_is_valid_and_from_none_is_not():
    for la in ("835", "909", "928"):
        assert identifiers.check_upn(identifiers.upn_letter(f"{la}200025001") + f"{la}200025001")
    upn = identifiers.upn_letter("999200025001") + "999200025001"
    assert "never been an authority" in identifiers.check_upn(upn).problem
    assert identifiers.check_upn(upn, authorities={"999"}).is_valid


def test_spaces_case_and_hyphens_do_not_matter():
    assert identifiers.check_upn(" j310-2000 25001 ").value == "J310200025001"
    assert identifiers.check_nhs_number("943 476 5870").is_valid
    assert identifiers.normalise_nhs_number("943-476-5870") == "9434765870"


@given(st.text())
def test_no_text_breaks_a_check(text: str):
    for check in (
        identifiers.check_upn,
        identifiers.check_uln,
        identifiers.check_nhs_number,
        identifiers.check_la,
        identifiers.check_establishment,
    ):
        found = check(text)
        assert found.is_valid is not bool(found.problem)


@pytest.mark.parametrize("number", ["9434765870", "9434765919"])
def test_a_right_nhs_number_is_valid(number: str):
    assert identifiers.check_nhs_number(number).is_valid


@pytest.mark.parametrize("number", ["9434765871", "943476587", "94347658701", "abcdefghij"])
def test_a_wrong_nhs_number_says_what_is_wrong(number: str):
    assert identifiers.check_nhs_number(number).problem


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_are_nobodys_number(digit: str):
    # law 13 (13): modulo 11 lets all ten pass.
    for check in (identifiers.check_nhs_number, identifiers.check_uln):
        assert check(digit * 10).problem


@given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
def test_a_uln_has_one_right_last_digit_or_none(nine: str):
    rest = sum(w * int(d) for w, d in zip(range(10, 1, -1), nine, strict=True)) % 11
    valid = [d for d in "0123456789" if identifiers.check_uln(nine + d).is_valid]
    assert valid == ([] if rest == 0 else [str(10 - rest)])


def test_a_uln_that_starts_with_0_is_wrong():
    assert "does not start with 0" in identifiers.check_uln("0123456789").problem


@pytest.mark.parametrize(
    ("code", "kind"),
    [("310", "authority"), ("835", "authority"), ("XXX", "unknown"), ("mmm", "outside")],
)
def test_a_known_authority_code_is_valid(code: str, kind: str):
    found = identifiers.check_la(code)
    assert (found.is_valid, found.kind) == (True, kind)


@pytest.mark.parametrize("code", ["999", "31", "3100", "LLL"])
def test_an_unknown_authority_code_says_what_is_wrong(code: str):
    assert not identifiers.check_la(code).is_valid


def test_the_authorities_to_accept_can_be_given():
    assert identifiers.check_la("999", authorities={"999"}).is_valid
    assert not identifiers.check_la("310", authorities={"999"}).is_valid


@pytest.mark.parametrize(
    ("number", "kind"),
    [("2001", "school"), ("llll", "authority"), ("XXXX", "unknown"), ("MMMM", "outside")],
)
def test_an_establishment_number_is_four_digits_or_a_stand_in(number: str, kind: str):
    assert identifiers.check_establishment(number).kind == kind
    assert not identifiers.check_establishment(number + "1").is_valid


def test_the_shipped_codes_hold_harrow_and_its_neighbours():
    assert {"310", "302", "304", "307", "312", "919", "942"} <= authority_codes()


def test_a_upn_of_one_digit_or_of_digits_that_count_up_is_nobodys():
    for digits in ("000000000000", "123456789012"):
        upn = identifiers.upn_letter(digits) + digits
        checked = identifiers.check_upn(upn)
        assert not checked.is_valid
        assert checked.problem == "Its digits are one digit or count up: nobody's number."
