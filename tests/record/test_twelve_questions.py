"""A reader who is given only the printed case answers twelve questions rightly.

Each answer stands in the text of the PDF. The questions are told in docs/how-to/print-a-case.md.
"""

from collections.abc import Callable
from typing import Any

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import Case
from tests.cases.world import AT
from tests.people import People
from tests.record.conftest import DAY, reader_of
from tests.sharing.tags import tags

pytestmark = pytest.mark.django_db

QUESTIONS: dict[str, tuple[str, ...]] = {
    "Who told us that the child left?": ("St Ann's School, 18 November 2026",),
    "When did it come to us?": ("18 November 2026, 9am",),
    "Why is there a case?": ("The school did not say where the child went.", "policy p.18"),
    "Who was asked, and by whom?": ("By Olive Obi", "Of Grace Quillfeather, housing desk"),
    "What were they asked?": ("Does the family rent from you still?",),
    "What came back, and on which day?": (
        "20 November 2026",
        "The tenancy ended in October, says Zachary Wolfe",
    ),
    "By which calendar were school days counted?": (
        "School days are those of St Ann's School: its own dates over those of",
    ),
    "Which days were counted, and why was one not?": (
        "Thursday 19 November 2026 Day 1",
        "Friday 20 November 2026 Not counted: closed on this day",
        "Saturday 21 November 2026 to Sunday 22 November 2026 Not counted: weekend",
        "Monday 23 November 2026 to Thursday 26 November 2026 Days 2 to 5",
    ),
    "Who moved a clock, when and why?": (
        "to 18 December 2026 by Max Marsh, 21 November 2026, 9am:",
        "The landlord is back on 14 December",
    ),
    "Who decided to start enquiries, and on what ground?": (
        "19 November 2026, 9am Olive Obi Start enquiries Nobody opened at the home",
    ),
    "What was the family told, by whom and how?": (
        "The family was told, by telephone. Dana Merlinton, mother",
        "That the council looks for Rowan, and whom she can ring. Olive Obi",
    ),
    "What was the family not told, and why not?": (
        "The family was not told The father must not learn the new town. Max Marsh",
    ),
}


def test_the_printed_case_answers_twelve_questions(
    case: Case, printed: Callable[[str], str]
) -> None:
    """12 of 12, and each in the summary alone."""
    text = printed(f"/cases/{case.ref}/record/summary/")
    missing = {
        question: words
        for question, answers in QUESTIONS.items()
        if (words := [answer for answer in answers if answer not in text])
    }
    assert len(QUESTIONS) == 12
    assert missing == {}, text


def test_the_summary_is_a_tagged_pdf_in_reading_order(case: Case, people: People) -> None:
    reader = reader_of(people, f"/cases/{case.ref}/record/summary/")
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Case summary {case.ref}"
    heads = [words for kind, words in tags(reader) if kind == "/H1"]
    assert heads == [
        "The child and the case",
        "When the child was seen",
        "Who told us, and when",
        "Who was asked what, by whom, and what came back",
        "Which days were counted, and by which calendar",
        "Who decided what, when, and on what ground",
        "What the family was told, or why not",
    ]


def test_a_hand_over_note_says_what_is_due_and_what_was_done(
    case: Case, printed: Callable[[str], str]
) -> None:
    text = printed(f"/cases/{case.ref}/record/hand-over/")
    for words in (
        "Hand-over note",
        "Friday 18 December 2026 Four calendar weeks since the report",
        "Owner Olive Obi",
        "What happened last",
        "What the family was told, or why not",
    ):
        assert words in text, text


def test_the_summary_says_what_the_manager_was_asked_and_decided(
    case: Case, people: People, printed: Callable[[str], str]
) -> None:
    """A decision without its ground is none that a reader can weigh (policy p.15, p.18)."""
    question = cases.ask_manager(
        case=case, text="May I ask for a welfare check?", by=people.olive, at=AT + 4 * DAY
    )
    cases.answer_question(
        question=question,
        decision="Yes, today.",
        why="Nobody has seen the child.",
        by=people.max,
        at=AT + 4 * DAY,
    )
    text = printed(f"/cases/{case.ref}/record/summary/")
    assert "Asked the manager May I ask for a welfare check?" in text
    assert "The manager answered Yes, today. Why: Nobody has seen the child." in text


def test_a_day_that_was_set_is_not_said_to_be_counted(
    case: Case, people: People, printed: Callable[[str], str]
) -> None:
    """A warning is looked at on the day that its writer chose, whatever the usual time is."""
    review_on = (AT + 20 * DAY).date()
    cases.add_warning(
        case=case, text="A dog.", review_on=review_on, by=people.olive, at=AT + 4 * DAY
    )
    text = printed(f"/cases/{case.ref}/record/summary/")
    start = text.index("Does the warning still hold?")
    assert "Its day was set by who wrote it down, and not counted. Due: Tuesday 8 December" in text
    assert "Counted as" not in text[start : text.index("Who decided what")]


def test_the_summary_says_which_change_of_school_was_missed(
    case: Case, printed: Callable[[str], str]
) -> None:
    """P65."""
    assert "Change of school missed" in printed(f"/cases/{case.ref}/record/summary/")
