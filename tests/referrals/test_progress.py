"""What who refers reads once the hub has decided: who has the child, and of each child its own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.messages.models import Kind, Message
from onroll.referrals import actions
from onroll.referrals.actions.links import recipient
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, Referral
from onroll.referrals.queries.progress import progress_of
from onroll.referrals.status import Status
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.references import speakable
from onroll.schools import actions as schools
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
from tests.referrals.made import decide, refer

pytestmark = pytest.mark.django_db
TWO = (
    ChildWords(forename="Rowan", surname="Merlinton"),
    ChildWords(forename="Wren", surname="Merlinton"),
)


def link(referral: Referral) -> Visitor:
    """Open the page behind a private link."""
    key = actions.make_link(referral=referral, at=timezone.localtime())
    return Visitor(None).open(f"/refer/status/{key}/")


def receive(referral: Referral, people: People) -> None:
    """Enter who has what was sent on."""
    now = timezone.localtime()
    for decision in HubDecision.objects.sent_on().filter(entry__referral=referral):
        actions.enter_receipt(
            decision=decision, name="S. Care", on=now.date(), by=people.mo, at=now
        )


@pytest.mark.parametrize("decision", [Decision.SOCIAL_CARE, Decision.EARLY_HELP])
def test_what_somebody_else_has_is_not_called_over(
    world: World, people: People, decision: Decision
) -> None:
    """It is with them, and the page says neither who they are nor a word about the child."""
    now = timezone.localtime()
    referral = refer(at=now, children=TWO[:1])
    way = {"passed_how": "The duty team"} if decision is Decision.SOCIAL_CARE else {}
    decide(referral, decision, by=people.mo, at=now, **way)
    link(referral).see("We have decided what happens next")
    receive(referral, people)
    page = link(referral).see("Another team has it now", "Passed on", "Are you worried again?")
    page.see("We tell you no more about it here.")
    for word in ("over", "Rowan", "S. Care", "social", "help"):
        assert word not in page.page.xpath("string(//main//h1)")
        assert word not in page.page.xpath("string(//main//dl)")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Another team has it now. The status page of who referred says so")
    for words in ("The work is over", "nothing waits"):
        assert words not in mo.text
    step = mo.page.xpath("//tr[contains(., 'Another team has it now')]")
    assert "Status page" in step[0].text_content()
    mo.open("/referrals/?list=done").see("Another team has it now")


def test_the_hub_reads_of_each_child_whether_it_is_over(world: World, people: People) -> None:
    now = timezone.localtime()
    referral = refer(at=now, children=TWO, referrer_contact="nora@example.org")
    decide(referral, Decision.EARLY_HELP, by=people.mo, at=now, only=[1])
    decide(referral, Decision.NO_ACTION, by=people.mo, at=now, only=[2])
    receive(referral, people)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Another team has it now (child 1)", "The work is over (child 2)")
    assert Message.objects.filter(kind=Kind.REFERRAL_CLOSED.value).count() == 1
    steps = referral.notifications.filter(channel="status_page").values_list("happening", "about")
    assert list(steps)[-2:] == [("closed", [2]), ("passed", [1])]


def test_each_child_has_a_line_of_its_own_where_they_differ(world: World, people: People) -> None:
    """By a private link without a name; who is signed in reads what they typed."""
    now = timezone.localtime()
    schools.add_staff(user=people.sam, school=world.st_anns, on=now.date())
    referral = refer(
        at=now, children=TWO, relation="school", depth="school", school=world.st_anns.pk
    )
    decide(referral, Decision.EARLY_HELP, by=people.mo, at=now, only=[1])
    assert "Child 1 of your form" not in link(referral).text
    decide(referral, Decision.NO_ACTION, by=people.mo, at=now, only=[2])
    page = link(referral).see("It is not the same for each child")
    page.see("Child 1 of your form", "We have decided what happens next")
    page.see("Child 2 of your form", "Our work is over")
    assert "Rowan" not in page.text
    receive(referral, people)
    link(referral).see("Another team has it now", "Our work is over", "Over since")
    sam = Visitor(people.sam).open("/our-referrals/")
    sam.see("Rowan Merlinton: Another team has it now; Wren Merlinton: Our work is over")
    sam.follow(referral.ref).see("Rowan Merlinton", "Another team has it now")


def test_before_all_is_decided_a_child_with_an_open_case_reads_as_the_other(
    world: World, people: People
) -> None:
    """Such a child goes to its worker at once: another line would tell that it is known."""
    child = world.child("Rowan", "Merlinton")
    case = cases.report_child(
        key="k",
        child=child,
        reason="referral",
        because="x",
        said_by="x",
        by=people.olive,
        on=timezone.localdate(),
        at=timezone.localtime(),
    )
    cases.assign_case(case=case, owner=people.olive, by=people.olive, at=timezone.localtime())
    known = ChildWords(forename="Rowan", surname="Merlinton", born_on=child.born_on)
    referral = refer(at=timezone.localtime(), children=(known, TWO[1]))
    assert HubDecision.objects.filter(entry__referral=referral).count() == 1
    far = progress_of([referral])[referral.pk]
    assert (far.is_alike, far.whole) == (True, Status.RECEIVED)


def test_an_officer_whose_case_the_hub_had_reads_that_it_is_open(
    world: World, people: People
) -> None:
    """The hub decides, and ends no case of hers."""
    now = timezone.localtime()
    case = cases.report_child(
        key="k",
        child=world.child(),
        reason="referral",
        because="x",
        said_by="x",
        by=people.olive,
        on=now.date(),
        at=now,
    )
    referral = actions.send_to_hub(
        case=case, ref=speakable(), worry="A bruise.", urgent_why="", by=people.olive, at=now
    )
    olive = Visitor(people.olive)
    olive.open(f"/our-referrals/{referral.ref}/").see("The hub has your case", case.ref)
    olive.see("We send you a message when the hub has decided.")
    actions.take_on(referral=referral, by=people.mo, at=now)
    olive.open(olive.address).see("Somebody at the hub looks at your case")
    referral.refresh_from_db()
    decide(referral, Decision.ADVICE, by=people.mo, at=now)
    olive.open(olive.address).see("The hub has decided", "The case is open", "The hub decided")
    olive.see("What the hub decided, and who has it")
    assert "Our work is over" not in olive.text
    olive.open("/our-referrals/").see("The hub has decided")
    close(case, people)
    olive.follow(referral.ref).see("The hub has decided, and the case is closed")


def test_no_private_link_leads_to_a_case_that_was_sent_to_the_hub(
    world: World, people: People
) -> None:
    """Its page says that a case is open, and so that the child is known."""
    now = timezone.localtime()
    referral = actions.send_to_hub(
        case=world.case(), ref=speakable(), worry="x", urgent_why="", by=people.olive, at=now
    )
    key = actions.make_link(referral=referral, at=now)
    assert recipient(ref=referral.ref, at=now) is None
    places = (f"status/{key}/", f"status/{key}/add/", f"received/{key}/")
    for address in (f"/refer/{place}" for place in places):
        assert Client().get(address).status_code == 404


def close(case: Case, people: People) -> Any:
    """Close a case with a proved place."""
    now = timezone.localtime() + timedelta(seconds=1)
    assert "other_provision" in OUTCOMES
    return cases.close_case(
        case=case,
        outcome="other_provision",
        facts=facts("other_provision", on=now.date()),
        why="x",
        by=people.olive,
        at=now,
    )
