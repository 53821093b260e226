"""What waits: in which order, what is passed on to whom and when, and that nothing waits unseen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.timezone import localtime, now

from onroll.accounts import actions as accounts
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.casefile.whole_day import WholeDay
from onroll.cases.offers import Oldest
from onroll.cases.queries.waiting import waited
from onroll.clocks.actions import start_at
from onroll.govuk.templatetags.govuk import tag, when
from onroll.messages.models import Kind, Message
from onroll.referrals import actions, pages, queries, tables, tasks
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, Typist
from onroll.referrals.models import Escalation, HubDecision, Referral
from onroll.referrals.promise import late, promised
from onroll.referrals.queries import referrer
from onroll.referrals.queries.ladder import next_hands
from onroll.rules.dated import in_words
from onroll.rules.day import Call
from onroll.rules.grades import Grade, time_used
from onroll.rules.hours import ENGLAND, on_the_clock
from onroll.schools.queries import our_policy
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import decide, hand_over, refer
from tests.referrals.of_day import day_of

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URGENT = Kind.ACCEPT_URGENT.value
REFS = [f"{n}34-567-89A" for n in range(2, 8)]


@pytest.fixture
def mia(db: None) -> User:
    """Give the hub's deputy, whom the policy names."""
    return _person("mia", "Mia Moon", Role.MASH)


@pytest.fixture
def lena(db: None) -> User:
    """Give the lead officer's deputy, whom the policy names."""
    return _person("lena", "Lena Lord", Role.LOC)


def _person(first: str, name: str, role: Role) -> User:
    email = f"{first}@harrow.example"
    return accounts.add_person(email=email, name=name, role=role, team="", by=None, at=AT)


def graded(ref: str, grade: Grade, *, at: datetime, by: User) -> Referral:
    referral = refer(ref, at=at)
    return actions.grade(referral=referral, grade=grade, why="", urgent_why="", by=by, at=at)


# The order


def test_urgent_ones_stand_first_then_what_has_used_most_of_its_time(
    world: World, people: People
) -> None:
    """P15, casework 5.1: green is not last for ever."""
    mo = people.mo
    new_red = graded(REFS[0], Grade.RED, at=AT - HOUR, by=mo)
    old_green = graded(REFS[1], Grade.GREEN, at=AT - 20 * HOUR, by=mo)
    new_green = graded(REFS[2], Grade.GREEN, at=AT - 2 * HOUR, by=mo)
    not_graded = refer(REFS[3], at=AT - 4 * HOUR)
    urgent = refer(REFS[4], at=AT, urgent_why="He was hit.")
    listed = list(queries.hub_queue(mo, at=AT))
    assert listed == [new_red, urgent, old_green, not_graded, new_green]
    shares = [
        time_used(Grade(row.grade) if row.grade else None, AT - row.sent_at) for row in listed[2:]
    ]
    assert shares == sorted(shares, reverse=True)


def test_what_came_back_has_its_time_from_then_in_the_order_too(
    world: World, people: People
) -> None:
    """Its clock starts anew (`referral_decision_1`): the order, the words and the clock agree."""
    returned = hand_over(graded(REFS[0], Grade.AMBER, at=AT, by=people.mo), by=people.mo, at=AT)
    back = AT + 2 * DAY
    actions.turn_back(entry=returned.children.get(), why="x", by=people.olive, at=back)
    graded(REFS[1], Grade.AMBER, at=back - HOUR, by=people.mo)
    graded(REFS[2], Grade.AMBER, at=back + HOUR, by=people.mo)
    rows = queries.hub_queue(people.mo, at=back + 2 * HOUR)
    assert [row.ref for row in rows] == [REFS[1], REFS[0], REFS[2]]
    decide(returned, by=people.mo, at=back + 2 * HOUR)
    again = back + 4 * HOUR
    actions.turn_back(entry=returned.children.get(), why="y", by=people.olive, at=again)
    rows = queries.hub_queue(people.mo, at=again)
    assert [row.ref for row in rows] == [REFS[1], REFS[2], REFS[0]]


