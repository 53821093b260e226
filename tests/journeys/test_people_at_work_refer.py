"""Who refers at work: a health visitor, a school secretary, and an officer for who rang (P10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.referrals.models import Referral
from onroll.rules.dated import in_words
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.referrals.forms import KNOWN, WHY, YOU, day, risk
from tests.referrals.made import CHECKED
from tests.referrals.pupils import pupil_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build()


def ref_of(visitor: Visitor) -> str:
    """Return the reference on the last page."""
    return str(visitor.page.xpath("string(//main//strong[contains(., '-')])"))


def test_a_health_visitor_without_an_account_refers_two_children(world: World) -> None:
    """P10, P12, P13: enquiries, risk with its talk, a group, a letter, and two outcomes."""
    hana = Visitor(None).open("/start/professional/school-named/no/").follow("Refer the child")
    hana.send("Continue", **WHY, whereabouts="not_sure", called="no", police="no")
    hana.send("Continue", forename="Rowan", surname="Merlinton", sex="M", **day("born", world.born))
    hana.send("Continue", home="12 Elm Road, Harrow", postcode="ha1 1aa")
    hana.send("Continue", **{"row1-adult_name": "Mira Merlinton", "row1-adult_relation": "Mother"})
    hana.send("Add another", **{"row1-sibling_forename": "Wren", "row1-sibling_is_referred": "yes"})
    hana.send("Continue", **{"row2-sibling_forename": "Jay", "row2-sibling_is_referred": "no"})
    hana.send("Continue", school_words="None").send("Continue", **KNOWN)
    for page in risk(domestic_abuse="yes"):
        words = {"risk_domestic_abuse_yes": "Police came."} if "risk_domestic_abuse" in page else {}
        hana.send("Continue", **page, **words)
    hana.see("The talk about the risk").send("Continue").see("Enter the safeguarding lead")
    talk = {"talk_lead": "Lea Lead", "talk_manager": "Max Manager", "talk_advice": "Refer."}
    hana.send("Continue", **talk, **day("talk_on", world.today))
    hana.send("Continue", groups_national=["new_migrant"], group_new_migrant_by="The mother")
    tried = {"enquiry_step": "neighbours", "enquiry_outcome": "Nobody knows a school."}
    first = {f"row1-{code}": words for code, words in tried.items()}
    hana.send("Continue", **first, **day("row1-enquiry_on", world.today))
    hana.send("Continue", abroad="no")
    hana.send("Attach", files={"letter.pdf": PDF}, file_words="Letter to the mother")
    hana.see("letter.pdf", "Letter to the mother").send("Continue").send("Continue", **YOU)
    hana.see(
        "Check your answers", "Nobody knows a school.", "letter.pdf", "Brother or sister 1", "Wren"
    )
    assert "Not ready yet" not in hana.text
    ref = ref_of(hana.send("Send").see("We have your form"))

    hub = Visitor(world.people.mo).open(f"/referrals/{ref}/")
    hub.see("Sent with the form for people who work with children", "Hana Healthvisitor")
    hub.see("Nobody knows a school.", "Police came.")
    hub.see("Lea Lead", "The mother", "letter.pdf", "Mira Merlinton", "Jay")
    hub.follow("Download letter.pdf")
    assert hub.content == PDF
    hub.open(f"/referrals/{ref}/decide/")
    hub.send(
        "Save the decision",
        **CHECKED,
        children=["1", "2"],
        decision="lead_officer",
        why="On no roll that we know.",
    )
    olive = Visitor(world.people.olive)
    for number in (1, 2):
        olive.open(f"/referrals/{ref}/accept/{number}/")
        olive.send("Accept", child="new", sex="U", because="No school is named.")
    assert Case.objects.count() == 2
    assert {child.name for child in Referral.objects.get().children.all()} == {
        "Rowan Merlinton",
        "Wren",
    }


@pytest.mark.shows("policy.hub_first")
def test_a_school_secretary_is_not_asked_what_the_schools_files_hold(world: World) -> None:
    """P10, P12: found, prefilled, looked at in the trail, and sent with a reason for what lacks."""
    child = pupil_of(world)
    sam = (
        Visitor(world.people.sam).open("/school/").follow("Refer a child").follow("Find the pupil")
    )
    sam.send("Find", forename="Rowan", surname="Merlinton", **day("born", world.born))
    sam.follow("Refer this pupil").see("12 Elm Road", "Mira Merlinton", "020 7946 0002")
    look = AccessEvent.objects.filter(page="refer a pupil").last()
    assert look.child_ids == [child.pk]
    sam.send("Continue", record_wrong="She has a new number.")
    last = world.ago(3)
    sam.send("Continue", **{**WHY, "reason": "moved_unknown", "whereabouts": "no"})
    sam.send("Continue")  # which languages the family speaks, which no file holds
    assert "Last known address" not in sam.text
    sam.send("Continue", home_next="Perhaps Leeds").see("Brothers and sisters")
    sam.send("Continue").see("Last day on which the child attended")
    assert "Day on which the child joined" not in sam.text
    sam.send("Continue", off_roll="no", attended="yes", **day("attended_on", last))
    sam.send("Continue", **KNOWN)
    for page in risk():
        sam.send("Continue", **page)
    sam.see("Children at particular risk").send("Continue")
    tried = {"row1-enquiry_step": "all_contacts", "row1-enquiry_outcome": "No answer."}
    sam.send("Continue", **tried, **day("row1-enquiry_on", world.today))
    sam.send("Continue", abroad="no").send("Continue")
    sam.send("Continue", referrer_contact="office@st-anns.example")
    sam.see("Not ready yet", "A visit to the home", "The council where the family may have gone")
    sam.send("Send").see("Say why you send it without this")
    ref = ref_of(sam.send("Send", missing_why="Nobody can go today.").see("We have your form"))
    referral = Referral.objects.get()
    entry = referral.children.get()
    assert (referral.school, referral.relation) == (world.st_anns, "school")
    assert (entry.record, entry.name, entry.school_words) == (child, child.name, "St Ann’s School")
    hub = Visitor(world.people.mo).open(f"/referrals/{ref}/")
    hub.see("A school", "She has a new number.", "It was sent without", "A visit to the home")
    hub.see("Nobody can go today.", "Perhaps Leeds")
    tells_what_it_went_without(sam, ref)
    hub.open(hub.address).see("A visit to the home Given in what was added")


def tells_what_it_went_without(sam: Visitor, ref: str) -> None:
    """P12, P13: of a form that is not urgent its page says what can still be told, and takes it."""
    visit, council = "A visit to the home", "The council where the family may have gone"
    sam.open("/our-referrals/").follow(ref).see("It was sent without", visit, council)
    sam.see("You said why. You can still tell us about these.")
    assert "Still owed" not in sam.text
    sam.follow("Add something").send("Send", text="We went. It is empty.", gives=["home_visit"])
    sam.see("your words. We have it.", "It was sent without", council)
    assert visit not in sam.text


def test_an_officer_types_in_what_came_by_telephone(world: World) -> None:
    """P10: how it came, who took it, and when; the hub's clock runs from the report."""
    ada = Visitor(world.people.ada).follow("Type in a referral")
    later = timezone.localtime().replace(hour=23, minute=59)
    to_come = {"came_at": f"{later:%H:%M}", **day("came_on", later.date())}
    ada.send("Continue", channel="telephone", relation="relative", **to_come)
    ada.see("Time at which it came must be now or before")
    came = world.today - timedelta(days=3)
    ada.send(
        "Continue",
        channel="telephone",
        came_at="9:05",
        relation="relative",
        referrer_name="Gran Merlinton",
        **day("came_on", came),
    )
    ada.send("Continue", worry="Not seen.", danger="no").send("Continue", forename="Rowan")
    while "Check your answers" not in ada.text:
        ada.send("Continue")
    ref = ref_of(ada.send("Send").see("The referral is typed in"))
    referral = Referral.objects.get()
    assert referral.sent_at.date() == came
    assert (referral.channel, referral.taken_by) == ("telephone", "Ada Acheampong")
    assert referral.made_by == world.people.ada
    assert referral.deadlines.get().starts_on == came
    hub = Visitor(world.people.mo).open(f"/referrals/{ref}/")
    hub.see("It came by telephone; Ada Acheampong took it", "Gran Merlinton", "Typed in")


def test_a_time_that_nobody_knows_is_not_made_up(world: World) -> None:
    """P10: of a letter the day alone is known, and shown."""
    came = world.today - timedelta(days=3)
    ada = Visitor(world.people.ada).follow("Type in a referral")
    ada.send("Continue", channel="letter", relation="relative", **day("came_on", came))
    ada.send("Continue", worry="Not seen.", danger="no").send("Continue", forename="Rowan")
    while "Check your answers" not in ada.text:
        ada.send("Continue")
    ref = ref_of(ada.send("Send").see("The referral is typed in", f"It came on {in_words(came)},"))
    assert not Referral.objects.get().has_time
    private = next(url for url in ada.page.xpath("//main//a/@href") if "/refer/status/" in url)
    status = Visitor(None).open(private[private.index("/refer/") :]).see(in_words(came))
    hub = Visitor(world.people.mo).open(f"/referrals/{ref}/")
    own = Visitor(world.people.ada).open("/our-referrals/").see(in_words(came))
    for page in (ada, status, hub, own):
        assert f"{in_words(came)} at" not in page.text
    assert hub.text.count(in_words(came)) == 2
    assert "12:00pm" not in ada.text + status.text + hub.text + own.text
