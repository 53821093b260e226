"""Break-glass gives reading alone, of that child alone, until it is shut (row 34)."""

import pytest
from django.test import Client
from django.utils import timezone

from onroll.accounts.access import READ_BY_GLASS, opened
from onroll.accounts.permissions import Permission
from onroll.audit.models import AccessEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case, Note, Seal
from onroll.cases.queries import may_on
from onroll.glass import actions, queries
from onroll.glass.actions import Target
from onroll.glass.models import BreakGlass
from onroll.messages.kinds import letter
from onroll.messages.models import Kind, Message
from onroll.rules.break_glass import Verdict
from onroll.rules.refusal import Refused
from tests.cases.world import World
from tests.glass.test_break_glass import PAGE, WHY, break_glass, case, typed
from tests.journeys.visitor import Visitor
from tests.people import People

__all__ = ["case"]
pytestmark = pytest.mark.django_db


def another(case: Case) -> Case:
    """Return a case of another child, which is not sealed."""
    assert case.school is not None
    world = World(st_anns=case.school, mill_lane=case.school, source=case.opened_from)
    return world.case(world.child("Wren", "Falconer"))


@pytest.mark.parametrize("name", ["mo", "pat"])
def test_the_reason_stands_on_reads_of_that_child_alone(
    case: Case, people: People, name: str
) -> None:
    user, other = getattr(people, name), another(case)
    visitor = break_glass(user, typed(case.ref)).see("The case is open to you until")
    visitor.open("/today/")
    visitor.client.get(f"/cases/{other.ref}/")
    visitor.client.get("/cases/")
    of_child = AccessEvent.objects.filter(actor_id=user.pk, child_ids=[case.child_id])
    assert {(row.ground, row.reason) for row in of_child} == {("break_glass", WHY)}
    rest = AccessEvent.objects.filter(actor_id=user.pk).exclude(child_ids=[case.child_id])
    assert rest.filter(child_ids__contains=[other.child_id]).exists() is (name == "mo")
    assert not rest.filter(child_ids__contains=[case.child_id]).exists()
    assert not [row for row in rest if row.ground == "break_glass" or row.reason]
    team = Client()
    team.force_login(people.max)
    assert WHY not in team.get(f"/cases/{other.ref}/team/").content.decode()


def test_whoever_broke_the_glass_changes_nothing(case: Case, people: People) -> None:
    mo = break_glass(people.mo, typed(case.ref)).see("The case is open to you until")
    page, notes = f"/cases/{case.ref}/", Note.objects.count()
    assert "Unseal the case" not in mo.client.get(f"{page}team/").content.decode()
    for part, form in (
        ("unseal/", {"why": "I want to."}),
        ("note/", {"text": "I was here."}),
        ("team/add/", {}),
    ):
        assert mo.client.post(f"{page}{part}", form).status_code == 403
    to_hub = mo.client.post(f"/referrals/of-case/{case.ref}/", {"worry": "I worry."})
    assert to_hub.status_code == 403
    assert Seal.objects.standing().filter(case=case).exists()
    assert Note.objects.count() == notes
    assert not case.members.filter(user=people.mo).exists()


def test_no_permission_but_to_read_is_had_by_glass(case: Case, people: People) -> None:
    user = people.mo
    user.opened = {case.child_id: WHY}
    allowed = {permission for permission in Permission if may_on(user, permission, case)}
    assert opened(user) == {case.child_id}
    assert Permission.CASE_VIEW in allowed
    assert allowed <= READ_BY_GLASS
    user.opened = {}
    assert may_on(user, Permission.CASE_SEAL, case)


def test_the_team_is_told_at_once(case: Case, people: People) -> None:
    assert "opened a sealed case of yours" not in Visitor(people.cat).open("/today/").text
    row = actions.break_glass(
        target=Target(ref=case.ref), why=WHY, by=people.mo, at=timezone.localtime()
    )
    message = Message.objects.get(kind=Kind.CASE_BY_GLASS.value)
    assert (message.user, message.ref) == (people.cat, case.ref)
    assert not any(word in str(letter(Kind(message.kind), case.ref)) for word in ("Rowan", "Mo"))
    Visitor(people.cat).open("/today/").see("time that somebody opened a sealed case of yours")
    at = timezone.localtime()
    actions.judge(row=row, verdict=Verdict.JUSTIFIED, words="Yes.", by=people.pat, at=at)
    assert "opened a sealed case of yours" not in Visitor(people.cat).open("/today/").text


