"""A sealed case is there for its team alone, and is never left without one (matrix, row 33)."""

from dataclasses import fields

import pytest
from django.test import Client
from django.utils import timezone

from onroll.accounts.actions import set_cover
from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case, Member, SealProposal
from onroll.cases.queries import protected
from onroll.cases.tasks import look_over
from onroll.children.models import Child
from onroll.children.queries import protected_of
from onroll.duplicates import actions as duplicates
from onroll.messages.models import Kind, Message
from onroll.reports import queries as reports
from onroll.reports.queries import week_of
from onroll.rules.refusal import Changed, Refused
from tests.cases import world as worlds
from tests.cases.test_protected import CASE, PLAIN, Protected, doors, records, shared_pages
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

__all__ = ["records"]
pytestmark = pytest.mark.django_db
WHY = "A brother of the father works at the council."


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give a case that Olive has."""
    return world.case(world.child("Rowan", "Merlinton"), owner=people.olive)


def seal(case: Case, people: People, *team: User) -> None:
    cases.seal_case(case=case, why=WHY, team=team, by=people.mo, at=timezone.localtime())
    case.refresh_from_db()


@pytest.mark.parametrize("name", [field.name for field in fields(People)])
def test_through_no_door_is_a_sealed_child_shown_to_who_is_not_of_the_team(
    records: Protected, people: People, name: str
) -> None:
    user: User = getattr(people, name)
    of_team = people.max if user == people.olive else people.olive
    case = records.cases[PLAIN]
    seal(case, people, of_team)
    client = Client()
    client.force_login(user)
    pages = doors(client, records, PLAIN, shared_pages(client, records.file))
    assert [door for door, (_, is_shown) in pages.items() if is_shown] == []
    assert [door for door, (page, _) in pages.items() if "Owlbarn" in page] == []
    assert case.child_id in protected.hidden_from(user)
    assert not Child.objects.filter(protected.may_know(user), pk=case.child_id).exists()
    if user in (people.olive, people.max, people.mo):
        cases.add_member(case=case, user=user, by=of_team, at=timezone.localtime())
        pages = doors(client, records, PLAIN, shared_pages(client, records.file))
        shown = {door for door, (_, is_shown) in pages.items() if is_shown}
        assert {*CASE, "review", "settle"} <= shown
        assert case.child_id not in protected.hidden_from(user)


def test_statistics_count_a_sealed_case_and_do_not_name_it(case: Case, people: People) -> None:
    at = timezone.localtime()
    Case.objects.filter(pk=case.pk).update(opened_on=at.date())
    before = reports.weekly(starts_on=week_of(at.date()), at=at)
    seal(case, people)
    after = reports.weekly(starts_on=week_of(at.date()), at=at)
    assert (after.register_total, after.figures) == (before.register_total, before.figures)
    assert case.child_id in reports.in_sight(after, people.olive).child_ids
    assert case.child_id not in reports.in_sight(after, people.max).child_ids
    assert reports.in_sight(after, people.max).figures == before.figures


def test_mo_seals_a_case_in_the_browser_and_names_who_sees_it(case: Case, people: People) -> None:
    at = timezone.localtime()
    for user in (people.max, people.cat):
        cases.add_member(case=case, user=user, by=people.olive, at=at)
    page = f"/cases/{case.ref}/"
    mo = Visitor(people.mo).open(f"{page}team/").follow("Seal the case")
    mo.see("Olive Obi has the case and sees it", "Max Marsh", "Cat Cole", "Mo Malik")
    mo.send("Seal the case", why="", team=[str(people.max.pk)]).see("Say why it is sealed")
    mo.send("Seal the case", why=WHY, team=[str(people.max.pk)]).see("You see no sealed case")
    assert [row.user for row in case.members.all()] == [people.max]
    for other in (people.mo, people.cat):
        client = Client()
        client.force_login(other)
        assert client.get(page).status_code == 404
    olive = Visitor(people.olive).open(page)
    assert "Only who has this case and its team see it" in olive.client.get(page).content.decode()
    olive.open(f"{page}chronology/").see("Sealed", WHY, "Mo Malik")
    told = Message.objects.filter(kind=Kind.CASE_SEALED.value, ref=case.ref)
    assert {message.user for message in told} == {people.olive, people.max}
    max_ = Visitor(people.max).open(f"{page}team/").see("This case is sealed", WHY)
    max_.follow("Unseal the case").see("nobody needs a second factor")
    max_.send("Unseal the case", why="He has left.").see("The case is no longer sealed")
    Visitor(people.mo).open(f"{page}chronology/").see("Unsealed", "He has left.")


def test_a_lead_officer_proposes_and_somebody_who_may_decides(case: Case, people: People) -> None:
    page = f"/cases/{case.ref}/"
    olive = Visitor(people.olive).open(f"{page}team/").follow("Propose to seal the case")
    olive.send("Propose it", why=WHY).see("Olive Obi proposes to seal the case", WHY)
    assert olive.client.get(f"{page}seal/").status_code == 403
    Visitor(people.mo).open("/today/").see("proposal to seal or unseal a case")
    mo = Visitor(people.mo).open("/cases/sealed/").see("Rowan Merlinton", WHY)
    mo.follow("Do not agree").send("Save", why="Nobody works there.")
    proposal = SealProposal.objects.get()
    assert (proposal.is_agreed, proposal.answer) == (False, "Nobody works there.")
    at = timezone.localtime()
    with pytest.raises(Changed, match="Mo Malik answered this proposal meanwhile"):
        cases.decline_seal(proposal=proposal, why="No.", by=people.max, at=at)
    cases.propose_seal(case=case, is_to_seal=True, why=WHY, by=people.olive, at=at)
    with pytest.raises(Refused, match="Olive Obi has proposed this already"):
        cases.propose_seal(case=case, is_to_seal=True, why=WHY, by=people.max, at=at)
    seal(case, people)
    assert SealProposal.objects.filter(is_agreed=True, answered_by=people.mo).count() == 1


def test_a_sealed_case_is_never_left_without_somebody_active(world: World, people: People) -> None:
    case, at = world.case(world.child("Rowan", "Merlinton")), timezone.localtime()
    with pytest.raises(Refused, match="Nobody with an active account would see this case"):
        seal(case, people)
    seal(case, people, people.mo, people.cat)
    cases.leave_team(case=case, user=people.cat, by=people.mo, at=at)
    with pytest.raises(Refused, match="Nobody with an active account would see this case"):
        cases.leave_team(case=case, user=people.mo, by=people.mo, at=at)
    with pytest.raises(Changed, match="Mo Malik sealed this case meanwhile"):
        seal(case, people, people.max)
    assert look_over(at)["sealed"] == 0
    User.objects.filter(pk=people.mo.pk).update(is_active=False)
    assert look_over(at)["sealed"] == 1
    assert Member.objects.filter(case=case, user=people.max).exists()
    assert Message.objects.filter(kind=Kind.CASE_SEALED.value, user=people.max).exists()
    assert case in Case.objects.visible_to(people.max, on=at.date())
    assert look_over(at)["sealed"] == 0


def test_clocks_run_on_and_go_to_the_team_alone(case: Case, people: People) -> None:
    at = timezone.localtime()
    cover = {"absent": people.olive, "colleague": people.max, "by": people.olive, "last": 0}
    set_cover(**cover, from_on=at.date(), until_on=at.date(), at=at)
    running = case.deadlines.running().count()
    seal(case, people)
    assert case.deadlines.running().count() == running > 0
    Visitor(people.olive).open("/today/").see("Rowan Merlinton")
    assert "Rowan Merlinton" not in Visitor(people.max).open("/today/").text
    cases.tell_workers(case=case, kind=Kind.CASE_ALERT, at=at)
    told = Message.objects.filter(kind=Kind.CASE_ALERT.value, ref=case.ref)
    assert {message.user for message in told} == {people.olive}


def test_another_case_of_the_child_is_sealed_with_it(
    world: World, people: People, case: Case
) -> None:
    """Who had the child before would else learn from the old case what the new one hides."""
    old = world.case(world.child("Robin", "Merlinton"), owner=people.max)
    Case.objects.filter(pk=old.pk).update(
        child=case.child,
        stage="closed",
        closed_on=old.opened_on,
        outcome="on_roll",
        is_outcome_proved=True,
    )
    seal(case, people)
    on = timezone.localdate()
    assert list(Case.objects.visible_to(people.max, on=on)) == []
    assert set(Case.objects.visible_to(people.olive, on=on)) == {case, old}
    assert not protected.works_with(people.max, [case.child_id])


def test_records_of_a_sealed_child_are_neither_joined_nor_answered_about(
    world: World, people: People, case: Case
) -> None:
    other = world.child("Rowan", "Merlington")
    at = timezone.localtime()
    merge = duplicates.propose_merge(
        target=case.child, merged=other, why="One.", by=people.olive, at=at
    )
    seal(case, people, people.max)
    assert protected_of([case.child_id, other.pk]) == {case.child_id}
    with pytest.raises(Refused, match="sealed"):
        duplicates.agree_merge(merge=merge, by=people.max, at=at)


def test_the_world_of_these_tests_is_open_until_it_is_sealed(case: Case, people: People) -> None:
    """So that a door that shows nobody at all does not count as shut."""
    assert case in Case.objects.visible_to(people.mo, on=worlds.today())
    Visitor(people.mo).open("/cases/").see("Rowan Merlinton")
