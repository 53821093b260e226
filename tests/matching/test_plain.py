"""What needs no weights is answered as the weights would (matching.md 6). All is made up."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from onroll.matching import Kind, Person
from onroll.matching.adjudication.answering import MatchRequest, match_record
from onroll.matching.adjudication.fast_path import fast_answers
from onroll.matching.frequencies.of_register import RegisterFrequencies, frequency_keys

UPN, OTHER_UPN = "J310200025001", "V310400025001"


def person(key: int, **said: str) -> Person:
    given = {"upn": UPN, "forename": "Mohammed", "surname": "Khan", "dob": "2015-01-01", "sex": "M"}
    said = given | {"postcode": "HA1 2AB", "address": "1 Mill Lane"} | said
    return Person(
        key=key,
        upns=frozenset({said["upn"]} - {""}),
        ulns=frozenset({said.get("uln", "")} - {""}),
        forenames=frozenset({said["forename"]}),
        surnames=frozenset({said["surname"]}),
        born=date.fromisoformat(said["dob"]),
        sex=said["sex"],
        postcodes=frozenset({said["postcode"]}),
        described=(said,),
    )


KHAN = person(7)
HOMES: tuple[dict[str, str], ...] = ({}, {"address": "9 High Road"}, {"address": ""})
MIDDLES = ("", "Ali", "Zakariya")
OTHER_NUMBERS: tuple[dict[str, str], ...] = (
    {},
    {"nhs_number": "9434765919"},
    {"uln": "9000000001"},
)


@pytest.mark.parametrize(("home", "middle", "more"), list(product(HOMES, MIDDLES, OTHER_NUMBERS)))
def test_what_is_plain_is_what_the_weights_say_though_a_tenth_share_name_birthday_and_home(
    home: dict[str, str], middle: str, more: dict[str, str]
) -> None:
    record = person(0, middle_names=middle, **home, **more)
    child = person(7, middle_names="Yusuf")
    shared = {key: 4_000 for one in (record, child) for key in frequency_keys(one.described[0])}
    weighed = match_record(record, [child], frequencies=RegisterFrequencies(40_000, 15.0, shared))
    [plain] = fast_answers([MatchRequest(record, [child])]).values()
    assert (plain.kind, plain.because) == (weighed.kind, weighed.because)
    assert plain.candidates[0].key == weighed.candidates[0].key
    assert plain.candidates[0].reasons == weighed.candidates[0].reasons


def test_nobody_near_is_new_without_weights() -> None:
    assert fast_answers([MatchRequest(KHAN, [])])[0] == match_record(KHAN, [])


@pytest.mark.parametrize(
    "said",
    [
        {"upn": ""},
        {"upn": OTHER_UPN},
        {"forename": "Muhammad"},
        {"surname": "Kahn"},
        {"dob": "2015-01-02"},
        {"sex": "F"},
        {"postcode": "NE1 1AA"},
    ],
)
def test_a_record_that_differs_in_anything_is_weighed(said: dict[str, str]) -> None:
    assert fast_answers([MatchRequest(person(0, **said), [KHAN])]) == {}


def test_two_learner_numbers_two_nhs_numbers_and_a_protected_identity_are_weighed() -> None:
    for field in ("uln", "nhs_number"):
        pair = [person(key, **{field: f"900000000{key}"}) for key in (1, 2)]
        assert fast_answers([MatchRequest(pair[0], pair[1:])]) == {}
    assert fast_answers([MatchRequest(person(0), [replace(KHAN, is_protected=True)])]) == {}


def test_where_another_child_or_record_is_near_the_weights_are_asked() -> None:
    twin = person(8, upn=OTHER_UPN, forename="Ahmed")
    assert fast_answers([MatchRequest(person(0), [KHAN, twin])]) == {}
    other = MatchRequest(person(0, upn="", forename="Ahmed"), [KHAN])
    assert fast_answers([MatchRequest(person(0), [KHAN]), other]) == {}


def test_a_plain_record_is_the_child() -> None:
    answer = fast_answers([MatchRequest(person(0), [KHAN])])[0]
    assert (answer.kind, answer.candidates[0].key) == (Kind.SAME, 7)
