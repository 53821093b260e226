"""What a person must do now: what calls, in which order, and why."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.accounts import actions as accounts
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.models import AccessEvent
from onroll.casefile.features import day, todos
from onroll.cases import actions as cases
from onroll.cases.models import AlertKind, Case
from onroll.cases.offers import ROWS_OF_A_DAY, DayRow
from onroll.clocks.models import Deadline
from onroll.referrals import actions as referrals
from onroll.referrals import tasks
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Escalation, HubDecision
from onroll.rules.dated import in_words
from onroll.rules.day import Call
from onroll.rules.grades import Grade
from onroll.rules.hours import on_the_clock
from onroll.rules.risk import RiskAnswer
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, decide, hand_over, refer

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LAW, LOCAL = "excluded_6", "first_enquiries_5"


def list_of(user: User, *, at: datetime = AT) -> list[DayRow]:
    return day(user, todos(user, on=at.date(), at=at), on=at.date(), at=at).first()


def calls(user: User, *, at: datetime = AT) -> list[tuple[Call, str]]:
    return [(row.call, row.about) for row in list_of(user, at=at)]


class Written:
    """Cases of Olive's, each with the clocks that a line names and no others."""

    def __init__(self, world: World, people: People) -> None:
        self.world, self.people = world, people

    def case(self, name: str, *clocks: tuple[str, date], owner: bool = True) -> Case:
        child = self.world.child(name, "Example")
        case = self.world.case(child, owner=self.people.olive if owner else None)
        case.deadlines.running().delete()
        for clock, due_on in clocks:
            Deadline.objects.create(
                child=child,
                subject="case",
                subject_id=case.pk,
                clock=clock,
                starts_on=due_on - 5 * DAY,
                due_on=due_on,
            )
        return case


@pytest.fixture
def written(world: World, people: People) -> Written:
    return Written(world, people)


def test_twelve_cases_stand_in_the_order_of_the_rule(written: Written, people: People) -> None:
    local_late = TODAY - 3 * DAY
    written.world.at = AT - 20 * DAY
    forgotten = written.case("Twelfth-forgotten", (LOCAL, TODAY + 30 * DAY))
    Case.objects.filter(pk=forgotten.pk).update(opened_on=TODAY - 20 * DAY)
    written.world.at = AT
    written.case("Quiet", (LOCAL, TODAY + 30 * DAY))  # has nothing to say today
    written.case("Eleventh", (LOCAL, TODAY + 4 * DAY))
    written.case("Tenth", (LOCAL, TODAY + 1 * DAY), (LOCAL, TODAY + 20 * DAY))
    written.case("Ninth", (LAW, TODAY))
    written.case("Eighth", (LOCAL, TODAY - 1 * DAY))
    written.case("Seventh", (LOCAL, local_late), (LAW, TODAY + 1 * DAY))
    sixth = written.case("Sixth", (LOCAL, local_late))
    cases.raise_alert(case=sixth, kind=AlertKind.LOST_AGAIN, at=AT)
    written.case("Fifth", (LAW, TODAY - 1 * DAY))
    fourth = written.case("Fourth", (LAW, TODAY - 9 * DAY), (LOCAL, TODAY - 20 * DAY))
    cases.raise_alert(case=fourth, kind=AlertKind.LOST_AGAIN, at=AT)
    third = written.case("Third", (LAW, TODAY - 10 * DAY), owner=False)
    Case.objects.filter(pk=third.pk).update(opened_on=TODAY - 2 * DAY)
    second = refer("334-567-89A", at=AT - 3 * DAY, children=_child("Second"))
    hand_over(second, by=people.mo, at=AT - 3 * DAY)
    first = refer("434-567-89A", children=_child("First"), urgent_why="Hurt.")
    hand_over(first, by=people.mo)
    assert calls(people.olive) == [
        (Call.DANGER, "First Example"),
        (Call.NOT_ACCEPTED, "Second Example"),
        (Call.NOT_ACCEPTED, "Third Example"),
        (Call.LAW_OVERDUE, "Fourth Example"),
        (Call.LAW_OVERDUE, "Fifth Example"),
        (Call.ARRIVED, "Sixth Example"),
        (Call.LOCAL_OVERDUE, "Seventh Example"),
        (Call.LOCAL_OVERDUE, "Eighth Example"),
        (Call.DUE_TODAY, "Ninth Example"),
        (Call.DUE_THIS_WEEK, "Tenth Example"),
        (Call.DUE_THIS_WEEK, "Eleventh Example"),
        (Call.NOT_LOOKED_AT, "Twelfth-forgotten Example"),
    ]


