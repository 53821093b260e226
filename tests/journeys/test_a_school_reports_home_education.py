"""P68: a school's report reaches the hub and home education, where somebody takes it by name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.models import HomeEducationReport, HubDecision, Referral
from onroll.rules.refusal import Refused
from onroll.schools.queries import our_policy
from tests import files
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.referrals.forms import KNOWN, WHY, day, risk
from tests.referrals.made import decide
from tests.world import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build()


def refer(world: World, reason: str) -> str:
    """Fill in the form of a school for a child whom its files do not hold; return its reference."""
    sam = Visitor(world.people.sam).open("/school/refer/new/")
    answers = {
        "forename": "Rowan",
        "surname": "Merlinton",
        "sex": "M",
        "home": "12 Elm Road",
        **WHY,
        "reason": reason,
        "whereabouts": "yes",
        "called": "no",
        "police": "no",
        "attended": "yes",
        "off_roll": "no",
        "abroad": "no",
        "referrer_contact": "office@st-anns.example",
        "missing_why": "All that is known.",
        "record_wrong": "",
        **KNOWN,
        **day("born", world.born),
        **day("attended_on", world.today - timedelta(days=20)),
    }
    for page in risk():
        answers |= page
    for _ in range(30):
        names = {str(field.name) for form in sam.page.forms for field in form.inputs}
        given = {code: value for code, value in answers.items() if code in names}
        if "Check your answers" in sam.text:
            sam.send("Send", **given).see("We have your form")
            return str(sam.page.xpath("string(//main//strong[contains(., '-')])"))
        sam.send("Continue", **given)
    raise AssertionError(sam.text)


@pytest.mark.shows("policy.home_education_way")
def test_home_education_is_before_both_and_received_by_name(world: World) -> None:
    """P68: Harrow's setting is both."""
    ref = refer(world, "home_education")
    Visitor(world.people.mo).open("/referrals/").see(ref)
    hal = Visitor(world.people.hal).open("/today/")
    hal.see("1 school’s report for home education to receive")
    hal.follow("report for home education to receive").see("Nobody yet", "Home education")
    hal.follow(ref).see("Rowan Merlinton", "The hub")
    assert "12 Elm Road" not in hal.text
    hal.send("I have received it").see("You have received this report.", "Hal Hughes")
    hal.see("12 Elm Road")
    assert "1 school’s report" not in hal.open("/today/").text
    assert (
        "<time" not in hal.open("/home-education/reports/?list=received").see("Hal Hughes, ").text
    )
    Visitor(world.people.mo).open(f"/referrals/{ref}/").see("Received by Hal Hughes")
    assert HomeEducationReport.objects.get().is_for_hub


def test_what_the_hub_entered_and_what_the_officer_received_are_one_receipt(world: World) -> None:
    """P68, P15: each sees what the other has written down."""
    people = world.people
    first, second = refer(world, "home_education"), refer(world, "home_education")
    for referral in Referral.objects.all():
        decide(referral, Decision.HOME_EDUCATION, by=people.mo, at=timezone.localtime())
    mo = Visitor(people.mo).open(f"/referrals/{first}/receipt/1/")
    mo.send("Save", name="Hal Hughes", **day("on", timezone.localdate()))
    hal = Visitor(people.hal).open(f"/home-education/reports/{first}/")
    hal.see("Entered by the hub", "Hal Hughes has it, since")
    hal.open("/home-education/reports/").see("By the hub’s word: Hal Hughes", "Nobody yet")
    hal.open(f"/home-education/reports/{second}/").send("I have received it")
    decision = HubDecision.objects.get(entry__referral__ref=second)
    assert (decision.receipt_name, decision.receipt_by) == ("Hal Hughes", people.hal)
    assert not decision.deadlines.running().exists()
    mo.open(f"/referrals/{second}/").see("Hal Hughes, since")
    assert Referral.objects.get(ref=second).stage == "closed"


def test_who_receives_a_report_reads_that_it_takes_the_hub_s_child_too(world: World) -> None:
    """P68, P15: to which child, with a link to what was sent, and a way back from a mistake."""
    ref = refer(world, "home_education")
    referral = Referral.objects.get()
    decide(referral, Decision.HOME_EDUCATION, by=world.people.mo, at=timezone.localtime())
    sent = HubDecision.objects.get()
    hal = Visitor(world.people.hal).open(f"/home-education/reports/{ref}/")
    hal.see("child 1, Rowan Merlinton, is for home education too", "has that child as well")
    hal.follow("What the hub sent").see(f"Sent by the hub: {sent.ref}", "Nobody yet")
    hal.open(f"/home-education/reports/{ref}/").send("I have received it")
    hal.see("You have received this report, and you have child 1 of the hub", "Received with it")
    hal.follow("Received by mistake").see("With it was received child 1")
    hal.send("Nobody here has received it", why=" ").see("Say why it was a mistake")
    hal.send("Nobody here has received it", why="I meant the one below.")
    hal.see("It waits to be received again.", "is for home education too", "Nobody yet")
    sent.refresh_from_db()
    assert (sent.receipt_name, sent.receipt_by, sent.is_to_receive) == ("", None, True)
    assert sent.deadlines.running().exists()
    mo = Visitor(world.people.mo).open(f"/referrals/{ref}/")
    mo.see("A mistake: “Received by Hal Hughes for home education”", "I meant the one below.")


