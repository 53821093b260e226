"""What makes it true that a child need not be referred, and the call about danger (P14, P15)."""

import pytest
from django.test import Client

from onroll.referrals import actions
from onroll.referrals.facts import StartWords
from onroll.referrals.models import StartRecord
from onroll.rules.refusal import Refused
from onroll.rules.start_records import PROOFS, TITLES, Kind
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People

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


def answers(kind: Kind) -> dict[str, str]:
    given: dict[str, str] = dict(CHILD)
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
    assert set(row.proofs) == {proof.code for proof in PROOFS[kind]}
    hub = Visitor(people.mo).open("/referrals/").follow("Not referred").see(TITLES[kind])
    hub.follow(row.ref).see(people.sam.name)
    assert Visitor(people.tess).open(f"/start-record/kept/{row.ref}/").status == 404
    Visitor(people.sam).open("/our-referrals/").follow(row.ref).see(TITLES[kind])
    assert row.ref not in Visitor(people.tess).open("/our-referrals/").text


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CALL])
def test_what_is_not_known_is_a_referral(people: People, kind: Kind) -> None:
    """P14."""
    given = answers(kind)
    lost = next(proof for proof in PROOFS[kind] if not proof.is_day)
    given[lost.code] = ""
    sam = Visitor(people.sam).open(f"/start-record/{kind.value.replace('_', '-')}/")
    sam.send("Keep this", **given, not_known="on")
    sam.see("this child is to be referred", "Which child is it?")
    assert not StartRecord.objects.exists()
    assert sam.page.xpath("//input[@name='surname']/@value") == ["Merlinton"]
    assert "Merlinton" not in sam.address
    sam.send("Continue", sex="U")
    worry = sam.page.xpath("string(//textarea[@name='worry'])")
    assert f"{lost.words} Not known." in worry
    assert "2 November 2026" in worry


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
