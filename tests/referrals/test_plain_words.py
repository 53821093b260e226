"""Casework 11: what people without an account read is short and plain."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from onroll.messages.kinds import KINDS, letter
from onroll.messages.models import WITHOUT_ACCOUNT, Kind
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.status import WORDS, Status
from tests.people import People
from tests.plain import grade, syllables, texts_of, too_long
from tests.referrals.made import decide, refer

HARDEST = 6.0


@pytest.mark.parametrize(
    ("word", "number"),
    [("keep", 1), ("private", 2), ("message", 2), ("people", 2), ("closed", 1), ("decided", 3)],
)
def test_syllables_are_counted_nearly_enough(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_tells_plain_words_from_hard_ones() -> None:
    assert grade(["We have your form. We read it soon."]) < 2
    assert grade(["Notwithstanding the aforementioned, representations are considered."]) > 12


@pytest.mark.parametrize("kind", WITHOUT_ACCOUNT)
def test_each_message_is_short_and_plain(kind: str) -> None:
    sent = letter(Kind(kind), "K7P-2QX-9HD", key="key")
    texts = [KINDS[Kind(kind)].subject, *sent.body.split("\n\n")]
    assert too_long(texts) == []
    assert grade(texts) <= HARDEST


@pytest.mark.parametrize("status", Status)
def test_each_status_is_short_and_plain(status: Status) -> None:
    said = WORDS[status]
    texts = [said.title, said.means, said.awaited]
    assert too_long(texts) == []
    assert grade(texts) <= HARDEST


def test_each_page_by_the_private_link_is_short_and_plain(people: People) -> None:
    cache.clear()
    now = timezone.localtime()
    referral = refer(at=now, urgent_why="x", referrer_contact="nora@example.org")
    key = actions.make_link(referral=referral, at=now)
    pages = [f"received/{key}/", f"status/{key}/", f"status/{key}/add/", "lost-link/"]
    pages += ["lost-link/sent/"]
    hard = {}
    for page in pages:
        texts = texts_of(Client().get(f"/refer/{page}").content)
        assert too_long(texts) == [], page
        if grade(texts) > HARDEST:
            hard[page] = grade(texts)
    assert hard == {}
    decide(
        referral=referral,
        decision=Decision.NO_ACTION,
        why="x",
        by=people.mo,
        at=now - timedelta(hours=1),
        contradicts_why="x",
    )
    assert grade(texts_of(Client().get(f"/refer/status/{key}/").content)) <= HARDEST


def test_the_page_for_who_looked_often_is_short_and_plain(db: None) -> None:
    cache.clear()
    key = actions.make_link(referral=refer(), at=timezone.localtime())
    for _ in range(21):
        page = Client().get(f"/refer/status/{key}/")
    assert page.status_code == 429
    assert list(too_long(texts_of(page.content))) == []
    assert grade(texts_of(page.content)) <= HARDEST
