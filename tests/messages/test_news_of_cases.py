"""News of one's own cases: one message, or one a day as each has chosen, and none at night."""

from datetime import UTC, datetime, time, timedelta

import pytest

from onroll.accounts.actions import add_person, set_cover
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases import actions as cases
from onroll.cases.models import AlertKind, Case
from onroll.enquiries.actions import EntryFacts, add_entry, record_enquiry
from onroll.enquiries.models import Enquiry
from onroll.messages import tasks
from onroll.messages.actions import choose_how_often, tell
from onroll.messages.models import Choice, Kind, Message
from onroll.messages.quiet import at_next_daily
from onroll.rules.enquiry_log import Act, Result
from tests.cases.conftest import world
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.messages.mail_server import MailServer
from tests.people import People

__all__ = ["world"]
pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Return a case of Olive's of which nobody was written to."""
    return world.case(world.child("Amina", "Example"), owner=people.olive)


@pytest.fixture(autouse=True)
def _nights(settings) -> None:
    settings.QUIET_HOURS = (time(21), time(7))


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("kind", "user__name"))


def answer(enquiry: Enquiry, by: User) -> None:
    facts = EntryFacts(on=TODAY, name="Hope Housing", words="Moved", result=Result.NOTHING_KNOWN)
    add_entry(enquiry=enquiry, act=Act.ANSWER, facts=facts, by=by, at=AT)


def ask(case: Case, by: User) -> Enquiry:
    entries = {Act.ASK: EntryFacts(on=TODAY, name="Hope Housing", method="email")}
    made = record_enquiry(on_cases=[case], step="housing", entries=entries, by=by, at=AT)
    return made[0]


def test_a_case_given_is_told_to_who_has_it_now_and_not_to_who_gave_or_took_it(
    case: Case, people: People
) -> None:
    assert told() == []
    cases.assign_case(case=case, owner=people.max, by=people.olive, at=AT)
    assert told() == [("case_given", "Max Marsh")]


def test_an_alert_and_the_answer_of_somebody_else_are_told_to_who_has_the_case_and_its_team(
    case: Case, people: People
) -> None:
    cases.add_member(case=case, user=people.max, by=people.olive, at=AT)
    cases.raise_alert(case=case, kind=AlertKind.LEAD, at=AT)
    assert told() == [("case_alert", "Max Marsh"), ("case_alert", "Olive Obi")]
    answer(ask(case, people.olive), people.max)
    assert ("enquiry_answered", "Olive Obi") in told()
    assert ("enquiry_answered", "Max Marsh") not in told()


def test_a_question_to_the_manager_is_told_once_and_its_answer_to_who_asked(
    server: MailServer, case: Case, people: People
) -> None:
    for text in ("May I ring the father, Amina’s uncle says?", "And the school?"):
        cases.ask_manager(case=case, text=text, by=people.olive, at=AT)
    assert told() == [("manager_asked", "Max Marsh")]
    assert tasks.deliver_due(AT + MINUTE) == 1
    for question in case.manager_questions.all():
        cases.answer_question(
            question=question, decision="Yes, Amina’s own", why="So be it", by=people.max, at=AT
        )
    assert told() == [("manager_answered", "Olive Obi"), ("manager_asked", "Max Marsh")]
    assert tasks.deliver_due(AT + 2 * MINUTE) == 1
    assert [address for address, _ in server.letters] == [people.max.email, people.olive.email]
    for _, text in server.letters:
        assert case.ref in text
        assert not any(words in text for words in ("Amina", "father", "school", "Olive", "Max"))


def test_a_question_that_is_answered_at_once_is_not_told_any_more(
    case: Case, people: People
) -> None:
    choose_how_often(user=people.max, is_daily=True, at=AT)
    question = cases.ask_manager(case=case, text="May I?", by=people.olive, at=AT)
    assert Message.objects.get().due_at == at_next_daily(AT)
    cases.answer_question(question=question, decision="Yes", why="Fine", by=people.max, at=AT)
    assert told() == [("manager_answered", "Olive Obi")]


def test_a_manager_who_asks_or_answers_is_not_told_of_it(case: Case, people: People) -> None:
    question = cases.ask_manager(case=case, text="May I?", by=people.max, at=AT)
    cases.answer_question(question=question, decision="Yes", why="Fine", by=people.max, at=AT)
    assert told() == []


