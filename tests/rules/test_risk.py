"""The risk assessment (P13)."""

from onroll.rules import risk
from onroll.rules.risk import RISK_QUESTIONS


def answers(**changes: str) -> dict[str, str]:
    return {question.code: "no" for question in RISK_QUESTIONS} | changes


def test_there_are_21_questions():
    assert len({question.code for question in RISK_QUESTIONS}) == 21


def test_no_to_everything_needs_no_talk():
    found = risk.assess(answers())
    assert found.is_complete
    assert not found.talk_to_safeguarding_lead
    assert not found.talk_to_mash_or_social_worker


def test_a_yes_or_a_not_sure_needs_a_talk_with_the_safeguarding_lead():
    assert risk.assess(answers(young_carer="yes")).talk_to_safeguarding_lead
    found = risk.assess(answers(unusual="not_sure"))
    assert found.talk_to_safeguarding_lead
    assert not found.talk_to_mash_or_social_worker


def test_sexual_exploitation_needs_a_talk_of_its_own():
    assert risk.assess(answers(sexual_exploitation="not_sure")).talk_to_mash_or_social_worker


def test_what_is_not_answered_is_listed():
    found = risk.assess({"looked_after": "perhaps"})
    assert not found.is_complete
    assert len(found.unanswered) == 21


def test_exploitation_without_danger_is_rung_first():
    assert risk.rings_first({"sexual_exploitation": "yes"}, (), danger="no")
    assert risk.rings_first({}, ["bullied", "crime"], danger="no")
    assert not risk.rings_first({"sexual_exploitation": "not_sure"}, ["bullied"], danger="no")
    assert not risk.rings_first({"sexual_exploitation": "yes"}, ["crime"], danger="yes")


def test_exploitation_ticked_among_the_groups_is_talked_over_as_well():
    """Policy p.4: that risk has an assessment of its own, by whichever answer it is named."""
    assert risk.assess({}, ["sexual_exploitation"]).talk_to_mash_or_social_worker
    assert not risk.assess({}, ["young_carer"]).talk_to_mash_or_social_worker
