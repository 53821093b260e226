"""An enquiry outlives the officer's absence, its case's end and the night (P12, P31, P32)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.accounts import actions as accounts
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.clocks import tasks
from onroll.clocks.models import Deadline, Subject
from onroll.enquiries.models import Enquiry
from onroll.rules.day import PLACES, Call
from onroll.schools import actions as schools
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OVERDUE = PLACES[Call.LOCAL_OVERDUE].because
RAN_OUT = "Chase the answer: Friends"
Work = Callable[[], None]


@pytest.fixture
def case(transactional_db: None, people: People) -> Case:
    """Give the case of a child who left St Ann's, where Sam works; Olive has it."""
    borough = worlds.build()
    schools.add_staff(user=people.sam, school=borough.st_anns, on=timezone.localdate())
    child = borough.child("Rowan", "Merlinton")
    borough.at_school(child)
    return borough.case(child, owner=people.olive)


@pytest.fixture
def lena(people: People) -> User:
    """Give the lead officer's deputy."""
    return accounts.add_person(
        email="lena@harrow.example",
        name="Lena Lord",
        role=Role.LOC,
        team="",
        by=None,
        at=timezone.now(),
    )


def ask_the_school(case: Case, people: People) -> Visitor:
    """Let Olive ask St Ann's on the pages, and return her."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
    olive.send(
        "Save",
        step="friends",
        state="asked",
        school=str(case.school_id),
        asked_words="Where did the file go?",
        **day("on", timezone.localdate()),
    )
    return olive.see("is asked, and can answer in Onroll")


def pass_the_night(work: Work) -> None:
    """Let the worker do what it does every night for clocks."""
    night = app.configure_task(tasks.nightly.name, allow_unknown=False)
    night.defer(timestamp=int(timezone.now().timestamp()))
    work()


def clock_of(case: Case) -> Deadline:
    enquiry = Enquiry.objects.get(case=case, step="friends")
    return Deadline.objects.get(subject=Subject.ENQUIRY.value, subject_id=enquiry.pk)


def close(case: Case, people: People) -> None:
    today = timezone.localdate()
    cases.close_case(
        case=case,
        outcome="reported_in_error",
        facts=facts("reported_in_error", on=today),
        why="A slip of the school's.",
        by=people.max,
        at=timezone.localtime(),
    )


def test_a_deputy_on_the_case_reads_the_news_for_the_officer_who_is_away(
    case: Case, people: People, lena: User
) -> None:
    """Who looks after a colleague's case joins its team: what arrives calls them both, and once."""
    ask_the_school(case, people)
    sam = Visitor(people.sam).open("/today/").follow("Answer the council").follow("Friends")
    sam.follow("Answer")
    sam.send("Send the answer", result="lead:school", words="It went to Leeds.")
    deputy = Visitor(lena).open("/today/")
    assert "told us" not in deputy.text
    url = Visitor(people.olive).open("/today/").follow("Read it").address
    deputy.open(url).see("It went to Leeds.")
    assert "I have read what is new" not in deputy.text

    cases.add_member(case=case, user=lena, by=people.olive, at=timezone.localtime())
    deputy.open("/today/").see("told us: Friends", case.ref).follow("Read it")
    deputy.see("It went to Leeds.").send("I have read what is new")
    deputy.see("Your name stands beside what is new", "Lena Lord")
    for person in (lena, people.olive):
        assert "told us" not in Visitor(person).open("/today/").text
    Visitor(people.olive).open(url).see("Read", "Lena Lord")


def test_the_clock_of_an_enquiry_ends_in_the_night_after_its_case_and_runs_on_with_it(
    work: Work, case: Case, people: People
) -> None:
    ask_the_school(case, people)
    pass_the_night(work)
    assert clock_of(case).is_running
    close(case, people)
    olive = Visitor(people.olive).open("/enquiries/?list=waiting").see("Nothing is on this list.")
    pass_the_night(work)
    assert clock_of(case).ended_on == timezone.localdate()
    Deadline.objects.filter(pk=clock_of(case).pk).update(
        starts_on=timezone.localdate() - 2 * DAY, due_on=timezone.localdate() - DAY
    )
    assert RAN_OUT not in olive.open("/today/").text
    sam = Visitor(people.sam).open("/today/")
    assert "question about your pupils" not in sam.text

    case.refresh_from_db()
    cases.reopen_case(case=case, why="It was no slip.", by=people.max, at=timezone.localtime())
    cases.assign_case(case=case, owner=people.olive, by=people.max, at=timezone.localtime())
    pass_the_night(work)
    olive.open("/today/").see(RAN_OUT)
    sam.open("/today/").see("question about your pupils")


def test_an_enquiry_that_ran_out_overnight_stands_on_today_in_the_morning_until_it_is_chased(
    work: Work, case: Case, people: People
) -> None:
    olive = ask_the_school(case, people).open("/today/")
    assert RAN_OUT not in olive.text
    clock = clock_of(case)
    # The nights pass: it was asked a week ago, and yesterday the answer was due.
    yesterday = timezone.localdate() - DAY
    Deadline.objects.filter(pk=clock.pk).update(starts_on=yesterday - 7 * DAY, due_on=yesterday)
    pass_the_night(work)
    olive.open("/today/").see(OVERDUE, RAN_OUT, case.ref).follow("Chase it")
    olive.follow("Record that they were chased")
    olive.send(
        "Save", words="Rang the office.", method="telephone", **day("on", timezone.localdate())
    )
    olive.see("Ask again on")
    assert RAN_OUT not in olive.open("/today/").text
    clock.refresh_from_db()
    assert clock.met_on == timezone.localdate()
