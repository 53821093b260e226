"""Where a worry goes (P07, P11, P15, P16)."""

import pytest

from onroll.rules import referral
from onroll.rules.referral import (
    PATHWAY,
    PHONE,
    REFERRERS,
    End,
    Referrer,
    Route,
    elsewhere,
)


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


@pytest.mark.parametrize(
    ("route", "at_work", "others"),
    [
        (Route.MASH, True, True),
        (Route.MASH_URGENT, True, True),
        (Route.SOCIAL_WORKER, True, False),
        (Route.HOME_EDUCATION, True, False),
        (Route.HOME_AUTHORITY, False, False),
        (Route.ATTENDANCE, False, False),
        (Route.NEW_SCHOOL, False, False),
        (Route.LEAD_OFFICER, False, False),
        (Route.NOBODY, False, False),
    ],
)
def test_the_route_says_who_writes_a_referral(route: Route, at_work: bool, others: bool) -> None:
    """P11: policy p.7, and p.9 of a child with a social worker."""
    end = End(route, (PHONE,))
    assert (end.is_referred(is_at_work=True), end.is_referred(is_at_work=False)) == (
        at_work,
        others,
    )


def test_who_refers_has_a_clause_and_an_end_may_say_it_itself() -> None:
    """P11, P14: of what is none of the circumstances, who believes it refers (policy p.8)."""
    assert all(source.startswith("policy p.") for _, source in REFERRERS.values())
    end = End(Route.NOBODY, (PHONE,), own_referrer=Referrer.EVERYBODY)
    assert end.is_referred(is_at_work=False)


@pytest.mark.parametrize(
    ("homes", "code"),
    [
        ([], ""),
        (["E09000015"], ""),
        (["E09000005"], "E09000005"),
        (["E09000005", "E09000005"], "E09000005"),
        (["E09000005", "E09000015"], ""),
        (["E09000005", "E09000009"], ""),
    ],
)
def test_children_who_all_live_in_one_other_authority_go_to_it(homes: list[str], code: str) -> None:
    """P16: policy p.9."""
    assert elsewhere(homes, ours="E09000015") == code
