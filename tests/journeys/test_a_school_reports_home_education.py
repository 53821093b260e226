"""P68: a school's report reaches the hub and home education, where somebody takes it by name."""

from datetime import timedelta

import pytest

from onroll.referrals.models import HomeEducationReport
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.referrals.forms import KNOWN, WHY, day, risk

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
    hal.see("1school’s report for home education to receive")
    hal.follow("report for home education to receive").see("Nobody yet", "Home education")
    hal.follow(ref).see("Rowan Merlinton", "The hub")
    assert "12 Elm Road" not in hal.text
    hal.send("I have received it").see("You have received this report.", "Hal Hughes")
    hal.see("12 Elm Road")
    assert "1school’s report" not in hal.open("/today/").text
    assert "<time" not in hal.open("/home-education/reports/").see("Hal Hughes, ").text
    Visitor(world.people.mo).open(f"/referrals/{ref}/").see("Received by Hal Hughes")
    assert HomeEducationReport.objects.get().is_for_hub


def test_another_reason_is_not_before_home_education(world: World) -> None:
    """P68."""
    refer(world, "no_contact")
    assert not HomeEducationReport.objects.exists()
