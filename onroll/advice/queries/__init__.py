"""Every read of what others ask us."""

from datetime import date, datetime

from onroll.accounts.models import User
from onroll.advice.queries import pupil_messages, questions
from onroll.advice.queries.pupil_messages import (
    NoMessage,
    Possible,
    asked_before,
    asked_by_authority,
    coming,
    get_message,
    our_child,
    possible,
    pupil_messages_of,
)
from onroll.advice.queries.questions import (
    FURTHER_CHECKS,
    Asker,
    NoCheck,
    NoQuestion,
    answers_to_read,
    asked_lately,
    certain_children,
    further_checks,
    get_further_check,
    get_question,
    is_long_away,
    schools_of,
)
from onroll.advice.queries.s2s_log import S2SLine, lines_of, s2s_log
from onroll.cases.offers import Todo

__all__ = [
    "FURTHER_CHECKS",
    "Asker",
    "NoCheck",
    "NoMessage",
    "NoQuestion",
    "Possible",
    "S2SLine",
    "answers_to_read",
    "asked_before",
    "asked_by_authority",
    "asked_lately",
    "certain_children",
    "coming",
    "further_checks",
    "get_further_check",
    "get_message",
    "get_question",
    "is_long_away",
    "lines_of",
    "our_child",
    "possible",
    "pupil_messages_of",
    "s2s_log",
    "schools_of",
    "todo",
]


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many schools and authorities wait for an answer, for who answers."""
    return [*questions.todo(user, on=on, at=at), *pupil_messages.todo(user, on=on)]
