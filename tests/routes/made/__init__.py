"""Makes the world that the crawler walks through."""

from django.utils import timezone

from onroll.accounts.roles import SCHOOL_ROLES
from onroll.audit.actions import acting
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.reports.actions import issue_weekly
from onroll.reports.queries import last_finished
from onroll.schools.actions import add_staff
from onroll.schools.models import School
from tests import people as persons
from tests.people import People
from tests.routes.canaries import canaries
from tests.routes.made.case_audits import audit
from tests.routes.made.children import child_missing, marks, two_pairs
from tests.routes.made.drafts import begin_child, begin_pupil_form, begin_without_account
from tests.routes.made.enquiries import enquire
from tests.routes.made.files import send_files
from tests.routes.made.letters import write
from tests.routes.made.meetings import meet
from tests.routes.made.new_files import ask_for_file
from tests.routes.made.oversight import watch_over
from tests.routes.made.record import complain
from tests.routes.made.referrals import refer_again, refer_children
from tests.routes.made.requests import ask_of_each_kind
from tests.routes.made.seals import sealed_case
from tests.routes.made.sharing import share
from tests.routes.world import World
from tests.world import school


def build() -> World:
    """Make the world."""
    with acting(actor="test"):
        everyone = persons.build()
        ours, theirs = _schools(everyone)
        first = child_missing(everyone, ours, surname="Quillfeather", street="Owlbarn Row")
        second = child_missing(everyone, theirs, surname="Zebedeeson", street="Zincwharf Lane")
        Address.objects.filter(child=second.child).update(is_protected=True)
        _work_on(first, everyone)
        our_file, their_file = send_files(everyone)
        two_pairs(everyone)
        begin_child(everyone.olive)
        begin_pupil_form(everyone.sam, first.child)
        draft_key = begin_without_account()
        status_key = refer_children(everyone, ours)
        refer_again(first, worker=everyone.max)
        ask_of_each_kind(everyone)
        enquire(everyone, first, second, ours)
        letter_key = write(everyone, first)
        share(everyone, first, second)
        complain(everyone, first, second)
        meet(everyone, first)
        audit(everyone, first)
        ask_for_file(everyone, first, ours)
        watch_over(everyone, first)
        third = sealed_case(everyone, ours)
        issue_weekly(
            week_starts_on=last_finished(timezone.localdate()), at=timezone.now(), by=everyone.max
        )
    return World(
        people=everyone,
        ours=first,
        theirs=second,
        sealed=third,
        our_file=our_file.ref,
        their_file=their_file.ref,
        status_key=status_key,
        letter_key=letter_key,
        draft_key=draft_key,
        marks=marks(),
        canaries=canaries(everyone),
    )


def _schools(everyone: People) -> tuple[School, School]:
    """Make two schools, each with its staff."""
    ours = school("3102001", "St Ann's")
    theirs = school("3102002", "Elsewhere Primary")
    staff = ((everyone.sam, ours), (everyone.mat, ours), (everyone.tess, theirs))
    for person, at in staff:
        add_staff(user=person, school=at, on=timezone.localdate())
    return ours, theirs


def _work_on(case: Case, everyone: People) -> None:
    """Put everyone of the council who may be on its team there; write a note for safeguarding."""
    for person in everyone.all():
        if person.role not in {role.value for role in SCHOOL_ROLES} | {"ola", "sys", "dpo"}:
            cases.add_member(case=case, user=person, by=everyone.max, at=timezone.now())
    cases.add_note(
        case=case,
        text="Vexillology worries the safeguarding lead",
        by=everyone.mo,
        at=timezone.now(),
        is_safeguarding=True,
    )
