"""Where a worry goes (P07, P11, P15, P16)."""

import pytest

from onroll.rules import referral
from onroll.rules.referral import PATHWAY, Route


def test_the_pathway_asks_the_eight_questions_of_the_policy_danger_first():
    assert [step.code for step in PATHWAY] == [
        "gone_missing", "known_to_social_care", "home_education", "records_asked_for",
        "located_absent", "no_contact", "address_not_confirmed", "thought_moved",
    ]  # fmt: skip
    for step in PATHWAY:
        assert step.end.actions
        assert step.question.endswith("?")


def test_the_pathway_asks_for_a_parents_writing_before_anything_else():
    step = next(step for step in PATHWAY if step.end.route is Route.HOME_EDUCATION)
    assert "writing" in step.end.actions[0].words


@pytest.mark.parametrize(
    ("is_in_danger", "is_known", "is_resident", "route"),
    [
        (True, True, False, Route.MASH_URGENT),
        (False, True, False, Route.SOCIAL_WORKER),
        (False, False, True, Route.MASH),
        (False, False, False, Route.HOME_AUTHORITY),
    ],
)
def test_danger_comes_first_then_the_social_worker_then_home(
    is_in_danger: bool, is_known: bool, is_resident: bool, route: Route
):
    found = referral.first_route(
        is_in_danger=is_in_danger, is_known_to_social_care=is_known, is_resident=is_resident
    )
    assert found is route
