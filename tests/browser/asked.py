"""What others asked the council, for the pages that show it. Every child in it is made up."""

from datetime import date, datetime

from django.core import signing
from django.utils import timezone

from onroll.accounts.models import User
from onroll.admissions import actions as admissions
from onroll.admissions.actions import ChildFacts
from onroll.advice import actions as advice
from onroll.advice.actions.further_checks import CheckFacts
from onroll.advice.models import FurtherCheck
from onroll.advice.queries import Asker
from onroll.advice.views.roll_question import SALT
from onroll.agencies import actions as agencies
from onroll.cases.queries import Typed
from onroll.referrals import actions as referrals
from onroll.referrals.facts import StartWords
from onroll.referrals.models import StartRecord
from onroll.rules.further_checks import Outcome
from onroll.rules.roll_question import Purpose
from onroll.rules.start_records import Kind
from onroll.schools.models import School
from tests.agencies.made import confirmed_agency

BORN = date(2016, 4, 5)


def ask(people: dict[str, User], school: School, *, surname: str) -> dict[str, str]:
    """Ask once of each kind; return the address of each page by its name."""
    at, sam, olive = timezone.localtime(), people["sam"], people["olive"]
    agency = confirmed_agency("Health visitors", by=olive, at=at, tell_when="A baby is seen.")
    agencies.make_code(agency=agency, person="Hetty Visitor", by=olive, at=at)
    family = admissions.tell_of_family(
        facts={"adult": "Fay Fieldfare", "phone": "020 7946 0002", "how": "telephone"},
        children=[ChildFacts("Rowan", surname, BORN), ChildFacts("Ash", surname)],
        by=sam,
        at=at,
    )
    waiting, answered = (_check(school, surname, by=sam, at=at) for _ in range(2))
    advice.answer_check(
        check=answered, outcome=Outcome.NOT_FOUND, answer="Leeds has not.", by=olive, at=at
    )
    typed, asker = Typed("Rowan", surname, BORN), Asker(user=sam)
    question = advice.answer_roll_question(
        typed=typed, purpose=Purpose.MET_CHILD, asker=asker, at=at
    )
    return {
        "agency": f"/agencies/{agency.ref}/",
        "family": f"/families/{family.ref}/",
        "check": f"/checks/{waiting.ref}/",
        "answered": f"/school/checks/{answered.ref}/",
        "roll_answer": f"/on-roll/answer/{signing.dumps(question.ref, salt=SALT)}/",
        "start_record": f"/start-record/kept/{_start_record(surname, by=sam, at=at).ref}/",
    }


def _check(school: School, surname: str, *, by: User, at: datetime) -> FurtherCheck:
    """Ask for further checks of a child."""
    facts = CheckFacts(
        forename="Rowan",
        surname=surname,
        born_on=BORN,
        last_attended_on=at.date(),
        wanted=("new_school", "new_address"),
        account="Nobody answers.",
    )
    return advice.ask_for_checks(facts=facts, school=school, by=by, at=at)


def _start_record(surname: str, *, by: User, at: datetime) -> StartRecord:
    """Write down what a school knows of a child who does not attend."""
    words = StartWords(
        kind=Kind.POOR_ATTENDANCE,
        forename="Rowan",
        surname=surname,
        born_on=BORN,
        proofs={"place": "At home", "person": "The family worker", "seen": "2026-11-02"},
    )
    return referrals.write_start_record(words=words, by=by, at=at)
