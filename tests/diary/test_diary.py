"""The diary: what comes due on one's own work, and what a calendar program is told of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.diary.queries import AHEAD
from onroll.drafts.actions import start_draft
from onroll.drafts.authors import Author
from onroll.enquiries.actions import EntryFacts, record_enquiry
from onroll.rules.dated import in_words
from onroll.rules.enquiry_log import Act
from tests.cases.conftest import world
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

__all__ = ["world"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def case_with_a_clock(world: World, owner: User, name: str = "Amina") -> Case:
    """Return a case of which one clock runs, due in a week."""
    case = world.case(world.child(name, "Example"), owner=owner)
    clock = case.deadlines.running()[0]
    case.deadlines.running().exclude(pk=clock.pk).delete()
    clock.starts_on, clock.due_on = today(), today() + 7 * DAY
    clock.save(update_fields=["starts_on", "due_on"])
    return case


def today() -> date:
    return timezone.localdate()


def address_of(visitor: Visitor) -> str:
    """Return the path of the address that the page shows, once."""
    code = visitor.page.find(".//code")
    assert code is not None
    return str(code.text_content()).strip().removeprefix("http://testserver")


def read(path: str) -> Calendar:
    """Return what a calendar program without an account reads."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def test_the_page_says_what_comes_due_on_ones_own_cases_and_enquiries(
    world: World, people: People
) -> None:
    case = case_with_a_clock(world, people.olive)
    other = case_with_a_clock(world, people.max, "Nobody")
    asked = EntryFacts(on=today(), name="Housing", method="email", chase_on=today() + 9 * DAY)
    record_enquiry(
        on_cases=[case],
        step="housing",
        entries={Act.ASK: asked},
        by=people.olive,
        at=timezone.localtime(),
    )
    page = Visitor(people.olive).open("/today/").follow("What comes due")
    page.see("Amina Example", case.ref, "Chase the answer: Housing")
    assert other.ref not in page.text
    page.follow(case.ref).see("Looked at by an officer")


def test_of_what_is_overdue_or_later_than_a_term_it_says_nothing(
    world: World, people: People
) -> None:
    case = case_with_a_clock(world, people.olive)
    for due in (today() - DAY, today() + AHEAD + DAY):
        case.deadlines.update(starts_on=today() - 30 * DAY, due_on=due)
        page = Visitor(people.olive).open("/diary/")
        page.see("Nothing of yours comes due until then.")


def test_a_calendar_program_is_told_reference_and_day_and_nothing_else(
    world: World, people: People
) -> None:
    case = case_with_a_clock(world, people.olive)
    visitor = Visitor(people.olive).open("/diary/").send("Make an address")
    path = address_of(visitor)
    calendar = read(path)
    event, *others = calendar.events
    assert others == []
    assert (str(event["summary"]), event.start) == (case.ref, today() + 7 * DAY)
    told = calendar.to_ical().decode()
    assert {"SUMMARY", "UID", "DTSTAMP", "DTSTART", "CLASS", "TRANSP"} == set(event)
    for words in ("Amina", "Example", case.deadlines.running()[0].rule.title):
        assert words not in told
    visitor.open("/diary/").see("Your address was made")
    assert visitor.page.find(".//code") is None


def test_a_new_address_and_a_withdrawn_one_end_the_one_before(people: People) -> None:
    visitor = Visitor(people.olive).open("/diary/").send("Make an address")
    first = address_of(visitor)
    second = address_of(visitor.send("Make a new address"))
    assert Client().get(first).status_code == 404
    assert read(second).events == []
    visitor.send("Withdraw the address")
    assert Client().get(second).status_code == 404


def test_who_may_sign_in_no_more_has_no_diary_to_read(people: People) -> None:
    path = address_of(Visitor(people.olive).open("/diary/").send("Make an address"))
    User.objects.filter(pk=people.olive.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_it_is_read_sixty_times_an_hour_at_most(people: People) -> None:
    path = address_of(Visitor(people.olive).open("/diary/").send("Make an address"))
    program = Client()
    assert {program.get(path).status_code for _ in range(60)} == {200}
    assert program.get(path).status_code == 429


def test_more_cases_ask_no_more_of_the_database(world: World, people: People) -> None:
    client = Client()
    client.force_login(people.olive)
    asked = []
    for number in (1, 6):
        for n in range(number):
            case_with_a_clock(world, people.olive, f"Child{'abcdefgh'[n]}{'xy'[number // 6]}")
        client.get("/diary/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/diary/").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_the_day_on_which_a_form_of_ones_own_is_deleted_stands_there_and_no_other(
    people: People,
) -> None:
    """What is deleted that day is not given away to a calendar program: only the reference is."""
    for who, name in ((people.olive, "Ottilie"), (people.max, "Nobody")):
        start_draft(
            kind="cases:new_child",
            title="Add a new child",
            page="who",
            typed={"forename": [name]},
            author=Author(who),
            at=timezone.now() - 20 * DAY,
        )
    olive = Visitor(people.olive).open("/diary/")
    olive.see(in_words(today() + 8 * DAY), "A form that you have not finished is deleted")
    assert olive.text.count("is deleted, unless you go on") == 1
    assert "Ottilie" not in olive.text