def test_a_grade_and_that_it_is_urgent_are_kept_with_who_said_so(
    world: World, people: People
) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").follow("Grade it")
    mo.send("Save", grade="red", why="She was hit.", urgent="yes", urgent_why="It goes on.")
    mo.see("The grade is kept.", "Red", "Urgent", "It goes on.", "Graded red", "She was hit.")
    assert not referral.deadlines.get(clock="referral_decision_1").is_running
    assert referral.deadlines.get(clock="referral_decision_urgent").is_running
    again = mo.follow("Grade it")
    assert "Is it urgent?" not in again.text
    again.send("Save", grade="amber").see("Amber", "Urgent")


@pytest.mark.parametrize(("whose", "shown"), [("mine", 0), ("nobodys", 1), ("", 2)])
def test_the_queue_is_filtered_by_whose_it_is(
    world: World, people: People, whose: str, shown: int
) -> None:
    actions.take_on(referral=refer(REFS[0]), by=people.mo, at=AT)
    refer(REFS[1])
    mo = Visitor(people.mo).open(f"/referrals/?whose={whose}")
    seen = [ref in mo.text for ref in REFS[:2]]
    assert seen == [[True, False], [False, True], [True, True]][shown]


# What waits too long


def test_an_urgent_hand_over_goes_to_the_deputy_after_two_hours_then_to_the_manager(
    world: World, people: People, lena: User
) -> None:
    """P15: on screen and by a message, each once."""
    referral = hand_over(refer(urgent_why="He was hit."), by=people.mo)
    ref = HubDecision.objects.get().ref
    assert tasks.look_over(AT + 2 * HOUR) == 0
    assert tasks.look_over(AT + 2 * HOUR + timedelta(minutes=1)) == 1
    assert tasks.look_over(AT + 4 * HOUR) == 0
    assert [(m.user, m.ref) for m in Message.objects.exclude(kind=URGENT)] == [(lena, ref)]
    assert tasks.look_over(AT + 4 * HOUR + timedelta(minutes=1)) == 1
    assert tasks.look_over(AT + 9 * HOUR) == 0
    assert [m.user for m in Message.objects.exclude(kind=URGENT).order_by("pk")] == [
        lena,
        people.max,
    ]
    max_ = Visitor(people.max).open("/today/").see("passed on to you", "it waits too long")
    max_.follow("passed on to you").see(
        referral.ref, "Passed on to Lena Lord", "Passed on to Max Marsh"
    )
    Visitor(lena).open(f"/referrals/waiting/{ref}/").see(
        "It waits too long: Lena Lord was told", "Passed on to Max Marsh"
    )


def test_what_the_hub_does_not_decide_goes_to_its_own_deputy(
    world: World, people: People, mia: User, lena: User
) -> None:
    """A working day, and as long again: from Wednesday to Friday and to Monday."""
    referral = refer()
    assert tasks.look_over(AT + DAY) == 0
    assert tasks.look_over(AT + 2 * DAY) == 1
    assert [e.to for e in referral.escalations.all()] == [mia]
    assert Message.objects.get().ref == referral.ref
    assert tasks.look_over(AT + 3 * DAY) == 1
    assert [e.to for e in referral.escalations.all()] == [mia, people.max]


def test_without_a_deputy_who_may_act_the_manager_is_told_at_once(
    world: World, people: People, lena: User
) -> None:
    User.objects.filter(pk=lena.pk).update(is_active=False)
    hand_over(refer(urgent_why="He was hit."), by=people.mo)
    assert tasks.look_over(AT + 3 * HOUR) == 1
    assert Escalation.objects.get().to == people.max


