"""What makes it true that a child need not be referred, and the call about danger (P14, P15)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onroll.audit.models import AccessEvent
from onroll.drafts.models import Draft
from onroll.referrals import actions
from onroll.referrals.facts import StartWords
from onroll.referrals.models import Referral, StartRecord
from onroll.rules.refusal import Refused
from onroll.rules.start_records import PROOFS, TITLES, Kind
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.people import People
from tests.referrals.forms import WHY, YOU, day
from tests.referrals.pupils import pupil_of

pytestmark = pytest.mark.django_db
CHILD = {"forename": "Rowan", "surname": "Merlinton"}
DAY = {"day": "2", "month": "11", "year": "2026"}
ENDS = {
    Kind.ADMITTED_ELSEWHERE: "admitted-elsewhere/yes/",
    Kind.APPLIED_ELSEWHERE: "applied-elsewhere/yes/",
    Kind.LEFT_COUNTRY_PROVED: "left-country-proved/yes/",
    Kind.POOR_ATTENDANCE: "poor-attendance/yes/",
    Kind.CALL: "gone-missing/yes/",
}


@pytest.fixture
def world(db: None) -> World:
    return build()


def answers(kind: Kind) -> dict[str, str]:
    return {**CHILD, **answers_of(kind)}


def answers_of(kind: Kind) -> dict[str, str]:
    given: dict[str, str] = {}
    for proof in PROOFS[kind]:
        if proof.is_day:
            given |= {f"{proof.code}_{part}": value for part, value in DAY.items()}
        else:
            given[proof.code] = f"Answer to {proof.code}"
    return given


@pytest.mark.parametrize("kind", Kind)
def test_a_school_writes_down_what_makes_it_true_under_a_name(people: People, kind: Kind) -> None:
    """P14: each of the four, and the call about danger."""
    sam = Visitor(people.sam).open(f"/start/school/{ENDS[kind]}")
    sam.see(*(proof.words for proof in PROOFS[kind]))
    sam.follow("Write down the call" if kind is Kind.CALL else "Write it down")
    sam.see("ring 999").send("Keep this", **answers(kind))
    row = StartRecord.objects.get()
    sam.see(TITLES[kind], "Rowan Merlinton", people.sam.name, row.ref, "2 November 2026")
    assert (row.kind, row.by) == (kind.value, people.sam)
    sam.see("What you can do next", "Find out what to do about another child")
    assert ("if you hear that this is not so" in sam.text) is (kind is not Kind.CALL)
    assert set(row.proofs) == {proof.code for proof in PROOFS[kind]}
    hub = Visitor(people.mo).open("/referrals/").follow("Not referred").see(TITLES[kind])
    hub.follow(row.ref).see(people.sam.name)
    assert Visitor(people.tess).open(f"/start-record/kept/{row.ref}/").status == 404
    Visitor(people.sam).open("/our-referrals/").follow(row.ref).see(TITLES[kind])
    assert row.ref not in Visitor(people.tess).open("/our-referrals/").text


@pytest.mark.parametrize("kind", [Kind.ADMITTED_ELSEWHERE, Kind.LEFT_COUNTRY_PROVED])
def test_a_day_more_than_a_term_away_is_asked_about_again(people: People, kind: Kind) -> None:
    """Until it comes nobody would look for the child: so that one is referred."""
    [day_asked] = [proof.code for proof in PROOFS[kind] if proof.is_day]
    far = day(day_asked, timezone.localdate() + timedelta(days=365))
    sam = Visitor(people.sam).open(f"/start-record/{kind.value.replace('_', '-')}/")
    sam.send("Keep this", **{**answers(kind), **far})
    sam.see("must be on or before", "tick “One of these is not known”")
    assert not StartRecord.objects.exists()
    sam.send("Keep this", not_known="on").see("this child is to be referred")
    assert far[f"{day_asked}_year"] in str(sam.page.xpath("string(//textarea[@name='worry'])"))
    near = day(day_asked, timezone.localdate() + timedelta(days=112))
    sam.open(f"/start-record/{kind.value.replace('_', '-')}/")
    sam.send("Keep this", **{**answers(kind), **near}).see("All of this is kept.")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CALL])
def test_what_is_not_known_is_a_referral(people: People, kind: Kind) -> None:
    """P14."""
    given = answers(kind)
    lost = next(proof for proof in PROOFS[kind] if not proof.is_day)
    given[lost.code] = ""
    sam = Visitor(people.sam).open(f"/start-record/{kind.value.replace('_', '-')}/")
    sam.send("Keep this", **given, not_known="on")
    sam.see("this child is to be referred", "Why you refer the child")
    assert not StartRecord.objects.exists()
    worry = str(sam.page.xpath("string(//textarea[@name='worry'])"))
    assert f"{lost.words} Not known." in worry
    assert "2 November 2026" in worry
    sam.send("Continue", **{**WHY, "worry": worry, "whereabouts": "no"})
    assert sam.page.xpath("//input[@name='surname']/@value") == ["Merlinton"]
    assert "Merlinton" not in sam.address


def test_what_is_not_known_begins_one_form_however_often_it_is_sent(people: People) -> None:
    given = answers(Kind.POOR_ATTENDANCE) | {"place": ""}
    for _ in range(2):
        sam = Visitor(people.sam).open("/start-record/poor-attendance/")
        sam.send("Keep this", **given, not_known="on").see("Which child is it?")
    assert Draft.objects.count() == 1
    given["place"] = "Perhaps at home"
    Visitor(people.sam).open("/start-record/poor-attendance/").send(
        "Keep this", **given, not_known="on"
    )
    assert Draft.objects.count() == 2


def marked_optional(visitor: Visitor) -> list[str]:
    """Return the questions of a page that say that they need no answer."""
    marks = visitor.page.xpath("//*[@class='onroll-optional']/..")
    return [" ".join(each.text_content().split()) for each in marks]


@pytest.mark.parametrize("kind", Kind)
def test_what_has_to_be_answered_is_not_marked_as_optional(people: People, kind: Kind) -> None:
    sam = Visitor(people.sam).open(f"/start-record/{kind.value.replace('_', '-')}/")
    assert marked_optional(sam) == ["Date of birth (optional)"]
    sam.send("Keep this", **CHILD)
    sam.see(*(f"Answer “{proof.words}”" for proof in PROOFS[kind]))


def test_a_school_chooses_its_own_pupil_and_types_no_name(world: World) -> None:
    """P10, P14: the record and the referral that it becomes are about whom the files hold."""
    child = pupil_of(world)
    sam = Visitor(world.people.sam).open("/start-record/poor-attendance/")
    sam.follow("Find the pupil first")
    sam.send("Find", **CHILD, **day("born", world.born)).follow("Write it down for this pupil")
    sam.see("What your school’s files hold", "Rowan Merlinton", "Where is the child?")
    assert sam.page.xpath("//input[@name='forename' or @name='surname']") == []
    assert AccessEvent.objects.filter(page="refer a pupil", child_ids=[child.pk]).exists()
    here = sam.address
    sam.send("Keep this", place="At home", not_known="on")
    sam.see("this child is to be referred", "Is this the pupil?", "Rowan Merlinton")
    assert Draft.objects.get().about == child.ref
    sam.open(here).send("Keep this", **answers_of(Kind.POOR_ATTENDANCE))
    sam.see("Rowan Merlinton", "All of this is kept.")
    assert StartRecord.objects.get().born_on == world.born


def test_who_looks_for_a_child_who_is_no_pupil_comes_back_to_the_record(world: World) -> None:
    sam = Visitor(world.people.sam).open("/start-record/poor-attendance/")
    sam.follow("Find the pupil first").send("Find", **CHILD, **day("born", world.born))
    sam.follow("write it down of a child who is not in your files")
    assert sam.address == "/start-record/poor-attendance/"
    assert Visitor(world.people.sam).open("/school/find/?then=nothing").status == 200


def value(visitor: Visitor, name: str) -> str:
    """Return what stands in a box of the page."""
    boxes = visitor.page.xpath(f"//*[@name='{name}']")
    return str(boxes[0].get("value") or boxes[0].text_content()).strip()


@pytest.mark.parametrize("who", ["sam", "cat"])
def test_after_the_call_the_child_is_referred_with_what_was_written_down(
    people: People, who: str
) -> None:
    """Policy p.4: a child who has gone missing is rung about and referred at once."""
    start = "/start/school/gone-missing/yes/"
    rung = Visitor(getattr(people, who)).open(start).follow("Write down the call")
    assert "Is one of these not known?" not in rung.text
    given = {**answers(Kind.CALL), **day("born", date(2014, 3, 1)), "time": "10:15am"}
    rung.send("Keep this", **given).see("At what time?10:15am")
    here = rung.address
    rung.send("Now refer this child").see("The name and the call stand in this form.")
    assert value(rung, "called_about") == "2 November 2026, 10:15am, Answer to person"
    assert "Answer to advice" in value(rung, "worry")
    for name in ("danger", "called"):
        assert rung.page.xpath(f"//input[@name='{name}'][@checked]/@value") == ["yes"]
    rung.send("Continue", **{**WHY, "danger": "yes"}, whereabouts="no")
    assert [value(rung, name) for name in ("forename", "surname")] == ["Rowan", "Merlinton"]
    assert [value(rung, f"born_{part}") for part in ("day", "month", "year")] == ["1", "3", "2014"]
    assert "Now refer this child" not in Visitor(people.mo).open(here).text
    assert StartRecord.objects.count() == 1


def test_a_call_and_the_referral_after_it_lead_to_each_other(people: People) -> None:
    rung = Visitor(people.cat).open("/start/school/gone-missing/yes/").follow("Write down the call")
    given = {**answers(Kind.CALL), **day("born", date(2014, 3, 1)), "time": "10:15am"}
    here = rung.send("Keep this", **given).address
    rung.send("Now refer this child").send("Continue", **{**WHY, "danger": "yes"}, whereabouts="no")
    rung.send("Check and send now", sex="U")
    rung.open(rung.address.rsplit("/", 2)[0] + "/you/")
    rung.send("Check and send now", **YOU).send("Send").see("We have your form")
    referral = Referral.objects.get()
    assert referral.call == StartRecord.objects.get()
    rung.open(here).see("Referred after the call").follow(f"Referral {referral.ref}")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Rung about first")
    mo.follow("What was written down of the call").see("10:15am").follow(f"Referral {referral.ref}")
    olive = Visitor(people.olive).open(here).see("Your role does not show who it was")
    assert people.cat.name not in olive.text
    olive.open("/referrals/not-referred/").see("See the record")
    assert people.cat.name not in olive.text


def test_only_a_call_leads_to_a_referral_from_what_was_kept(people: People) -> None:
    sam = Visitor(people.sam).open("/start-record/poor-attendance/")
    sam.send("Keep this", **answers(Kind.POOR_ATTENDANCE)).see("All of this is kept.")
    assert "Now refer this child" not in sam.text


def test_another_schools_pupil_cannot_be_chosen(world: World) -> None:
    child = pupil_of(world)
    tess = Visitor(world.people.tess)
    assert tess.open(f"/school/start-record/call/{child.ref}/").status == 404
    assert "Find the pupil" not in Visitor(world.people.ada).open("/start-record/call/").text


def test_what_is_left_out_is_asked_for(people: People) -> None:
    sam = Visitor(people.sam).open("/start-record/poor-attendance/").send("Keep this", **CHILD)
    sam.see("Answer “Where is the child?”", "Answer “Day they saw the child”")
    with pytest.raises(Refused, match="Then it is a referral"):
        actions.write_start_record(
            words=StartWords(
                kind=Kind.POOR_ATTENDANCE,
                **CHILD,
                born_on=None,
                proofs={"place": "At home"},
            ),
            by=people.sam,
            at=AT,
        )


def test_a_birthday_or_a_day_that_is_yet_to_come_is_asked_again(people: People) -> None:
    to_come = {"day": "2", "month": "11", "year": "2999"}
    given = answers(Kind.POOR_ATTENDANCE)
    for code in ("born", "seen"):
        given |= {f"{code}_{part}": value for part, value in to_come.items()}
    sam = Visitor(people.sam).open("/start-record/poor-attendance/").send("Keep this", **given)
    sam.see("Date of birth must be on or before", "Day they saw the child must be on or before")


def test_who_has_no_account_is_told_what_to_know_and_nothing_is_kept(db: None) -> None:
    shown = Client().get("/start/school/poor-attendance/yes/").content.decode()
    assert "Where is the child?" in shown
    assert "Then refer the child." in shown
    assert "start-record" not in shown
    assert Client().get("/start-record/poor-attendance/").status_code == 302


def test_anyone_is_not_asked_to_write_down_a_call(people: People) -> None:
    assert (
        "Write down the call"
        not in Visitor(people.sam).open("/start/anyone/gone-missing/yes/").text
    )
    professional = Visitor(people.cat).open("/start/professional/gone-missing/yes/")
    professional.follow("Write down the call").see("Who answered?")
