"""The hub sends a child to home education or to attendance, who say there that they have it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.agencies import actions as agencies
from onroll.messages.models import Kind, Message
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.forms.decisions import PASSED
from onroll.referrals.models import Audience, HubDecision, Referral
from onroll.schools.models import Authority
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEWS = "Something new about what was referred"
HOME_EDUCATION = "School Attendance Liaison & Elective Home Education Officer (SALEHE)"


def decided_by_hub(people: People, decision: str) -> HubDecision:
    """Let the hub decide on its page; return the decision."""
    referral = refer(at=timezone.localtime())
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    passed = {PASSED[Decision(decision)]: "By internal post."}
    why = "His mother told us of Sam."
    mo.send("Save the decision", **CHECKED, **passed, decision=decision, why=why)
    mo.open("/referrals/?list=sent_on").see(referral.ref)
    return HubDecision.objects.get()


def told(person: User) -> list[tuple[str, str]]:
    return list(Message.objects.filter(user=person).values_list("kind", "ref"))


def test_the_court_officer_takes_a_child_and_says_what_came_of_it(people: People) -> None:
    """P02, P15: told by message and on Today; the hub's list is clear once all is said."""
    decision = decided_by_hub(people, "attendance")
    assert told(people.cat) == [(Kind.REFERRAL_SENT.value, decision.ref)]
    assert told(people.hal) == []
    cat = Visitor(people.cat).open("/today/")
    cat.see("1 child whom the hub sent to you", "(less than a minute), nobody’s yet")
    cat.follow("child whom the hub sent to you").see("Mo Malik", "Nobody yet")
    cat.follow(decision.ref).see("To attendance", "Receipt due").send("I have this")
    cat.see("The hub now knows that you have it.", "Cat Cole, since")
    decision.refresh_from_db()
    assert (decision.receipt_name, decision.receipt_by) == ("Cat Cole", people.cat)
    assert decision.deadlines.get().met_on == timezone.localdate()
    cat.open("/today/").see("1 child you have from the hub", "(since today), Cat Cole")
    cat.follow("child you have from the hub").follow(decision.ref).follow("Say what came of it")
    cat.send("Save", words="").see("Say what came of it")
    cat.send("Save", words="He is back at school.").see("The hub now knows what came of it.")
    assert "sent to you" not in cat.open("/today/").text.split("on which nothing waits")[0]
    cat.open("/sent-to-you/?list=over").see(decision.ref)
    referral = Referral.objects.get()
    mo = Visitor(people.mo).open("/referrals/?list=sent_on")
    assert referral.ref not in mo.text
    mo.open(f"/referrals/{referral.ref}/").see("Cat Cole, since", "He is back at school.")
    assert referral.stage == "closed"


def test_the_hub_hears_that_a_desk_has_a_child_and_what_came_of_it(people: People) -> None:
    """P15, policy p.9: it is news of the hub until somebody there says that they read it."""
    decision, ref = decided_by_hub(people, "attendance"), Referral.objects.get().ref
    mo = Visitor(people.mo).open("/today/")
    assert NEWS not in mo.text
    cat = Visitor(people.cat).open(f"/sent-to-you/{decision.ref}/").send("I have this")
    read_news(mo, ref).see("New for you Somebody has the child who was sent on.", "Cat Cole, since")
    mo.send("I have read it").see("Marked as read.", "Read Mo Malik")
    assert NEWS not in mo.open("/today/").text
    assert ref not in mo.open("/referrals/?list=news").text
    cat.follow("Say what came of it").send("Save", words="He is back at school.")
    read_news(mo, ref).see("What came of it where the child was sent The hub").send("I have read")
    assert NEWS not in mo.open("/today/").text


def test_the_hub_hears_of_home_education_and_not_of_its_own_doing(people: People) -> None:
    decision, ref = decided_by_hub(people, "home_education"), Referral.objects.get().ref
    Visitor(people.hal).open(f"/sent-to-you/{decision.ref}/").send("I have this")
    mo = Visitor(people.mo)
    read_news(mo, ref).see("Hal Hughes, since").send("I have read it")
    second = refer("345-678-9AB", at=timezone.localtime())
    decide(second, Decision.SOCIAL_CARE, by=people.mo, at=timezone.localtime(), passed_how="Rang.")
    mo.open(f"/referrals/{second.ref}/").follow("Enter who has it").send("Save", name="Pat Poole")
    mo.see("Pat Poole, since")
    assert NEWS not in mo.open("/today/").text


def read_news(mo: Visitor, ref: str) -> Visitor:
    """Open what is new from Today and from the list of what is new."""
    mo.open("/today/").see(NEWS).follow("referral with something new for you").see(ref)
    return mo.follow(ref).see("New for you")


