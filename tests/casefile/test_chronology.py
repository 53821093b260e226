"""One chronology of a case: by kind, by person and between two days, each entry with its source."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.accounts.models import User
from onroll.cases import actions
from onroll.cases.models import Case
from onroll.enquiries.actions import EntryFacts, record_enquiry
from onroll.rules.enquiry_log import Act, Result
from onroll.sharing.actions import Line, write_line
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Return a case on which a note was written, something asked, and something shared."""
    case = world.case(owner=people.olive)
    actions.add_note(case=case, text="Rang the aunt", by=people.max, at=AT + DAY)
    record_enquiry(
        on_cases=[case],
        step="housing",
        entries={Act.ASK: EntryFacts(on=(AT + DAY).date(), words="Who lives there?")},
        by=people.olive,
        at=AT + DAY,
    )
    line = Line(
        is_shared=False, on=(AT + 2 * DAY).date(), whom="A landlord", contents="All", why="No need"
    )
    write_line(case=case, line=line, by=people.olive, at=AT + 2 * DAY)
    return case


def test_one_list_holds_what_happened_was_written_asked_and_shared(
    case: Case, people: People
) -> None:
    page = Visitor(people.olive).open(f"/cases/{case.ref}/chronology/")
    page.see("Case opened", "Rang the aunt", "Who lives there?", "A landlord")
    page.see("Log of the case", "Note on the case", "Enquiry ", "Sharing log, line ")


def test_entries_stand_by_their_day_and_then_by_when_they_were_written(
    case: Case, people: People
) -> None:
    """What is known by its day alone, and written at one moment, is newest first as well."""
    said = {Act.ASK: EntryFacts(on=(AT - DAY).date(), words="First")}
    found = EntryFacts(on=(AT - DAY).date(), words="Second", result=Result.NOTHING_KNOWN)
    record_enquiry(
        on_cases=[case],
        step="health",
        entries={**said, Act.ANSWER: found},
        by=people.olive,
        at=AT + 3 * DAY,
    )
    late = {Act.ASK: EntryFacts(on=(AT - DAY).date(), words="Third")}
    record_enquiry(on_cases=[case], step="police", entries=late, by=people.olive, at=AT + 4 * DAY)
    text = Visitor(people.olive).open(f"/cases/{case.ref}/chronology/").text
    order = ["A landlord", "Rang the aunt", "Case opened", "Third", "Second", "First"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("kind=note", "Rang the aunt", "Who lives there?"),
        ("kind=enquiry", "Who lives there?", "Rang the aunt"),
        ("kind=shared", "A landlord", "Case opened"),
        ("until_on_day=18&until_on_month=11&until_on_year=2026", "Case opened", "A landlord"),
        ("from_on_day=20&from_on_month=11&from_on_year=2026", "A landlord", "Rang the aunt"),
    ],
)
def test_it_is_filtered_by_kind_and_between_two_days(
    case: Case, people: People, query: str, shown: str, left_out: str
) -> None:
    page = Visitor(people.olive).open(f"/cases/{case.ref}/chronology/?{query}").see(shown)
    assert left_out not in page.text
    page.see("entries") if "until" in query else page.see("1 of ")


def test_it_is_filtered_by_who_did_it(case: Case, people: People) -> None:
    page = Visitor(people.olive).open(f"/cases/{case.ref}/chronology/?person={people.max.pk}")
    page.see("Rang the aunt", "Who did it: Max Marsh")
    assert "A landlord" not in page.text


def test_a_last_day_before_the_first_is_said_and_nothing_is_left_out(
    case: Case, people: People
) -> None:
    query = (
        "from_on_day=20&from_on_month=11&from_on_year=2026"
        "&until_on_day=18&until_on_month=11&until_on_year=2026"
    )
    page = Visitor(people.olive).open(f"/cases/{case.ref}/chronology/?{query}")
    page.see("Until this day must not be before the first day", "Rang the aunt", "A landlord")


def test_the_case_shows_what_happened_last_and_leads_to_the_rest(
    case: Case, people: People
) -> None:
    page = Visitor(people.olive).open(f"/cases/{case.ref}/").see("What happened last")
    page.follow("See the whole chronology").see("Rang the aunt")


def test_many_entries_make_pages_and_no_more_queries(
    case: Case, people: People, as_: Callable[[User], Client]
) -> None:
    address, client = f"/cases/{case.ref}/chronology/", as_(people.olive)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(30):
        actions.add_note(case=case, text=f"Note {number}", by=people.max, at=AT + number * DAY)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    Visitor(people.olive).open(f"{address}?kind=note").see("Next", "Note 29")
    page = Visitor(people.olive).open(f"{address}?kind=note&page=2").see("Note 0")
    assert "Note 29" not in page.text
