"""Two sendings of one form at the same moment, on connections of their own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from onroll.audit.models import ChangeEvent, SecurityEvent
from onroll.cases.models import Case, Note
from onroll.intake.models import Arrival, Transfer
from onroll.receipts import actions
from onroll.receipts.models import Receipt
from tests import files
from tests.cases import world as worlds
from tests.journeys.visitor import FilledIn, Visitor
from tests.people import People
from tests.reading import Page

MANY = 6
Send = Callable[[Visitor, FilledIn], list[Any]]


@pytest.fixture
def case(transactional_db: None, people: People) -> Case:
    return worlds.build().case(owner=people.olive)


@pytest.fixture
def send_at_once() -> Iterator[Send]:
    """Give a function that sends a form several times at once, as one browser would."""
    with ThreadPoolExecutor(MANY) as pool:

        def send(visitor: Visitor, form: FilledIn) -> list[Any]:
            together = threading.Barrier(MANY)

            def one(_number: int) -> Any:
                window = Client(enforce_csrf_checks=True)
                window.cookies.update(visitor.client.cookies)
                together.wait()
                try:
                    return window.post(form.address, form.whole())
                finally:
                    connections.close_all()

            return list(pool.map(one, range(MANY)))

        yield send


def test_a_note_sent_several_times_at_once_is_one_note(case, people, send_at_once):
    olive = Visitor(people.olive).open(reverse("cases:note", args=[case.ref]))
    earlier = list(ChangeEvent.objects.values_list("pk", flat=True))  # the trail is never emptied
    answers = send_at_once(olive, olive.fill_in("Save", text="Rang both numbers."))
    assert [answer.status_code for answer in answers] == [302] * MANY
    assert {answer["Location"] for answer in answers} == {
        reverse("casefile:chronology", args=[case.ref])
    }
    note = Note.objects.get()
    trail = ChangeEvent.objects.exclude(pk__in=earlier)
    recorded = trail.filter(table_name="cases_note", row_key=str(note.pk))
    assert [change.verb for change in recorded] == ["insert"]
    page = olive.open(reverse("casefile:chronology", args=[case.ref])).text
    assert page.count("The note is added.") == 1


def test_a_file_sent_several_times_at_once_arrives_once(case, people, send_at_once):
    olive = Visitor(people.olive).open(reverse("intake:upload"))
    content = files.cml(
        files.pupil(surname="Example", forename="Made-up", born=worlds.BORN), made=worlds.TODAY
    )
    form = olive.fill_in("Upload", files={"3102001_CML_310LLLL_001.xml": content})
    answers = send_at_once(olive, form)
    assert {answer["Location"] for answer in answers} == {
        reverse("intake:transfer", args=[Transfer.objects.get().ref])
    }
    assert not Arrival.objects.exists()


def test_a_reason_stated_twice_at_once_is_kept_and_recorded_once(case, people, send_at_once):
    """What the first kept in the session, the second does not save over."""
    pat = Visitor(people.pat).open(reverse("reason") + "?next=/account/")
    before = SecurityEvent.objects.filter(event="reason").count()
    send_at_once(pat, pat.fill_in("Continue", text="A complaint about this file"))
    assert SecurityEvent.objects.filter(event="reason").count() == before + 1
    assert "A complaint" in str(pat.client.session.items())


def test_a_repeat_that_read_its_session_before_the_first_saved_does_not_save_over_it(
    people, monkeypatch: pytest.MonkeyPatch
):
    """The very order of the two: read, saved by the first, the repeat's turn without a wait."""
    pat = Visitor(people.pat).open(reverse("reason") + "?next=/account/")
    form = pat.fill_in("Continue", text="A complaint about this file")
    first, take_turn = Client(enforce_csrf_checks=True), actions.take_turn
    first.cookies = pat.client.cookies

    def let_the_first_end(digest: str) -> bool:
        monkeypatch.setattr(actions, "take_turn", take_turn)
        assert first.post(form.address, form.whole()).status_code == 302
        return take_turn(digest)

    monkeypatch.setattr(actions, "take_turn", let_the_first_end)
    assert pat.client.post(form.address, form.whole()).status_code == 302
    assert "A complaint" in str(pat.client.session.items())


def test_who_has_waited_too_long_is_told_that_it_is_still_being_saved(
    case, people, owner_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(actions, "LONGEST_WAIT", "50ms")
    olive = Visitor(people.olive).open(reverse("cases:note", args=[case.ref]))
    form = olive.fill_in("Save", text="Rang both numbers.")
    olive.client.post(form.address, form.whole())
    digest = Receipt.objects.get().digest
    with owner_connection.transaction():
        owner_connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [digest])
        answer = olive.client.post(form.address, form.whole())
    assert answer.status_code == 409
    assert "This is still being saved" in Page(answer.content).text
    assert olive.client.post(form.address, form.whole()).status_code == 302
    assert Note.objects.count() == 1
