"""The steps of a waterfall add up to the weight of the scorer, whatever is compared."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.adjudication.scoring import score_record
from onroll.matching.model import LEVELS, shipped
from onroll.matching.scoring.explanations import CLAMP
from onroll.matching.scoring.waterfall import BEFORE, OTHERS, waterfall

CHILD = {
    "forename": "Mohammed",
    "surname": "Khan",
    "dob": "2014-09-25",
    "sex": "M",
    "upn": "J310200025001",
    "postcode": "HA1 2AB",
    "address": "12 Made-up Road",
    "phone": "07700 900123",
}
people = st.fixed_dictionaries(
    {},
    optional={
        "forename": st.sampled_from(["Mohammed", "Muhammad", "Md", "Aisha", "M", "Khan"]),
        "surname": st.sampled_from(["Khan", "Kahn", "Mohammed", "Okonkwo-Khan"]),
        "dob": st.sampled_from(["2014-09-25", "2014-09-26", "2013-01-01", "nonsense"]),
        "sex": st.sampled_from(["M", "F", ""]),
        "upn": st.sampled_from(["J310200025001", "B310200022001", "J310200025002"]),
        "postcode": st.sampled_from(["HA1 2AB", "HA1 2AC", "NW10 1AA"]),
        "address": st.sampled_from(["12 Made-up Road", "7 Made-up Road"]),
        "phone": st.sampled_from(["07700 900123", "07700 900999"]),
    },
)


@given(people, people)
def test_the_steps_add_up_to_the_weight(record, candidate):
    (scoring,) = score_record(record, [candidate])
    total = waterfall([record], [candidate]).total
    assert min(max(total, -CLAMP), CLAMP) == pytest.approx(scoring.weight, abs=1e-9)


def test_what_nobody_said_is_no_step():
    steps = waterfall([{"forename": "Mohammed"}], [CHILD]).steps
    assert [step.name for step in steps] == [BEFORE, "forename"]


def test_each_comparison_is_a_step_in_the_order_of_the_model():
    steps = waterfall([CHILD], [CHILD]).steps
    assert [step.name for step in steps] == [BEFORE, *(n for n in LEVELS if n in dict_of(steps))]
    assert dict_of(steps)["upn"].words == "the same"


def dict_of(steps):
    return {step.name: step for step in steps}


def test_a_twin_in_the_home_is_the_explanation_that_is_named():
    twin = {**CHILD, "forename": "Aisha", "sex": "F", "upn": "B310200022001"}
    first, *others = waterfall([twin], [CHILD]).steps
    assert "brother or sister" in first.words
    assert {step.name: step.power < 0 for step in others}["forename"]


def test_what_others_took_is_the_last_step():
    steps = waterfall([CHILD], [CHILD], lost=2.5).steps
    assert (steps[-1].name, steps[-1].power) == (OTHERS, -2.5)


def test_the_description_that_fits_best_is_explained():
    """A child with two homes is compared with the nearer one."""
    moved = {**CHILD, "postcode": "NW10 1AA", "address": "", "phone": ""}
    both = waterfall([CHILD], [moved, CHILD])
    assert math.isclose(both.total, waterfall([CHILD], [CHILD]).total)


def test_the_home_tells_no_brothers_apart():
    """Another child of the home shares it as much as the child does (matching.md 6.1)."""
    brother = {**CHILD, "forename": "Yusuf", "dob": "2011-02-03", "upn": "B310200022001"}
    steps = dict_of(waterfall([brother], [CHILD]).steps)
    assert steps["home"].power == pytest.approx(0)
    assert shipped().prior["at_home"] > 0
