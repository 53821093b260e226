"""A warning on our case, and what an officer asked the manager about it."""

from datetime import timedelta

from django.utils import timezone

from onroll.cases import actions as cases
from onroll.cases.models import Case
from tests.people import People


def watch_over(everyone: People, ours: Case) -> None:
    """Warn who visits, and ask the manager twice: one question waits, one has its answer."""
    at = timezone.localtime()
    cases.add_warning(
        case=ours,
        text="Ring before you visit.",
        review_on=at.date() + timedelta(days=7),
        by=everyone.olive,
        at=at,
    )
    for text in ("May I wait?", "May I visit?"):
        question = cases.ask_manager(case=ours, text=text, by=everyone.olive, at=at)
    cases.answer_question(
        question=question, decision="Yes.", why="It is near.", by=everyone.max, at=at
    )