def test_a_letter_of_last_week_has_waited_since_it_came_and_not_since_it_was_typed_in(
    world: World, people: People, mia: User
) -> None:
    """P15: the hub's time and the case's count from when the child was first reported."""
    typist = Typist(channel="letter", taken_by="Ada Acheampong", at=AT)
    referral = refer(at=AT - 5 * DAY, typist=typist)
    assert referral.deadlines.get().starts_on == (AT - 5 * DAY).date()
    assert queries.waiting(people.mo, at=AT)["hub"].oldest == Oldest(AT - 5 * DAY)
    row = queries.hub_queue(people.mo, at=AT).get()
    drawn = tables.hub_table([row], title="x", at=AT).rows[0]
    assert "5 days" in str(drawn[3])
    assert "overdue" in str(drawn[6])
    assert tasks.look_over(AT + timedelta(minutes=5)) == 1
    hand_over(referral, by=people.mo)
    entry, child = referral.children.get(), world.child()
    case = actions.accept_child(entry=entry, child=child, because="x", by=people.olive, at=AT)
    assert case.deadlines.get(clock="first_enquiries_5").starts_on == (AT - 5 * DAY).date()


def test_the_manager_is_told_only_when_the_deputy_has_had_as_long_again(
    world: World, people: People, mia: User
) -> None:
    """P15: however late the deputy was told. From a Wednesday, ten days on: Saturday to Tuesday."""
    refer()
    rounds = (10 * DAY, 10 * DAY + HOUR, 12 * DAY, 13 * DAY)
    assert [tasks.look_over(AT + later) for later in rounds] == [1, 0, 0, 1]
    assert [e.to for e in Escalation.objects.all()] == [mia, people.max]


def test_the_manager_hears_of_an_urgent_one_two_hours_after_the_deputy(
    world: World, people: People, mia: User
) -> None:
    refer(urgent_why="He was hit.")
    rounds = (8 * HOUR, 8 * HOUR + MINUTE, 9 * HOUR, 10 * HOUR + MINUTE)
    assert [tasks.look_over(AT + later) for later in rounds] == [0, 1, 0, 1]
    assert [e.to for e in Escalation.objects.all()] == [mia, people.max]


def test_an_urgent_one_is_passed_on_at_the_hour_that_was_promised(
    world: World, people: People, mia: User
) -> None:
    """The hub closes at 5:00pm; the page says when and to whom, and it comes true."""
    referral = refer(urgent_why="He was hit.")
    assert said(referral, people.mo, at=AT) == [
        "If it still waits on 18 November 2026 at 5:00pm, it is passed on to Mia Moon, " + ALWAYS
    ]
    hand_over(referral, by=people.mo, at=AT + HOUR)
    back = AT + 9 * HOUR
    actions.turn_back(entry=referral.children.get(), why="x", by=people.olive, at=back)
    assert tasks.look_over(back + MINUTE) == 0
    assert "at the end of 18 November 2026" in said(referral, people.mo, at=back)[0]


def test_of_two_clocks_of_a_case_at_the_hub_the_earlier_one_is_shown(
    world: World, people: People
) -> None:
    """To be accepted in two hours, at 5:42pm; to be decided before that, at 5:00pm."""
    at = AT + timedelta(hours=6, minutes=42)
    case = world.case(world.child("Sam", "Example"), owner=people.olive)
    facts = {"ref": REFS[0], "worry": "x", "urgent_why": "Now."}
    actions.send_to_hub(case=case, by=people.olive, at=at, **facts)
    five = AT + 8 * HOUR
    row = queries.hub_queue(people.mo, at=at).get()
    assert strip_tags(str(pages.due(row, at=at))) == "18 November 2026 at 5:00pm"
    part = day_of(people.mo, at=at)
    assert part is not None
    assert [each.due for each in WholeDay([part]).first()] == [five]


def test_what_the_deputy_looks_at_is_never_passed_on_to_her(
    world: World, people: People, mia: User
) -> None:
    """Neither before the time is over, nor what she takes on once it was: the manager is next."""
    first, second = (refer(ref, urgent_why="He was hit.") for ref in REFS[:2])
    actions.take_on(referral=first, by=mia, at=AT)
    assert "passed on to Max Marsh" in said(first, people.mo, at=AT)[0]
    assert tasks.look_over(AT + 9 * HOUR) == 2
    assert [e.to for e in first.escalations.all()] == [people.max]
    assert [e.to for e in second.escalations.open()] == [mia]
    actions.take_on(referral=second, by=mia, at=AT + 9 * HOUR)
    assert not second.escalations.open().exists()
    page = Visitor(mia).open("/referrals/?list=hub").see(first.ref, second.ref)
    assert "Passed on to Mia Moon" not in page.text
    assert "passed on to you" not in page.open("/today/").text.lower()
    assert tasks.look_over(AT + 12 * HOUR) == 1
    assert {e.to for e in second.escalations.open()} == {people.max}


