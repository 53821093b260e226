"""An officer asks an agency for information: checked, made, kept, logged (P31, P39)."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from onroll.agencies.actions import add_agency
from onroll.agencies.models import Agency
from onroll.cases.models import Case
from onroll.children.models import Address, Child
from onroll.enquiries import actions as enquiries
from onroll.enquiries.models import Enquiry
from onroll.sharing.models import Disclosure, Pack
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.sharing.tags import tags

pytestmark = pytest.mark.django_db


@pytest.mark.shows("policy.sharing")
def test_a_request_is_checked_made_and_stands_in_both_logs(
    case: Case, agency: Agency, people: People
) -> None:
    """P31, P39: legal basis, question and the least data; asked with its clock; one line logged."""
    enquiries.plan_enquiries(case=case, steps=["housing"], by=people.olive, at=AT)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").see("Nothing is written down.")
    olive.follow("Ask an agency for information").see("To be asked").follow("Housing, housing")
    olive.see("Education Act 1996 s.436A", "3 Alder Walk, Harrow, HA1 1AA", "Dana Merlinton")
    olive.see("Do you house this family", "You send it: Onroll sends nothing.")
    assert "young" not in olive.text
    assert "Article 6(1)(a)" not in olive.text  # consent, on which nothing here rests
    olive.send("Make the request").see("Select an agency, or enter who it is")
    olive.see("Select how you send it")
    olive.send("Make the request", agency=str(agency.pk), method="email", further=["contacts"])
    olive.see("Say why they cannot answer without it")
    olive.send("Make the request", why_contacts="They trace by telephone.")
    pack = Pack.objects.get()
    olive.see(f"Request {pack.ref} is made and nothing is sent yet.", "Its own portal, weekdays.")
    olive.see("Tracing desk, desk@homes.example", "They trace by telephone.", "Asked")

    enquiry = Enquiry.objects.get(step="housing")
    assert enquiry.stage == "asked"
    assert enquiry.deadlines.running().count() == 1
    olive.open(f"/cases/{case.ref}/sharing/").see("Made-up Homes", "Last known address")
    olive.follow("Made-up Homes").see("UK GDPR Article 6(1)(e)", f"Pack {pack.ref}", "Olive Obi")
    olive.open(f"/cases/{case.ref}/chronology/").see("Shared: Made-up Homes. Name, Date of birth")


def test_what_was_sent_is_shown_again_exactly_as_text_and_as_a_tagged_pdf(
    case: Case, people: People
) -> None:
    """P31: language, title, tags and reading order of the PDF; the text says the same."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/ask/council_tax/")
    olive.send("Make the request", whom="Council tax team", method="email")
    pack = Pack.objects.get()
    Child.objects.update(forename="Changed")
    text = olive.follow("The text to copy").page.xpath("string(//textarea)")
    olive.open(f"/sharing/packs/{pack.ref}/pdf/")
    assert olive.content == bytes(pack.pdf)
    reader = PdfReader(BytesIO(olive.content))
    catalogue: Any = reader.trailer["/Root"]
    assert reader.metadata.title == f"Request for information {pack.ref}"
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    in_order = [words for kind, words in tags(reader) if kind == "/H1"]
    headings = [line.capitalize() for line in text.splitlines() if line.isupper()]
    assert [heading.casefold() for heading in in_order] == [line.casefold() for line in headings]
    assert in_order[-1] == f"Reference {case.ref}"
    assert {"/Table", "/TR", "/TH", "/TD"} <= {kind for kind, _ in tags(reader)}
    words = " ".join(page.extract_text() for page in reader.pages)
    for shared in ("3 Alder Walk", "Dana Merlinton", "Council tax team"):
        assert shared in text
        assert shared in words
    assert "Rowan" not in text  # the least: who pays the tax is no child


def test_a_protected_address_is_never_in_a_request(case: Case, people: People) -> None:
    """Access matrix, row 8."""
    Address.objects.update(is_protected=True)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/ask/housing/")
    assert "Alder" not in olive.text
    assert "020 7946 0011" not in olive.text
    olive.send("Make the request", whom="Housing", method="email")
    assert "Alder" not in Pack.objects.get().text
    assert Disclosure.objects.get().items == ["name", "born_on", "parents"]


def test_no_request_is_laid_out_about_a_child_with_a_protected_identity(
    case: Case, people: People
) -> None:
    Child.objects.update(is_protected=True)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/ask/housing/")
    olive.see("This child’s identity is protected", "Speak with the MASH")
    assert "Merlinton" not in olive.text
    address = f"/cases/{case.ref}/sharing/ask/housing/"
    given = {"whom": "Housing", "method": "email"}
    olive.client.handler.enforce_csrf_checks = False
    assert "identity is protected" in olive.client.post(address, given).content.decode()
    assert not Pack.objects.exists()


def test_the_agency_that_is_usually_asked_is_chosen_where_it_is_on_the_list(
    case: Case, people: People
) -> None:
    """P63: whom to ask and how comes from the kept list."""
    police = add_agency(facts={"name": "Police", "phone": "101", "route": "By form."}, at=AT)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/ask/police/")
    olive.send("Make the request", method="email").see("Police, 101", "By form.")
    assert Pack.objects.get().agency == police


def test_the_same_request_made_again_from_a_page_that_went_back_adds_nothing(
    case: Case, people: People
) -> None:
    for number in range(2):
        olive = Visitor(people.olive).open(f"/cases/{case.ref}/sharing/ask/police/")
        olive.send("Make the request", whom="Police desk", method="email")
        olive.see("You made this request minutes ago" if number else "nothing is sent yet")
    assert Pack.objects.count() == Enquiry.objects.count() == 1


def test_who_may_not_make_requests_reads_the_log_alone(
    case: Case, world: World, people: People
) -> None:
    """Access matrix, rows 11, 12 and 15: who sees initials alone makes no request."""
    mo = Visitor(people.mo).open(f"/cases/{case.ref}/sharing/")
    assert mo.status == 200
    assert Visitor(people.cat).open(f"/cases/{case.ref}/sharing/").status == 404
    assert Visitor(people.dee).open(f"/cases/{case.ref}/sharing/").status == 403
    assert Visitor(people.ada).open(f"/cases/{case.ref}/sharing/ask/").status == 403
