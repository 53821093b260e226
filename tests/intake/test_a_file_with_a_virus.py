"""A school's file with a virus in it: read as any other, since reading runs nothing, and held."""

import pytest

from onroll.documents import tasks
from onroll.intake.models import Transfer
from tests.documents.clamd import NAME, VIRUS, Clamd
from tests.intake.world import leaves
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
DOWNLOAD = "Download the file as it came"


@pytest.fixture
def transfer() -> Transfer:
    return leaves(reason=VIRUS.decode()).transfer


def test_its_records_are_used_and_nobody_gets_the_file(
    scanner: Clamd, transfer: Transfer, people: People
) -> None:
    olive, page = Visitor(people.olive), f"/files/{transfer.ref}/"
    text = olive.open(page).text
    assert transfer.stage == "applied"
    assert "EXAMPLE, Sam" in text
    assert "Waiting to be checked" in text
    assert DOWNLOAD not in text
    tasks.scan_waiting()
    text = olive.open(page).text
    assert f"Virus found The scanner calls it {NAME}." in text
    assert DOWNLOAD not in text
    held = olive.open(f"{page}as-it-came/")
    assert held.status == 409
    assert "This file cannot be downloaded" in held.text
    assert VIRUS not in held.content


def test_where_no_scanner_is_set_it_is_handed_out_and_said_to_be_unchecked(
    transfer: Transfer, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/files/{transfer.ref}/")
    assert "Not checked for viruses: this service has no virus scanner." in olive.text
    assert DOWNLOAD in olive.text
    assert VIRUS in olive.open(f"/files/{transfer.ref}/as-it-came/").content
