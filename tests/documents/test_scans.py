"""A document is held until a real clamd has looked into it, and none is ever lost by it."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.accounts.permissions import Permission
from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.documents import actions, queries, tasks
from onroll.documents.frame import hand_out
from onroll.documents.models import Document, Kind, Scan, ScannerState
from onroll.documents.queries import Check
from tests.documents.clamd import MEGABYTE, NAME, VIRUS, Clamd, answers
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.reading import Page

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def attach(content: bytes, name: str = "letter.pdf") -> int:
    return actions.attach(kind=Kind.INTAKE, content=content, name=name, by=None, at=NOW).pk


def check_of(document_id: int) -> Check:
    return queries.check_of(queries.without_content(document_id))


def scan_of(document_id: int) -> Scan:
    return check_of(document_id).scan


def download(document_id: int, people: People) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user, request.session = people.olive, SessionStore()
    return hand_out(
        request,
        document_id,
        name="letter.pdf",
        children=(7,),
        page="a letter",
        permission=Permission.FILES_VIEW,
    )


def test_a_document_is_held_until_nothing_is_found_in_it(scanner: Clamd, people: People) -> None:
    document_id = attach(b"A letter.")
    held = download(document_id, people)
    assert held.status_code == 409
    assert "Waiting to be checked" in Page(held.content).text
    assert b"A letter." not in held.content
    assert not AccessEvent.objects.filter(page="a letter").exists()
    assert tasks.scan_waiting() == 1
    check = check_of(document_id)
    assert (check.scan, check.signature, check.is_held) == (Scan.CLEAN, "", False)
    assert check.at is not None
    assert download(document_id, people).content == b"A letter."
    assert tasks.scan_waiting() == 0


def test_a_document_with_a_virus_is_kept_and_handed_to_nobody(
    scanner: Clamd, people: People
) -> None:
    content = b"A letter. " * 1000 + VIRUS
    infected, clean = attach(content), attach(b"A letter.")
    assert tasks.scan_waiting() == 2
    check = check_of(infected)
    assert (check.scan, check.signature, check.is_held) == (Scan.INFECTED, NAME, True)
    assert scan_of(clean) is Scan.CLEAN
    held = download(infected, people)
    assert held.status_code == 409
    assert f"The scanner calls it {NAME}." in Page(held.content).text
    assert VIRUS not in held.content
    assert queries.content(infected) == content
    entry = ChangeEvent.objects.get(
        table_name="documents_document", row_key=str(infected), verb="update"
    )
    assert entry.actor == tasks.ACTOR


@pytest.mark.parametrize("size", [2 * MEGABYTE, 4 * MEGABYTE])
def test_what_is_larger_than_the_scanner_looks_into_is_not_called_clean(
    scanner: Clamd, people: People, size: int
) -> None:
    """clamd takes 3 MB here, and looks into 1 MB of it."""
    document_id = attach(b"a" * size)
    assert tasks.scan_waiting() == 1
    assert scan_of(document_id) is Scan.TOO_LARGE
    assert "Too large to check" in Page(download(document_id, people).content).text


def test_a_document_at_which_the_scanner_fails_goes_behind_the_others(
    scanner: Clamd, settings
) -> None:
    """The setting is larger than what clamd takes, which closes the line in the middle."""
    settings.CLAMD_MAX_SIZE = 100 * MEGABYTE
    bad, good = attach(b"a" * 9 * MEGABYTE), attach(b"A letter.")
    assert queries.waiting() == [bad, good]
    assert tasks.scan_waiting() == 1
    assert (scan_of(bad), scan_of(good)) == (Scan.WAITING, Scan.CLEAN)
    later = attach(b"Another letter.")
    assert queries.waiting() == [later, bad]
    assert tasks.scan_waiting() == 1
    assert scan_of(later) is Scan.CLEAN


def test_while_the_scanner_is_stopped_files_wait_and_none_is_lost(
    scanner: Clamd, people: People
) -> None:
    scanner.stop()
    waiting = [attach(b"A letter."), attach(VIRUS)]
    assert tasks.scan_waiting() == 0
    assert download(waiting[0], people).status_code == 409
    assert queries.waiting() == waiting
    assert "2files held: the virus scanner does not answer" in Visitor(people.ari).open("/").text
    scanner.start()
    answers()
    tasks.look(0)
    assert [scan_of(each) for each in waiting] == [Scan.CLEAN, Scan.INFECTED]
    day = Visitor(people.ari).open("/").text
    assert "0files to check for viruses" in day
    assert "1file held: it has a virus" in day


def test_the_health_page_says_that_the_scanner_is_stopped_or_hangs(
    scanner: Clamd, client: Client
) -> None:
    assert (client.get("/health/").json())["scanner"] == "ok"
    for harm in (scanner.hang, scanner.stop):
        harm()
        answer = client.get("/health/")
        assert answer.status_code == 200
        assert (answer.json()["status"], answer.json()["scanner"]) == ("late", "does not answer")


def test_without_a_scanner_a_document_is_handed_out_and_said_to_be_unchecked(
    people: People,
) -> None:
    assert queries.scanner_state() is ScannerState.NOT_SET
    document_id = attach(b"A letter.")
    assert tasks.scan_waiting() == 0
    assert not check_of(document_id).is_held
    assert download(document_id, people).content == b"A letter."
    day = Visitor(people.ari).open("/").text
    assert "1file not checked for viruses: no scanner is set" in day


def test_what_was_found_stays_held_when_the_scanner_is_taken_away(
    scanner: Clamd, settings, people: People
) -> None:
    document_id = attach(VIRUS)
    tasks.scan_waiting()
    settings.CLAMD = ""
    assert download(document_id, people).status_code == 409


def test_each_document_brings_the_job_that_scans_it(settings) -> None:
    attach(b"A letter.")
    assert not ProcrastinateJob.objects.exists()
    settings.CLAMD = "127.0.0.1:1"
    attach(b"A letter.")
    assert ProcrastinateJob.objects.get().task_name == "documents.scan"
    assert queries.scanner_state() is ScannerState.SILENT


def test_the_first_answer_about_a_document_stays() -> None:
    document_id = attach(b"A letter.")
    note = partial(actions.note_scan, document_id=document_id, at=NOW)
    assert note(scan=Scan.INFECTED, signature=NAME)
    assert not note(scan=Scan.CLEAN, signature="")
    assert scan_of(document_id) is Scan.INFECTED


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"scan": "clean"}, "exactly_when_it_was_scanned"),
        ({"scanned_at": NOW}, "exactly_when_it_was_scanned"),
        ({"scan": "harmless", "scanned_at": NOW}, "exactly_when_it_was_scanned"),
        ({"scan": "infected", "scanned_at": NOW}, "exactly_when_it_names_a_virus"),
        ({"signature": NAME}, "exactly_when_it_names_a_virus"),
    ],
)
def test_the_database_takes_no_other_answer(values: dict[str, object], constraint: str) -> None:
    document = Document.objects.filter(pk=attach(b"A letter."))
    with pytest.raises(IntegrityError, match=constraint):
        document.update(**values)


def test_the_bytes_stay_as_they_came_though_the_answer_may_change() -> None:
    attach(b"A letter.")
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET scan = 'waiting', content = ''")
