"""Every write to what others ask us."""

from onroll.advice.actions.further_checks import answer_check, ask_for_checks
from onroll.advice.actions.roll_question import answer_roll_question

__all__ = ["answer_check", "answer_roll_question", "ask_for_checks"]
