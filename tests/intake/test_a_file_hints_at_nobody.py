"""The pages of a file give no hint of a child with a protected identity (access matrix, row 8).

Nor do the counts of Today, the review and the menu: trust.md threat 1, *who is known here*.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from onroll.accounts.models import User
from onroll.cases.actions import add_member
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts, ChildFacts, add_child, protect
from onroll.children.models import Child
from onroll.intake import actions
from onroll.intake.models import ListKind, Row, Transfer
from onroll.intake.tasks import take_through
from onroll.schools.models import School
from tests import files
from tests.intake.world import (
    AT,
    LEFT_ON,
    TODAY,
    UPN,
    enrolled,
    joins,
    leaves,
    pupil,
    sam,
    schools,
    take_in,
)
from tests.reading import Page, lasting, spoken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _schools() -> tuple[School, School]:
    return schools()


@pytest.fixture
def as_() -> Callable[[User], Client]:
    """Give a function that signs a person in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def unsure(*others: str) -> Row:
    """Return a record that may be of Sam, who has left and whom nobody has; and another's."""
    leaves(reason="UK")
    record = pupil(upn="", postcode="HA9 9ZZ", entry_on=TODAY, estab="2002")
    name = "3102002_CMJ_310LLLL_001.xml"
    return take_in(files.cmj(record, *others, made=TODAY, estab="2002"), name).rows.get(number=1)


def pages_of(row: Row) -> tuple[str, ...]:
    file = f"/files/{row.transfer.ref}/"
    asked = (file, f"{file}?show=waiting", f"{file}?show=faults", f"{file}records/{row.number}/")
    return (f"/files/#{file}", *asked, f"{file}progress/")


def part(client: Client, path: str) -> html.HtmlElement:
    """Return the main part of a page; of a list only the line of an address."""
    path, _, address = path.partition("#")
    answer = client.get(path)
    assert answer.status_code == 200, path
    main = Page(answer.content).main
    if address:
        [main] = main.xpath(".//tr[.//a/@href = $address]", address=address)
    return main


def shown(client: Client, path: str) -> str:
    """Return what stands on a page, hidden or not, but for what is new in every answer."""
    if path.endswith("/progress/"):
        return json.dumps(client.get(path).json())
    return lasting(part(client, path))


def words(client: Client, path: str) -> str:
    return spoken(part(client, path))


def test_protecting_the_child_a_record_may_be_of_changes_nothing_on_the_pages_of_its_file(
    people: Any, as_: Any
) -> None:
    row = unsure()
    olive = as_(people.olive)
    before = {path: shown(olive, path) for path in pages_of(row)}
    protect(child=sam(), is_protected=True)
    assert {path: shown(olive, path) for path in pages_of(row)} == before
    for client in (olive, as_(people.dee)):
        for path in pages_of(row)[:1]:
            assert "Waits for someone" not in shown(client, path)


def test_a_record_that_may_be_of_a_protected_child_looks_like_any_that_is_not_settled(
    people: Any, as_: Any
) -> None:
    """One may be of Sam, who is hidden; the other of Noor, of whom everybody may know."""
    facts = {"surname": "Sample", "forename": "Noor", "upn": "", "estab": "2002"}
    joins(**{**facts, "estab": "2001", "upn": "B310200022001"})
    row = unsure(pupil(**facts, entry_on=TODAY, postcode="HA9 9ZZ"))
    assert set(row.transfer.rows.values_list("stage", flat=True)) == {"unsure"}
    protect(child=sam(), is_protected=True)
    file = part(as_(people.olive), pages_of(row)[1])
    lines = list(file.iter("tr"))[1:3]
    hidden, plain = map(lasting, lines)
    for own, common in (("EXAMPLE, Sam", "X"), ("SAMPLE, Noor", "X"), ("ecord 1", "N"),
                        ("ecord 2", "N"), ("records/1/", "N"), ("records/2/", "N")):  # fmt: skip
        hidden, plain = hidden.replace(own, common), plain.replace(own, common)
    assert hidden == plain
    assert "Being dealt with" in spoken(lines[0])
    assert "Nobody to show" in spoken(lines[0])
    assert "Settle who this is" not in spoken(file)


def test_those_who_may_see_find_the_record_waiting_for_them(people: Any, as_: Any) -> None:
    row = unsure()
    protect(child=sam(), is_protected=True)
    add_member(case=sam().cases.get(), user=people.olive, by=people.max, at=AT)
    for who in (people.max, people.olive):
        client = as_(who)
        for path in (pages_of(row)[1], pages_of(row)[4]):
            assert "Waits for someone" in words(client, path), (who, path)
            assert part(client, path).xpath(f".//a[@href='/review/{row.transfer.ref}/1/']")
    assert "wait" in words(as_(people.max), pages_of(row)[1])


def test_no_record_s_own_page_says_that_somebody_is_protected(people: Any, as_: Any) -> None:
    row = unsure()
    protect(child=sam(), is_protected=True)
    page = shown(as_(people.olive), pages_of(row)[4])
    assert "protected" not in page
    for secret in ("HA9 9ZZ", "Invented Road", row.because):
        assert secret not in page
    said = words(as_(people.olive), pages_of(row)[4])
    assert "Not shown here while the record is being dealt with." in said
    assert "The records that you can settle are in" in said