def test_a_row_says_what_is_due_by_which_clause_and_a_name_is_logged_as_seen(
    written: Written, people: People
) -> None:
    case = written.case("Amina", (LAW, date.today() - 2 * DAY))
    page = Visitor(people.olive).open("/today/")
    page.see("What to do now", "Overdue by law: 1.", "Amina Example")
    assert "0 more for today" not in page.text
    page.see("Full-time education after permanent exclusion", "SI 2007/1870")
    seen = AccessEvent.objects.filter(page="today", actor_id=people.olive.pk)
    assert {tuple(event.child_ids) for event in seen} == {(case.child_id,)}
    page.follow("Open the case").see(case.ref)


def test_what_a_colleague_has_is_not_on_ones_own_list(written: Written, people: People) -> None:
    case = written.case("Amina", (LAW, TODAY - 2 * DAY))
    cases.assign_case(case=case, owner=people.max, by=people.olive, at=AT)
    assert calls(people.olive) == []
    assert calls(people.max) == [(Call.LAW_OVERDUE, "Amina Example")]


def test_the_hub_sees_what_nobody_there_has_its_own_and_none_of_a_colleagues(
    world: World, people: People
) -> None:
    refer("334-567-89A", children=_child("Free"))
    urgent = refer("434-567-89A", children=_child("Urgent"), urgent_why="Hurt.")
    assert calls(people.mo) == [
        (Call.DANGER, "Urgent Example"),
        (Call.NOT_ACCEPTED, "Free Example"),
    ]
    hand_over(urgent, by=people.mo)
    assert calls(people.mo) == [
        (Call.NOT_ACCEPTED, "Free Example"),
        (Call.TO_RING, "Urgent Example"),
    ]


def test_what_the_hub_promised_for_today_is_first_and_who_is_to_be_rung_last(
    world: World, people: People
) -> None:
    """What nobody has is before what somebody waits for today; a list is after a child."""
    hand_over(refer("334-567-89A", children=_child("Rung")), by=people.mo)
    begun, back = (
        refer(f"{n}34-567-89A", children=_child(name), referrer_contact="")
        for n, name in ((4, "Promised"), (5, "Back"))
    )
    referrals.take_on(referral=begun, by=people.mo, at=AT)
    hand_over(back, by=people.mo)
    referrals.turn_back(entry=back.children.get(), why="x", by=people.olive, at=AT)
    due = Deadline.objects.get(subject="referral", subject_id=begun.pk, ended_on=None, met_on=None)
    on = due.due_on
    at = datetime(on.year, on.month, on.day, 9, tzinfo=AT.tzinfo)
    assert [row for row in calls(people.mo, at=at) if row[0] is not Call.LOCAL_OVERDUE] == [
        (Call.NOT_ACCEPTED, "Back Example"),
        (Call.PROMISED, "Promised Example"),
        (Call.TO_RING, "Rung Example"),
    ]


def test_what_waits_too_long_is_passed_on_with_the_step_of_who_had_it(
    world: World, people: People
) -> None:
    """P15: it stands before what nobody has taken on yet."""
    accounts.add_person(
        email="lena@harrow.example", name="Lena Lord", role=Role.LOC, team="", by=None, at=AT
    )
    lena = User.objects.get(name="Lena Lord")
    hand_over(refer("334-567-89A", children=_child("Old")), by=people.mo)
    later = AT + 3 * DAY
    tasks.look_over(later)
    hand_over(refer("434-567-89A", at=later, children=_child("New")), by=people.mo, at=later)
    first, second = list_of(lena, at=later)
    assert (first.call, first.about, first.step) == (Call.PASSED_ON, "Old Example", "Accept")
    assert (second.call, second.about, second.step) == (Call.NOT_ACCEPTED, "New Example", "Accept")
    assert first.since == Escalation.objects.get(to=lena).at


