"""One enquiry for brothers and sisters: recorded where the person may, and nowhere else (P12)."""

from dataclasses import dataclass, replace

import pytest

from onroll.audit.models import AccessEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.documents.models import Document
from onroll.enquiries import actions, queries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import Act, EnquiryStage, Result
from onroll.rules.refusal import Refused
from onroll.schools import actions as schools
from onroll.schools.models import School
from tests.cases.world import AT, TODAY, World
from tests.documents.made import photo
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db
ASKED = EntryFacts(on=TODAY, words="Where did they go?")
ANSWER = EntryFacts(
    on=TODAY, method="email", words="They went to an aunt.", result=Result.NOTHING_KNOWN
)
ON = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}


@dataclass
class Family:
    """Rowan left St Ann's, Wren left Mill Lane; Olive has both cases."""

    rowan: Enquiry
    wren: Enquiry

    def stages(self) -> list[str]:
        """Return how far each enquiry is."""
        return [Enquiry.objects.get(pk=row.pk).stage for row in (self.rowan, self.wren)]


def make(case: Case, world: World, people: People, school: School | None = None) -> Family:
    """Make an enquiry for both, whichever school it asks."""
    sister = world.child("Wren", "Merlinton")
    world.at_school(sister, world.mill_lane)
    world.left(sister, school=world.mill_lane)
    other = world.case(sister, owner=people.olive, school=world.mill_lane)
    both = [
        Enquiry(
            case=row, step="friends", asked_school=school, by=people.olive, at=AT, together="222"
        )
        for row in (case, other)
    ]
    for enquiry in both:
        enquiry.save()
    actions.add_entry(enquiry=both[0], act=Act.ASK, facts=ASKED, by=people.olive, at=AT)
    return Family(*both)


@pytest.fixture
def family(case: Case, world: World, people: People) -> Family:
    """Give an enquiry of Olive's, made for both."""
    return make(case, world, people)


@pytest.fixture
def asked(case: Case, world: World, people: People) -> Family:
    """Give one that asks St Ann's of both, as it may stand where Wren is not in its sight."""
    return make(case, world, people, world.st_anns)


def answer(enquiry: Enquiry, by: object, **more: object) -> list[Enquiry]:
    enquiry.refresh_from_db()
    return actions.add_entry(
        enquiry=enquiry, act=Act.ANSWER, facts=replace(ANSWER, **more), by=by, at=AT
    )


def test_a_school_that_answers_writes_on_the_case_of_its_own_pupil_alone(
    asked: Family, people: People
) -> None:
    """Access matrix, row 12: the brother or sister at another school is none of its business."""
    sam = Visitor(people.sam).open(f"/school/enquiries/{asked.rowan.ref}/answer/")
    assert "recorded also" not in sam.text
    sam.send("Send the answer", result="nothing_known", words="They went to an aunt.")
    sam.see("They went to an aunt.")
    assert "Recorded also for" not in sam.text
    assert asked.wren.case.ref not in sam.text
    assert asked.stages() == ["answered", "asked"]
    assert asked.wren.entries.count() == 1
    assert asked.wren.deadlines.running().exists()


def test_who_works_in_both_schools_of_a_trust_answers_for_both(
    asked: Family, world: World, people: People
) -> None:
    for school in (world.st_anns, world.mill_lane):
        schools.add_staff(user=people.mat, school=school, on=TODAY)
    mat = Visitor(people.mat).open("/school/enquiries/")
    for enquiry, school in ((asked.rowan, world.st_anns), (asked.wren, world.mill_lane)):
        mat.see(f", {school.name} (case {enquiry.case.ref})")
    mat.open(f"/school/enquiries/{asked.rowan.ref}/answer/")
    mat.see(f"recorded also for W. M. (case {asked.wren.case.ref})")
    mat.send("Send the answer", result="nothing_known", words="They went to an aunt.")
    mat.see(f"It stands on cases {asked.rowan.case.ref} and {asked.wren.case.ref}.")
    mat.see("Recorded also for")
    assert asked.stages() == ["answered", "answered"]


