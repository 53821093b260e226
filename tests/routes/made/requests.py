"""What others ask or tell the council: start records, families, agencies, checks, questions."""

from django.utils import timezone

from onroll.admissions import actions as admissions
from onroll.admissions.actions import ChildFacts
from onroll.advice import actions as advice
from onroll.advice.actions.further_checks import CheckFacts
from onroll.advice.queries import Asker
from onroll.agencies import actions as agencies
from onroll.cases.queries import Typed
from onroll.referrals import actions as referrals
from onroll.referrals.facts import StartWords
from onroll.rules.roll_question import Purpose
from onroll.rules.start_records import Kind
from onroll.schools.models import School
from tests.agencies.made import confirmed_agency
from tests.people import People


def ask_of_each_kind(everyone: People) -> None:
    """Ask and tell once of each kind; both schools tell of a family."""
    _start_record(everyone)
    _families(everyone)
    _agency(everyone)
    _check(everyone)
    _roll_question(everyone)
    _pupil_message(everyone)


def _start_record(everyone: People) -> None:
    referrals.write_start_record(
        words=StartWords(
            kind=Kind.POOR_ATTENDANCE,
            forename="Made-up",
            surname="Sparrowhawkson",
            born_on=None,
            proofs={"place": "Home", "person": "Fay", "seen": "2026-11-20"},
        ),
        by=everyone.sam,
        at=timezone.localtime(),
    )


def _families(everyone: People) -> None:
    for person in (everyone.sam, everyone.tess):
        admissions.tell_of_family(
            facts={"adult": "Fay Fieldfaremother", "phone": "020 7946 0005", "how": "telephone"},
            children=[ChildFacts("Made-up", "Fieldfarely")],
            by=person,
            at=timezone.localtime(),
        )


def _agency(everyone: People) -> None:
    agency = confirmed_agency("Health visitors", by=everyone.olive, at=timezone.now())
    agencies.make_code(
        agency=agency, person="Hetty Visitor", by=everyone.olive, at=timezone.localtime()
    )


def _check(everyone: People) -> None:
    today = timezone.localdate()
    advice.ask_for_checks(
        facts=CheckFacts(
            forename="Made-up",
            surname="Bitternson",
            born_on=today.replace(year=today.year - 9, day=1),
            last_attended_on=today,
            wanted=("new_school",),
            account="Nobody answers.",
        ),
        school=School.objects.get(establishment="2001"),
        by=everyone.sam,
        at=timezone.localtime(),
    )


def _roll_question(everyone: People) -> None:
    advice.answer_roll_question(
        typed=Typed("Made-up", "Nobodyson", timezone.localdate().replace(day=1)),
        purpose=Purpose.MET_CHILD,
        asker=Asker(user=everyone.ada),
        at=timezone.localtime(),
    )


def _pupil_message(everyone: People) -> None:
    advice.keep_message(
        facts=advice.MessageFacts(
            received_on=timezone.localdate(),
            authority="304",
            forename="Made-up",
            surname="Dunnockson",
            school="A school in Brent",
        ),
        by=everyone.olive,
        at=timezone.localtime(),
    )
