"""Who may know who referred (access matrix, row 10): no part of a page names them to others."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.children.actions import ChildFacts
from onroll.referrals import actions
from onroll.referrals.facts import (
    ChildWords,
    EnquiryWords,
    GroupWords,
    ReferralFacts,
    RiskWords,
    Typist,
)
from onroll.referrals.models import Referral
from onroll.rules.dated import in_words
from onroll.rules.hours import whom_to_ring
from onroll.rules.policy_file import HARROW
from onroll.schools import actions as schools
from onroll.schools.queries import school_of
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import hand_over, refer

pytestmark = pytest.mark.django_db
NAME = "Amir Canaryson"


def named() -> dict[str, Any]:
    """Return all that may come with a referral beside somebody's name."""
    on = timezone.localdate()
    return {
        "referrer_name": NAME,
        "referrer_contact": f"{NAME}, 020 7946 0000",
        "answers": {"referrer_job": NAME, "agency": NAME},
        "groups": (GroupWords(group="mobile_family", said_by=NAME, said_on=on),),
        "enquiries": (EnquiryWords(step="neighbours", on=on, outcome="No.", by=NAME),),
        "risk": RiskWords(
            lead=NAME, lead_contact=NAME, manager=NAME, on=on, advice="Ring the hub at once."
        ),
    }


def by_school(people: People, world: World, author: User) -> Referral:
    schools.add_staff(user=author, school=world.st_anns, on=timezone.localdate())
    school = school_of(author)
    assert school is not None
    child = ChildWords(forename="Sam", surname="Example")
    facts = ReferralFacts(
        relation="school", worry="Gone.", children=(child,), school=school.pk, **named()
    )
    return actions.refer(ref="222-222-222", facts=facts, by=author, at=timezone.localtime())


def test_no_part_of_a_hand_over_names_who_referred_before_it_is_accepted(people: People) -> None:
    referral = hand_over(refer(**named()), by=people.mo)
    page = f"/referrals/{referral.ref}/"
    Visitor(people.mo).open(page).see(f"{NAME}, 020 7946 0000", "Mobile or transient family")
    for address in (page, f"{page}accept/1/", f"{page}turn_back/1/"):
        olive = Visitor(people.olive).open(address)
        assert NAME not in olive.content.decode()
    Visitor(people.olive).open(page).see(
        "Mobile or transient family Your role does not show who said so",
        "Your role does not show who they are.",
        "Ring the hub at once.",
    )


def test_a_school_is_named_and_no_person_there(people: People, world: World) -> None:
    """Policy p.9: the lead officer asks the school, and informs it."""
    referral = hand_over(by_school(people, world, people.sam), by=people.mo)
    actions.add_update(
        referral=referral, text="He rang.", file=None, by=people.sam, at=timezone.localtime()
    )
    page = f"/referrals/{referral.ref}/"
    Visitor(people.mo).open(page).see(NAME, f"by {people.sam.name}")
    olive = Visitor(people.olive).open(page)
    olive.see("Sent by St Ann's School.", "Your role does not show who it was there.", "He rang.")
    for name in (NAME, people.sam.name):
        assert name not in olive.text


def test_the_history_of_a_case_names_nobody_who_referred_to_who_may_not_know(
    people: People, world: World
) -> None:
    referral = hand_over(by_school(people, world, people.sam), by=people.mo)
    case = actions.accept_child(
        entry=referral.children.get(),
        child=world.child(),
        because="x",
        by=people.olive,
        at=timezone.localtime(),
    )
    actions.add_update(
        referral=referral, text="He rang.", file=None, by=people.sam, at=timezone.localtime()
    )
    page = f"/cases/{case.ref}/chronology/"
    Visitor(people.max).open(page).see("added something", people.sam.name)
    olive = Visitor(people.olive).open(page).see("added something")
    assert people.sam.name not in olive.text


def test_the_history_of_a_case_makes_no_time_up(people: People, world: World) -> None:
    """P10: of a letter the day alone may be known."""
    at = timezone.localtime()
    typist = Typist(channel="letter", taken_by="Ada", at=at, has_time=False)
    came = at - timedelta(days=3)
    referral = hand_over(refer(at=came, typist=typist), by=people.mo)
    case = actions.accept_child(
        entry=referral.children.get(), child=world.child(), because="x", by=people.olive, at=at
    )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/chronology/")
    olive.see("Came in, from: A neighbour", in_words(came.date()))
    assert f"{in_words(came.date())} at" not in olive.text


def test_what_came_by_the_private_link_is_said_alike_to_the_hub_and_the_officer(
    people: People,
) -> None:
    """Nobody can tell who used the link, so nobody is named, nor Onroll."""
    referral = hand_over(refer(**named()), by=people.mo)
    actions.add_update(referral=referral, text="He is back.", file=None, by=None, at=AT)
    for reader in (people.mo, people.olive):
        page = Visitor(reader).open(f"/referrals/{referral.ref}/")
        page.see("Whoever has the private link")
        [added] = page.page.xpath(
            "//*[contains(@class, 'timeline__item')]"
            "[contains(., 'The person who referred added something')]"
        )
        assert "Onroll" not in added.text_content()


def test_who_does_not_see_who_referred_reads_who_can_tell_them(people: People) -> None:
    """And when they see it: once a child of the referral is theirs, and they say why."""
    referral = hand_over(refer(), by=people.mo)
    page, who = f"/referrals/{referral.ref}/information/", "You do not see who referred"
    olive = Visitor(people.olive).open(page)
    olive.see(
        who, "leave it to the hub to tell them", whom_to_ring(HARROW, at=timezone.localtime()).phone
    )
    olive.see("Once you have accepted a child of this referral")
    actions.accept_child(
        entry=referral.children.get(),
        child=ChildFacts(forename="Sam", surname="Example", sex="M"),
        because="x",
        by=people.olive,
        at=AT,
    )
    whole = Visitor(people.olive).open(f"/referrals/{referral.ref}/")
    whole.see("Your role does not show who it was.", "say why you need it").follow(
        "say why you need it"
    )
    assert whole.address.startswith("/reason/")
    olive.open(page).see(who).follow("say why you need it")
    olive.send("Continue", text="The family asked me to ring them.")
    assert who not in olive.open(page).text
    olive.open(f"/referrals/{referral.ref}/").see("Nora Nextdoor")
    assert who not in Visitor(people.mo).open(page).text