def test_an_officer_records_on_the_cases_that_are_theirs_and_is_told_on_which(
    family: Family, people: People
) -> None:
    """A file is kept once; whose names are shown is written down."""
    olive = Visitor(people.olive).open(
        f"/cases/{family.rowan.case.ref}/enquiries/{family.rowan.ref}/answer/"
    )
    olive.see(f"recorded also for Wren Merlinton (case {family.wren.case.ref})")
    olive.send(
        "Save the answer",
        result="nothing_known",
        words="They went to an aunt.",
        method="email",
        files={"letter.png": photo("PNG")},
        **ON,
    )
    olive.see(f"It stands on cases {family.rowan.case.ref} and {family.wren.case.ref}.")
    olive.see("Recorded also for", "Wren Merlinton")
    assert family.stages() == ["answered", "answered"]
    assert Document.objects.count() == 1
    read = AccessEvent.objects.filter(page="case: enquiry", actor=people.olive.email)
    assert {family.rowan.case.child_id, family.wren.case.child_id} <= {
        child for event in read for child in event.child_ids
    }


def test_who_works_on_one_of_the_cases_leaves_the_other_as_it_is(
    family: Family, people: People
) -> None:
    """Access matrix, row 12: only on the cases that are assigned to them."""
    cases.assign_case(case=family.wren.case, owner=people.max, by=people.max, at=AT)
    assert answer(family.rowan, people.olive) == [family.rowan]
    assert family.stages() == ["answered", "asked"]


def test_a_case_that_is_closed_and_a_child_who_is_protected_stay_out_of_it(
    family: Family, people: People
) -> None:
    Child.objects.filter(pk=family.wren.case.child_id).update(is_protected=True)
    assert queries.siblings_in_sight(family.rowan, people.olive, on=TODAY) == []
    assert queries.siblings_in_sight(family.wren, people.olive, on=TODAY) == []
    assert answer(family.wren, people.olive) == [family.wren]
    assert family.stages() == ["asked", "answered"]
    Child.objects.filter(pk=family.wren.case.child_id).update(is_protected=False)
    cases.close_case(
        case=family.wren.case,
        outcome="reported_in_error",
        facts=facts("reported_in_error", on=TODAY),
        why="It was another child.",
        by=people.max,
        at=AT,
    )
    assert answer(family.rowan, people.olive) == [family.rowan]
    assert family.wren.entries.count() == 2


def test_no_school_is_asked_of_a_child_whom_it_does_not_see(
    family: Family, world: World, people: People
) -> None:
    """It could never answer, and the question would wait for ever."""
    with pytest.raises(Refused, match=f"the child of case {family.wren.case.ref}") as refusal:
        actions.record_enquiry(
            on_cases=[family.rowan.case, family.wren.case],
            step="friends",
            entries={Act.ASK: replace(ASKED, words="And who is a friend?")},
            asked_school=world.st_anns,
            by=people.olive,
            at=AT,
        )
    assert list(refusal.value.errors) == ["also"]
    assert Enquiry.objects.filter(asked_school=world.st_anns).count() == 0


def test_what_is_told_by_a_trust_is_of_the_school_that_the_child_was_at_last(
    case: Case, world: World, people: People
) -> None:
    """Not of the first of its schools that ever had the child."""
    for school in (world.st_anns, world.mill_lane):
        schools.add_staff(user=people.mat, school=school, on=TODAY)
    assert queries.school_of(people.mat, case, on=TODAY) == world.st_anns
    world.at_school(case.child, world.mill_lane, from_on=TODAY)
    assert queries.school_of(people.mat, case, on=TODAY) == world.mill_lane
    assert queries.school_of(people.sam, case, on=TODAY) == world.st_anns
    with pytest.raises(queries.NoSchool):
        queries.school_of(people.sam, case, on=TODAY.replace(year=TODAY.year + 2))


def test_stages_that_parted_stay_parted(family: Family, people: People) -> None:
    cases.assign_case(case=family.wren.case, owner=people.max, by=people.max, at=AT)
    answer(family.rowan, people.olive)
    cases.assign_case(case=family.wren.case, owner=people.olive, by=people.max, at=AT)
    answer(family.rowan, people.olive, words="And now to Leeds.")
    assert family.stages() == [EnquiryStage.ANSWERED.value, EnquiryStage.ASKED.value]
