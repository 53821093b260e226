"""What an officer answers to a finding, and what the policy and protection make of it."""

from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.intake.models import ListKind
from onroll.lists import actions as lists
from onroll.lists.models import Finding
from onroll.lists.queries import shown_findings
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from onroll.schools.queries import our_policy
from tests.intake.world import AT, TODAY, places, sam
from tests.journeys.visitor import Visitor
from tests.lists.world import LATER, NOOR, SAM, TWIN, WEEK, at_st_anns, found, later, listed
from tests.people import People
from tests.proof import as_form, facts
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_the_answer_that_nobody_knows_opens_a_case_and_ends_the_place(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = lists.answer_finding(
        finding=Finding.objects.get(), why="No reply.", by=people.olive, at=LATER
    )
    case = Case.objects.get()
    assert (finding.case, case.reason, case.missing_since_on) == (case, "on_no_list", TODAY + WEEK)
    assert places(TODAY + WEEK) == []
    assert "No reply." in case.reasons.get().because
    by = people.olive
    with pytest.raises(Refused):
        lists.answer_finding(finding=finding, why="x", by=by, at=LATER)


def test_an_answer_is_kept_and_asked_again_only_after_half_a_year(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    lists.answer_finding(
        finding=finding,
        way="attendance",
        facts=at_st_anns(),
        why="In hospital.",
        by=people.olive,
        at=LATER,
    )
    soon, late = timedelta(days=90), timedelta(days=200)
    later(NOOR, "\n", at=LATER + soon, on=TODAY + soon)
    assert found() == []
    later(NOOR, "\n\n", at=LATER + late, on=TODAY + late)
    assert found() == [("vanished", "Sam")]


def test_where_a_child_is_becomes_a_place_and_the_old_one_ends(people: People) -> None:
    """P05: *it is known* is a school, a first day and who said so, or nobody knows it tomorrow."""
    listed(SAM, NOOR)
    later(NOOR)
    mill_lane = School.objects.get(establishment="2002")
    lists.answer_finding(
        finding=Finding.objects.get(),
        way="on_roll",
        facts=facts("on_roll", on=TODAY, school=mill_lane),
        why="They said so.",
        by=people.olive,
        at=LATER,
    )
    assert places(TODAY + WEEK) == ["Mill Lane School"]
    place = Place.objects.get(school=mill_lane)
    assert place.source.said_by == "Mrs Office, the office"
    assert place.source.recorded_by == people.olive
    assert not Case.objects.exists()


@pytest.mark.parametrize("way", ["other_authority", "on_roll"])
def test_what_the_record_contradicts_is_no_answer(people: People, way: str) -> None:
    """We are no other authority; and a school that said the child left does not have the child."""
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    theirs = School.objects.get(establishment="2001")
    Place.objects.filter(child=finding.child).update(to_on=TODAY)
    wrong = {"authority": "310"} if way == "other_authority" else {"school": theirs}
    with pytest.raises(casework.FactsRefused) as refusal:
        lists.answer_finding(
            finding=finding,
            way=way,
            facts=facts(way, on=TODAY, **wrong),
            why="They said so.",
            by=people.olive,
            at=LATER,
        )
    assert set(refusal.value.errors) == set(wrong)
    finding.refresh_from_db()
    assert finding.is_waiting


def test_that_it_is_known_without_saying_where_is_refused(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    with pytest.raises(casework.FactsRefused) as refusal:
        lists.answer_finding(
            finding=finding, way="on_roll", facts={}, why="x", by=people.olive, at=LATER
        )
    assert {"school", "starts_on", "confirmed_by"} <= set(refusal.value.errors)
    finding.refresh_from_db()
    assert finding.is_waiting


def test_the_pages_ask_where_the_child_is_and_keep_who_said_so(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    olive = Visitor(people.olive).open(f"/review/findings/{finding.pk}/")
    olive.send("Continue", answer="on_roll").see("Which school?")
    stated = as_form(facts("on_roll", on=TODAY, school=School.objects.get(establishment="2002")))
    olive.send("Save this answer", why="They said so.").see("Enter an answer to “Which school?”")
    olive.send("Save this answer", why="They said so.", **stated)
    olive.see("Where the child is stands on the child’s record now.", "Mill Lane School")
    olive.open(f"/review/findings/{finding.pk}/").see(
        "This finding is answered.", "On the roll of a school", "Mill Lane School", "By telephone"
    )


@pytest.fixture
def straight_to_case(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Have a policy that sends children who are on no roll straight to a case."""
    shipped = (files("onroll.rules") / "harrow.toml").read_text(encoding="utf-8")
    path = tmp_path / "policy.toml"
    said = 'list_findings_to_case = ["on_none"]'
    path.write_text(shipped.replace("list_findings_to_case = []", said), encoding="utf-8")
    settings.POLICY = str(path)
    our_policy.cache_clear()
    yield
    our_policy.cache_clear()


@pytest.mark.usefixtures("straight_to_case")
def test_where_the_policy_says_so_a_case_opens_without_review_with_its_clause() -> None:
    listed(SAM)
    later(NOOR.replace("2001", "2009", 1), kind=ListKind.HEALTH)
    later(TWIN, name="roll.csv")
    assert found() == [("vanished", "Sam")]
    case = Case.objects.get()
    assert case.child.forename == "Noor"
    assert Finding.objects.get(kind="on_none").case == case
    assert case.reasons.get().clause == "EA96 s.436A; policy p.18"
    assert "On the health list of 30 November 2026" in case.reasons.get().because


def test_a_child_with_a_protected_identity_is_a_case_at_once_and_stands_in_no_list() -> None:
    """Row 8: whoever reviews lists does not work with the child."""
    listed(SAM, NOOR)
    Child.objects.filter(forename="Sam").update(is_protected=True)
    later(NOOR)
    assert found() == []
    assert Case.objects.get().child == sam()


def test_a_protected_child_on_two_rolls_is_shown_only_to_who_works_on_the_case(
    people: People, client: Client
) -> None:
    listed(SAM, SAM.replace("2001", "2002", 1))
    Child.objects.filter(forename="Sam").update(is_protected=True)
    where = f"/review/findings/{Finding.objects.get().pk}/"
    client.force_login(people.olive)
    assert "Sam" not in client.get("/review/?list=findings").content.decode()
    assert client.get(where).status_code == 404
    assert shown_findings(people.olive).count() == 0
    on_case(sam(), people.olive)
    assert "Sam" in Page(client.get("/review/?list=findings").content).text
    assert client.get(where).status_code == 200


def on_case(child: Child, owner: User) -> None:
    """Give a person an open case of a child."""
    report = casework.Report(
        reason="referral", because="A worry.", source=child.source, missing_since_on=TODAY
    )
    case, _ = casework.open_case(child=child, report=report, on=TODAY, at=AT)
    casework.assign_case(case=case, owner=owner, by=owner, at=AT)
