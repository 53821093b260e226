"""Lines of rolls and joiners' records that show no registration: guests, unreadable days."""

from datetime import date

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.formats import SchoolSpell
from onroll.intake import actions, queries, tasks
from onroll.intake.models import ListKind, Transfer
from onroll.intake.records.stored import from_json, spell_from_json
from onroll.lists.models import Finding
from tests.intake.world import (
    AT,
    TODAY,
    UPN,
    enrolled,
    joins,
    leaves,
    places,
    sam,
    schools,
    take_in,
)
from tests.people import People

pytestmark = pytest.mark.django_db
HEADINGS = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Entry Date,Leaving Date,Enrol Status\n"
LINE = f"310,{{estab}},{UPN},Example,Sam,04/03/2015,F,{{entry}},{{leaving}},{{status}}\n"
NOOR = "310,2001,,Sample,Noor,05/04/2016,F,01/09/2021,,C\n"


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def roll(*, entry: str = "", leaving: str = "", status: str = "", estab: str = "2002") -> bytes:
    line = LINE.format(estab=estab, entry=entry, leaving=leaving, status=status)
    return (HEADINGS + line).encode()


def listed(content: bytes, name: str = "roll.csv", *, kind: ListKind = ListKind.ROLL) -> Transfer:
    received = actions.receive_list(
        content=content, name=name, kind=kind, on=TODAY, how="command", at=AT
    )
    return tasks.take_through(received.transfer.pk, at=AT, actor="test")


NOT_ON_ROLL = [
    ({"leaving": "20/7/26"}, "the leaving date, “20/7/26”, cannot be read"),
    ({"leaving": "31/06/2026"}, "the leaving date, “31/06/2026”, cannot be read"),
    ({"leaving": "gone"}, "the leaving date, “gone”, cannot be read"),
    ({"entry": "05/09/27"}, "the entry date, “05/09/27”, cannot be read"),
    ({"status": "G"}, "is a guest at Mill Lane School"),
    ({"status": "Guest pupil"}, "is a guest at Mill Lane School"),
    ({"status": "Pre-admission"}, "has not started at Mill Lane School yet"),
]


@pytest.mark.parametrize(("said", "words"), NOT_ON_ROLL)
def test_a_line_of_which_nobody_can_say_that_it_is_of_the_roll_registers_nobody(
    said: dict[str, str], words: str
) -> None:
    row = take_in(roll(**said), "roll.csv").rows.get()
    assert Child.objects.count() == 1
    assert not Place.objects.exists()
    assert (row.effect, row.is_to_confirm) == ("kept", True)
    assert words in row.effect_words


@pytest.mark.parametrize(("said", "words"), NOT_ON_ROLL)
def test_such_a_line_finds_no_missing_child_but_is_a_lead(said: dict[str, str], words: str) -> None:
    leaves(reason="UK")
    take_in(roll(**said), "roll.csv")
    case = Case.objects.get()
    assert (case.stage, places()) == ("reported", [])
    assert words in case.alerts.get(kind="lead").quote


@pytest.mark.parametrize(("said", "words"), NOT_ON_ROLL)
def test_who_is_on_a_whole_roll_only_by_such_a_line_has_vanished_from_it(
    said: dict[str, str], words: str
) -> None:
    enrolled(estab="2002")
    listed(roll(**said) + NOOR.replace("2001", "2002").encode())
    finding = Finding.objects.get(child__forename="Sam")
    assert finding.kind == "vanished"
    assert "The list itself says of the child: " in finding.because


def test_a_whole_roll_withdraws_nothing_by_an_unreadable_line() -> None:
    enrolled(estab="2002")
    listed(HEADINGS.encode() + NOOR.replace("2001", "2002").encode())
    assert Finding.objects.waiting().filter(child__forename="Sam").exists()
    listed(roll(leaving="20/7/26"), "again.csv")
    assert Finding.objects.waiting().filter(child__forename="Sam").exists()


def test_a_status_kept_before_it_was_a_field_still_counts() -> None:
    before = [["enrolment status", "P"]]
    assert from_json({"index": 1, "unmapped": before}).enrol_status == "P"
    assert spell_from_json(None, None, before) == (SchoolSpell(), "P")