def test_an_urgent_child_sent_on_and_not_received_is_in_danger_for_who_sent_it(
    world: World, people: People
) -> None:
    urgent = refer(
        "434-567-89A", children=_child("Urgent"), urgent_why="Hurt.", referrer_contact=""
    )
    decide(urgent, Decision.SOCIAL_CARE, by=people.mo, passed_how="Rang.")
    for at in (AT, AT + 9 * DAY):
        (row,) = list_of(people.mo, at=at)
        assert (row.call, row.step) == (Call.DANGER, "Write down who has it")
        assert (row.since, row.due) == (AT, date(2026, 11, 20))
    assert list_of(people.max) == []
    sent = HubDecision.objects.get()
    referrals.enter_receipt(decision=sent, name="Jo", on=TODAY, by=people.mo, at=AT)
    assert list_of(people.mo) == []


def test_a_red_child_stands_there_as_soon_as_it_is_sent_on_and_a_green_one_once_it_is_late(
    world: World, people: People
) -> None:
    for ref, name, grade in (("3", "Red", Grade.RED), ("4", "Green", Grade.GREEN)):
        sent = refer(f"{ref}34-567-89A", children=_child(name), referrer_contact="")
        decide(sent, Decision.ATTENDANCE, by=people.mo, grade=grade, contradicts_why="It is so.")
    assert calls(people.mo) == [(Call.NOT_ACCEPTED, "Red Example")]
    late = AT + 3 * DAY
    assert calls(people.mo, at=late) == [
        (Call.NOT_ACCEPTED, "Red Example"),
        (Call.LOCAL_OVERDUE, "Green Example"),
    ]
    red, green = list_of(people.mo, at=late)
    assert red.due == green.due == date(2026, 11, 20)


def test_what_is_graded_red_stands_with_what_is_urgent_and_says_so(
    world: World, people: People
) -> None:
    referral = refer("334-567-89A", children=_child("Red"))
    red = {"grade": Grade.RED, "why": "Hurt.", "urgent_why": ""}
    referrals.grade(referral=referral, **red, by=people.mo, at=AT)
    (row,) = list_of(people.mo)
    assert (row.call, row.due) == (Call.DANGER, AT + 2 * HOUR)
    assert row.words == "A referral for the hub to decide; graded red"


@pytest.mark.parametrize(
    ("found", "call"),
    [
        ({"risk": RiskAnswer.NOT_SURE}, Call.DANGER),
        ({"is_whereabouts_known": False}, Call.DANGER),
        ({}, Call.ARRIVED),
    ],
)
def test_who_has_a_case_is_warned_of_what_joined_it_of_a_child_who_may_not_be_safe(
    world: World, people: People, found: dict[str, Any], call: Call
) -> None:
    """Policy p.9: it stood on the third page of what has arrived."""
    case = world.case(world.child("Sam", "Example"), owner=people.olive)
    case.deadlines.running().delete()
    referral = refer("334-567-89A", children=(ChildWords(forename="Samuel", surname="E"),))
    decide(referral, Decision.OPEN_CASE, by=people.mo, checks=replace(CALM, **found), case=case)
    row = next(row for row in list_of(people.olive) if row.ref == referral.ref)
    assert row.call is call
    assert ("does not know that the child is safe" in row.words) is (call is Call.DANGER)
    assert all(row.call is not Call.DANGER for row in list_of(people.mo))
    Visitor(people.olive).open(f"/referrals/{referral.ref}/").send("I have read it")
    assert all(row.ref != referral.ref for row in list_of(people.olive))


def test_what_is_grave_and_late_stands_for_the_whole_hub_though_a_colleague_looks_at_it(
    world: World, people: People
) -> None:
    mia = accounts.add_person(email="m@x.test", name="Mia", role=Role.MASH, by=None, at=AT)
    referral = refer("334-567-89A", children=_child("Red"))
    red = {"grade": Grade.RED, "why": "Hurt.", "urgent_why": ""}
    referrals.grade(referral=referral, **red, by=people.mo, at=AT)
    assert list_of(mia, at=AT + HOUR) == []
    (row,) = list_of(mia, at=AT + 3 * HOUR)
    assert (row.call, row.step, row.about) == (Call.DANGER, "Open it", "Red Example")
    words = "A colleague looks at it, and its time to decide is over"
    assert row.words == f"{words}; graded red"
    hand_over(referral, by=people.mo, at=AT + 3 * HOUR)
    assert list_of(mia, at=AT + 3 * HOUR) == []


