"""What agencies decide and what a manager asks for is followed until somebody says its end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.cases.models import ActionPoint, Case
from onroll.rules.action_points import Fate
from onroll.rules.case_audits import QUESTIONS, Answer, Grade, Pool
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import as_form, facts
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None, people: People) -> Case:
    """Give the case of a child whom nobody has found; Olive has it."""
    borough = worlds.build()
    return borough.case(borough.child("Rowan", "Merlinton"), owner=people.olive)


def week() -> dict[str, str]:
    return day("due_on", timezone.localdate() + timedelta(days=7))


@pytest.mark.shows("readme.agreed")
def test_a_meeting_decides_and_the_case_does_not_close_over_it(case: Case, people: People) -> None:
    """Agencies talk, one of them is to do something, and the closing asks what becomes of it."""
    max_ = Visitor(people.max).open("/meetings/plan/")
    max_.send("Plan it", place="Room 2", **day("on", timezone.localdate()))
    meeting = max_.address
    max_.follow("Put on another case")
    max_.send("Put it on", ref=case.ref, why="Nobody knows where Rowan is.").see("Rowan Merlinton")
    max_.follow("Write down what was said")
    talk = {"words": "Housing knows a cousin of Rowan.", "is_decided": "yes"}
    whom = "Ada Thrushley, housing"
    max_.send("Save", **talk, action="Look at the tenancy", whom=whom, **week())
    max_.see("Look at the tenancy", whom).open(f"{meeting}end/")
    max_.send("End it", people=whom).see("Its minutes are kept")
    assert Visitor(people.max).open(f"{meeting}minutes/").content.startswith(b"%PDF")

    olive = Visitor(people.olive).open("/today/").see("action point to be done")
    olive.open(f"/cases/{case.ref}/").see("Action points to be done", "Look at the tenancy")
    olive.open(f"/cases/{case.ref}/close/on-roll/").see("Still to be done: Look at the tenancy")
    proof = as_form(facts(on=timezone.localdate())) | {"is_not_on_file": "on"}
    olive.send("Close the case", **proof, why="The school’s office says that she came.")
    olive.see("Select what becomes of this: Look at the tenancy")
    row = ActionPoint.objects.get()
    fate = {f"fate_{row.pk}": Fate.GOES_ON.value, f"fate_words_{row.pk}": "Ben Oak, housing"}
    olive.send("Close the case", **fate).see(f"Case {case.ref} is closed")

    olive.open("/cases/actions/").see("Ben Oak, housing", "Closed")
    olive.follow("Write down what became of it")
    ended = {"fate": Fate.GIVEN_UP.value, "result": "The tenancy ended in May."}
    olive.send("Save what became of it", **ended, **day("on", timezone.localdate()))
    olive.see(f"What became of action point {row.ref} is kept")
    olive.open(f"/cases/{case.ref}/chronology/").see(
        "Goes on though the case is closed", "Given up"
    )


@pytest.mark.shows("readme.agreed")
def test_a_manager_audits_a_case_and_its_officer_does_what_is_asked_for(
    case: Case, people: People
) -> None:
    """P38: a seed draws the case, fixed questions grade it, and the report says what came of it."""
    max_ = Visitor(people.max).open("/case-audits/start/")
    max_.send("Draw the sample", pool=Pool.OPEN.value, number="1", seed="20261130")
    audit = max_.address
    max_.see("1 case is drawn", "Rowan Merlinton").follow("Fill in the form")
    met = dict.fromkeys(QUESTIONS, Answer.MET.value) | {"plan": Answer.NOT_MET.value}
    form = {**met, "grade": Grade.IMPROVE.value, "is_asked": "yes", "action": "Agree on a day"}
    max_.send("Save", **form, **week()).see("Say what is missing: The plan for the next step")
    max_.send("Save", plan_remark="Rowan has no day.").see("Requires improvement", "Olive Obi")
    max_.open(f"{audit}end/").send("End it").see("Report (PDF)")
    assert Visitor(people.max).open(f"{audit}report/").content.startswith(b"%PDF")

    olive = Visitor(people.olive).open("/cases/actions/").see("Agree on a day", "Case audit")
    olive.follow("Write down what became of it")
    ended = {"fate": Fate.DONE.value, "result": "Thursday, with the mother."}
    olive.send("Save what became of it", **ended, **day("on", timezone.localdate()))
    max_.open(audit).see("Done", "Thursday, with the mother.")
    assert Visitor(people.olive).open(audit).status in {403, 404}