def test_who_referred_is_told_when_attendance_has_the_child(people: People) -> None:
    """P17: by the page and a message, as of any other team, and once."""
    referral = refer(at=timezone.localtime(), referrer_contact="nora@example.org")
    key = actions.make_link(referral=referral, at=timezone.localtime())
    decide(referral, Decision.ATTENDANCE, by=people.mo, at=timezone.localtime())
    nora = Visitor(None).open(f"/refer/status/{key}/").see("We have decided what happens next")
    written = Message.objects.filter(kind=Kind.REFERRAL_DECIDED.value, ref=referral.ref)
    assert not written.exists()
    cat = Visitor(people.cat).open(f"/sent-to-you/{HubDecision.objects.get().ref}/")
    cat.send("I have this")
    nora.open(nora.address).see("Another team has it now", "Passed on")
    assert "attendance" not in nora.text
    assert written.count() == 1
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(
        "Another team has it now. The status page of who referred says so"
    )
    cat.follow("Say what came of it").send("Save", words="He is back at school.")
    nora.open(nora.address).see("Another team has it now")
    told = referral.notifications.filter(audience=Audience.REFERRER.value, happening="passed")
    assert sorted(told.values_list("channel", flat=True)) == ["email_link", "status_page"]


def test_the_home_education_adviser_takes_a_child(people: People) -> None:
    """P15, P68."""
    decision = decided_by_hub(people, "home_education")
    assert told(people.hal) == [(Kind.REFERRAL_SENT.value, decision.ref)]
    assert told(people.cat) == []
    hal = Visitor(people.hal).open("/today/").follow("child whom the hub sent to you")
    hal.follow(decision.ref).send("I have this").see("Hal Hughes, since")
    assert "What came of it" not in hal.text
    decision.refresh_from_db()
    assert (decision.receipt_name, decision.deadlines.running().count()) == ("Hal Hughes", 0)
    assert Referral.objects.get().stage == "closed"
    ref = Referral.objects.get().ref
    assert ref not in Visitor(people.mo).open("/referrals/?list=sent_on").text


def test_what_nobody_takes_in_two_working_days_is_late_on_today(people: People) -> None:
    """P15."""
    at = timezone.localtime() - 5 * DAY
    decide(refer(at=at), Decision.ATTENDANCE, by=people.mo, at=at)
    cat = Visitor(people.cat).open("/today/")
    cat.see("Overdue by our own limit 1 child whom the hub sent to you", "(5 days), nobody’s yet")
    cat.open("/sent-to-you/").see("overdue")


@pytest.mark.parametrize(
    ("decision", "name"),
    [
        (Decision.SOCIAL_CARE, "Social care"),
        (Decision.ATTENDANCE, "Court Attendance Officer (CAO)"),
        (Decision.HOME_EDUCATION, "School Attendance Liaison & Elective Home Education Officer"),
        (Decision.OTHER_AUTHORITY, "Brent"),
        (Decision.EARLY_HELP, "Early Support"),
    ],
)
def test_whom_to_ring_stands_beside_who_has_it_or_where_to_add_a_number(
    people: People, decision: Decision, name: str
) -> None:
    """P63: the number is kept once, on the list of agencies; one without is no answer."""
    at = timezone.localtime()
    brent = Authority.objects.create(code="304", name="Brent", status="live")
    authority = brent if decision is Decision.OTHER_AUTHORITY else None
    referral = refer(at=at)
    decide(referral, decision, by=people.mo, at=at, authority=authority, passed_how="Rang Pat.")
    paths = (f"/referrals/{referral.ref}/", f"/referrals/{referral.ref}/receipt/1/")
    for path in paths:
        mo = Visitor(people.mo).open(path).see(f"No telephone number of “{name}")
        mo.follow("Add it to the partner agencies under that name").see("Add an agency")
        assert mo.page.xpath("string(//input[@name='name']/@value)").startswith(name)
        takers = {Decision.ATTENDANCE: "Cat Cole", Decision.HOME_EDUCATION: "Hal Hughes"}
        if decision in takers:
            mo.open(path).see(f"Onroll told {takers[decision]} the reference alone")
    full = HOME_EDUCATION if decision is Decision.HOME_EDUCATION else name
    agencies.add_agency(facts={"name": f"{full}brook", "phone": "020 7946 0009"}, at=at)
    facts = {"name": f"{full} team", "phone": "020 7946 0001", "contact": "Pat Poole"}
    agencies.add_agency(facts=facts, at=at)
    for path in paths:
        mo = Visitor(people.mo).open(path).see(f"Ring {full} team, Pat Poole: 020 7946 0001")
        assert "0009" not in mo.text
        assert mo.page.xpath("//main//a[@href='tel:02079460001']")