def test_a_guest_of_a_joiners_file_is_not_found() -> None:
    """CS007 G: *Guest (pupil not registered at this school)*."""
    leaves(reason="UK")
    row = joins(extra="<BasicDetails><EnrolStatus>G</EnrolStatus></BasicDetails>")
    case = Case.objects.get()
    assert (row.effect, row.is_to_confirm, row.case) == ("kept", True, case)
    assert "is a guest at Mill Lane School" in row.effect_words
    assert (case.stage, places()) == ("reported", [])
    assert case.alerts.filter(kind="lead").exists()


def test_any_other_status_of_a_joiners_file_joins() -> None:
    leaves(reason="UK")
    row = joins(extra="<BasicDetails><EnrolStatus>C</EnrolStatus></BasicDetails>")
    assert row.effect == "gap_closed"


@pytest.mark.parametrize("entry", ["05/09/2027", "5/9/27", "next term"])
def test_a_joining_on_a_day_that_cannot_be_read_waits_and_finds_nobody(entry: str) -> None:
    leaves(reason="UK")
    row = joins(entry_on=entry)
    assert (row.stage, Case.objects.get().stage) == ("held", "reported")
    assert f"“{entry}”" in row.effect_words


def test_a_joining_in_the_past_counts_though_its_day_is_written_as_no_file_may() -> None:
    leaves(reason="UK")
    assert joins(entry_on="16/11/2026").effect == "gap_closed"


def test_a_guest_who_is_registered_elsewhere_asks_for_nobody() -> None:
    enrolled(estab="2001")
    row = take_in(roll(status="G"), "roll.csv").rows.get()
    assert (row.effect, row.is_to_confirm) == ("kept", False)
    assert places(date(2026, 11, 23)) == ["St Ann's School"]


def test_a_record_settled_to_be_the_child_withdraws_nothing_where_it_shows_no_stay(
    people: People,
) -> None:
    enrolled(estab="2002")
    noor = NOOR.replace("2001", "2002")
    unclear = LINE.format(estab="2002", entry="", leaving="", status="G").replace(UPN, "")
    listed(f"{HEADINGS}{noor}{unclear.replace('Sam', 'Samm')}".encode())
    assert Finding.objects.waiting().filter(child__forename="Sam").exists()
    row = queries.waiting_rows(people.max).get()
    actions.settle_row(row=row, child=sam(), why="Rang.", by=people.olive, at=AT)
    assert Finding.objects.waiting().filter(child__forename="Sam").exists()


def test_a_line_of_who_is_yet_to_start_says_so() -> None:
    row = take_in(roll(entry="05/01/2027"), "roll.csv").rows.get()
    assert row.effect == "joining_later"
    assert row.effect_words == "Is to start at Mill Lane School on 5 January 2027."
    assert places() == []
    assert places(date(2027, 1, 5)) == ["Mill Lane School"]


@pytest.mark.parametrize(
    ("ended", "words"),
    [("20/10/2026", "left on 20/10/2026"), ("20/10/26", "the leaving date, “20/10/26”")],
)
def test_home_education_that_the_list_says_has_ended_is_none(ended: str, words: str) -> None:
    head = HEADINGS.replace("Leaving Date", "End date").replace("LA,Estab,", "")
    line = f"{UPN},Example,Sam,04/03/2015,F,01/09/2024,{ended},\n"
    transfer = listed((head + line).encode(), kind=ListKind.HOME_EDUCATION)
    row = transfer.rows.get()
    assert (row.effect, row.is_to_confirm) == ("kept", True)
    assert words in row.effect_words
    assert not Place.objects.exists()


def test_who_stands_on_the_home_education_list_only_as_ended_has_vanished_from_it() -> None:
    head = HEADINGS.replace("Leaving Date", "End date").replace("LA,Estab,", "")
    line = f"{UPN},Example,Sam,04/03/2015,F,01/09/2024,,\n"
    listed((head + line).encode(), kind=ListKind.HOME_EDUCATION)
    assert places() == ["Home education"]
    ended = line.replace("2024,,", "2024,gone,")
    listed((head + ended).encode(), "again.csv", kind=ListKind.HOME_EDUCATION)
    assert Finding.objects.waiting().get().kind == "vanished"