def test_a_report_alone_is_given_back_too(world: World) -> None:
    """P68: a second press of the same button says so."""
    ref = refer(world, "home_education")
    hal = Visitor(world.people.hal).open(f"/home-education/reports/{ref}/")
    assert "for home education too" not in hal.text
    hal.send("I have received it").see("You have received this report.")
    hal.follow("Received by mistake")
    hal.send("Nobody here has received it", why="Not mine.").see("It waits to be received again.")
    hal.open(f"/home-education/reports/{ref}/mistake/").see("I have received it")
    report = HomeEducationReport.objects.get()
    assert (report.received_by, report.received_at) == (None, None)
    with pytest.raises(Refused, match="nothing to take back"):
        actions.take_report_back(
            report=report, why="Not mine.", by=world.people.hal, at=timezone.localtime()
        )


def test_what_rests_on_a_receipt_keeps_the_report_where_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P68: what the setting left to home education with the receipt, the hub opens again."""
    policy = replace(our_policy(), school_reports_to="home_education")
    monkeypatch.setattr("onroll.referrals.actions.home_education.our_policy", lambda: policy)
    ref = refer(world, "home_education")
    hal = Visitor(world.people.hal).open(f"/home-education/reports/{ref}/")
    hal.send("I have received it").see("ring the hub: it can open the child again")
    assert "Received by mistake" not in hal.text
    with pytest.raises(Refused, match="it can open the child again"):
        actions.take_report_back(
            report=HomeEducationReport.objects.get(),
            why="x",
            by=world.people.hal,
            at=timezone.localtime(),
        )


def test_another_reason_is_not_before_home_education(world: World) -> None:
    """P68."""
    refer(world, "no_contact")
    assert not HomeEducationReport.objects.exists()


def test_by_the_setting_it_leaves_the_hub_once_home_education_has_received_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P68: policy p.7; until somebody has it by name, the hub has it on its list too."""
    policy = replace(our_policy(), school_reports_to="home_education")
    monkeypatch.setattr("onroll.referrals.actions.home_education.our_policy", lambda: policy)
    ref = refer(world, "home_education")
    mo = Visitor(world.people.mo).open("/referrals/").see(ref)
    hal = Visitor(world.people.hal).open(f"/home-education/reports/{ref}/")
    hal.see("the hub has it on its list until you have received it").send("I have received it")
    assert ref not in mo.open("/referrals/").text
    decision = HubDecision.objects.get()
    assert (decision.decision, decision.receipt_name) == ("home_education", "Hal Hughes")
    referral = Referral.objects.get()
    assert (referral.stage, referral.deadlines.running().count()) == ("closed", 0)
    mo.open(f"/referrals/{ref}/").see("To home education", "Hal Hughes, since")


def test_what_is_urgent_stays_with_the_hub_whatever_is_set(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P68: policy p.9."""
    policy = replace(our_policy(), school_reports_to="home_education")
    monkeypatch.setattr("onroll.referrals.actions.home_education.our_policy", lambda: policy)
    ref = refer(world, "home_education")
    Referral.objects.update(is_urgent=True, urgent_why="He was hit.")
    Visitor(world.people.hal).open(f"/home-education/reports/{ref}/").send("I have received it")
    Visitor(world.people.mo).open("/referrals/").see(ref)
    assert not HubDecision.objects.exists()


def test_what_a_file_of_leavers_says_of_home_education_is_on_the_officer_s_list(
    world: World,
) -> None:
    """P68: policy p.9, 10."""
    pupil = files.pupil(
        surname="Merlinton",
        forename="Rowan",
        born=world.born,
        upn="",
        entry_on=world.ago(40),
        left_on=world.ago(2),
        reason="EL",
        ground="F",
    )
    take_in(
        files.cml(pupil, made=world.today), "leavers.xml", at=timezone.now(), by=world.people.sam
    )
    hal = Visitor(world.people.hal).open("/home-education/reports/").follow("Said in files")
    hal.see("Rowan Merlinton", "St Ann’s School")
