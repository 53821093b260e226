"""P17: a school sees how far all of its referrals are, on one page; nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.accounts.models import User
from onroll.messages.models import Kind, Message
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.models import Referral
from onroll.rules import start_records
from onroll.rules.further_checks import KEEPS_ON_ROLL, TELLS_AT_ONCE
from onroll.schools import actions as schools
from onroll.schools.queries import school_of
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import decide, hand_over
from tests.referrals.test_start_record import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(world: World, people: People) -> People:
    """Let Sam, and Mat of the trust, work at St Ann's, and Tess at Mill Lane."""
    for user, school in (
        (people.sam, world.st_anns),
        (people.mat, world.st_anns),
        (people.tess, world.mill_lane),
    ):
        schools.add_staff(user=user, school=school, on=timezone.localdate())
    return people


def send(ref: str, by: User, surname: str, **more: str) -> None:
    child = ChildWords(forename="Rowan", surname=surname)
    school = school_of(by)
    facts = ReferralFacts(
        relation="school" if school else "professional",
        worry="Gone.",
        children=(child,),
        school=school.pk if school else None,
        **more,
    )
    actions.refer(ref=ref, facts=facts, by=by, at=timezone.localtime() - timedelta(hours=3))


def test_who_has_an_account_is_written_to_there(staff: People) -> None:
    send("222-222-222", staff.sam, "Merlinton")
    page = Visitor(staff.sam).open("/our-referrals/222-222-222/")
    page.see("We send you a message when our work is over.")


def test_a_decision_ends_nothing_of_what_is_asked_of_who_refers_at_work(staff: People) -> None:
    """Policy p.8-9: the pupil stays on the roll, and what the school hears it tells at once."""
    key = {}
    for ref, depth in (("222-222-222", "school"), ("333-333-333", "professional")):
        send(ref, staff.sam, "Merlinton", depth=depth)
        referral = Referral.objects.get(ref=ref)
        decide(referral=referral, by=staff.mo)
        key[depth] = actions.make_link(referral=referral, at=timezone.localtime())
    for page in ("/our-referrals/222-222-222/", "/our-referrals/"):
        Visitor(staff.sam).open(page).see(KEEPS_ON_ROLL, TELLS_AT_ONCE)
    other = Visitor(None).open(f"/refer/status/{key['professional']}/").see(TELLS_AT_ONCE)
    assert KEEPS_ON_ROLL not in other.text
    assert "You need do nothing" not in other.text


def test_what_a_school_always_does_is_said_once_above_all_of_its_referrals(staff: People) -> None:
    for ref in ("222-222-222", "333-333-333"):
        send(ref, staff.sam, "Merlinton", depth="school")
        decide(Referral.objects.get(ref=ref), by=staff.mo)
    page = Visitor(staff.sam).open("/our-referrals/")
    assert page.text.count(KEEPS_ON_ROLL) == page.text.count(TELLS_AT_ONCE) == 1
    rows = [" ".join(row.text_content().split()) for row in page.page.xpath("//tbody/tr")]
    assert all(row.endswith("We tell you here when our work is over.") for row in rows), rows


def test_what_was_written_down_stands_under_its_heading(staff: People) -> None:
    sam = Visitor(staff.sam).open("/start-record/poor-attendance/")
    sam.send("Keep this", **answers(start_records.Kind.POOR_ATTENDANCE))
    page = sam.open("/our-referrals/").see("Not referred, and calls What you wrote down instead")
    assert "newest" not in page.text


def test_a_school_sees_its_own_and_its_trust_too(staff: People) -> None:
    send("222-222-222", staff.sam, "Merlinton")
    send("333-333-333", staff.tess, "Otherly")
    for who in (staff.sam, staff.mat):
        page = Visitor(who).open("/school/").follow("Our referrals")
        page.see("222-222-222", "Rowan Merlinton", "We have your form")
        assert "333-333-333" not in page.text
        assert page.client.get("/our-referrals/333-333-333/").status_code == 404
    tess = Visitor(staff.tess).open("/our-referrals/").see("333-333-333")
    assert "222-222-222" not in tess.text


def test_an_officer_sees_what_they_sent_themselves(staff: People) -> None:
    send("222-222-222", staff.cat, "Merlinton")
    send("333-333-333", staff.olive, "Otherly")
    page = Visitor(staff.cat).open("/our-referrals/").see("222-222-222")
    assert "333-333-333" not in page.text
    assert Visitor(staff.ari).client.get("/our-referrals/").status_code == 403
    status = page.follow("222-222-222").see("How far it is")
    assert "This page says nothing about a child" not in status.text