def test_a_row_of_what_is_to_be_done_says_that_there_is_something_to_read_as_well(
    world: World, people: People
) -> None:
    """The neighbour wrote three days ago, and the row of the child sent on hid it."""
    sent = refer("334-567-89A", children=_child("Red"), referrer_contact="")
    decide(sent, Decision.ATTENDANCE, by=people.mo, grade=Grade.RED, contradicts_why="It is so.")
    (row,) = list_of(people.mo)
    assert row.words == "Sent on, and nobody has said that they have it; graded red"
    referrals.add_update(referral=sent, text="He is back.", file=None, by=None, at=AT + DAY)
    (row,) = list_of(people.mo, at=AT + 3 * DAY)
    started = "Sent on, and nobody has said that they have it; graded red"
    assert row.words == f"{started}; new words to read"


def test_new_words_about_something_urgent_stand_first_whatever_was_decided(
    world: World, people: People
) -> None:
    """“The people who work on it see it at once”: so says the page that takes them (P17)."""
    urgent = refer("334-567-89A", children=_child("Urgent"), urgent_why="Hurt.")
    so = {"grade": Grade.GREEN, "contradicts_why": "He is at home."}
    decide(urgent, Decision.ADVICE, by=people.mo, **so)
    calm = refer("434-567-89A", children=_child("Calm"))
    decide(calm, Decision.ADVICE, by=people.mo, grade=Grade.GREEN)
    for referral in (calm, urgent):
        added = {"text": "He has a bruise.", "file": None, "by": None}
        referrals.add_update(referral=referral, at=AT + HOUR, **added)
    first, second = list_of(people.mo, at=AT + DAY)
    assert (first.call, first.about) == (Call.DANGER, "Urgent Example")
    assert first.words.startswith("New words about what was referred")
    assert (second.call, second.about) == (Call.ARRIVED, "Calm Example")


def test_the_row_of_an_urgent_hand_over_says_the_hour_at_which_it_is_due(
    world: World, people: People
) -> None:
    """P15: two hours, by the setting; of a calm one the day."""
    now = timezone.localtime()
    urgent = refer("434-567-89A", at=now, children=_child("Urgent"), urgent_why="Hurt.")
    hand_over(urgent, by=people.mo, at=now)
    hand_over(refer("334-567-89A", at=now, children=_child("Calm")), by=people.mo, at=now)
    first, second = list_of(people.olive, at=now)
    assert (first.due, type(second.due)) == (now + 2 * HOUR, date)
    due = now + 2 * HOUR
    page = Visitor(people.olive).open("/today/")
    page.see(f". Due {in_words(due.date())} at {on_the_clock(due.time())} (to")


def test_of_several_children_only_those_are_named_of_whom_something_is_asked(
    world: World, people: People
) -> None:
    two = (*_child("Sam"), *_child("Kim"))
    referral = hand_over(refer("434-567-89A", children=two), by=people.mo)
    sam, kim = referral.children.order_by("number")
    referrals.turn_back(entry=sam, why="Not ours.", by=people.olive, at=AT)
    assert calls(people.olive) == [(Call.NOT_ACCEPTED, "Kim Example")]
    (row,) = list_of(people.mo)
    assert (row.call, row.about, row.step) == (Call.NOT_ACCEPTED, "Sam Example", "Decide again")
    assert row.since == AT
    assert kim.waits


def test_the_sentence_counts_what_the_list_shows_first_in_its_groups(
    written: Written, people: People
) -> None:
    """Numbers and rows agree: what nobody has stands before what is overdue by law."""
    for name in ("Law1", "Law2"):
        written.case(name, (LAW, date.today() - 2 * DAY))
    written.case("Due", (LOCAL, date.today()))
    for number in (3, 4, 5):
        hand_over(refer(f"{number}34-567-89A"), by=people.mo)
    page = Visitor(people.olive).open("/today/")
    page.see("Nobody has taken it on: 3. Overdue by law: 2. 1 more for today.")
    assert "0 later" not in page.text
    firsts = [row.xpath("string(td[1]|th[1])").strip() for row in page.page.xpath(ROWS)]
    assert firsts == 3 * ["Nobody has taken it on"] + 2 * ["Overdue by law"] + ["Due today"]


