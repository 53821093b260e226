"""Several cases of the register are ticked and given to one officer."""

import pytest
from django.test import Client

from onroll.accounts.actions import add_person
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.models import AccessEvent
from onroll.cases import actions
from onroll.cases.models import Case
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(people: People) -> User:
    return add_person(email="lena@council.test", name="Lena Lord", role=Role.LOC, by=None, at=AT)


@pytest.fixture
def cases(world: World, people: People) -> list[Case]:
    return [world.case(world.child(name), owner=people.olive) for name in ("Ann", "Ben", "Cem")]


def owners(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=case.pk).owner.name for case in cases]


def address(*cases: Case, more: str = "") -> str:
    return "/cases/assign/?" + "&".join(f"case={case.ref}" for case in cases) + more


def test_ticked_cases_are_given_to_one_officer_from_the_register_with_its_filters(
    cases: list[Case], people: People, lena: User
) -> None:
    max_ = Visitor(people.max).open("/cases/?owner=" + str(people.olive.pk))
    form = max_.page.xpath("//form[starts-with(@aria-label, 'Assign cases')]")[0]
    kept = [f"{name}={value}" for name, value in form.form_values()]
    assert kept == [f"owner={people.olive.pk}", "page=1"]
    assert len(form.xpath(".//input[@name='case']")) == 3
    max_.open(address(*cases[:2], more="&" + "&".join(kept)))
    max_.see("2 cases", "Ann Example", "Ben Example", "Lena Lord has least")
    assert "Cem Example" not in max_.text
    max_.send("Assign the cases", person=str(lena.pk))
    max_.see("2 cases are assigned to Lena Lord", cases[0].ref, cases[1].ref)
    assert owners(cases) == ["Lena Lord", "Lena Lord", "Olive Obi"]
    step = cases[0].steps.first()
    assert (step.what, step.by) == ("Assigned to Lena Lord", people.max)
    max_.follow("Back to the register").see("1 case", "Cem Example")


def test_every_open_case_of_a_page_is_taken_by_one_link(
    cases: list[Case], people: People, lena: User
) -> None:
    max_ = Visitor(people.max).open(f"/cases/?owner={people.olive.pk}")
    max_.follow("Assign every open case on this page (3)").see("3 cases")
    max_.send("Assign the cases", person=str(lena.pk)).see("3 cases are assigned to Lena Lord")
    assert set(owners(cases)) == {"Lena Lord"}


def test_one_that_changed_meanwhile_is_told_and_stops_no_other(
    cases: list[Case], people: People, lena: User
) -> None:
    max_ = Visitor(people.max).open(address(*cases))
    actions.assign_case(case=cases[1], owner=people.max, by=people.max, at=AT)
    max_.send("Assign the cases", person=str(lena.pk))
    max_.see("2 cases are assigned to Lena Lord", "Not assigned", cases[1].ref)
    max_.see("Someone else changed this case after you opened the page.")
    assert owners(cases) == ["Lena Lord", "Max Marsh", "Lena Lord"]
    max_.follow("Look at these again, and assign them").see("1 case", "Ben Example")
    max_.send("Assign the cases", person=str(lena.pk)).see("1 case is assigned to Lena Lord")


def test_who_has_a_case_already_is_told_so_and_nothing_is_written(
    cases: list[Case], people: People
) -> None:
    before = cases[0].steps.count()
    max_ = Visitor(people.max).open(address(cases[0]))
    max_.send("Assign the cases", person=str(people.olive.pk))
    max_.see("No case was assigned", "Olive Obi has it already.")
    assert cases[0].steps.count() == before


def test_a_form_that_does_not_say_which_state_was_seen_assigns_nothing(
    cases: list[Case], people: People, lena: User
) -> None:
    for versions in ("", "x", f"{cases[0].ref}:", f"{cases[0].ref}:-1"):
        max_ = Visitor(people.max).open(address(cases[0]))
        max_.send("Assign the cases", person=str(lena.pk), versions=versions)
        max_.see("No case was assigned", "did not say in which state you saw it")
    assert owners(cases[:1]) == ["Olive Obi"]


def test_sent_twice_is_once(cases: list[Case], people: People, lena: User) -> None:
    max_ = Visitor(people.max).open(address(*cases))
    form = max_.fill_in("Assign the cases", person=str(lena.pk))
    first, second = (max_.client.post(form.address, form.whole()) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert [case.steps.filter(what="Assigned to Lena Lord").count() for case in cases] == [1, 1, 1]


def test_nobody_chosen_keeps_the_page_and_nothing_ticked_goes_back(
    cases: list[Case], people: People
) -> None:
    max_ = Visitor(people.max).open(address(*cases)).send("Assign the cases")
    max_.see("Choose a colleague", "Ann Example")
    max_.open("/cases/assign/?owner=nobody").see("No case was ticked")
    assert max_.address == "/cases/?owner=nobody"


def test_the_cases_shown_are_in_the_log_of_reads(cases: list[Case], people: People) -> None:
    Visitor(people.max).open(address(*cases))
    event = AccessEvent.objects.get(page="cases to assign")
    assert set(event.child_ids) == {case.child_id for case in cases}


def test_who_may_not_assign_has_no_ticks_and_no_page(cases: list[Case], people: People) -> None:
    """Access matrix, row 17."""
    actions.add_member(case=cases[0], user=people.cat, by=people.max, at=AT)
    cat = Visitor(people.cat).open("/cases/")
    assert "Assign" not in cat.text
    assert "Assign the ticked cases" not in cat.text
    assert cat.open(address(*cases)).status == 403
    client = Client()
    client.force_login(people.max)
    assert client.get("/cases/assign/nothing-kept/").status_code == 404