def test_of_a_sealed_case_only_a_manager_who_sees_it_is_asked(case: Case, people: People) -> None:
    cases.seal_case(
        case=case, why="A relative works here", team=[people.olive], by=people.olive, at=AT
    )
    Message.objects.all().delete()
    cases.ask_manager(case=case, text="May I?", by=people.olive, at=AT)
    assert told() == []
    cases.add_member(case=case, user=people.max, by=people.olive, at=AT)
    cases.ask_manager(case=case, text="May I then?", by=people.olive, at=AT)
    assert told() == [("manager_asked", "Max Marsh")]


def test_the_covering_colleague_is_told_too_by_a_choice_of_their_own(
    case: Case, people: People
) -> None:
    lena = add_person(email="lena@council.test", name="Lena Lord", role=Role.LOC, by=None, at=AT)
    set_cover(
        absent=people.olive,
        colleague=lena,
        from_on=TODAY,
        until_on=TODAY + DAY,
        by=people.olive,
        at=AT,
        last=0,
    )
    choose_how_often(user=lena, is_daily=True, at=AT)
    cases.raise_alert(case=case, kind=AlertKind.LEAD, at=AT)
    due = dict(Message.objects.values_list("user__name", "due_at"))
    assert due == {"Olive Obi": AT, "Lena Lord": at_next_daily(AT)}


def test_several_within_a_few_minutes_are_one_email_without_a_name(
    server: MailServer, case: Case, world: World, people: People
) -> None:
    other = world.case(world.child("Bea", "Basnet"), owner=people.olive)
    for one in (case, other):
        cases.raise_alert(case=one, kind=AlertKind.LEAD, at=AT)
    assert tasks.deliver_due(AT + MINUTE) == 1
    ((address, text),) = server.letters
    assert address == people.olive.email
    assert not any(words in text for words in ("Amina", "Basnet", case.ref))


def test_once_a_day_all_that_came_is_one_email_in_the_morning(
    server: MailServer, case: Case, world: World, people: People
) -> None:
    choose_how_often(user=people.olive, is_daily=True, at=AT)
    other = world.case(world.child("Bea", "Basnet"), owner=people.olive)
    for one in (case, other):
        cases.raise_alert(case=one, kind=AlertKind.LEAD, at=AT)
    assert tasks.deliver_due(AT + 12 * HOUR) == 0
    assert tasks.deliver_due(AT + 23 * HOUR) == 1
    assert len(server.letters) == 1


def test_at_night_nobody_is_written_to(server: MailServer, case: Case, people: People) -> None:
    night = datetime(2026, 11, 18, 22, 30, tzinfo=UTC)
    cases.raise_alert(case=case, kind=AlertKind.LEAD, at=night)
    assert tasks.deliver_due(night + HOUR) == 0
    assert tasks.deliver_due(night + 9 * HOUR) == 1


def test_what_waits_stands_for_what_comes_after_and_is_told_again_once_sent(
    server: MailServer, case: Case, world: World, people: People
) -> None:
    for row in (1, 2):
        cases.raise_alert(case=case, kind=AlertKind.LEAD, source=world.source, row=row, at=AT)
    assert len(told()) == 1
    tasks.deliver_due(AT + MINUTE)
    cases.raise_alert(case=case, kind=AlertKind.OVER_AGE, at=AT + HOUR)
    assert tasks.deliver_due(AT + HOUR) == 1


def test_the_next_morning_is_the_next_eight_o_clock() -> None:
    """In summer the clock of England is an hour ahead."""
    assert at_next_daily(datetime(2026, 7, 1, 6, 59, tzinfo=UTC)).day == 1
    assert at_next_daily(datetime(2026, 7, 1, 7, 0, tzinfo=UTC)).day == 2


def test_an_officer_chooses_on_a_page_of_their_own(people: People) -> None:
    olive = Visitor(people.olive).open("/today/").follow("Emails about your cases")
    olive.see("Each time", "Once a day", "Between 9pm and 7am", "safeguarding hub")
    olive.send("Save", how_often="daily").see("once a day")
    assert olive.page.find(".//input[@value='daily'][@checked]") is not None
    assert Choice.objects.get(user=people.olive).is_daily
    olive.send("Save", how_often="once").see("each time")


def test_what_cannot_wait_is_told_at_once_whatever_was_chosen(people: People) -> None:
    choose_how_often(user=people.olive, is_daily=True, at=AT)
    tell(kind=Kind.REFERRAL_OF_CASE, ref="AAA-AAA-AAA", to=[people.olive], at=AT)
    assert Message.objects.get().due_at == AT