def test_what_was_sent_on_and_nobody_has_goes_to_the_hubs_deputy_then_to_the_manager(
    world: World, people: People, mia: User, lena: User
) -> None:
    """P15: sent on a Wednesday, due on Friday, and two working days more."""
    referral = decide(refer(), Decision.ATTENDANCE, by=people.mo)
    rounds = (2 * DAY, 3 * DAY, 6 * DAY, 7 * DAY)
    assert [tasks.look_over(AT + later) for later in rounds] == [0, 1, 0, 1]
    assert [e.to for e in referral.escalations.all()] == [mia, people.max]
    Visitor(mia).open("/today/").follow("passed on to you").see(referral.ref)
    Visitor(people.mo).open("/referrals/?list=sent_on").see(
        "Passed on to Mia Moon", "Passed on to Max Marsh"
    )
    sent = HubDecision.objects.get()
    Visitor(mia).open("/referrals/?list=passed_on").see(
        "Mo Malik, who sent it on", waited(sent.at, at=now()), "20 November 2026 overdue"
    )
    actions.enter_receipt(
        decision=sent, name="C. Court", on=sent.at.date(), by=people.mo, at=AT + 7 * DAY
    )
    assert not Escalation.objects.open().exists()


def test_the_page_says_when_an_urgent_one_of_a_weekend_is_passed_on_and_to_whom(
    world: World, people: People, mia: User
) -> None:
    """P15: the round is made on a Saturday night as on any other; each line comes true."""
    saturday = datetime(2026, 11, 28, 18, tzinfo=UTC)
    referral = refer(at=saturday, urgent_why="He was hit.")
    assert said(referral, people.mo, at=saturday) == [
        f"If it still waits at the end of 28 November 2026, it is passed on to Mia Moon, {ALWAYS}"
    ]
    midnight = saturday + 6 * HOUR
    assert said(referral, people.mo, at=midnight) == [
        "Its time is over. It is passed on to Mia Moon within five minutes."
    ]
    assert tasks.look_over(midnight - timedelta(seconds=1)) == 0
    assert tasks.look_over(midnight) == 1
    assert said(referral, people.mo, at=midnight) == [
        "If it still waits on 29 November 2026 at 2:00am, it is passed on to Max Marsh, " + ALWAYS
    ]
    assert tasks.look_over(midnight + 2 * HOUR - timedelta(seconds=1)) == 0
    assert tasks.look_over(midnight + 2 * HOUR) == 1
    assert said(referral, people.mo, at=midnight + 2 * HOUR) == []


def test_the_page_says_it_of_each_clock_and_child(
    world: World, people: People, mia: User, lena: User
) -> None:
    """A hand-over to the lead officer's deputy, what is sent on to the hub's, working days only."""
    friday = datetime(2026, 11, 27, 10, tzinfo=UTC)
    both = (ChildWords(forename="Sam"), ChildWords(forename="Kim"))
    referral = refer(at=friday, children=both)
    decide(referral, by=people.mo, only=[1], at=friday)
    decide(referral, Decision.ATTENDANCE, by=people.mo, only=[2], at=friday)
    assert said(referral, people.mo, at=friday) == [
        f"If it still waits at the end of {day}, it is passed on to {name}, {ALWAYS}"
        for day, name in (("30 November 2026", "Lena Lord"), ("1 December 2026", "Mia Moon"))
    ]
    User.objects.filter(pk=lena.pk).update(is_active=False)
    assert "passed on to Max Marsh" in said(referral, people.mo, at=friday)[0]


