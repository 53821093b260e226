"""Whatever stops a file from being read, its page says so, and nothing waits unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from lxml import etree

from onroll.documents import queries as documents
from onroll.intake import actions, queries
from onroll.intake.actions import batches, leavers
from onroll.intake.models import Problem, Row, Transfer
from onroll.intake.tasks import process
from tests import files
from tests.intake.world import AT, LEFT_ON, TODAY, pupil, schools, take_in
from tests.people import People
from tests.reading import Page

pytestmark = pytest.mark.django_db

PANIC = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})
"""What a panic in a library's Rust is to Python: no `Exception`."""


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Give a function that makes the reader of XML, a library, break in some way."""

    def begin(fault: BaseException) -> None:
        def iterparse(*_: Any, **__: Any) -> None:
            raise fault

        monkeypatch.setattr(etree, "iterparse", iterparse)

    return begin


def received() -> Transfer:
    schools()
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK"), made=TODAY)
    name = "3102001_CML_310LLLL_001.xml"
    return actions.receive_file(content=content, name=name, how="command", at=AT).transfer


FAULTS = [PANIC("rust"), MemoryError(), RecursionError(), KeyError("x"), ValueError("x")]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_file_that_a_fault_stops_is_shown_as_not_read(breaks, fault, people: People) -> None:
    transfer = received()
    breaks(fault)
    process(transfer.pk)
    transfer.refresh_from_db()
    assert (transfer.stage, Row.objects.count()) == ("refused", 0)
    assert transfer.finished_at is not None
    assert Problem.objects.get().rule == "read-failed"
    olive = Client()
    olive.force_login(people.olive)
    page = Page(olive.get(f"/files/{transfer.ref}/").content).text
    assert "This file could not be read" in page
    assert "through a fault of Onroll" in page
    assert "Could not be read" in Page(olive.get("/files/").content).text
    assert not queries.standing_still(since=AT.replace(year=2099)).exists()


def test_what_a_fault_of_ours_stopped_is_read_when_it_is_sent_again(
    breaks, monkeypatch: pytest.MonkeyPatch
) -> None:
    transfer = received()
    content, name = documents.content(transfer.document_id), transfer.name
    breaks(PANIC("rust"))
    process(transfer.pk)
    monkeypatch.undo()
    again = actions.receive_file(content=content, name=name, how="command", at=AT)
    assert (again.transfer.pk, again.is_first) == (transfer.pk, False)
    process(transfer.pk)
    transfer.refresh_from_db()
    assert (transfer.stage, transfer.refused_because) == ("applied", "")
    assert not Problem.objects.filter(rule="read-failed").exists()


def test_a_database_that_is_away_refuses_no_file(breaks) -> None:
    transfer = received()
    breaks(OperationalError("gone"))
    with pytest.raises(OperationalError):
        process(transfer.pk)
    transfer.refresh_from_db()
    assert transfer.stage == "received"
    assert transfer.failed_at is not None


def test_a_wish_to_stop_is_no_fault(breaks) -> None:
    transfer = received()
    breaks(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        process(transfer.pk)
    transfer.refresh_from_db()
    assert (transfer.stage, transfer.failed_at) == ("received", None)


def test_a_record_that_a_fault_stops_sinks_no_other(
    monkeypatch: pytest.MonkeyPatch, people: People
) -> None:
    """One of nine records makes a library fail: eight are used, and a person can try the ninth."""
    schools()
    names = ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Oak", "Rowan"]
    records = [
        pupil(surname=name, upn="", born=LEFT_ON.replace(year=2010 + n),
              left_on=LEFT_ON, reason="UK")
        for n, name in enumerate(names)
    ]  # fmt: skip
    as_ever = leavers.leave

    def leave(applying: Any, rows: Any) -> None:
        if any(row.record.surname == "Hazel" for row in rows):
            raise ZeroDivisionError
        as_ever(applying, rows)

    monkeypatch.setitem(batches.ACTIONS, "leaver", leave)
    transfer = take_in(files.cml(*records, made=TODAY))
    stages = dict(transfer.rows.values_list("said__surname", "stage"))
    assert stages.pop("Hazel") == "held"
    assert set(stages.values()) == {"applied"}
    assert transfer.stage == "applied"
    olive = Client()
    olive.force_login(people.olive)
    assert "Through a fault of Onroll" in Page(olive.get("/review/?list=held").content).text
    monkeypatch.undo()
    assert actions.try_again(transfer=transfer) == 1
    process(transfer.pk)
    assert set(transfer.rows.values_list("stage", flat=True)) == {"applied"}
