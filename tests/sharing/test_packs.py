"""Several children in one pack to one agency, and the reply about each (P31, P39)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.models import Address, Child
from onroll.demo.partners import ROUTE
from onroll.enquiries import actions as enquiries
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.rules.requests import KINDS
from onroll.sharing.actions import make_pack
from onroll.sharing.content import Asking
from onroll.sharing.models import Disclosure, Pack
from onroll.sharing.queries import facts_of
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts as proof
from tests.sharing.conftest import case_of

pytestmark = pytest.mark.django_db
ON = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}
SENT = {"whom": "Child benefit office", "method": "email"}


@pytest.fixture
def three(world: World, people: People) -> list[Case]:
    """Give three cases on which HMRC is to be asked."""
    names = (("Rowan", "Merlinton"), ("Ivy", "Okonedo"), ("Bay", "Lindqvist"))
    return [case_of(world, people, *name, planned=["hmrc"]) for name in names]


def test_several_children_are_asked_about_in_one_pack_and_each_has_its_reply(
    three: list[Case], people: People
) -> None:
    """P31: one pack, an enquiry asked on each case, replies by the agency's codes, row by row."""
    olive = Visitor(people.olive).open("/today/").follow("Request packs")
    olive.see("HM Revenue and Customs: child benefit: 3 to be asked").follow("HM Revenue")
    olive.see("Rowan Merlinton", "Ivy Okonedo", "Bay Lindqvist", "A: Paid at the address")
    olive.send("Make the pack", children=[three[0].ref, three[1].ref], **SENT)
    pack = Pack.objects.get()
    olive.see(f"Request {pack.ref} is made", "Rowan Merlinton", "Ivy Okonedo", "Asked")
    assert "Bay" not in olive.text + pack.text
    assert [enquiry.stage for enquiry in Enquiry.objects.order_by("pk")] == [
        "asked",
        "asked",
        "planned",
    ]
    assert Disclosure.objects.filter(pack=pack).count() == 2

    olive.follow("Record replies").send("Save the replies", **ON)
    olive.see("Select what they answered about at least one child")
    first, second = Disclosure.objects.order_by("pk")
    row = {f"code_{first.pk}": "A", f"code_{second.pk}": "B"}
    olive.send("Save the replies", **row)
    olive.see(
        f"Pack {pack.ref}: 1 reply is kept.", "Say in words what they answered about Ivy Okonedo"
    )
    assert f"code_{first.pk}" not in str(olive.content)
    olive.send("Save the replies", **{f"words_{second.pk}": "9 Far Road, Leeds."})
    olive.see("1 reply is kept.", "A: Paid at the address that we gave", "9 Far Road, Leeds.")
    assert EnquiryEntry.objects.filter(act="answer").count() == 2
    assert "Record replies" not in olive.text
    olive.open(f"/cases/{three[1].ref}/enquiries/").see("9 Far Road, Leeds.", "Visit to the home")
    olive.open("/sharing/packs/").see("Child benefit office", "1 to be asked")


def test_a_lead_of_a_reply_stands_on_the_case_and_on_today_until_it_is_read(
    three: list[Case], people: People
) -> None:
    """An answer typed in with others reaches who has the case, with the step that it asks for."""
    steps = ["education_records", "admissions", "sen", "social_care", "health", "s2s"]
    enquiries.plan_enquiries(case=three[0], steps=steps, by=people.olive, at=AT)
    olive = Visitor(people.olive).open("/sharing/packs/new/hmrc/").send("Make the pack", **SENT)
    first, second, _ = Disclosure.objects.order_by("pk")
    row = {f"code_{first.pk}": "B", f"words_{first.pk}": "Paid at 7 Ash Road, Leeds."}
    olive.follow("Record replies").send("Save the replies", **row, **{f"code_{second.pk}": "E"})
    found = "Follow up what was found: HM Revenue and Customs: child benefit"
    olive.open("/today/").see("Something has arrived", "Rowan Merlinton", found)
    assert olive.text.count("Follow up what was found") == 1
    panel = olive.open(f"/cases/{three[0].ref}/").see("Something was found", "Visit to the home")
    assert "Something was found" not in olive.open(f"/cases/{three[1].ref}/").text
    panel.open("/today/").follow("Follow it up").see("7 Ash Road, Leeds.")
    olive.send("I have read what is new").see("Your name stands beside what is new")
    assert "Follow up what was found" not in olive.open("/today/").text