ALWAYS = "at night and at weekends too."


def said(referral: Referral, user: User, *, at: datetime) -> list[str]:
    """Return what the page of a referral says of whom it is passed on to next."""
    row = queries.get_referral(user, referral.ref)
    running = [clock for clock, _ in queries.running_clocks(row, queries.children_of(row))]
    hands = next_hands(row, running, queries.escalations_of(row))
    lines = [pages.next_hand(hands.get(clock.pk), at=at) for clock in running]
    return [" ".join(strip_tags(line).split()) for line in lines if line]


def test_what_is_done_is_no_longer_passed_on(world: World, people: People, lena: User) -> None:
    referral = hand_over(refer(urgent_why="He was hit."), by=people.mo)
    tasks.look_over(AT + 3 * HOUR)
    entry = referral.children.get()
    actions.turn_back(entry=entry, why="Ask the school.", by=people.olive, at=AT + 3 * HOUR)
    assert not Escalation.objects.open().exists()
    assert tasks.look_over(AT + 5 * HOUR) == 0
    again = hand_over(referral, by=people.mo, at=AT + 5 * HOUR)
    assert tasks.look_over(AT + 8 * HOUR) == 1
    assert Message.objects.filter(user=lena).exclude(kind=URGENT).count() == 2
    assert again.stage == "handed_over"


def test_what_is_passed_on_says_the_same_as_the_list_on_which_it_waits(
    world: World, people: People, lena: User
) -> None:
    """P15: the clock of the hand-over with its hour, its own age, and nobody yet; not the hub's."""
    referral = actions.take_on(referral=refer(urgent_why="He was hit."), by=people.mo, at=AT)
    hand_over(referral, by=people.mo, at=AT + 3 * HOUR)
    tasks.look_over(AT + 6 * HOUR)
    at, shown = AT + 6 * HOUR, []
    rows = {
        "Waiting to be accepted": tables.decision_table(queries.hand_overs(lena), title="", at=at),
        "Passed on to you": tables.hub_table(queries.passed_on(lena, at=at), title="", at=at),
    }
    for table in rows.values():
        cells = dict(zip(table.columns, next(iter(table.rows)), strict=True))
        shown.append([str(cells[name]) for name in ("Waiting", "Whose it is", "Due")])
    assert shown[0] == shown[1]
    waits, owner, due = shown[0]
    assert waits == "3 hours"
    assert owner.startswith("Nobody yet")
    assert f" at {(AT + 5 * HOUR).hour % 12 or 12}:" in due
    assert "overdue" in due


def test_what_the_hub_has_not_decided_is_passed_on_as_it_stands_in_the_queue(
    world: World, people: People, mia: User
) -> None:
    refer()
    at = AT + 2 * DAY
    tasks.look_over(at)
    queue = tables.hub_table(queries.hub_queue(mia, at=at), title="", at=at)
    passed_on = tables.hub_table(queries.passed_on(mia, at=at), title="", at=at)
    assert [*queue.rows] == [*passed_on.rows]


def test_who_sent_a_child_on_has_it_until_somebody_says_that_they_do(
    world: World, people: People
) -> None:
    """The row and the line about the oldest name the same person."""
    decide(refer(), Decision.ATTENDANCE, by=people.mo)
    mo = Visitor(people.mo).open("/today/").see("1child sent on of whom we wait to hear")
    mo.follow("child sent on of whom we wait to hear").see(", Mo Malik", "Mo Malik, who sent it on")
    sent = HubDecision.objects.get()
    actions.enter_receipt(decision=sent, name="C. Court", on=sent.at.date(), by=people.mo, at=AT)
    mo.open("/today/").follow("child sent on of whom we wait to hear").see("C. Court")
    assert "Mo Malik" not in mo.text.split("Lists of referrals")[-1].split("Find")[0]
    assert queries.waiting(people.mo, at=AT)["sent_on"].oldest == Oldest(AT, "C. Court")


