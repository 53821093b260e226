"""The policy's own words beside the questions of a referral (P10)."""

from dataclasses import replace

from onroll.referrals.definition import QUESTIONS
from onroll.rules.policy_file import HARROW
from onroll.rules.policy_words import WORDS, quoted


def test_only_an_authority_of_this_policy_is_quoted():
    assert quoted("talk", HARROW) == WORDS["talk"]
    assert quoted("talk", replace(HARROW, policy_title="Another policy")) is None


def test_every_passage_opens_beside_a_question_and_every_question_finds_its_own():
    assert {q.policy for q in QUESTIONS.values() if q.policy} == WORDS.keys()


def test_every_passage_names_a_page_of_the_policy():
    assert {words.page for words in WORDS.values()} <= {str(page) for page in range(1, 21)}
