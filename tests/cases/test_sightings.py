"""Seen and safe: by whom, when and where, as a fact of its own on the case (P66, policy p.9)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onroll.cases import actions
from onroll.cases.models import Case, Sighting, Step
from onroll.children.actions import AddressFacts
from onroll.children.models import Address
from onroll.rules.refusal import Incomplete, Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Care, Seen, Spot, Telling
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.localtime()
DAY = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}
SEEN = Telling(
    seen=Seen.ALONE,
    on=TODAY,
    by="Ama Boateng",
    role="social worker",
    spot=Spot.HOME,
    is_safe=RiskAnswer.YES,
    wishes="To be with her cousin.",
)
FOSTERED = replace(
    SEEN,
    spot=Spot.ELSEWHERE,
    place="Pinner library",
    fostering=RiskAnswer.YES,
    is_care_told=False,
    care_words="The line was busy.",
)
CARE_DAY = {name.replace("on_", "care_on_"): value for name, value in DAY.items()}
AT_LIBRARY = {
    **DAY,
    "seen_by": "Ama Boateng",
    "role": "social worker, Harrow",
    "where": "elsewhere",
    "elsewhere": "Pinner library",
    "fostering": "no",
}
HOME = AddressFacts(lines=("7 Wren Row",), town="Harrow", postcode="HA1 1AA")


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give an open case that Olive works on."""
    return world.case(world.child(addresses=[HOME]), owner=people.olive)


