"""Every write to what others ask us."""

from onroll.advice.actions.further_checks import answer_check, ask_for_checks
from onroll.advice.actions.pupil_messages import (
    MessageAnswer,
    MessageFacts,
    answer_message,
    keep_message,
)
from onroll.advice.actions.roll_question import answer_roll_question

__all__ = [
    "MessageAnswer",
    "MessageFacts",
    "answer_check",
    "answer_message",
    "answer_roll_question",
    "ask_for_checks",
    "keep_message",
]
