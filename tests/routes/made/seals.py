"""A sealed case with much on it that pages of several cases could show."""

from django.utils import timezone

from onroll.cases import actions as cases
from onroll.cases.models import AlertKind, Case
from onroll.enquiries import actions as enquiries
from onroll.glass import actions as glass
from onroll.glass.actions import Target
from onroll.record import actions as record
from onroll.record.actions import Telling
from onroll.referrals import actions as referrals
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.rules.complaints import Complainant
from onroll.schools.models import School
from onroll.sharing import actions as sharing
from onroll.sharing.actions import Line
from tests.people import People
from tests.routes.made.children import child_missing
from tests.routes.world import OF_SEALED

SAID = "Dunlinworth works here"


def sealed_case(everyone: People, school: School) -> Case:
    """Return a case that Olive has, of a pupil of our school, sealed by Mo for her alone.

    Max looked for it by break-glass, with a reference of no sealed case.
    """
    at, olive = timezone.localtime(), everyone.olive
    case = child_missing(everyone, school, surname="Sandpipering", street="Turnstonely Row")
    cases.assign_case(case=case, owner=olive, by=everyone.max, at=at)
    cases.add_note(case=case, text=SAID, by=olive, at=at)
    cases.raise_alert(case=case, kind=AlertKind.LEAD, at=at, quote=SAID)
    enquiries.plan_enquiries(case=case, steps=["sen"], by=olive, at=at)
    _refer_again(case)
    _share_and_complain(case, everyone)
    cases.propose_seal(case=case, is_to_seal=True, why=SAID, by=olive, at=at)
    cases.seal_case(case=case, why=SAID, team=[], by=everyone.mo, at=at)
    glass.break_glass(target=Target(ref="222-222-222"), why="A test.", by=everyone.max, at=at)
    case.refresh_from_db()
    return case


def _refer_again(case: Case) -> None:
    """A neighbour refers the child, of whom it is certain that they have this case."""
    child = case.child
    words = ChildWords(forename=child.forename, surname=child.surname, born_on=child.born_on)
    facts = ReferralFacts(relation="neighbour", worry=SAID, children=(words,))
    referrals.refer(ref=OF_SEALED, facts=facts, by=None, at=timezone.now())


def _share_and_complain(case: Case, everyone: People) -> None:
    at, by = timezone.localtime(), everyone.olive
    shared = {"whom": "A landlord", "contents": "The new address.", "why": SAID}
    line = Line(is_shared=False, on=at.date(), **shared)
    sharing.write_line(case=case, line=line, by=by, at=at)
    telling = Telling(was_told=False, on=at.date(), words=SAID)
    record.tell_family(case=case, telling=telling, by=by, at=at)
    record.record_complaint(
        case=case,
        came_on=at.date(),
        complainant=Complainant.PARENT,
        words=SAID,
        by=by,
        at=at,
    )
