"""Each change of a record and its cases, field by field: before, after, who and why."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.models import Address, Child
from onroll.rules.pathway import LOCATE
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def test_a_change_says_before_after_who_and_why(case: Case, people: People) -> None:
    with acting(actor=people.max.email, actor_id=people.max.pk, role="mgr"):
        cases.move_case(case=case, move=LOCATE, why="Seen in Leeds", by=people.max, at=AT)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/record/").follow("History")
    olive.see(
        "Changed: a case",
        "Stage: Found, not yet in education",
        "Before: Enquiries under way",
        "Max Marsh",
    )
    olive.see("Why: Seen in Leeds", "Postcode: HA1 1AA")


def test_the_child_has_the_same_page_and_both_lead_there(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/child/").follow("Every change")
    olive.see("History", "Added: the record of a child", "Forename: Rowan")
    olive.open(f"/children/{case.child.ref}/history/").see("History", "Forename: Rowan")


def test_homes_are_left_out_for_who_may_not_see_them_all(case: Case, people: People) -> None:
    """Access matrix, rows 7 and 8."""
    Address.objects.filter(child=case.child_id).update(is_protected=True)
    for address in (f"/cases/{case.ref}/record/history/", f"/children/{case.child.ref}/history/"):
        page = Visitor(people.olive).open(address).see("Addresses and contacts are left out")
        assert "HA1 1AA" not in page.text


def test_who_sees_the_child_masked_reads_no_history(
    case: Case, people: People, as_: Callable[[User], Client]
) -> None:
    """Row 6, `AM`."""
    cases.add_member(case=case, user=people.ada, by=people.max, at=AT)
    assert as_(people.ada).get(f"/cases/{case.ref}/record/history/").status_code == 403


def test_it_asks_as_much_however_many_changes_there_are(
    case: Case, people: People, as_: Callable[[User], Client]
) -> None:
    client, page = as_(people.olive), f"/cases/{case.ref}/record/history/"
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(30):
        Child.objects.filter(pk=case.child_id).update(middle_names=f"Name {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few)
