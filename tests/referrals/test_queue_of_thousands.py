"""The hub's queue asks as much of the database with thousands waiting as with a few (P15)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.accounts.models import User
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.models import Referral, ReferredChild
from tests.cases.world import AT, TODAY, World
from tests.people import People

pytestmark = pytest.mark.django_db
MOST = 12
AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
LISTS = ("hub", "hub&whose=mine", "hub&whose=nobodys", "news", "passed_on", "yours", "accept")


def wait(number: int, *, owner: User) -> None:
    """Put referrals of one child each into the queue, of every grade, some of them somebody’s."""
    grades, reasons = ("", "green", "amber", "red"), ("", "", "", "He was hit.")
    made = Referral.objects.bulk_create(
        Referral(
            sent_at=AT - timedelta(minutes=17 * n),
            relation="neighbour",
            worry="He plays outside all day.",
            grade=grades[n % 4],
            is_urgent=bool(reasons[n % 4]),
            urgent_why=reasons[n % 4],
            owner=owner if n % 3 == 0 else None,
        )
        for n in range(number)
    )
    ReferredChild.objects.bulk_create(
        ReferredChild(referral=referral, number=1, forename="Sam", surname="Example")
        for referral in made
    )
    Deadline.objects.bulk_create(
        Deadline(
            subject=Subject.REFERRAL.value,
            subject_id=referral.pk,
            clock="referral_decision_1",
            starts_on=TODAY - timedelta(days=10),
            due_on=TODAY - timedelta(days=referral.pk % 9),
        )
        for referral in made
    )
    _count_rows()


def _count_rows() -> None:
    """Let PostgreSQL count the rows, as it does by itself within a minute of their being kept.

    Where tests before took back as many, it thinks these tables empty and plans for that.
    """
    with connection.cursor() as cursor:
        for model in (Referral, ReferredChild, Deadline):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def asked(client: Client, which: str) -> int:
    """Return what a page asks; of two looks the fewer, as once a minute one writes down its use."""
    client.get(f"/referrals/?list={which}")
    return min(asked_once(client, which) for _ in range(2))


def asked_once(client: Client, which: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/referrals/?list={which}").status_code == 200
    return sum(not query["sql"].startswith(AROUND) for query in captured)


def test_five_thousand_waiting_ask_no_more_than_thirty(world: World, people: People) -> None:
    client = Client()
    client.force_login(people.mo)
    wait(30, owner=people.mo)
    few = {which: asked(client, which) for which in LISTS}
    wait(4970, owner=people.mo)
    assert {which: asked(client, which) for which in LISTS} == few
    assert max(few.values()) <= MOST
