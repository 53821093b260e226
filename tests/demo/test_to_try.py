"""The children whom the demo's first page names do what it says of them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from onroll.accounts.models import User
from onroll.advice.actions import answer_roll_question
from onroll.advice.queries import Asker
from onroll.cases.queries import Typed
from onroll.children.models import Place
from onroll.demo.to_try import ToAsk, children_to_ask_about, held_whole, pupil_to_refer
from onroll.referrals.facts import ChildWords
from onroll.referrals.queries.pupils import pupil
from onroll.rules.roll_question import Purpose, Reply
from tests.journeys.borough import Borough, Told
from tests.journeys.visitor import Visitor
from tests.referrals.made import refer

DEMO = Told(seed=310, opens_on=date(2026, 10, 12), weeks=3, pupils=400)
"""The demo's own seed, with fewer pupils."""


@pytest.fixture(scope="module")
def borough(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Borough]:
    """Give a borough that all tests of this module share, and undo it at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield Borough(DEMO, tmp_path_factory.mktemp("borough"))
        transaction.set_rollback(True)


@pytest.fixture
def today(borough: Borough) -> Iterator[date]:
    """Give the day of the demo, and undo what a test does."""
    with transaction.atomic():
        yield borough.now.date()
        transaction.set_rollback(True)


def named(child: ToAsk) -> Typed:
    forename, _, surname = child.name.partition(" ")
    return Typed(forename, surname, child.born_on)


def test_a_child_is_named_for_each_answer_and_the_answer_is_that(
    borough: Borough, today: date
) -> None:
    children = children_to_ask_about(on=today)
    assert [child.reply for child in children] == list(Reply)
    asker = Asker(User.objects.get(email="ada@harrow.example"))
    for child in children:
        question = answer_roll_question(
            typed=named(child), purpose=Purpose.MET_CHILD, asker=asker, at=borough.now
        )
        assert question.reply == child.reply.value, child


def test_sam_refers_the_pupil_with_what_the_files_hold(borough: Borough, today: date) -> None:
    sam = User.objects.get(email="sam@harrow.example")
    found = pupil_to_refer(sam, on=today)
    assert found is not None
    visitor = Visitor(sam).open(f"/school/refer/pupil/{found.ref}/")
    assert visitor.status == 200
    lines = dict(found.lines)
    visitor.see("Is this the pupil?", found.name, lines["Unique pupil number"], lines["Address"])
    again = pupil_to_refer(sam, on=today)
    assert again is not None
    assert again.ref == found.ref


def test_only_pupils_whose_adults_a_file_names_are_looked_at(borough: Borough, today: date) -> None:
    """In a large school they are few, and stand behind hundreds who came with the list of rolls."""
    sam = User.objects.get(email="sam@harrow.example")
    of_school = Place.objects.at_schools_of(sam, on=today).values("child").distinct().count()
    chosen = [pupil(sam, child.ref, on=today) for child in held_whole(sam, on=today)]
    assert 0 < len(chosen) < of_school
    assert all(each.has_contacts for each in chosen)


def test_the_pupil_who_was_referred_is_named_no_more(borough: Borough, today: date) -> None:
    sam = User.objects.get(email="sam@harrow.example")
    before = pupil_to_refer(sam, on=today)
    assert before is not None
    names = ChildWords(
        forename=before.words["forename"], surname=before.words["surname"], born_on=before.born_on
    )
    refer("345-678-9AB", at=borough.now, children=(names,), school=before.school.pk)
    after = pupil_to_refer(sam, on=today)
    assert after is not None
    assert after.ref != before.ref