def test_a_record_of_a_child_protected_since_tells_no_name_and_no_case(
    people: Any, as_: Any
) -> None:
    """The child may bear another name by now."""
    row = leaves(reason="UK")
    case = Case.objects.get()
    olive = as_(people.olive)
    assert case.ref in words(olive, pages_of(row)[1])
    Child.objects.update(forename="Rowan", surname="Hidden", is_protected=True)
    for path in pages_of(row)[1:5]:
        page = shown(olive, path)
        for secret in ("Rowan", "Hidden", case.ref, "Case opened", "On record", "HA1 2AB"):
            assert secret not in page, (path, secret)
    assert "Being dealt with" in words(olive, pages_of(row)[2])
    for figure, of in (("0", "done"), ("1", "being dealt with")):
        assert figure_of(words(olive, pages_of(row)[1]), of) == figure
    assert olive.get(pages_of(row)[5]).json() == {"done": 1, "of": 1, "is_working": False}
    assert case.ref in words(as_(people.max), pages_of(row)[1])
    assert figure_of(words(as_(people.max), pages_of(row)[1]), "done") == "1"


def figure_of(page: str, of: str) -> str:
    """Return the number that the words of a page say of something."""
    found = re.search(rf"(\d+) {of}", page)
    assert found, page
    return found[1]


def test_why_somebody_was_not_a_protected_child_is_for_who_may_know_of_that_child(
    people: Any, as_: Any
) -> None:
    row = unsure()
    why = "The one in the refuge is taller."
    actions.settle_row(row=row, child=None, why=why, by=people.max, at=AT)
    assert why in words(as_(people.olive), pages_of(row)[4])
    protect(child=sam(), is_protected=True)
    assert why not in shown(as_(people.olive), pages_of(row)[4])
    assert why in words(as_(people.max), pages_of(row)[4])


def test_a_claim_of_a_protected_child_waits_for_those_who_may_know(people: Any, as_: Any) -> None:
    row = leaves(reason="EL")
    assert row.is_to_confirm
    claim, listed = f"/review/{row.transfer.ref}/1/claim/", "/review/?list=claims"
    olive = as_(people.olive)
    assert olive.get(claim).status_code == 200
    protect(child=sam(), is_protected=True)
    assert olive.get(claim).status_code == 404
    assert "EXAMPLE" not in shown(olive, listed)
    assert "Is it so? (0)" in words(olive, listed)
    assert "Is it so?" not in words(olive, pages_of(row)[1])
    assert as_(people.max).get(claim).status_code == 200
    assert "EXAMPLE" in words(as_(people.max), listed)


def test_today_the_review_and_the_menu_count_alike_as_if_nobody_were_known(
    people: Any, as_: Any
) -> None:
    """For Olive, who may not know of Sam, the desk is as empty as it was before."""
    olive = as_(people.olive)
    desk = with_menu(olive, "/review/")
    unsure()
    assert with_menu(olive, "/review/") != desk
    protect(child=sam(), is_protected=True)
    assert with_menu(olive, "/review/") == desk
    today = with_menu(olive, "/today/")
    for asked in ("for you to say whose", "to confirm"):
        assert not re.search(rf"\d+ (records?|claims?) {asked}", today)
    of_max = with_menu(as_(people.max), "/today/")
    assert figure_of(of_max, "record for you to say whose it is") == "1"


def with_menu(client: Client, path: str) -> str:
    """Return all the words of a page, those of the menu too."""
    return spoken(Page(client.get(path, follow=True).content).tree)


def test_what_a_list_shows_of_a_protected_child_is_counted_for_those_who_may_know(
    people: Any, as_: Any
) -> None:
    sent = two_rolls_of_sam()
    page = f"/files/{sent.ref}/"
    assert figure_of(words(as_(people.olive), page), "On two rolls") == "1"
    protect(child=sam(), is_protected=True)
    told = words(as_(people.olive), page)
    assert figure_of(told, "On two rolls") == "0"
    assert "0 wait in review, 0 opened a case" in told
    assert figure_of(words(as_(people.max), page), "On two rolls") == "1"


def two_rolls_of_sam() -> Transfer:
    enrolled()
    lines = "".join(
        f"310,{estab},{UPN},Example,Sam,04/03/2015,F,02/09/2020,HA1 2AB\n"
        for estab in ("2001", "2002")
    )
    headings = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Date of Admission,Postcode\n"
    received = actions.receive_list(
        content=(headings + lines).encode(), name="roll.csv", kind=ListKind.ROLL, on=TODAY,
        how="command", at=AT, by=None,
    )  # fmt: skip
    return take_through(received.transfer.pk, at=AT, actor="test")


def test_a_held_record_of_a_protected_child_is_like_any_other(people: Any, as_: Any) -> None:
    """It wants a school; whose it is, is told to nobody but who may know of the child."""
    enrolled()
    row = leaves(estab="2077", reason="UK")
    assert (row.stage, row.child) == ("held", sam())
    olive = as_(people.olive)
    paths = (*pages_of(row), "/review/?list=held")
    before = {path: shown(olive, path) for path in paths}
    protect(child=sam(), is_protected=True)
    assert {path: shown(olive, path) for path in paths} == before
    assert "Cannot be used yet (1)" in words(olive, paths[-1])
    assert "On record" in words(as_(people.max), paths[1])


def test_the_pages_ask_as_often_however_many_are_protected(people: Any, as_: Any) -> None:
    row = unsure()
    olive = as_(people.olive)
    protect(child=sam(), is_protected=True)

    def asked() -> list[int]:
        counts = []
        for path in (*pages_of(row), "/review/", "/"):
            with CaptureQueriesContext(connection) as captured:
                olive.get(path)
            counts.append(len(captured))
        return counts

    asked()  # what the session keeps for a minute is counted by then
    first = asked()
    for n in range(5):
        home = AddressFacts(lines=(f"{n} Hidden Yard",), postcode="HA7 7ZZ")
        said = ChildFacts(forename="Sam", surname="Example", born_on=LEFT_ON, addresses=(home,))
        protect(child=add_child(facts=said, source=sam().source), is_protected=True)
    assert asked() == first
