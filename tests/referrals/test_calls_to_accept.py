"""What waits to be accepted by name is written of: at once where it is urgent or red (P15)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from onroll.accounts.actions import set_cover
from onroll.cases import actions as cases
from onroll.messages import tasks
from onroll.messages.actions import choose_how_often
from onroll.messages.models import Kind, Message
from onroll.messages.quiet import at_next_daily
from onroll.referrals import actions
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision
from onroll.rules.grades import Grade
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.messages.conftest import server
from tests.messages.mail_server import MailServer
from tests.people import People
from tests.referrals.made import decide, hand_over, refer

__all__ = ["server"]
pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 18, 22, 30, tzinfo=UTC)
DAY = timedelta(days=1)
URGENT, CALM = Kind.ACCEPT_URGENT.value, Kind.ACCEPT_CALM.value


@pytest.fixture(autouse=True)
def _nights(settings) -> None:
    settings.QUIET_HOURS = (time(21), time(7))


def told(*kinds: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind__in=kinds or (URGENT, CALM))
    return sorted(rows.values_list("kind", "user__name"))


def test_an_urgent_hand_over_goes_at_once_also_at_night_and_to_who_chose_once_a_day(
    people: People,
) -> None:
    choose_how_often(user=people.olive, is_daily=True, at=AT)
    hand_over(refer(urgent_why="He was hit.", at=NIGHT), by=people.mo, at=NIGHT)
    (message,) = Message.objects.filter(kind=URGENT)
    assert (message.user, message.due_at) == (people.olive, NIGHT)
    assert message.ref == HubDecision.objects.get().ref
    Visitor(people.olive).open(f"/referrals/waiting/{message.ref}/").see("Accept")


def test_of_two_children_who_are_handed_over_at_once_it_is_one_message(people: People) -> None:
    two = (ChildWords(forename="Sam", surname="Example"), ChildWords(forename="Kim", surname="X"))
    referral = hand_over(refer(children=two, urgent_why="He was hit."), by=people.mo)
    assert told() == [(URGENT, "Olive Obi")]
    first = HubDecision.objects.order_by("pk").first()
    assert first is not None
    assert (HubDecision.objects.count(), Message.objects.get(kind=URGENT).ref) == (2, first.ref)
    Visitor(people.olive).open(f"/referrals/waiting/{first.ref}/").see("Kim X", referral.ref)


def test_a_red_hand_over_goes_at_once(people: People) -> None:
    decide(refer(), by=people.mo, grade=Grade.RED)
    assert told() == [(URGENT, "Olive Obi")]


def test_a_calm_hand_over_goes_as_each_has_chosen_and_not_at_night(people: People) -> None:
    hand_over(refer(at=NIGHT), by=people.mo, at=NIGHT)
    assert told() == [(CALM, "Olive Obi")]
    assert Message.objects.get(kind=CALM).due_at == datetime(2026, 11, 19, 7, tzinfo=UTC)
    choose_how_often(user=people.olive, is_daily=True, at=AT)
    hand_over(refer("345-678-9AB"), by=people.mo)
    assert Message.objects.get(kind=CALM, made_at=AT).due_at == at_next_daily(AT)


def test_what_was_accepted_or_turned_back_meanwhile_is_not_written_of(
    world: World, people: People
) -> None:
    by = {"by": people.olive, "at": NIGHT}
    for ref, verb in (("345-678-9AB", "accept"), ("456-789-ABC", "turn back")):
        referral = hand_over(refer(ref, at=NIGHT), by=people.mo, at=NIGHT)
        assert Message.objects.waiting().filter(kind=CALM).count() == 1
        entry = referral.children.get()
        if verb == "accept":
            actions.accept_child(entry=entry, child=world.child(), because="Seen.", **by)
        else:
            actions.turn_back(entry=entry, why="Not ours.", **by)
        assert not Message.objects.waiting().filter(kind=CALM).exists()


def test_who_covers_is_told_too(people: People) -> None:
    cover = {"from_on": TODAY, "until_on": TODAY + DAY, "by": people.olive, "at": AT, "last": 0}
    set_cover(absent=people.olive, colleague=people.max, **cover)
    hand_over(refer(urgent_why="He was hit."), by=people.mo)
    assert told() == [(URGENT, "Max Marsh"), (URGENT, "Olive Obi")]


def test_without_an_officer_the_managers_are_told(people: People) -> None:
    people.olive.is_active = False
    people.olive.save()
    hand_over(refer(urgent_why="He was hit."), by=people.mo)
    assert told() == [(URGENT, "Max Marsh")]


def test_an_urgent_case_sent_to_the_hub_is_told_to_the_hub_and_a_calm_one_waits_on_its_pages(
    world: World, people: People
) -> None:
    case = world.case(world.child("Sam", "Example"), owner=people.olive)
    sent = {"case": case, "worry": "He is gone.", "by": people.olive, "at": AT}
    referral = actions.send_to_hub(ref="234-567-89A", urgent_why="", **sent)
    assert told() == []
    actions.send_to_hub(ref="345-678-9AB", urgent_why="He was hit.", **sent)
    assert told() == [(URGENT, "Mo Malik")]
    Visitor(people.mo).open(f"/referrals/waiting/{referral.ref}/").see("Sam Example")


def test_an_urgent_case_sent_to_the_hub_comes_back_to_who_has_the_case(
    world: World, people: People
) -> None:
    case = world.case(world.child("Sam", "Example"))
    cases.assign_case(case=case, owner=people.max, by=people.max, at=AT)
    sent = {"case": case, "worry": "He is gone.", "by": people.max, "at": AT}
    referral = actions.send_to_hub(ref="234-567-89A", urgent_why="He was hit.", **sent)
    hand_over(referral, by=people.mo)
    assert told() == [(URGENT, "Max Marsh"), (URGENT, "Mo Malik")]


def test_what_becomes_urgent_while_a_sibling_waits_is_told_at_once(people: People) -> None:
    both = (ChildWords(forename="Sam"), ChildWords(forename="Ann"))
    referral = decide(refer(children=both), by=people.mo, only=(1,))
    assert told() == [(CALM, "Olive Obi")]
    actions.grade(
        referral=referral, grade=Grade.RED, why="Hurt.", urgent_why="Hit.", by=people.mo, at=AT
    )
    assert told() == [(CALM, "Olive Obi"), (URGENT, "Olive Obi")]


def test_an_urgent_one_is_a_letter_of_its_own(server: MailServer, people: People) -> None:
    hand_over(refer(), by=people.mo)
    hand_over(refer("345-678-9AB", urgent_why="He was hit."), by=people.mo)
    tasks.deliver_due(AT)
    texts = [text for address, text in server.letters if address == people.olive.email]
    assert [("urgent" in text) for text in texts].count(True) == 1
    assert len(texts) == 2


def test_each_opens_the_referrals_on_their_own_list(people: People) -> None:
    calm = hand_over(refer(), by=people.mo)
    Visitor(people.olive).open("/referrals/").see(calm.ref)
    assert calm.ref not in Visitor(people.mo).open("/referrals/").text
