"""Of whom a roll was asked is not asked again in the form in which the asker refers (P10, P60)."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from onroll.advice.models import RollQuestion
from onroll.agencies import actions as agencies
from onroll.drafts.actions import delete_draft
from onroll.drafts.models import Draft
from tests.agencies.made import confirmed_agency
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import WHY

pytestmark = pytest.mark.django_db
CHILD = {
    "forename": "Quillon",
    "surname": "Zebraby",
    "born_day": "5",
    "born_month": "4",
    "born_year": "2016",
}
QUESTION = {"purpose": "health", **CHILD}


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def asked_by_code(people: People) -> Visitor:
    now = timezone.localtime()
    agency = confirmed_agency("Health visitors", by=people.olive, at=now - timedelta(days=1))
    _, words = agencies.make_code(agency=agency, person="Hetty", by=people.olive, at=now)
    return Visitor(None).open("/on-roll/code/").send("Ask", code=words, **QUESTION)


def shown(visitor: Visitor, *names: str) -> dict[str, str]:
    form = next(form for form in visitor.page.forms if names[0] in form.fields)
    return {name: str(form.fields[name] or "") for name in names}


def child_in_form(visitor: Visitor) -> dict[str, str]:
    """Return what the second page of the form, which names the child, opens with."""
    return shown(visitor.send("Continue", **WHY, whereabouts="no"), *CHILD)


def columns() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            yield model._meta.db_table, str(field.column)
    yield "onroll_cache", "value"
    yield "onroll_cache", "cache_key"


def _plain(said: str) -> str:
    """Return what a column says; the cache writes in base 64."""
    try:
        return said + base64.b64decode(said, validate=True).decode("latin-1")
    except ValueError:
        return said


def places_of(word: str) -> list[tuple[str, str]]:
    """Return the columns of the database in which a word stands."""
    found = []
    with connection.cursor() as cursor:
        for table, column in columns():
            quoted, name = connection.ops.quote_name(table), connection.ops.quote_name(column)
            cursor.execute(f"SELECT {name}::text FROM {quoted}")
            if any(word in _plain(said or "") for (said,) in cursor.fetchall()):
                found.append((table, column))
    return found


def test_by_a_code_the_child_and_who_asks_stand_in_the_form(people: People) -> None:
    answer = asked_by_code(people)
    assert places_of("Zebraby") == []
    answer.send("Refer the child").see("Why you refer the child")
    assert "Zebraby" not in answer.address
    assert child_in_form(answer) == CHILD
    assert "drafts_draft" in {table for table, _ in places_of("Zebraby")}
    draft = Draft.objects.get()
    assert draft.offered["you"] == {"referrer_name": "Hetty", "agency": "Health visitors"}
    delete_draft(draft=draft)
    assert places_of("Zebraby") == []


@pytest.mark.parametrize(
    ("who", "form"), [("sen", "/refer/professional/form/"), ("sam", "/school/refer/new/form/")]
)
def test_signed_in_the_child_stands_in_the_form(people: People, who: str, form: str) -> None:
    answer = Visitor(getattr(people, who)).open("/on-roll/").send("Ask", **QUESTION)
    answer.send("Refer the child")
    assert answer.address.startswith(form)
    assert child_in_form(answer) == CHILD
    assert RollQuestion.objects.count() == Draft.objects.count() == 1


def test_who_has_the_address_alone_has_no_name_from_it(people: People) -> None:
    answer = asked_by_code(people)
    other = Visitor(None).open(answer.address)
    assert "Zebraby" not in other.text
    other.send("Refer the child")
    assert other.address.split("?")[0] == "/refer/professional/"
    assert not Draft.objects.exists()
    assert set(child_in_form(other).values()) == {""}


def test_after_the_hour_neither_the_answer_nor_the_name_is_there(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked_by_code(people)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    monkeypatch.setattr("time.time", later.timestamp)
    assert answer.open(answer.address).status == 404


def test_too_many_forms_from_one_connection_are_refused_in_words(
    people: People, settings: Any
) -> None:
    answer = asked_by_code(people)
    settings.SENDER_DRAFTS = 0
    answer.send("Refer the child").see("Very many forms were begun from your connection")
    settings.SENDER_DRAFTS = 100
    assert child_in_form(answer.send("Refer the child")) == CHILD
