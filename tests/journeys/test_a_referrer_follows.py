"""P17: from the private link to the close, without an account and without ringing anybody."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from onroll.cases.models import Case
from onroll.messages import tasks
from onroll.schools import actions as schools
from tests.cases.world import World
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.messages.conftest import server
from tests.messages.mail_server import MailServer
from tests.people import People
from tests.proof import as_form, facts
from tests.referrals.conftest import world
from tests.referrals.made import CHECKED
from tests.referrals.test_own import send

__all__ = ["server", "world"]
pytestmark = pytest.mark.django_db


@pytest.mark.shows("readme.people")
def test_a_neighbour_follows_her_referral_to_its_close_by_the_link(
    server: MailServer, people: People
) -> None:
    """P17: she adds to it, and hears of the close on her page and by a message."""
    cache.clear()
    nora = Visitor(None).follow("Tell us with a form")
    nora.send("Continue", worry="He plays outside all day.", danger="no")
    nora.send("Continue", forename="Rowan", home="12 Elm Road")
    you = {"referrer_name": "Nora", "referrer_contact": "nora@example.org"}
    nora.send("Continue", relation="neighbour", gives_name="yes", **you).send("Send")
    nora.see("We have your form", "Your private link", "We send it to your email address as well")
    ref = nora.page.xpath("string(//main//strong[contains(., '-')])")
    assert tasks.deliver_due(timezone.localtime()) == 1
    nora.follow("/refer/status/").see("We have your form", "decides what to do by")

    hub = Visitor(people.mo).open(f"/referrals/{ref}/").send("I look at it")
    nora.open(nora.address).see("Someone reads your form").follow("Add something")
    nora.send("Send", text="He has a bruise.", files={"picture.pdf": PDF})
    nora.see("your words and a file. We have it.")
    hub.open("/today/").follow("referral with something new").follow(ref)
    hub.see("He has a bruise.", "picture.pdf").send("I have read it").follow("Decide")
    hub.send("Save the decision", **CHECKED, decision="lead_officer", why="On no roll.")
    nora.open(nora.address).see("We have decided what happens next")
    nora.see("If another person takes it on, they accept it by name.")

    olive = Visitor(people.olive).open(f"/referrals/{ref}/").follow("Accept this child")
    olive.send("Accept", child="new", sex="M", because="Seen at home in school hours.")
    nora.open(nora.address).see("We have decided what happens next")
    assert "must accept" not in nora.text
    case = Case.objects.get()
    olive.open(f"/cases/{case.ref}/close/other-provision/")
    closing = as_form(facts("other_provision", on=timezone.localdate()))
    olive.send("Close the case", **closing, why="Taught at the unit.")
    nora.open(nora.address).see("Our work is over", "Over since")
    for words in ("Rowan", "unit", case.ref, "Olive", "bruise"):
        assert words not in nora.text
    assert tasks.deliver_due((timezone.localtime() + timedelta(days=1)).replace(hour=12)) == 1
    assert [address for address, _ in server.letters] == ["nora@example.org"] * 2
    assert "Subject: Our work is over" in server.letters[1][1]
    settled = Visitor(people.mo).open(f"/referrals/{ref}/")
    settled.see("The work is over", "Message with a link", "Not read yet")


def test_a_lost_link_comes_again_to_the_address_that_was_given(server: MailServer) -> None:
    """P17."""
    cache.clear()
    nora = Visitor(None).follow("Tell us with a form")
    nora.send("Continue", worry="x", danger="no").send("Continue", forename="Rowan")
    you = {"referrer_name": "Nora", "referrer_contact": "nora@example.org"}
    nora.send("Continue", relation="neighbour", gives_name="yes", **you).send("Send")
    ref = nora.page.xpath("string(//main//strong[contains(., '-')])")
    tasks.deliver_due(timezone.localtime())
    lost = Visitor(None).open("/refer/lost-link/").send("Send me the link", reference=ref.lower())
    lost.see("Look into your email")
    tasks.deliver_due(timezone.localtime())
    text = server.letters[-1][1].replace("=\n", "").replace("=3D", "=")
    link = next(word for word in text.split() if "/refer/status/" in word)
    Visitor(None).open(link.removeprefix(settings.BASE_URL)).see(ref, "We have your form")


@pytest.mark.shows("readme.people")
def test_a_school_sees_how_far_its_referrals_are(world: World, people: People) -> None:
    """P17: all of them on one page, to which its menu leads."""
    schools.add_staff(user=people.sam, school=world.st_anns, on=timezone.localdate())
    for ref, surname in (("222-222-222", "Merlinton"), ("333-333-333", "Kestrelby")):
        send(ref, people.sam, surname)
    Visitor(people.mo).open("/referrals/222-222-222/").send("I look at it")
    sam = Visitor(people.sam).open("/today/").follow("Our referrals")
    sam.see("Merlinton", "Someone reads your form", "Kestrelby", "We have your form")
    sam.follow("222-222-222").see("Someone reads your form").follow("Add something")
    sam.send("Send", text="A cousin saw her.").see("your words. We have it.")