def test_who_was_seen_safe_stands_on_the_case_with_by_whom_when_and_where(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").see("Not seen yet")
    olive.follow("Write down that the child was seen")
    olive.send("Save").see("Select whether the child was seen", "Enter the day")
    home = f"home_{case.child.addresses.get().pk}"
    told = {
        **DAY,
        "seen": "with",
        "seen_by": "Ama Boateng",
        "role": "social worker",
        "where": home,
        "fostering": "no",
    }
    olive.send("Save", **told).see("Enter who else was there")
    olive.send("Save", **told, company="Her aunt, Efua Mensah")
    olive.see("Select whether the child is safe", "Enter what the child says they want")
    olive.send(
        "Save",
        **told,
        company="Her aunt, Efua Mensah",
        is_safe="yes",
        wishes="To go to school with her cousin.",
        said_by="A. Boateng, by telephone",
    )
    assert olive.address == f"/cases/{case.ref}/"
    olive.see(f"It is kept on case {case.ref}", "Last seen", "by Ama Boateng, social worker")
    olive.see("at 7 Wren Row, Harrow, HA1 1AA", "The child is safe", "Efua Mensah")
    olive.see("To go to school with her cousin.", "A. Boateng, by telephone")
    assert "Not known to be safe" not in olive.text
    olive.open(f"/cases/{case.ref}/chronology/").see("The child was seen on", "By Ama Boateng")
    olive.open(f"/cases/{case.ref}/close/on-roll/").see("Last seen", "by Ama Boateng")


def test_who_is_not_safe_stands_first_until_somebody_says_what_was_done(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/seen/")
    told = {**AT_LIBRARY, "seen": "alone", "is_safe": "not_sure", "wishes": "She would not say."}
    olive.send("Save", **told).see("Say what makes you unsure")
    olive.send("Save", **told, unsure_words="She looked hungry.")
    olive.see("Not known to be safe", "Nobody is sure that the child is safe", "She looked hungry.")
    assert olive.text.index("Not known to be safe") < olive.text.index("Why this case exists")
    olive.see("999")
    olive.open(f"/cases/{case.ref}/close/on-roll/")
    olive.see("nobody has written down what was done")

    olive.open(f"/cases/{case.ref}/").follow("Send this case to the hub, with what was seen")
    worry = olive.page.get_element_by_id("id_worry").text_content()
    assert "She looked hungry." in worry
    assert "Ama Boateng, social worker, Harrow" in worry
    assert "hungry" not in olive.address

    olive.open("/").see("A child may be in danger", "Not known to be safe", "Say what was done")
    olive.open(f"/cases/{case.ref}/").follow("Say what was done")
    olive.send("Save").see("Say what was done, and who was told")
    olive.send("Save", why="C. Dunn at the hub, 2pm; a visit tomorrow.")
    olive.see("C. Dunn at the hub, 2pm; a visit tomorrow.", "What was done")
    assert "Not known to be safe" not in olive.text
    assert "Not known to be safe" not in olive.open("/").text


def test_private_fostering_stands_first_until_social_care_is_told(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/seen/")
    told = {**AT_LIBRARY, "seen": "alone", "is_safe": "yes", "wishes": "To go home."}
    told["fostering"] = "yes"
    olive.send("Save", **told).see("Select whether children’s social care was told")
    olive.send("Save", **told, is_care_told="no").see("Say why nobody was told")
    olive.send("Save", **told, is_care_told="no", care_words="The line was busy.")
    olive.see("Social care is to be told", "It may be private fostering", "The line was busy.")
    assert "Say what was done" not in olive.text
    olive.see("May be privately fostered, and social care is still to be told")
    olive.open("/").see("Something has arrived", "Social care is to be told: the child may be")
    olive.open(f"/cases/{case.ref}/").follow("Say who at social care was told").send("Save")
    olive.see("Select whether children’s social care was told")
    olive.send("Save", is_told="yes").see(
        "Enter the name of who was told", "Enter the team of who was told", "Enter the day"
    )
    olive.send("Save", is_told="yes", care_name="C. Dunn", care_team="duty team", **CARE_DAY)
    olive.see("Social care was told: C. Dunn, duty team", "Written down by Olive Obi")
    olive.see("Social care was not told: The line was busy.")
    assert "Social care is to be told" not in olive.text

    olive.open(f"/cases/{case.ref}/seen/").send("Save", **told, is_care_told="yes")
    olive.see("Enter the name of who was told", "Enter the team of who was told", "Enter the day")
    olive.send("Save", care_name="C. Dunn", care_team="front door", **CARE_DAY)
    olive.see("Social care was told: C. Dunn, front door")
    assert "Social care is to be told" not in olive.text


def test_why_social_care_is_not_told_is_by_somebody_on_a_day(case: Case, people: People) -> None:
    row = actions.record_sighting(case=case, telling=FOSTERED, by=people.olive, at=NOW)
    with pytest.raises(Refused, match="Nothing is to be done"):
        actions.answer_worry(sighting=row, answer="Rang somebody.", by=people.olive, at=NOW)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/seen/{row.pk}/social-care/")
    olive.send("Save", is_told="no").see("Say why nobody is told", "who decided that")
    decided = {name.replace("care_on", "decided_on"): value for name, value in CARE_DAY.items()}
    olive.send("Save", care_why_not="It is her aunt.", decided_by="Max Moon, manager", **decided)
    olive.see("Max Moon, manager decided on", "that social care is not told: It is her aunt.")
    assert "Social care is to be told" not in olive.text
    care = Care(name="C. Dunn", team="duty team", on=TODAY)
    with pytest.raises(Refused, match="wrote down who was told meanwhile"):
        actions.tell_care(sighting=row, care=care, by=people.olive, at=NOW)


def test_who_was_told_at_social_care_is_whole_and_of_a_child_of_whom_it_is_due(
    case: Case, people: People
) -> None:
    row = actions.record_sighting(case=case, telling=FOSTERED, by=people.olive, at=NOW)
    said: dict[str, Any] = {"by": people.olive, "at": NOW}
    with pytest.raises(Incomplete):
        actions.tell_care(sighting=row, care=Care(name="C. Dunn", on=TODAY), **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sighting.objects.filter(pk=row.pk).update(care_name="C. Dunn")
    actions.withdraw_sighting(sighting=row, why="Another girl.", **said)
    with pytest.raises(Refused, match="Nobody is to be told"):
        actions.tell_care(
            sighting=row, care=Care(name="C. Dunn", team="duty team", on=TODAY), **said
        )


def test_a_mistake_is_withdrawn_with_a_reason_and_stays_to_read(case: Case, people: People) -> None:
    home = case.child.addresses.get()
    actions.record_sighting(case=case, telling=SEEN, address=home, by=people.olive, at=NOW)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Withdraw it")
    olive.send("Withdraw it").see("Say what was mistaken")
    olive.send("Withdraw it", why="It was her sister.")
    olive.see("It is withdrawn", "Not seen yet", "Withdrawn", "It was her sister.", "Ama Boateng")
    assert Step.objects.filter(what__startswith="Withdrawn: that the child was seen").exists()
    worried = replace(SEEN, is_safe=RiskAnswer.NO, safe_words="She cried.")
    row = actions.record_sighting(case=case, telling=worried, address=home, by=people.olive, at=NOW)
    actions.withdraw_sighting(sighting=row, why="Another girl.", by=people.olive, at=NOW)
    with pytest.raises(Refused, match="Nothing is to be done"):
        actions.answer_worry(sighting=row, answer="x", by=people.olive, at=NOW)
    with pytest.raises(Refused, match="withdrew this meanwhile"):
        actions.withdraw_sighting(sighting=row, why="Again.", by=people.olive, at=NOW)
    assert "Not known to be safe" not in olive.open(f"/cases/{case.ref}/").text


def test_who_was_not_seen_is_said_beside_when_the_child_was_last_seen(
    case: Case, people: People
) -> None:
    tried = replace(SEEN, seen=Seen.NO, is_safe=None, wishes="")
    home = case.child.addresses.get()
    actions.record_sighting(case=case, telling=tried, address=home, by=people.olive, at=NOW)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("Not seen yet", "tried on", "did not see the child")
    olive.open(f"/cases/{case.ref}/seen/").send("Save", **AT_LIBRARY, seen="no", is_safe="yes")
    olive.see("Nobody saw the child, so nobody knows that the child is safe")


def test_the_very_same_is_kept_once_and_another_childs_address_never(
    case: Case, world: World, people: People
) -> None:
    said: dict[str, Any] = {"case": case, "telling": SEEN, "by": people.olive, "at": NOW}
    home = case.child.addresses.get()
    actions.record_sighting(**said, address=home)
    with pytest.raises(Refused, match="very same"):
        actions.record_sighting(**said, address=home)
    other = world.child("Kim", addresses=[HOME]).addresses.get()
    with pytest.raises(Refused, match="no address of the child"):
        actions.record_sighting(**said, address=other)
    with pytest.raises(Incomplete):
        actions.record_sighting(**{**said, "telling": replace(SEEN, wishes="")}, address=home)
    assert Sighting.objects.count() == 1


def test_what_was_seen_reads_who_may_read_of_risk(case: Case, people: People) -> None:
    """Access matrix, row 9."""
    home = case.child.addresses.get()
    worried = replace(SEEN, is_safe=RiskAnswer.NO, safe_words="She cried.")
    actions.record_sighting(case=case, telling=worried, address=home, by=people.olive, at=NOW)
    actions.add_member(case=case, user=people.cat, by=people.max, at=NOW)
    cat = Visitor(people.cat).open(f"/cases/{case.ref}/")
    cat.see("Last seen", "Ama Boateng", "The child is not safe")
    assert "She cried." not in cat.text
    assert "cousin" not in cat.text


@pytest.mark.parametrize("is_identity", [True, False])
def test_where_a_protected_child_was_seen_reads_only_who_may(
    case: Case, people: People, is_identity: bool
) -> None:
    """Access matrix, row 8: also of words that may name the place."""
    home: Address = case.child.addresses.get()
    elsewhere = replace(SEEN, spot=Spot.ELSEWHERE, place="The refuge at Ternmoor")
    for telling, address in ((SEEN, home), (elsewhere, None)):
        actions.record_sighting(
            case=case, telling=telling, address=address, by=people.olive, at=NOW
        )
    if is_identity:
        case.child.is_protected = True
        case.child.save()
    else:
        Address.objects.filter(pk=home.pk).update(is_protected=True)
    for person in (people.max, people.olive):
        hidden = Visitor(person).open(f"/cases/{case.ref}/").see("Last seen", "Ama Boateng")
        for words in ("Wren Row", "Ternmoor"):
            assert words not in hidden.text
    actions.add_member(case=case, user=people.max, by=people.max, at=NOW)
    Visitor(people.max).open(f"/cases/{case.ref}/").see("7 Wren Row", "The refuge at Ternmoor")


def test_who_may_not_work_on_the_case_writes_nothing_down(case: Case, people: People) -> None:
    cat = Visitor(people.cat)
    assert cat.open(f"/cases/{case.ref}/seen/").status in (403, 404)
    assert Visitor(people.olive).open(f"/cases/{case.ref}/seen/0/done/").status == 404


def test_the_database_keeps_no_telling_without_where_or_whether_safe(
    case: Case, people: People
) -> None:
    home = case.child.addresses.get()
    whole = {
        "case": case,
        "seen": "alone",
        "seen_on": TODAY,
        "seen_by": "A",
        "role": "B",
        "spot": "home",
        "address": home,
        "is_safe": "yes",
        "at": NOW,
        "by": people.olive,
    }
    for wrong in ({"address": None}, {"seen": "no"}, {"is_safe": "no"}, {"seen": "maybe"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sighting.objects.create(**{**whole, **wrong})