def test_of_two_clocks_due_on_one_day_the_list_shows_the_one_with_an_hour(
    world: World, people: People
) -> None:
    referral = refer(urgent_why="He was hit.")
    start_at(of=referral, clock="referral_acceptance_urgent", at=AT, policy=our_policy())
    hour = localtime(AT + 2 * HOUR).hour % 12 or 12
    assert f" at {hour}:" in str(pages.due(queries.hub_queue(people.mo, at=AT).get(), at=AT))


def test_an_urgent_one_that_nobody_graded_says_the_urgent_clock(
    world: World, people: People
) -> None:
    refer(REFS[0], urgent_why="He was hit.", at=AT)
    mo = Visitor(people.mo).open("/referrals/")
    mo.see("Urgent: due 18 November 2026 at 5:00pm", "18 November 2026 at 5:00pm overdue")
    mo.follow(REFS[0]).see("on an urgent referral: due 18 November 2026 at 5:00pm overdue")
    assert "Until it is graded" not in Visitor(people.mo).open("/referrals/").text
    refer(REFS[1])
    Visitor(people.mo).open("/referrals/").see("Until it is graded: 6 hours")


def test_a_red_one_is_due_when_its_grade_says_and_late_from_then(
    world: World, people: People
) -> None:
    graded(REFS[0], Grade.AMBER, at=AT - 5 * HOUR, by=people.mo)
    red = graded(REFS[1], Grade.RED, at=AT, by=people.mo)
    hour = when(AT + 2 * HOUR)
    for at, is_late in ((AT + HOUR, False), (AT + 3 * HOUR, True)):
        first = queries.hub_queue(people.mo, at=at)[0]
        assert first == red
        drawn = str(tables.hub_table([first], title="x", at=at).rows[0][6])
        assert drawn == (f"{hour} {tag('overdue', 'late')}" if is_late else str(hour))
        assert (red in Referral.objects.filter(late(at=at))) is is_late
    hand_over(red, by=people.mo, at=at)
    actions.turn_back(entry=red.children.get(), why="x", by=people.olive, at=at)
    assert red not in Referral.objects.filter(late(at=at + HOUR))
    assert red in Referral.objects.filter(late(at=at + 3 * HOUR))


def test_the_queue_says_whether_the_grade_or_the_due_day_governs(
    world: World, people: People
) -> None:
    """Red is what is late; a grade whose time is used is amber, and orders the list."""
    referral = graded(REFS[0], Grade.AMBER, at=AT, by=people.mo)
    for later, meaning, is_said in (
        (HOUR, "", False),
        (7 * HOUR, "soon", True),
        (3 * DAY, "late", False),
    ):
        row = queries.hub_queue(people.mo, at=AT + later).get()
        drawn = str(tables.hub_table([row], title="x", at=AT + later).rows[0][3])
        assert ("which orders this list; it is late after the time it is due" in drawn) is is_said
        assert drawn.startswith(
            str(tag(waited(AT, at=AT + later), meaning)) if meaning else "1 hour"
        )
    hand_over(referral, by=people.mo, at=AT)
    back = AT + 3 * DAY
    actions.turn_back(entry=referral.children.get(), why="x", by=people.olive, at=back)
    row = queries.hub_queue(people.mo, at=back + HOUR).get()
    drawn = str(tables.hub_table([row], title="x", at=back + HOUR).rows[0][3])
    first = "Since it came back. First reported 3 days ago"
    assert drawn == f"1 hour<br>Its grade allows 6 hours<br>{first}"


def test_a_referral_says_of_its_clocks_when_they_are_due_and_which_are_over(
    world: World, people: People
) -> None:
    """A day to come reads as due, and one of hours has its hour."""
    soon = hand_over(refer(REFS[0]), by=people.mo)
    HubDecision.objects.get().deadlines.update(due_on=date(2099, 1, 2))
    page = Visitor(people.mo).open(f"/referrals/{soon.ref}/")
    page.see("A hand-over is accepted: due 2 January 2099", "at the end of 2 January 2099, it is")
    assert "overdue" not in page.text
    late = hand_over(refer(REFS[1], urgent_why="He was hit."), by=people.mo, at=AT)
    over = localtime(AT + 2 * HOUR)
    Visitor(people.mo).open(f"/referrals/{late.ref}/").see(
        f"An urgent hand-over is accepted: due 18 November 2026 at {over.hour % 12 or 12}:",
        "overdue",
    )