def test_a_school_adds_something_and_sees_that_it_came(staff: People) -> None:
    send("222-222-222", staff.sam, "Merlinton")
    page = Visitor(staff.sam).open("/our-referrals/").follow("222-222-222")
    page.follow("Add something").send("Send", text="Seen at the bus stop.")
    page.see("your words. We have it.")
    hub = Visitor(staff.mo).open("/referrals/?list=news").follow("222-222-222")
    hub.see("Seen at the bus stop.", "The school’s page of its referrals")


def test_each_status_stands_beside_its_own(staff: People) -> None:
    for number in "234":
        send("-".join([number * 3] * 3), staff.sam, f"Child{number}")
    two, three, _ = Referral.objects.order_by("ref")
    hand_over(two, by=staff.mo, at=timezone.localtime())
    decide(
        referral=three,
        decision=Decision.NO_ACTION,
        why="On a roll.",
        by=staff.mo,
        at=timezone.localtime(),
    )
    page = Visitor(staff.sam).open("/our-referrals/")
    rows = [" ".join(row.text_content().split()) for row in page.page.xpath("//tbody/tr")]
    assert "We have your form" in rows[0]
    assert "Our work is over" in rows[1]
    assert "We have decided what happens next" in rows[2]


def test_the_page_costs_the_same_for_one_as_for_many(staff: People) -> None:
    def cost() -> int:
        visitor = Visitor(staff.sam)
        with CaptureQueriesContext(connection) as queries:
            visitor.client.get("/our-referrals/")
        return len(queries)

    send("222-222-222", staff.sam, "Merlinton")
    one = cost()
    for number in "3456789":
        send("-".join([number * 3] * 3), staff.sam, f"Child{number}")
    assert cost() == one


def test_a_referral_stays_with_the_school_when_who_sent_it_goes_to_another(
    world: World, staff: People
) -> None:
    send("222-222-222", staff.sam, "Merlinton")
    staff.sam.schools.all().delete()
    schools.add_staff(user=staff.sam, school=world.mill_lane, on=timezone.localdate())
    assert "222-222-222" not in Visitor(staff.sam).open("/our-referrals/").text
    assert "222-222-222" not in Visitor(staff.tess).open("/our-referrals/").text
    Visitor(staff.mat).open("/our-referrals/").see("222-222-222")


def test_a_secretary_is_told_by_message_that_the_work_is_over(staff: People) -> None:
    """P17: the close is told on the page and by a message."""
    send("222-222-222", staff.sam, "Merlinton")
    send("333-333-333", staff.tess, "Otherly")
    decide(Referral.objects.get(ref="222-222-222"), Decision.ADVICE, by=staff.mo)
    told = Message.objects.filter(kind=Kind.OWN_REFERRAL_CLOSED.value)
    assert [(message.ref, message.user) for message in told] == [("222-222-222", staff.sam)]
    Visitor(staff.sam).open("/our-referrals/222-222-222/").see("Over since")
    page = Visitor(staff.mo).open("/referrals/222-222-222/")
    page.see("a message to them is in the outbox", "Message with a link: waits to be sent")


def test_a_second_close_is_told_again_and_each_once(staff: People) -> None:
    """Opened again and closed again: one message for each close, and one where the first waits."""
    send("222-222-222", staff.sam, "Merlinton")
    referral, at = Referral.objects.get(ref="222-222-222"), timezone.localtime()
    told = Message.objects.filter(kind=Kind.OWN_REFERRAL_CLOSED.value, user=staff.sam)

    def close_again() -> None:
        actions.open_again(entry=referral.children.get(), why="More came.", by=staff.mo, at=at)
        referral.refresh_from_db()
        decide(referral, Decision.ADVICE, by=staff.mo, at=at)

    decide(referral, Decision.ADVICE, by=staff.mo, at=at)
    assert told.count() == 1
    close_again()
    assert told.count() == 1  # the first waits still, and stands for both
    told.update(sent_at=at)
    close_again()
    assert (told.count(), told.filter(sent_at=None).count()) == (2, 1)
    page = Visitor(staff.mo).open("/referrals/222-222-222/")
    page.see("Message with a link: waits to be sent")
