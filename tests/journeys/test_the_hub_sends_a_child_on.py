"""The hub sends a child to home education or to attendance, who say there that they have it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.agencies import actions as agencies
from onroll.messages.models import Kind, Message
from onroll.referrals.codes import Decision
from onroll.referrals.models import HubDecision, Referral
from onroll.schools.models import Authority
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOME_EDUCATION = "School Attendance Liaison & Elective Home Education Officer (SALEHE)"


def decided_by_hub(people: People, decision: str) -> HubDecision:
    """Let the hub decide on its page; return the decision."""
    referral = refer(at=timezone.localtime())
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.send("Save the decision", **CHECKED, decision=decision, why="His mother told us of Sam.")
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
        mo.follow("Add it to the partner agencies under that name").see("Partner agencies")
    full = HOME_EDUCATION if decision is Decision.HOME_EDUCATION else name
    agencies.add_agency(facts={"name": f"{full}brook", "phone": "020 7946 0009"}, at=at)
    facts = {"name": f"{full} team", "phone": "020 7946 0001", "contact": "Pat Poole"}
    agencies.add_agency(facts=facts, at=at)
    for path in paths:
        mo = Visitor(people.mo).open(path).see(f"Ring {full} team, Pat Poole: 020 7946 0001")
        assert "0009" not in mo.text
        assert mo.page.xpath("//main//a[@href='tel:02079460001']")