ROWS = "//table[.//caption[contains(., 'now')]]//tbody/tr"


def test_the_list_ends_and_leads_to_all_that_there_is(written: Written, people: People) -> None:
    """Nothing that calls is without a page on which it stands, whatever other lists there are."""
    for n in range(ROWS_OF_A_DAY + 3):
        written.case(f"Child{n}", (LOCAL, date.today() - DAY))
    page = Visitor(people.olive).open("/today/")
    page.see("28 for today, 0 later", "3 more come after these")
    assert len(page.page.xpath(ROWS)) == 25
    page.follow("See all 28").see("28 for today, 0 later")
    assert len(page.page.xpath(ROWS)) == 25
    page.open("/today/all/?page=2").see("Child25 Example", "Child27 Example")
    assert len(page.page.xpath(ROWS)) == 3
    page.open("/today/all/?page=99").see("Child27 Example")
    seen = AccessEvent.objects.filter(page="today", actor_id=people.olive.pk).order_by("-pk")[:1]
    assert [len(event.child_ids) for event in seen] == [3]


def test_what_has_arrived_after_the_first_rows_is_counted_and_one_press_away(
    written: Written, people: People
) -> None:
    """Overdue clocks of the law alone fill Today: what came on a case is not lost behind them."""
    for n in range(ROWS_OF_A_DAY):
        written.case(f"Child{n}", (LAW, date.today() - DAY))
    olive, news = Visitor(people.olive), "arrived stand"
    assert news not in olive.open("/today/").text
    for name in ("Ida", "Joe"):
        cases.raise_alert(case=written.case(name), kind=AlertKind.LOST_AGAIN, at=AT)
    olive.open("/today/").see("2 things that have arrived stand after the rows below")
    olive.follow("see what else has arrived").see("Ida Example", "Joe Example")
    assert olive.text.count("Something has arrived") == 2


def test_the_page_of_all_asks_as_many_queries_for_few_rows_as_for_many(
    written: Written, people: People
) -> None:
    visitor = Visitor(people.olive)
    written.case("Child", (LOCAL, date.today() - DAY))

    def queries(path: str) -> int:
        visitor.open(path)
        with CaptureQueriesContext(connection) as seen:
            visitor.open(path)
        return len(seen)

    few = queries("/today/all/")
    for n in range(ROWS_OF_A_DAY + 3):
        written.case(f"Child{n}", (LOCAL, date.today() - DAY))
    assert queries("/today/all/") == queries("/today/all/?page=2") == few


def test_who_has_nothing_to_do_reads_that_on_the_page_of_all(people: People) -> None:
    Visitor(people.olive).open("/today/all/").see("Nothing waits for you now.")


def test_nobody_is_told_of_zeros(world: World, people: People) -> None:
    assert "What to do now" not in Visitor(people.olive).open("/today/").text


def test_what_a_desk_has_is_one_row_for_all_of_its_kind(world: World, people: People) -> None:
    for n in (3, 4):
        at = timezone.now()
        decide(refer(f"{n}34-567-89A", at=at), Decision.ATTENDANCE, by=people.mo, at=at)
    page = Visitor(people.cat).open("/today/").see("Nobody has taken it on")
    page.see("2 children whom the hub sent to you")
    page.follow("Open the list").see("334-567-89A", "434-567-89A")


def test_the_list_takes_as_many_queries_for_one_row_as_for_many(
    written: Written, people: People
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert day(people.olive, (), on=TODAY, at=AT).first()
        return len(seen)

    alone = written.case("One", (LAW, TODAY - DAY))
    cases.raise_alert(case=written.case("Two"), kind=AlertKind.LOST_AGAIN, at=AT)
    hand_over(refer("334-567-89A"), by=people.mo)
    few = queries()
    for n in range(9):
        written.case(f"Child{n}", (LOCAL, TODAY - DAY))
        cases.raise_alert(case=written.case(f"More{n}"), kind=AlertKind.LOST_AGAIN, at=AT)
    assert queries() == few <= 7
    assert alone.is_open


def _child(forename: str) -> tuple[ChildWords, ...]:
    return (ChildWords(forename=forename, surname="Example"),)
