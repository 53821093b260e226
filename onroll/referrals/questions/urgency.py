"""What makes a referral urgent, and what the risk assessment asks for, from the answers so far."""

from collections.abc import Mapping
from typing import Any

from onroll.referrals.definition.risk import answer_of, words_of
from onroll.rules.risk import RISK_QUESTIONS, RiskFinding, assess, rings_first
from onroll.rules.urgency import names_protection, urgent_because

Answers = Mapping[str, Any]
NO_REASON = "The child could be hurt soon. What makes them think so: not said."
NOT_SURE = "The person who referred is not sure whether the child is in danger."


def urgent_why(answers: Answers) -> str:
    """Return why a referral is urgent, or nothing; not sure counts as urgent (policy p.16)."""
    danger = answers.get("danger")
    if danger == "yes":
        return str(answers.get("danger_why") or NO_REASON)
    if danger == "not_sure":
        return NOT_SURE
    return urgent_because(answers=_codes(answers), groups=_groups(answers))


def names_plan(answers: Answers) -> bool:
    """Return whether a child protection plan or concern is named, in whichever answer."""
    return names_protection(answers=_codes(answers), groups=_groups(answers))


def is_rung_first(answers: Answers) -> bool:
    """Return whether exploitation is named, and no danger: then the form says whom to ring now.

    No more once the talks are written down that the form asks for: they were rung.
    """
    danger, found = str(answers.get("danger") or ""), finding(answers)
    is_hub_rung = answers.get("exploitation_on") or not found.talk_to_mash_or_social_worker
    if answers.get("talk_on") and is_hub_rung:
        return False
    return rings_first(_codes(answers), _groups(answers), danger=danger)


def _codes(answers: Answers) -> dict[str, str]:
    """Return the answers that are codes, those on risk by the code of their question."""
    on_risk = {code: answer for code, (answer, _) in risk_answers(answers).items()}
    return {code: answer for code, answer in answers.items() if isinstance(answer, str)} | on_risk


def _groups(answers: Answers) -> list[str]:
    return [*(answers.get("groups_national") or ()), *(answers.get("groups_local") or ())]


def risk_answers(answers: Answers) -> dict[str, tuple[str, str]]:
    """Return each question of the 21 that is answered, with its answer and the words to it."""
    by_code = {q.code: answers.get(answer_of(q.code)) for q in RISK_QUESTIONS}
    return {
        code: (answer, answers.get(words_of(code, answer)) or "")
        for code, answer in by_code.items()
        if answer
    }


def finding(answers: Answers) -> RiskFinding:
    """Return whom the answers so far ask to speak to, and what is unanswered."""
    on_risk = {code: answer for code, (answer, _) in risk_answers(answers).items()}
    return assess(on_risk, _groups(answers))