def test_an_urgent_one_has_an_hour_on_each_list_until_somebody_has_it(
    world: World, people: People
) -> None:
    """P15: before it is handed over, while it waits to be accepted, and once it is sent on."""
    now = localtime()
    until = promised(due_on=now.date(), since=now)
    by = f"{in_words(until.date())} at {on_the_clock(until.time())}"
    refer(REFS[0], at=now, urgent_why="He was hit.")
    Visitor(people.mo).open("/today/").see(f". Due {by} (")
    hand_over(refer(REFS[1], at=now, urgent_why="He was hit."), by=people.mo, at=now)
    two = localtime(now + 2 * HOUR)
    hour = f"{in_words(two.date())} at {on_the_clock(two.time())}"
    for address in ("/referrals/?list=accept", f"/referrals/{REFS[1]}/", "/today/"):
        Visitor(people.olive).open(address).see(hour)
    last = refer(REFS[2], at=now, urgent_why="He was hit.")
    decide(last, Decision.ATTENDANCE, by=people.mo, at=now, contradicts_why="He is safe now.")
    ref = HubDecision.objects.get(decision="attendance").ref
    for address in ("/sent-to-you/", f"/sent-to-you/{ref}/"):
        Visitor(people.cat).open(address).see(", by midnight")
    Visitor(people.mo).open("/referrals/?list=sent_on").see(", by midnight")


def test_the_hub_sees_the_hour_that_was_promised_to_who_refers(
    world: World, people: People, mia: User
) -> None:
    """P17: on each page, and before the day is over; what is not decided then is passed on."""
    at = datetime(2026, 11, 18, 10, tzinfo=ENGLAND)
    referral = refer(urgent_why="He was hit.", at=at)
    said = "18 November 2026 at 5:00pm"
    shown = referrer.with_day(Referral.objects.all()).get()
    assert promised(due_on=shown.decision_due_on, since=shown.received_at).hour == 17
    for address in ("/referrals/", f"/referrals/{referral.ref}/", "/today/"):
        mo = Visitor(people.mo).open(address).see(said)
        assert "midnight" not in mo.text
    row = queries.hub_queue(people.mo, at=at).get()
    for hour, is_over in ((16, False), (18, True)):
        drawn = pages.due(row, at=at.replace(hour=hour), since=row.received_at)
        assert ("overdue" in str(drawn)) is is_over
    tasks.look_over(at.replace(hour=17))
    assert not Escalation.objects.exists()
    tasks.look_over(at.replace(hour=17, minute=5))
    Visitor(mia).open("/today/").see("Passed on to you", f"Due {said}")


@pytest.mark.parametrize(
    ("came", "at", "is_late"),
    [
        ((18, 10), (19, 16), False),
        ((18, 10), (19, 18), True),
        ((20, 18), (22, 12), False),  # Friday evening: due on Monday
        ((20, 18), (23, 18), True),
    ],
)
def test_what_counts_as_late_is_what_the_pages_call_overdue(
    world: World, people: People, came: tuple[int, int], at: tuple[int, int], is_late: bool
) -> None:
    """The hour that was promised: on its row, among those that press, and on Today."""
    moment = datetime(2026, 11, at[0], at[1], tzinfo=ENGLAND)
    sent_at = datetime(2026, 11, *came, tzinfo=ENGLAND)
    actions.take_on(referral=refer(at=sent_at), by=people.mo, at=sent_at)
    row = queries.hub_queue(people.mo, at=moment).get()
    drawn = str(pages.due(row, at=moment, since=row.received_at))
    [hub, *_] = queries.waiting(people.mo, at=moment).values()
    part = day_of(people.mo, at=moment)
    assert part is not None
    assert ("overdue" in drawn, hub.pressing) == (is_late, int(is_late))
    assert (Call.PROMISE_OVER in {each.call for each in part.calls}) is is_late