@pytest.mark.parametrize("ends", ["not_justified", "new seal", "unsealed"])
def test_a_bad_verdict_and_a_new_seal_shut_it_at_once(
    case: Case, people: People, ends: str
) -> None:
    mo = break_glass(people.mo, typed(case.ref)).see("The case is open to you until")
    page, at = f"/cases/{case.ref}/", timezone.localtime()
    assert mo.client.get(page).status_code == 200
    row = BreakGlass.objects.get()
    if ends == "not_justified":
        verdict = Verdict.NOT_JUSTIFIED
        actions.judge(row=row, verdict=verdict, words="No.", by=people.pat, at=at)
    else:
        cases.unseal_case(case=case, why="Over.", by=people.cat, at=at)
    if ends == "new seal":
        cases.seal_case(case=case, why="Again.", team=[people.cat], by=people.cat, at=at)
    assert mo.client.get(page).status_code == (200 if ends == "unsealed" else 404)
    assert queries.open_to(people.mo, [row.pk]) == {}


def test_a_justified_use_stays_open_and_a_member_is_a_member(case: Case, people: People) -> None:
    mo, at = break_glass(people.mo, typed(case.ref)), timezone.localtime()
    row = BreakGlass.objects.get()
    actions.judge(row=row, verdict=Verdict.JUSTIFIED, words="Yes.", by=people.pat, at=at)
    assert mo.client.get(f"/cases/{case.ref}/").status_code == 200
    assert queries.open_to(people.mo, [row.pk]) == {case.child_id: WHY}
    assert queries.open_to(people.max, [row.pk]) == {}
    cases.add_member(case=case, user=people.mo, by=people.cat, at=at)
    assert mo.client.get(f"/cases/{case.ref}/unseal/").status_code == 200


def test_a_manager_reviews_what_the_data_protection_officer_opened(
    case: Case, people: People
) -> None:
    at = timezone.localtime()
    target = Target(ref=case.ref)
    of_mo = actions.break_glass(target=target, why=WHY, by=people.mo, at=at)
    break_glass(people.pat, typed(case.ref)).see("The case is open to you until")
    row = BreakGlass.objects.get(by=people.pat)
    told = Message.objects.filter(kind=Kind.BREAK_GLASS.value, ref=row.ref)
    assert {message.user for message in told} == {people.max}
    pat = Visitor(people.pat).open(f"{PAGE}{row.ref}/")
    pat.see("ring a manager, or another data protection officer", "Of one child", case.ref)
    with pytest.raises(Refused, match="ring a manager"):
        actions.judge(row=row, verdict=Verdict.JUSTIFIED, words="Yes.", by=people.pat, at=at)
    max_ = Visitor(people.max).open("/today/").see("use of break-glass to review")
    assert max_.client.get(f"{PAGE}{of_mo.ref}/").status_code == 404
    assert of_mo.ref not in max_.open(f"{PAGE}reviews/").text
    max_.follow(row.ref).see(WHY)
    max_.send("Save the review", verdict="justified", words="She had to.")
    row.refresh_from_db()
    assert row.judged_by == people.max


def test_the_review_says_what_was_opened_and_leads_to_the_trail(case: Case, people: People) -> None:
    mo = break_glass(people.mo, typed(case.ref))
    for _again in range(2):
        mo.client.get(f"/cases/{case.ref}/chronology/")
    row = BreakGlass.objects.get()
    pat = Visitor(people.pat).open(f"{PAGE}{row.ref}/")
    pat.see("What was opened", "Case: chronology", "2 times")
    pat.send("Read what they opened that day in the audit trail").see(
        "mo@", "an emergency", case.ref
    )


def test_who_is_named_to_be_asked_sees_the_case(case: Case, people: People) -> None:
    from onroll.casefile.views.child import _to_ask

    case.refresh_from_db()
    assert "Max Marsh" in _to_ask(people.mo, another(case))
    assert _to_ask(people.mo, case) == "Cat Cole"
