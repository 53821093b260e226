"""Who sent a referral with an account reads it again: their words, and nothing else."""

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.audit.models import AccessEvent
from onroll.referrals import actions
from onroll.referrals.actions import make_link
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.models import Referral
from onroll.schools import actions as schools
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import professional, risk
from tests.referrals.made import decide

pytestmark = pytest.mark.django_db
WORDS = "She said that they move to Leeds."


def sent(user: User) -> Referral:
    """Send a form of a professional."""
    answers = risk()
    answers[0]["risk_mobile_family_no"] = "They have lived here for ten years."
    professional(Visitor(user), why={"worry": WORDS}, risks=answers).send(
        "Send", missing_why="Nobody opened."
    )
    return Referral.objects.get()


def address(referral: Referral) -> str:
    return f"/our-referrals/{referral.ref}/sent/"


def test_the_sender_reads_what_they_wrote_and_nothing_that_the_hub_added(people: People) -> None:
    referral = sent(people.sen)
    decide(referral, by=people.mo)
    sen = Visitor(people.sen).open(f"/our-referrals/{referral.ref}/").follow("Read what you sent")
    assert sen.address == address(referral)
    sen.see(WORDS, "Rowan Merlinton", "They have lived here for ten years.", "Nobody opened.")
    assert "Mo Malik" not in sen.text
    assert "Rowan" not in sen.title


def test_what_they_added_since_stands_there_too(people: People) -> None:
    referral = sent(people.sen)
    actions.add_update(
        referral=referral, text="He is in Leeds.", file=None, by=people.sen, at=timezone.now()
    )
    actions.add_update(
        referral=referral, text="Said by link.", file=None, by=None, at=timezone.now()
    )
    sen = Visitor(people.sen).open(address(referral)).see("What you added since", "He is in Leeds.")
    assert "Said by link." not in sen.text


def test_nobody_else_reads_it_and_no_link_leads_there(people: People, world: World) -> None:
    for user in (people.sam, people.mat):
        schools.add_staff(user=user, school=world.st_anns, on=timezone.localdate())
    facts = ReferralFacts(
        relation="school",
        worry=WORDS,
        children=(ChildWords(forename="Rowan"),),
        school=world.st_anns.pk,
    )
    ref = "234-567-89A"
    referral = actions.refer(ref=ref, facts=facts, by=people.sam, at=timezone.now())
    assert Visitor(people.sam).open(address(referral)).status == 200
    mat = Visitor(people.mat).open(f"/our-referrals/{referral.ref}/")
    assert mat.status == 200
    assert "Read what you sent" not in mat.text
    for user in (people.mat, people.sen, people.mo):
        assert Visitor(user).open(address(referral)).status == 404
    key = make_link(referral=referral, at=timezone.now())
    by_link = Visitor(None).open(f"/refer/status/{key}/")
    assert by_link.status == 200
    assert WORDS not in by_link.text
    assert "Read what you sent" not in by_link.text


def test_the_read_names_a_child_who_is_on_record(people: People, world: World) -> None:
    child = world.child("Rowan", "Merlinton")
    facts = ReferralFacts(
        relation="professional",
        worry=WORDS,
        children=(ChildWords(forename="Rowan", surname="Merlinton", record=child.pk),),
    )
    referral = actions.refer(ref="234-567-89A", facts=facts, by=people.sen, at=timezone.now())
    Visitor(people.sen).open(address(referral))
    (seen,) = AccessEvent.objects.filter(page="own referral as sent")
    assert child.pk in seen.child_ids