def test_one_that_came_after_the_hub_had_closed_is_due_when_it_closes_next(
    world: World, people: People
) -> None:
    at = datetime(2026, 11, 20, 18, tzinfo=ENGLAND)
    refer(urgent_why="He was hit.", at=at)
    Visitor(people.mo).open("/referrals/").see("Urgent: due 23 November 2026 at 5:00pm")


def test_what_came_back_after_the_hub_had_closed_is_due_when_it_closes_next(
    world: World, people: People
) -> None:
    """Its clock starts anew: it is not late the moment it is back."""
    at, back = (datetime(2026, 11, 18, hour, tzinfo=ENGLAND) for hour in (10, 20))
    referral = hand_over(refer(urgent_why="He was hit.", at=at), by=people.mo, at=at)
    actions.turn_back(entry=referral.children.get(), why="x", by=people.olive, at=back)
    for address in ("/referrals/", f"/referrals/{referral.ref}/", "/today/"):
        Visitor(people.mo).open(address).see("19 November 2026 at 5:00pm")
    row = queries.hub_queue(people.mo, at=back).get()
    assert "overdue" not in str(tables.hub_table([row], title="", at=back + HOUR).rows)


def test_one_that_is_not_urgent_has_the_hour_too(world: World, people: People) -> None:
    refer(at=datetime(2026, 11, 18, 10, tzinfo=ENGLAND))
    for address in ("/referrals/", "/today/"):
        Visitor(people.mo).open(address).see("19 November 2026 at 5:00pm")


# What a page costs


@pytest.mark.parametrize("which", ["hub", "accept", "sent_on", "done", "passed_on"])
def test_a_list_costs_the_same_whatever_waits(world: World, people: People, which: str) -> None:
    client = Client()
    client.force_login(people.mo)
    client.get("/referrals/")
    costs = []
    for number in (1, 12):
        for n in range(number):
            ref = f"{2 + n % 8}{2 + number // 6}{2 + n // 8}-567-89A"
            case = ChildWords(forename="Sam", surname=f"Example{n}")
            referral = refer(ref, children=(case, case), at=datetime(2026, 11, 17, tzinfo=UTC))
            if which != "hub":
                hand_over(referral, by=people.mo)
        with CaptureQueriesContext(connection) as asked:
            client.get("/referrals/", {"list": which})
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries))
    assert costs[0] == costs[1], costs
    assert costs[1] <= 12


def test_what_was_passed_on_costs_the_same_however_much_it_is(
    world: World, people: People, mia: User, lena: User
) -> None:
    client = Client()
    client.force_login(people.max)
    client.get("/referrals/")
    costs = []
    for refs in (REFS[:2], REFS[2:]):
        for ref, decision in zip(
            refs, [Decision.LEAD_OFFICER, Decision.ATTENDANCE] * 2, strict=False
        ):
            decide(refer(ref), decision, by=people.mo)
        tasks.look_over(AT + 7 * DAY)
        tasks.look_over(AT + 14 * DAY)
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/referrals/", {"list": "passed_on"}).content.decode()
        assert all(ref in page for ref in refs)
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries))
    assert costs[0] == costs[1], costs


def test_who_was_told_stands_there_once_for_each_child_with_its_name(
    world: World, people: People, lena: User
) -> None:
    both = (ChildWords(forename="Sam", surname="Example"), ChildWords(forename="Kim"))
    referral = hand_over(refer(children=both, urgent_why="He was hit."), by=people.mo)
    assert tasks.look_over(AT + 3 * HOUR) == 2
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    for child in ("1: Sam Example", "2: Kim"):
        assert mo.text.count(f"{child} waits too long: {lena.name} was told") == 1
    alone = hand_over(refer("345-678-9AB", urgent_why="He was hit."), by=people.mo)
    assert tasks.look_over(AT + 3 * HOUR) == 1
    mo.open(f"/referrals/{alone.ref}/").see(f"It waits too long: {lena.name} was told")
