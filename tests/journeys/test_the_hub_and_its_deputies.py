"""A referral that nobody takes on walks from hand to hand until a named person has it (P15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.accounts import actions as accounts
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.models import Case
from onroll.referrals import tasks
from onroll.referrals.models import HubDecision, Referral
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, GRADED, refer

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)


@pytest.fixture
def deputies(people: People) -> dict[str, User]:
    """Give the two deputies whom the policy names."""
    at = timezone.now()
    made = {"mia": ("Mia Moon", Role.MASH), "lena": ("Lena Lord", Role.LOC)}
    return {
        first: accounts.add_person(
            email=f"{first}@harrow.example", name=name, role=role, team="", by=None, at=at
        )
        for first, (name, role) in made.items()
    }


def test_an_urgent_referral_waits_for_nobody(people: People, deputies: dict[str, User]) -> None:
    """The MASH officer and her deputy, the lead officer and hers, and the manager."""
    now = timezone.localtime()
    referral = refer(at=now - 25 * HOURS, urgent_why="He was hit.")
    tasks.look_over(now)

    mia = Visitor(deputies["mia"]).open("/today/").see("Oldest: 1 day, nobody’s yet")
    mia.follow("passed on to you").follow(referral.ref).see("It waits too long: Mia Moon was told")
    mia.send("I look at it")
    officer = Visitor(people.mo).open("/referrals/").see("Mia Moon")
    officer.follow(referral.ref).see("Mia Moon opened this at ").follow("Grade it")
    officer.send("Save", grade="red", why="Marks on his arm.").follow("Decide")
    serious = {**GRADED, "whereabouts": "no", "risk": "yes", "serious": "yes"}
    officer.send("Save the decision", **serious, decision="lead_officer", why="Not at school.")
    officer.see("There is a problem")
    called = {f"call_on_{part}": str(getattr(now, part)) for part in ("day", "month", "year")}
    officer.send(
        "Save the decision",
        **serious | {"police": "not_reported", "police_why_not": "Seen at noon by a visitor."},
        **called,
        call_with="Olive Obi",
        call_time=f"{now:%H:%M}",
        decision="lead_officer",
        why="Not at school.",
    )
    officer.see("Waits to be accepted", "Not told: Seen at noon", "Spoke with Olive Obi")

    HubDecision.objects.get().deadlines.update(due_at=now - 3 * HOURS)
    tasks.look_over(now - 2 * HOURS)
    tasks.look_over(now)
    lena = Visitor(deputies["lena"]).open("/today/").follow("passed on to you").see(referral.ref)
    manager = Visitor(people.max).open("/today/").follow("passed on to you").follow(referral.ref)
    manager.see("Lena Lord was told", "Max Marsh was told")

    lena.follow(referral.ref).follow("Accept this child")
    lena.send("Accept", child="new", sex="M", because="Seen at home in school hours.")
    assert Case.objects.get().owner == deputies["lena"]
    assert Referral.objects.get().stage == "accepted"
    olive = Visitor(people.olive).open("/referrals/?list=done")
    olive.see(referral.ref, "accepted by Lena Lord")
    assert "passed on to you" not in manager.open("/today/").text


def test_a_case_goes_to_the_hub_and_comes_back(people: People, deputies: dict[str, User]) -> None:
    lead = Visitor(people.olive).open(f"/referrals/{_accepted(people)}/")
    case = Case.objects.get()
    lead.open(f"/cases/{case.ref}/").follow("Send this case to the hub")
    lead.send("Send to the hub", worry="A neighbour heard shouts.", urgent="yes", urgent_why="Now.")
    sent = Referral.objects.get(from_case=case)
    hub = Visitor(people.mo).open("/referrals/").see("Who works on the child’s open case")
    hub.follow(sent.ref).send("Accept it for the hub").follow("Decide")
    hub.send(
        "Save the decision",
        **CHECKED | {"risk": "not_sure"},
        decision="open_case",
        case=case.ref,
        why="We visited. Stay in touch with the school nurse.",
        contradicts_why="The shouts were a neighbour’s television.",
    )
    hub.see("Joined to an open case")
    lead.open(f"/cases/{case.ref}/chronology/").see("We visited. Stay in touch")


def test_a_case_that_nobody_at_the_hub_accepts_is_on_todays_list_after_the_workers_round(
    work: Callable[[], None], people: People, deputies: dict[str, User]
) -> None:
    """P15: the worker's own job passes it on, to the deputy first and then to the manager."""
    _accepted(people)
    case, yesterday = Case.objects.get(), timezone.localdate() - timedelta(days=1)
    lead = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Send this case to the hub")
    lead.send("Send to the hub", worry="A neighbour heard shouts.", urgent="yes", urgent_why="Now.")
    sent = Referral.objects.get(from_case=case)
    passed_on = "Passed on to you: it waits too long"
    run_round(work)
    assert passed_on not in Visitor(deputies["mia"]).open("/today/").text
    late = timezone.now() - HOURS
    sent.deadlines.filter(clock="referral_acceptance_urgent").update(
        starts_on=yesterday, due_on=late.date(), due_at=late
    )
    run_round(work)
    mia = Visitor(deputies["mia"]).open("/today/").see(passed_on, sent.ref)
    assert passed_on not in Visitor(people.max).open("/today/").text
    tasks.look_over(timezone.localtime() + 3 * HOURS)
    Visitor(people.max).open("/today/").see(passed_on, sent.ref)
    mia.follow(sent.ref).see("It waits too long: Mia Moon was told").send("Accept it for the hub")
    assert passed_on not in mia.open("/today/").text


def run_round(work: Callable[[], None]) -> None:
    """Let the worker make its round, as it does every few minutes by day and night."""
    round_ = app.configure_task(tasks.look.name, allow_unknown=False)
    round_.defer(timestamp=int(timezone.now().timestamp()))
    work()


def _accepted(people: People) -> str:
    """Return the reference of a referral that Olive has accepted."""
    referral = refer(at=timezone.localtime())
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    hub.send("Save the decision", **CHECKED, decision="lead_officer", why="Not at school.")
    lead = Visitor(people.olive).open(f"/referrals/{referral.ref}/").follow("Accept this child")
    lead.send("Accept", child="new", sex="M", because="Seen at home in school hours.")
    return referral.ref
