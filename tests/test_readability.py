"""Pages that anybody may open can be read: grade 6 or below, and no sentence above 20 words.

Complaints of real users are about words that nobody outside understands (casework 11).
"""

import pytest
from django.test import Client

from onroll.rules.front_door import DOORS
from onroll.rules.referral import End
from tests.plain import grade, texts_of, too_long

HIGHEST = 6.0
"""The grade that a page for anyone may have at most."""
PAGES = (
    "/",
    "/accessibility/",
    "/privacy/",
    "/policy-and-law/",
    "/start/",
    "/refer/",
    "/refer/professional/",
    "/refer/lost-link/",
    "/nowhere/",
    "/on-roll/code/",
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


def faults(texts: list[str]) -> list[str]:
    """Return what is too hard to read."""
    reached = grade(texts)
    return [*([f"grade {reached:.1f}"] if reached > HIGHEST else []), *too_long(texts)]


@pytest.mark.parametrize("path", [*PAGES, *(path for paths in FRONT_DOOR for path in paths)])
@pytest.mark.django_db
def test_a_page_for_anyone_can_be_read(path: str) -> None:
    texts = texts_of(Client().get(path, follow=True).content)
    assert len(texts) > 1
    assert faults(texts) == []


def test_hard_words_and_long_sentences_are_found() -> None:
    hard = "The aforementioned authority necessarily identifies particular individuals."
    assert faults([hard]) == ["grade 32.7"]
    assert faults([" ".join(["cat"] * 21)]) == [" ".join(["cat"] * 21)]
