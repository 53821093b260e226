"""A school's form about its own pupil: what its files hold, and nothing of anybody else's (P10)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from onroll.audit.models import AccessEvent
from onroll.children.models import Address, Child
from onroll.drafts.models import Draft
from onroll.govuk.fields import in_words
from onroll.referrals.models import Referral
from onroll.schools.models import School
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.referrals.forms import WHY, refer_pupil
from tests.referrals.pupils import pupil_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build()


def opened(world: World, child: Child, *, who: str = "sam") -> Visitor:
    """Return somebody of a school at the first page of the form about a child."""
    return Visitor(getattr(world.people, who)).open(f"/school/refer/pupil/{child.ref}/")


def test_another_schools_pupil_is_not_there(world: World) -> None:
    assert opened(world, pupil_of(world), who="tess").status == 404


def test_a_protected_child_is_not_there(world: World) -> None:
    """Access matrix, row 8."""
    child = pupil_of(world)
    Child.objects.filter(pk=child.pk).update(is_protected=True)
    assert opened(world, child).status == 404


def test_a_protected_address_is_not_shown_and_is_asked_like_one_that_nobody_sent(
    world: World,
) -> None:
    child = pupil_of(world)
    Address.objects.filter(child=child).update(is_protected=True)
    sam = opened(world, child)
    for words in ("Elm Road", "Mira", "020 7946 0002"):
        assert words not in sam.text
    sam.send("Continue").send("Continue", **WHY, whereabouts="no").send("Continue")
    sam.see("Last known address")


def test_what_another_sender_stated_is_not_shown(world: World) -> None:
    """Access matrix, row 7: a school sees what it sent itself, and nothing of a namesake."""
    School.objects.filter(pk=world.mill_lane.pk).update(name=world.st_anns.name)
    world.mill_lane.refresh_from_db()
    sam = opened(world, pupil_of(world, sender=world.mill_lane))
    sam.see("Rowan Merlinton", "St Ann’s School")
    for words in ("Elm Road", "Mira", "020 7946 0002"):
        assert words not in sam.text


def test_brothers_and_sisters_at_the_address_are_offered_and_the_look_is_kept(
    world: World,
) -> None:
    child, sister = pupil_of(world), pupil_of(world, forename="Wren")
    hidden = pupil_of(world, forename="Jay")
    Child.objects.filter(pk=hidden.pk).update(is_protected=True)
    sam = opened(world, child).send("Continue").send("Continue", **WHY, whereabouts="no")
    sam.send("Continue").send("Continue").see("Brothers and sisters")
    values = {each.get("value") for each in sam.page.xpath("//input[@type='text']")}
    assert "Wren" in values
    assert "Jay" not in values
    seen = [event.child_ids for event in AccessEvent.objects.filter(page="refer a pupil")]
    assert [sister.pk] in seen


def test_the_draft_holds_nothing_of_the_record(world: World) -> None:
    child = pupil_of(world)
    opened(world, child).send("Continue")
    draft = Draft.objects.get()
    assert draft.about == child.ref
    assert "Merlinton" not in f"{draft.answers}{draft.title}"


def test_a_form_that_was_begun_is_there_on_another_computer(world: World) -> None:
    sam = opened(world, pupil_of(world)).send("Save and finish later", record_wrong="New number")
    sam.see("Saved. You can finish this form later.")
    elsewhere = Visitor(world.people.sam).open("/school/refer/").follow("Go on with it")
    elsewhere.follow("Go on").follow("Is this the pupil?").see("New number")


def test_a_form_that_was_begun_stands_on_the_first_page_with_the_day_it_is_deleted(
    world: World,
) -> None:
    """What a school began is not found only by who begins another."""
    assert "have not finished" not in Visitor(world.people.sam).open("/school/").text
    opened(world, pupil_of(world)).send("Continue")
    day = f"Deleted on {in_words(timezone.localdate() + timedelta(days=settings.DRAFT_DAYS))}"
    sam = Visitor(world.people.sam).open("/school/")
    sam.see("Forms you have not finished", "Refer a pupil", day)
    sam.follow("Go on with what you began").see("Refer a pupil", day).follow("Go on")
    assert sam.address.startswith("/school/refer/")
    assert "have not finished" not in Visitor(world.people.tess).open("/school/").text


def test_the_hub_is_shown_the_pupil_first_whom_the_school_chose(world: World) -> None:
    child, same_name = pupil_of(world), pupil_of(world)
    siblings = {"row1-sibling_is_referred": "no"}
    refer_pupil(opened(world, child), last=world.ago(3), siblings=siblings)
    referral = Referral.objects.get()
    assert referral.children.get().record == child
    hub = Visitor(world.people.mo).open(f"/referrals/{referral.ref}/")
    hub.see("The number or reference is this child’s.")
    assert same_name.pk != child.pk


def test_unfinished_forms_about_pupils_are_told_apart_by_name_form_and_day(world: World) -> None:
    rowan, wren = pupil_of(world), pupil_of(world, forename="Wren")
    for child in (rowan, wren):
        opened(world, child).send("Continue")
    sam = Visitor(world.people.sam).open("/forms/unfinished/")
    sam.see("Refer a pupil Rowan Merlinton. Reference", "Refer a pupil Wren Merlinton.")
    assert sam.text.count(f"Saved on {in_words(world.today)}") == 2
    assert "Merlinton" not in sam.title + sam.address
    look = AccessEvent.objects.get(page="forms not finished")
    assert set(look.child_ids) == {rowan.pk, wren.pk}


def test_who_is_no_pupil_any_more_is_not_named_among_unfinished_forms(world: World) -> None:
    child = pupil_of(world)
    opened(world, child).send("Continue")
    Child.objects.filter(pk=child.pk).update(is_protected=True)
    sam = Visitor(world.people.sam).open("/forms/unfinished/").see("Refer a pupil")
    assert "Merlinton" not in sam.text


@pytest.mark.parametrize("page", ["/school/refer/pupil/{}/", "/school/checks/ask/{}/"])
def test_a_school_is_told_of_its_open_referral_of_this_pupil(world: World, page: str) -> None:
    """It adds to that one, or goes on with another worry."""
    child = pupil_of(world)
    assert "You referred this pupil" not in opened(world, child).text
    refer_pupil(opened(world, child), last=world.today)
    [referral] = Referral.objects.all()
    sam = Visitor(world.people.sam).open(page.format(child.ref))
    sam.see("You referred this pupil on", "Go on here if it is something else.")
    assert sam.follow(f"add to {referral.ref}").status == 200
    other = pupil_of(world, forename="Kim")
    assert "You referred this pupil" not in opened(world, other).text
