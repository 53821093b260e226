"""What is typed into a page that is left by a link or by the browser is kept, and only that."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from onroll.drafts.models import Draft
from onroll.receipts.models import Receipt
from tests.drafts.test_drafts import DAY, WORRY, at, begun
from tests.drafts.urls import SENT
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.drafts.urls")]


@pytest.fixture(autouse=True)
def sent() -> None:
    SENT.clear()


def opened(page: str = "worry") -> Visitor:
    """Return the browser of somebody who has begun a form and opened a page of it."""
    visitor, client = Visitor(None), Client()
    begun(client)
    visitor.client.cookies = client.cookies
    return visitor.open(at(Draft.objects.get(), page))


def left(visitor: Visitor, **typed: Any) -> tuple[dict[str, Any], Any]:
    """Leave a page as a browser does; return its form, and what the service answers."""
    form = visitor.fill_in("Continue", **typed)
    return form.whole(), visitor.client.post(form.address, {**form.whole(), "keep_only": "yes"})


def test_what_was_typed_is_kept_right_or_wrong_and_nothing_is_shown() -> None:
    visitor = opened("day")
    _, answer = left(visitor, since_day="31", since_month="2")
    assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")
    answers = Draft.objects.get().answers["day"]
    assert (answers["since_day"], answers["since_month"]) == (["31"], ["2"])
    assert "keep_only" not in answers
    visitor.open(visitor.address).see("Since when? must include a year")


def test_the_same_form_is_sent_later_with_its_own_key() -> None:
    visitor = opened()
    whole, answer = left(visitor, worry="Two children")
    assert not Receipt.objects.exists()
    again = {**whole, "page_version": answer["Page-Version"], "worry": "Three children"}
    assert visitor.client.post(visitor.address, again).status_code == HTTPStatus.FOUND
    draft = Draft.objects.get()
    assert draft.answers["worry"]["worry"] == ["Three children"]
    assert Receipt.objects.count() == 1


def test_what_another_window_saved_meanwhile_stands() -> None:
    visitor = opened()
    other = Client()
    other.cookies = visitor.client.cookies
    other.post(visitor.address, {**WORRY, "worry": "A child and her sister"})
    _, answer = left(visitor, worry="Two children")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert Draft.objects.get().answers["worry"]["worry"] == ["A child and her sister"]


def test_a_form_that_was_sent_meanwhile_keeps_nothing() -> None:
    visitor = opened("day")
    Draft.objects.all().delete()
    assert left(visitor, since_day="1")[1].status_code == HTTPStatus.NOT_FOUND
    assert not Draft.objects.exists()


def test_answers_are_not_sent_that_changed_after_they_were_shown() -> None:
    """A page that was left by the browser's Back is kept after check-your-answers is shown."""
    client = Client()
    client.post(begun(client), DAY)
    draft = Draft.objects.get()
    check = Visitor(None)
    check.client.cookies = client.cookies
    check.open(at(draft, "check"))
    client.post(at(draft, "worry"), {"worry": "Two children", "keep_only": "yes"})
    (button,) = check.page.xpath("//main//form//button")
    check.send(button.text_content().strip()).see("Your answers have changed", "Two children")
    assert SENT == []
    check.send(button.text_content().strip())
    assert [answers["worry"] for answers in SENT] == ["Two children"]


def test_a_first_page_that_is_left_is_kept_and_there_again() -> None:
    visitor = Visitor(None).open("/worry/")
    first_page = visitor.address
    whole, answer = left(visitor, worry="Two children")
    assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")
    draft = Draft.objects.get()
    assert visitor.open(first_page).address == at(draft, "worry")
    assert visitor.page.xpath("string(//textarea)").strip() == "Two children"
    again = {**whole, "page_version": answer["Page-Version"], "worry": "Three children"}
    assert visitor.client.post(first_page, again)["Location"] == at(draft, "day")
    assert Draft.objects.get().answers["worry"]["worry"] == ["Three children"]


def test_a_first_page_that_is_left_counts_as_a_form_begun(settings: Any) -> None:
    settings.SENDER_DRAFTS = 0
    _, answer = left(Visitor(None).open("/worry/"), worry="Two children")
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert not Draft.objects.exists()
