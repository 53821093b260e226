"""Referrals in every state: at the hub, handed over, sent on, received, in quarantine."""

from typing import Any

from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.documents.tasks import copy_pictures
from onroll.referrals import actions as referrals
from onroll.referrals.codes import Decision
from onroll.referrals.facts import (
    ChildWords,
    EnquiryWords,
    FileWords,
    GroupWords,
    ReferralFacts,
    RiskWords,
)
from onroll.referrals.models import HubDecision, Referral
from onroll.rules.school_reports import Concern
from onroll.schools.models import School
from tests.documents.made import photo
from tests.people import People
from tests.referrals.made import decide, flood
from tests.routes.world import (
    AT_THE_HUB,
    FLOODED,
    HANDED_OVER,
    OF_SCHOOL,
    RECEIVED,
    SENT_ON,
    TO_WORKER,
)


def refer_children(everyone: People, school: School) -> str:
    """Refer a child to each state, and one from a school; add a file to the one at the hub.

    Return the key of a private link to that one.
    """
    photos = (FileWords(name="letter.jpg", read=photo),)
    key = _refer(AT_THE_HUB, files=photos, missing=("home_visit",))
    _refer(HANDED_OVER, Decision.LEAD_OFFICER, by=everyone.mo, **_said_by("Nora Nightjarrow"))
    for ref in (SENT_ON, RECEIVED):
        _refer(ref, Decision.ATTENDANCE, by=everyone.mo)
    referrals.enter_receipt(
        decision=HubDecision.objects.get(entry__referral__ref=RECEIVED),
        name="A. Officer",
        on=timezone.localdate(),
        by=everyone.mo,
        at=timezone.now(),
    )
    flood(FLOODED, at=timezone.localtime())
    _refer_from_school(school, by=everyone.sam)
    _add_file(AT_THE_HUB)
    return key


def _refer(
    ref: str, decision: Decision | None = None, *, by: User | None = None, **more: Any
) -> str:
    """Refer a child as a neighbour, and decide about them; return the key of a private link."""
    now = timezone.now()
    facts = ReferralFacts(
        relation="neighbour",
        worry="Plays outside all day.",
        referrer_name="Nora Nightjarrow",
        children=(ChildWords(forename="Made-up", surname="Kingfisherly"),),
        **more,
    )
    referral = referrals.refer(ref=ref, facts=facts, by=None, at=now)
    key = referrals.make_link(referral=referral, at=now)
    if decision is not None:
        decide(referral, decision, by=by, at=now)
    return key


def _refer_from_school(school: School, *, by: User) -> None:
    facts = ReferralFacts(
        relation="professional",
        worry="Not seen for weeks.",
        children=(ChildWords(forename="Made-up", surname="Jackdawson"),),
        concerns=frozenset({Concern.HOME_EDUCATION}),
        school=school.pk,
    )
    referrals.refer(ref=OF_SCHOOL, facts=facts, by=by, at=timezone.now())


def _add_file(ref: str) -> None:
    """Add a photo to a referral, as who referred."""
    referrals.add_update(
        referral=Referral.objects.get(ref=ref),
        text="",
        file=("letter.jpg", photo()),
        by=None,
        at=timezone.now(),
    )
    copy_pictures()


def _said_by(name: str) -> dict[str, Any]:
    """Return all that may come with a referral in somebody's own words and name."""
    on = timezone.localdate()
    return {
        "groups": (GroupWords(group="mobile_family", said_by=name, said_on=on),),
        "enquiries": (EnquiryWords(step="neighbours", on=on, outcome="Nobody knows.", by=name),),
        "risk": RiskWords(answers={}, lead=name, lead_contact=name, manager=name, on=on),
    }


def refer_again(case: Case, *, worker: User) -> None:
    """A referral of a child with an open case, which went to its worker."""
    Case.objects.filter(pk=case.pk).update(owner=worker)
    child = case.child
    words = ChildWords(forename=child.forename, surname=child.surname, born_on=child.born_on)
    facts = ReferralFacts(relation="neighbour", worry="Plays outside.", children=(words,))
    referrals.refer(ref=TO_WORKER, facts=facts, by=None, at=timezone.now())
    Case.objects.filter(pk=case.pk).update(owner=None)
