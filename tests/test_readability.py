"""Pages that anybody may open can be read: grade 6 or below, and no sentence above 20 words.

Complaints of real users are about words that nobody outside understands (casework 11).
"""

import pytest
from django.test import Client

from onroll.messages.kinds import KINDS, letter
from onroll.messages.models import Kind
from onroll.rules.front_door import DOORS
from onroll.rules.referral import End
from tests.readability import Reading, read, sentences_of, split, syllables

HIGHEST = 6.0
"""The grade that a page for anyone may have at most."""
PAGES = (
    "/",
    "/accessibility/",
    "/privacy/",
    "/policy-and-law/",
    "/start/",
    "/account/login/",
    "/account/password/reset/",
    "/account/signup/",
)
FRONT_DOOR = [
    (f"/start/{asker}/{question.code}/", *(f"/start/{asker}/{question.code}/{answer.code}/"
     for answer in question.answers if isinstance(answer.leads, End)))
    for asker, door in DOORS.items()
    for question in door.values()
]  # fmt: skip


def faults(reading: Reading, highest: float = HIGHEST) -> list[str]:
    """Return what is too hard to read."""
    grade = [f"grade {reading.grade:.1f}"] if reading.grade > highest else []
    return [*grade, *reading.too_long]


@pytest.mark.parametrize("path", [*PAGES, *(path for paths in FRONT_DOOR for path in paths)])
@pytest.mark.django_db
def test_a_page_for_anyone_can_be_read(path: str) -> None:
    reading = read(sentences_of(Client().get(path).content))
    assert reading.words > 10
    assert faults(reading) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_can_be_read(kind: Kind) -> None:
    body = letter(kind, "234-567-89A").body
    assert faults(read([s for line in body.split("\n\n") for s in split(line)])) == []


@pytest.mark.parametrize(
    ("word", "number"),
    [("child", 1), ("school", 1), ("made", 1), ("table", 2), ("wanted", 2), ("asked", 1),
     ("council", 2), ("education", 4), ("houses", 2), ("the", 1), ("safeguarding", 4)],
)  # fmt: skip
def test_syllables_are_about_right(word: str, number: int) -> None:
    assert syllables(word) == number


def test_hard_words_and_long_sentences_are_found() -> None:
    hard = "The aforementioned authority necessarily identifies particular individuals."
    assert faults(read([hard])) == ["grade 32.7"]
    assert faults(read([" ".join(["cat"] * 21)])) == [" ".join(["cat"] * 21)]
