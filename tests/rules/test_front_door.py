"""Where do I start: each answer leads somewhere, and the safe way (P11, P14, P19)."""

import re

import pytest

from onroll.rules.clocks import CLOCKS
from onroll.rules.duties import DUTIES
from onroll.rules.front_door import DOORS, Answer, Asker, Question, before, with_names
from onroll.rules.policy_file import HARROW
from onroll.rules.referral import PATHWAY, Action, End, Route

QUESTIONS = [(asker, question) for asker, door in DOORS.items() for question in door.values()]
ANSWERS = [(asker, question, a) for asker, question in QUESTIONS for a in question.answers]
ENDS = [a.leads for _, _, a in ANSWERS if isinstance(a.leads, End)]
ACTIONS = [action for end in ENDS for action in end.actions]
NO_REFERRAL = {Route.NOBODY, Route.NEW_SCHOOL, Route.ATTENDANCE}
MOST_WORDS = 20


def named(value: object) -> str:
    return getattr(value, "code", str(value))


@pytest.mark.parametrize(("asker", "question", "answer"), ANSWERS, ids=named)
def test_every_answer_leads_to_a_question_or_to_actions_with_their_source(
    asker: Asker, question: Question, answer: Answer
) -> None:
    """P11: no path is without an end, and none goes round."""
    if isinstance(answer.leads, str):
        codes = list(DOORS[asker])
        assert codes.index(answer.leads) > codes.index(question.code)
        assert before(DOORS[asker], answer.leads) == question
    else:
        assert answer.leads.actions
        assert all(action.source for action in answer.leads.actions)


def test_a_school_is_asked_the_pathway_in_its_order() -> None:
    """P11: policy p.7, danger first; `no` eight times leads to the circumstances (P14)."""
    door, code, asked = DOORS[Asker.SCHOOL], PATHWAY[0].code, []
    while code != "which":
        asked.append(code)
        leads = {answer.code: answer.leads for answer in door[code].answers}["no"]
        assert isinstance(leads, str)
        code = leads
    assert asked == [step.code for step in PATHWAY]


@pytest.mark.parametrize("step", PATHWAY, ids=named)
def test_yes_ends_at_the_actions_of_the_policy(step) -> None:
    """P11: where more is asked of what makes it true, after another yes."""
    door = DOORS[Asker.SCHOOL]
    leads = door[step.code].answers[0].leads
    if step.asks:
        assert isinstance(leads, str)
        assert door[leads].words == step.asks
        leads = door[leads].answers[0].leads
    assert leads == step.end


def test_danger_is_asked_about_first_of_everybody_and_not_to_know_is_danger() -> None:
    for door in DOORS.values():
        first = next(iter(door.values()))
        leads = {answer.code: answer.leads for answer in first.answers}
        for code in ("yes", "not_known"):
            assert isinstance(end := leads[code], End)
            assert end.route is Route.MASH_URGENT
            assert "Now" in {action.by for action in end.actions}


def test_what_is_not_known_never_ends_without_a_referral() -> None:
    """P14: what needs no referral becomes one where nobody can say that it is so."""
    ends = [a.leads for _, _, a in ANSWERS if a.code == "not_known" and isinstance(a.leads, End)]
    assert len(ends) > 5
    assert {end.route for end in ends} & NO_REFERRAL == set()


@pytest.mark.parametrize("action", set(ACTIONS), ids=lambda action: action.words[:40])
def test_an_action_names_people_and_days_from_the_settings(action: Action) -> None:
    """P19."""
    assert not re.search(r"MASH|LOCME|SALEHE|Harrow", action.words)
    assert "{" not in with_names(action.words, HARROW) + action.by
    assert not action.clock or action.clock in CLOCKS


def test_no_sentence_has_more_than_twenty_words() -> None:
    texts = [*(q.words for _, q in QUESTIONS), *(a.words for _, _, a in ANSWERS)]
    texts += [action.words for action in ACTIONS]
    texts = [with_names(text, HARROW) for text in texts] + [duty.words for duty in DUTIES]
    sentences = [s for text in texts for s in re.split(r"(?<=[.?!:])\s", text)]
    assert [s for s in sentences if len(s.split()) > MOST_WORDS] == []
