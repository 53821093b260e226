"""A figure of one is worded for one, and each says which page lists what it counts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from onroll.casefile.features import FEATURES, todos
from onroll.cases.offers import Todo
from tests.people import People

pytestmark = pytest.mark.django_db


def everything(people: People) -> list[Todo]:
    at = timezone.now()
    return [todo for user in people.all() for todo in todos(user, on=at.date(), at=at)]


def test_each_figure_has_words_for_one_and_for_more(people: People) -> None:
    same = {todo.code for todo in everything(people) if todo.words[0] == todo.words[1]}
    assert same == set()


def test_each_figure_leads_to_a_page(people: People) -> None:
    pages = {todo.page for todo in everything(people)}
    assert pages == {
        *("cases:register", "intake:review", "intake:files", "duplicates:merges"),
        *("weekly_so_far", "referrals:queue", "referrals:quarantine", "referrals:notices"),
        *("referrals:reports", "advice:checks", "agencies:agencies", "admissions:families"),
        "referrals:sent_to_you",
    }
    assert all(reverse(page) for page in pages)


def test_each_feature_in_the_list_offers_something_by_its_right_name() -> None:
    offers = {"todo", "panel", "case_panels", "for_review", "events"}
    assert all(offers & vars(feature).keys() for feature in FEATURES)
    assert offers == {name for feature in FEATURES for name in offers & vars(feature).keys()}