def test_an_agency_that_knows_nothing_needs_no_words_and_one_that_knows_does(
    world: World, people: People
) -> None:
    rowan, _ = (
        case_of(world, people, *name, planned=["council_tax"])
        for name in (("Rowan", "Merlinton"), ("Ivy", "Okonedo"))
    )
    olive = (
        Visitor(people.olive).open("/sharing/packs/new/council_tax/").send("Make the pack", **SENT)
    )
    first, second = Disclosure.objects.order_by("pk")
    row = {f"code_{first.pk}": "nothing_known", f"code_{second.pk}": "located"}
    olive.follow("Record replies").send("Save the replies", **row, **ON)
    olive.see("1 reply is kept.", "Say in words what they answered about Ivy Okonedo")
    olive.open(f"/cases/{rowan.ref}/enquiries/").see("They know nothing of where the child is")


def test_a_reply_that_came_meanwhile_is_not_doubled_and_what_was_typed_stays(
    three: list[Case], people: People
) -> None:
    olive = Visitor(people.olive).open("/sharing/packs/new/hmrc/").send("Make the pack", **SENT)
    first, second = Visitor(people.olive), Visitor(people.olive)
    line = Disclosure.objects.order_by("pk")[0]
    for each in (first, second):
        each.open(olive.address).follow("Record replies")
    first.send("Save the replies", **{f"code_{line.pk}": "E"})
    second.send("Save the replies", **{f"code_{line.pk}": "G", f"words_{line.pk}": "In a letter"})
    second.see("This was answered meanwhile", "In a letter")
    assert EnquiryEntry.objects.filter(act="answer").count() == 1


def test_a_case_that_cannot_stand_in_a_pack_never_sinks_the_others(
    three: list[Case], people: People
) -> None:
    Child.objects.filter(pk=three[0].child_id).update(is_protected=True)
    case = Case.objects.get(pk=three[1].pk)
    cases.close_case(
        case=case,
        outcome="other_provision",
        facts=proof("other_provision", on=TODAY),
        why="Found",
        by=people.olive,
        at=AT,
    )
    rows = list(Case.objects.order_by("pk").select_related("child", "school"))
    made = make_pack(
        asking=Asking(kind=KINDS["hmrc"], whom="HMRC"), cases=rows, by=people.olive, at=AT
    )
    assert [line.case for line in made.pack.disclosures.all()] == [three[2]]
    reasons = {case.pk: why for case, why in made.left}
    assert "identity is protected" in reasons[three[0].pk]
    assert "is closed" in reasons[three[1].pk]


def test_brothers_and_sisters_planned_together_are_asked_together_or_not_at_all(
    world: World, people: People
) -> None:
    pair = [case_of(world, people, name, "Merlinton") for name in ("Rowan", "Wren")]
    enquiries.record_enquiry(on_cases=pair, step="hmrc", entries={}, by=people.olive, at=AT)
    olive = Visitor(people.olive).open("/sharing/packs/new/hmrc/")
    olive.send("Make the pack", children=[pair[0].ref], **SENT).see("who are not all chosen here")
    olive.send("Make the pack", children=[case.ref for case in pair])
    assert Disclosure.objects.count() == Enquiry.objects.filter(stage="asked").count() == 2


