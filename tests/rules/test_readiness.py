"""Whether a referral is ready: what is missing, and that nothing stops an urgent one (P12)."""

from dataclasses import replace
from datetime import date

import pytest

from onroll.rules.policy_file import HARROW
from onroll.rules.readiness import GAPS, Gap, ReferralState, gaps, has_questions, words, words_of

TODAY = date(2026, 11, 18)
WHOLE = ReferralState(
    is_school=True,
    steps=("home_visit", "all_contacts", "next_authority"),
    born_on=date(2018, 3, 4),
    has_siblings_at_school=True,
    has_asked_siblings_schools=True,
    may_have_moved=True,
    has_plan=True,
    has_asked_about_plan=True,
    has_social_worker=True,
    has_told_social_worker=True,
    school_days_absent=11,
)


def missing(state: ReferralState) -> list[Gap]:
    return gaps(state, policy=HARROW, on=TODAY)


def test_nothing_is_missing_from_a_whole_referral():
    assert missing(WHOLE) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"steps": ()}, "enquiries"),
        ({"owes_pages": {"school": "School"}}, "page_school"),
        ({"steps": ("all_contacts", "next_authority")}, "home_visit"),
        ({"steps": ("home_visit",)}, "next_authority"),
        ({"has_asked_siblings_schools": False}, "sibling_schools"),
        ({"has_asked_about_plan": False}, "plan"),
        ({"has_told_social_worker": False}, "social_worker"),
        ({"school_days_absent": 9}, "too_early"),
        ({"owes_call": True}, "call"),
        ({"owes_police": True}, "police"),
        ({"owes_risk": True}, "risk"),
        ({"owes_whereabouts": True}, "whereabouts"),
        ({"owes_talk": True}, "talk"),
        ({"owes_exploitation_talk": True}, "exploitation"),
        ({"knows_whereabouts": True}, "located"),
        ({"born_on": date(2008, 3, 4)}, "over_age"),
    ],
)
def test_what_is_missing_is_said_with_why_it_matters(changed, code):
    """Practice 4.3; policy p.8, 9, 16."""
    found = [gap for gap in missing(replace(WHOLE, **changed)) if gap.code == code]
    assert len(found) == 1
    assert found[0].missing
    assert found[0].why.endswith(".")


def test_ten_school_days_are_the_policys_and_may_be_others():
    """Policy p.7."""
    nine = replace(WHOLE, school_days_absent=9)
    sooner = replace(HARROW, no_contact_school_days=5)
    assert [gap.code for gap in missing(nine)] == ["too_early"]
    assert gaps(nine, policy=sooner, on=TODAY) == []


def test_an_urgent_one_is_never_too_early():
    assert missing(replace(WHOLE, school_days_absent=1, is_urgent=True)) == []


def test_a_professional_is_not_asked_for_a_home_visit_or_for_school_days():
    state = replace(WHOLE, is_school=False, steps=("next_authority",), school_days_absent=1)
    assert missing(state) == []


def test_a_sibling_school_that_was_asked_as_an_enquiry_counts():
    steps = ("home_visit", "sibling_schools", "next_authority")
    assert missing(replace(WHOLE, steps=steps, has_asked_siblings_schools=False)) == []


def test_each_page_that_is_owed_is_named_by_its_title_wherever_it_is_said():
    pages = {"school": "School", "abroad": "Gone abroad"}
    owed = missing(replace(WHOLE, is_urgent=True, owes_pages=pages))
    assert all(gap.is_needed for gap in owed)
    assert [gap.missing for gap in owed] == ["The page “School”", "The page “Gone abroad”"]
    assert [words_of(gap.code, pages) for gap in owed] == [gap.missing for gap in owed]


def test_what_is_missing_has_the_same_words_before_and_after_it_is_sent():
    assert [words_of(code, {}) for code in GAPS] == [gap.missing for gap in GAPS.values()]
    assert words_of("page_of_old", {"school": "School"}) == ""
    assert "went abroad" in words_of("pages", {})


def test_who_has_no_account_reads_every_gap_but_those_of_schools_in_other_words():
    said = set(words())
    of_schools = {code for code, gap in GAPS.items() if not {gap.missing, gap.why} <= said}
    assert of_schools == {"home_visit", "too_early", "plan", "located"}
    dutch = {"The page “{title}”": "De pagina „{title}”", "School": "De school"}.__getitem__
    assert words_of("page_school", {"school": "School"}, say=dutch) == "De pagina „De school”"


def test_an_urgent_one_owes_nothing_of_what_it_cannot_have():
    state = replace(WHOLE, is_urgent=True, knows_whereabouts=True, born_on=date(2008, 3, 4))
    assert missing(state) == []


def test_of_a_child_taught_at_home_nothing_is_asked_that_finds_a_missing_child():
    """Policy p.7 and 9: home education is told of, and nobody is missing."""
    state = replace(WHOLE, steps=(), school_days_absent=1, knows_whereabouts=True)
    assert {gap.code for gap in missing(state)} == {
        "enquiries",
        "next_authority",
        "too_early",
        "located",
    }
    assert missing(replace(state, is_home_education=True)) == []


@pytest.mark.parametrize("code", ["call", "police", "risk", "whereabouts", "page_known", "pages"])
def test_words_answer_nothing_that_the_form_asks(code: str) -> None:
    assert has_questions(code)
    assert not has_questions("home_visit")
