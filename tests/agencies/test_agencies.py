"""The list of partner agencies: kept on a page, confirmed, shown where one is told (P63)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.agencies import actions, queries
from onroll.agencies.models import Agency, Code
from onroll.audit.models import ChangeEvent
from onroll.cases.offers import Oldest
from onroll.cases.queries.waiting import counted
from onroll.receipts.models import Receipt
from onroll.rules.refusal import Refused
from tests.agencies.made import confirmed_agency
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
DAY, YEAR = timedelta(days=1), timedelta(days=366)


def confirm(agency: Agency, *, by: User, at: datetime) -> None:
    """Say that an agency is as it is listed."""
    agency.refresh_from_db()
    actions.change_agency(
        agency=agency,
        facts={},
        is_active=True,
        confirms=True,
        by=by,
        at=at,
        version=agency.version,
    )


def test_an_agency_the_policy_names_is_put_on_the_list_and_confirmed(people: People) -> None:
    """P63."""
    mo = Visitor(people.mo).open("/agencies/").see("Named by the policy").follow("Runaway project")
    mo.send("Add", phone="020 7946 0002", contact="Ruth").see("Added to the list.")
    mo.see("Nobody has asked the agency yet")
    mo.send("Save", confirms="on").see("Confirmed by Mo Malik")
    mo.open("/agencies/").see("Ruth, 020 7946 0002")
    assert not any(
        partner.name == "Runaway project" for _, partner in queries.partners_not_listed()
    )


def test_nobody_confirms_an_agency_that_cannot_be_told(people: People) -> None:
    agency = actions.add_agency(facts={"name": "Nobody home"}, at=AT)
    mo = Visitor(people.mo).open(f"/agencies/{agency.ref}/")
    mo.send("Save", confirms="on", contact="Ruth").see("Enter a telephone number or an email")
    agency.refresh_from_db()
    assert agency.confirmed_at is None
    mo.send("Save", confirms="on", phone="020 7946 0002").see("Confirmed by Mo Malik")


def test_who_works_on_a_case_sees_whom_else_to_tell(world: World, people: People) -> None:
    """P63: an agency without a way to tell it is left out."""
    actions.add_agency(facts={"name": "Traveller Education", "phone": "020 7946 0003"}, at=AT)
    actions.add_agency(facts={"name": "Nobody home"}, at=AT)
    case = world.case(world.child("Sam", "Example"))
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/child/")
    olive.see("Whom else to tell", "Traveller Education", "020 7946 0003")
    assert "Nobody home" not in olive.text


def test_one_not_confirmed_within_a_year_is_said_on_today(people: People) -> None:
    agency = actions.add_agency(facts={"name": "Housing", "phone": "020 7946 0004"}, at=AT)

    def number() -> int:
        return counted(queries.todo(people.olive, on=AT.date(), at=AT))[0].number

    assert number() == 1
    for at, left in ((AT, 0), (AT - YEAR, 1)):
        confirm(agency, by=people.olive, at=at)
        assert number() == left


def test_an_agency_waits_since_it_is_listed_or_was_to_be_asked_again(people: People) -> None:
    agency = actions.add_agency(facts={"name": "Housing", "phone": "020 7946 0004"}, at=AT - DAY)

    def since() -> Oldest | None:
        return counted(queries.todo(people.olive, on=AT.date(), at=AT))[0].oldest

    assert since() == Oldest(AT - DAY)
    confirm(agency, by=people.olive, at=AT - YEAR - 3 * DAY)
    assert since() == Oldest(AT - YEAR - 3 * DAY + queries.YEAR)


def test_an_agency_is_listed_once(people: People) -> None:
    actions.add_agency(facts={"name": "Housing"}, at=AT)
    mo = Visitor(people.mo).open("/agencies/add/").send("Add", name="HOUSING")
    mo.see("An agency of this name is on the list already")
    with pytest.raises(IntegrityError, match="agency_is_listed_once"), transaction.atomic():
        Agency.objects.create(name="housing")


def test_a_code_is_shown_once_and_only_its_hash_is_stored(people: People) -> None:
    """P60."""
    agency = confirmed_agency("Health visitors", by=people.olive, at=timezone.now())
    mo = Visitor(people.mo).open(f"/agencies/{agency.ref}/").follow("Give a code")
    mo.send("Make it", person="Hetty Visitor").see("It is not shown again", "Hetty Visitor")
    code = mo.page.xpath("string(//main//strong[contains(., '-')])")
    assert queries.find_code(code, at=Code.objects.get().made_at) == Code.objects.get()
    mo.open(f"/agencies/{agency.ref}/")
    assert code not in mo.text
    rows = (Code.objects.values(), Receipt.objects.values(), ChangeEvent.objects.values())
    assert not any(code in str(list(kept)) for kept in rows)
    mo.send("End the code of Hetty Visitor").see("The code of Hetty Visitor is ended.")
    assert queries.find_code(code, at=Code.objects.get().made_at) is None


@pytest.mark.parametrize(("asked", "words"), [(None, "asked this agency yet"), (400, "a year")])
def test_an_agency_that_nobody_has_confirmed_is_confirmed_before_it_is_given_a_code(
    people: People, asked: int | None, words: str
) -> None:
    """P60."""
    now = timezone.now()
    agency = actions.add_agency(facts={"name": "Housing", "phone": "020 7946 0004"}, at=now)
    if asked:
        Agency.objects.update(confirmed_at=now - asked * DAY, confirmed_by=people.olive)
        agency.refresh_from_db()
    mo = Visitor(people.mo).open(f"/agencies/{agency.ref}/").follow("Give a code").see(words)
    assert not mo.page.xpath("//main//form")
    with pytest.raises(Refused, match="Ask it first"):
        actions.make_code(agency=agency, person="Dora Desk", by=people.mo, at=now)
    mo.follow("Confirm the entry first").send("Save", confirms="on").see("Confirmed by Mo Malik")
    mo.follow("Give a code").send("Make it", person="Dora Desk").see("It is not shown again")


def test_a_code_of_an_agency_we_no_longer_work_with_opens_nothing(people: People) -> None:
    agency = confirmed_agency("Health visitors", by=people.olive, at=AT)
    _, words = actions.make_code(agency=agency, person="Hetty", by=people.olive, at=AT)
    assert queries.find_code(words, at=AT)
    actions.change_agency(
        agency=agency, facts={}, is_active=False, confirms=False, by=people.olive, at=AT, version=1
    )
    assert queries.find_code(words, at=AT) is None


@pytest.mark.parametrize("who", ["ada", "sam", "dee"])
def test_only_who_triages_keeps_the_list(people: People, who: str) -> None:
    assert Visitor(getattr(people, who)).open("/agencies/").status == 403