def test_who_differs_from_child_to_child_is_asked_about_nobody_by_itself(
    world: World, people: People
) -> None:
    """The next authority of one child is seldom that of another; *something else* has no pack."""
    rows = [case_of(world, people, name, "Merlinton", planned=["next_authority"]) for name in "AB"]
    enquiries.record_enquiry(
        on_cases=rows[:1], step="other", step_words="A club", entries={}, by=people.olive, at=AT
    )
    olive = (
        Visitor(people.olive).open("/sharing/packs/").follow("Authority or school the child may")
    )
    olive.send("Make the pack", **SENT).see("Select at least one child")
    assert "Something else" not in olive.open("/sharing/packs/").text
    olive.open("/sharing/packs/new/other/").see("This is planned on no case")
    olive.open(f"/cases/{rows[0].ref}/sharing/ask/other/").send("Make the request", **SENT)
    assert list(Enquiry.objects.filter(step="other").values_list("stage", flat=True)) == [
        "planned",
        "asked",
    ]


def test_who_does_not_see_every_child_of_a_pack_does_not_open_it(
    three: list[Case], people: People
) -> None:
    """Access matrix, rows 11 and 15."""
    olive = Visitor(people.olive).open("/sharing/packs/new/hmrc/").send("Make the pack", **SENT)
    cases.add_member(case=three[0], user=people.cat, by=people.max, at=AT)
    cat = Visitor(people.cat).open(olive.address).see("Rowan Merlinton", "You may not open")
    assert "Ivy" not in cat.text
    for page in ("pdf/", "text/", "replies/"):
        assert Visitor(people.cat).open(olive.address + page).status == 403
    assert Visitor(people.hal).open(olive.address).status == 404
    assert Visitor(people.sam).open(olive.address).status in (403, 404)


def test_what_was_sent_of_a_child_who_is_protected_now_is_for_who_works_on_the_case(
    three: list[Case], people: People
) -> None:
    """Access matrix, row 8: a reason is stated by the lead officer; the manager works on it."""
    olive = Visitor(people.olive).open("/sharing/packs/new/hmrc/").send("Make the pack", **SENT)
    max_ = Visitor(people.max).open(olive.address + "text/").see("The text of pack")
    Address.objects.filter(child=three[0].child_id).update(is_protected=True)
    assert max_.open(olive.address + "text/").status == 403
    assert olive.open(olive.address + "pdf/").status == 403
    cases.add_member(case=three[0], user=people.max, by=people.olive, at=AT)
    assert max_.open(max_.address).status == 200


def test_a_pack_for_fifty_children_costs_no_more_for_each_than_an_enquiry_by_hand(
    world: World, people: People
) -> None:
    """P31: fifty enquiries asked, fifty lines logged, one PDF of them all."""
    rows = [case_of(world, people, f"Child{n}", "Merlinton", planned=["hmrc"]) for n in range(50)]
    asking = Asking(kind=KINDS["hmrc"], whom="HMRC")
    with CaptureQueriesContext(connection) as few:
        facts_of(rows[:2])
    with CaptureQueriesContext(connection) as many:
        facts_of(rows)
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as all_of_it:
        made = make_pack(asking=asking, cases=rows, by=people.olive, at=AT)
    assert len(all_of_it) < 22 * len(rows)
    assert made.pack.disclosures.count() == 50


def test_it_says_of_which_child_what_is_missing_before_the_pack_is_made(
    world: World, people: People
) -> None:
    """A bare name is no question that health can answer (P31)."""
    names = (("Rowan", "Merlinton"), ("Ivy", "Okonedo"))
    bare, other = (case_of(world, people, *name, planned=["health"]) for name in names)
    Child.objects.filter(pk=bare.child_id).update(born_on=None)
    olive = Visitor(people.olive).open("/sharing/packs/new/health/")
    assert f"Rowan Merlinton, reference {bare.ref}: no date of birth" in olive.text
    assert f"Ivy Okonedo, reference {other.ref}: no date of birth" not in olive.text
    assert "Without them an answer may be about another child" in olive.text


def test_what_an_agency_is_told_is_what_its_line_says() -> None:
    """The rule gives health a name: its line does not say that it has none."""
    assert "name" in KINDS["health"].least
    assert "no name" not in ROUTE
