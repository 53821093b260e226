"""The list of enquiries of a case, by the council and by the child's school (P12, P31)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.cases.models import Case
from onroll.enquiries.models import Enquiry, EnquiryEntry
from tests.cases.world import TODAY, World
from tests.documents.made import photo
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
ON = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}


def test_what_the_case_asks_for_is_planned_and_the_rest_left_out_with_a_word(
    case: Case, people: People
) -> None:
    """P31."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").see("Nobody has been asked yet.")
    olive.follow("See and record the enquiries").follow("Plan the enquiries")
    olive.send("Put them on the list", steps=["admissions", "housing"])
    olive.see("Say why the others are left out")
    olive.send("Put them on the list", left_out_why="The family has left the country.")
    olive.see("To be asked", "Admissions and in-year applications", "Left out")
    olive.see("The family has left the country.")
    assert "Plan the enquiries" not in olive.text


def test_an_enquiry_is_asked_chased_and_answered_with_what_shows_it(
    case: Case, people: People
) -> None:
    """P12, P31: each entry with who, how, when, what came of it and what shows it."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
    olive.send("Save", step="housing").see("Select how far it is")
    olive.send("Save", state="asked", name="x").see("Select how it was done")
    asked = {"name": "Hope Housing", "contact": "020 7946 0000", "method": "telephone", **ON}
    olive.send("Save", state="asked", asked_words="Do they still live there?", **asked)
    ref = Enquiry.objects.get().ref
    olive.see(f"Kept as enquiry {ref}.", "Hope Housing, 020 7946 0000", "Ask again on")
    olive.follow("Record that they were chased")
    olive.send("Save", words="No answer, left a message.", method="telephone", **ON)
    olive.see("Asked again", "No answer, left a message.")
    olive.follow("Record an answer")
    olive.send("Save the answer", method="email", **ON).see(
        "Select what came of it", "Say what they answered, or that nobody did"
    )
    olive.send(
        "Save the answer",
        result="lead:address",
        words="They gave 9 Far Road, Leeds.",
        files={"letter.png": photo("PNG")},
    )
    olive.see("They gave a lead: an address", "letter.png", "Olive Obi")
    olive.open(f"/cases/{case.ref}/enquiries/").see("Visit to the home", "A lead of enquiry")
    olive.follow("Chronology").see("temporary accommodation. Asked again", "9 Far Road, Leeds.")


def test_what_is_still_to_be_made_needs_no_day_and_what_is_wrong_is_withdrawn(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
    olive.send("Save", step="police", state="planned").see("Nobody has been asked yet.")
    olive.follow("Withdraw it").send("Withdraw it").see("Say why it is withdrawn")
    olive.send("Withdraw it", words="Recorded twice.").see("Withdrawn", "Recorded twice.")
    olive.open(f"/cases/{case.ref}/enquiries/").see("Left out or withdrawn")


def test_a_page_that_went_back_and_is_sent_again_adds_nothing(case: Case, people: People) -> None:
    given = {"state": "answered", "result": "no_reply", "words": "No.", "method": "person", **ON}
    for number in range(2):
        olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
        olive.send("Save", step="police", **given)
        olive.see("You recorded exactly this at" if number else "No reply")
    assert Enquiry.objects.count() == 1


def test_another_step_says_what_it_was(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
    given = {"state": "answered", "result": "nothing_known", "words": "No.", "method": "person"}
    olive.send("Save", step="other", **given, **ON).see("Say what it was")
    olive.send("Save", step_words="The imam of the mosque").see(
        "Something else: The imam of the mosque"
    )


def test_a_school_tells_what_it_tried_and_answers_what_it_is_asked(
    case: Case, world: World, people: People
) -> None:
    """P12; access matrix, row 12: a school adds, and sees what concerns it alone."""
    sam = Visitor(people.sam).open("/today/").follow("Enquiries about your pupils")
    sam.see("The council has asked you nothing").follow("R. M.")
    given = {"state": "answered", "result": "nothing_known", "method": "telephone"}
    sam.send("Send", step="all_contacts", words="All three numbers are dead.", **given, **ON)
    sam.see("The council sees it now.", "All three numbers are dead.")

    olive = Visitor(people.olive).open("/today/").see("St Ann's School told us")
    olive.follow("Read it").see("All three numbers are dead.", "Sam Sharp")
    olive.send("I have read what is new").see("Your name stands beside what is new")
    assert "I have read what is new" not in olive.text
    assert "told us" not in olive.open("/today/").text

    olive.open(f"/cases/{case.ref}/enquiries/add/")
    asked = {"school": str(world.st_anns.pk), "state": "asked"}
    olive.send("Save", step="police", **asked).see(
        "No school can tell this", "Write the question that the school reads"
    )
    olive.send("Save", step="friends", asked_words="Where did the file go?", **asked)
    olive.see("St Ann's School is asked, and can answer in Onroll.")
    sam.open("/today/").see("1 question about your pupils").follow("Answer the council")
    sam.see("Waits for you").follow("Friends, brothers")
    sam.see("Where did the file go?").follow("Answer")
    sam.send("Send the answer").see("Say what you know, or that it is nothing")
    sam.send(
        "Send the answer",
        result="lead:school",
        words="To Leeds.",
        files={"letter.png": photo("PNG")},
    )
    sam.see("To Leeds.", "The council sees it now.", "letter.png")
    assert Enquiry.objects.get(step="friends").stage == "answered"
    assert EnquiryEntry.objects.filter(is_news=True, read_at__isnull=True).count() == 1


def test_no_other_school_sees_or_adds_anything_and_no_protected_child_is_named(
    case: Case, world: World, people: People
) -> None:
    assert Visitor(people.tess).open(f"/school/enquiries/add/{case.ref}/").status == 404
    hidden = world.child("Ivy", "Merlinton", is_protected=True)
    world.at_school(hidden)
    secret = world.case(hidden, owner=people.olive)
    sam = Visitor(people.sam).open("/school/enquiries/")
    assert secret.ref not in sam.text
    assert sam.open(f"/school/enquiries/add/{secret.ref}/").status == 404
    olive = Visitor(people.olive).open(f"/cases/{secret.ref}/enquiries/add/")
    assert "Which school is asked?" not in olive.text


def test_who_may_not_add_reads_and_has_no_buttons(case: Case, people: People) -> None:
    """Access matrix, rows 11 and 12."""
    mo = Visitor(people.mo).open(f"/cases/{case.ref}/enquiries/")
    assert mo.status == 200
    assert Visitor(people.cat).open(f"/cases/{case.ref}/enquiries/").status == 404
    assert Visitor(people.dee).open(f"/cases/{case.ref}/enquiries/").status == 403


def test_what_is_to_be_made_and_waited_for_on_one_s_own_cases_is_one_list(
    case: Case, people: People
) -> None:
    """P31: nothing that is planned waits unseen."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
    olive.send("Save", step="police", state="planned").open("/today/")
    olive.follow("enquiry on a case of yours to be made").see("Police", "Rowan Merlinton")
    olive.follow("Police").follow("Record that they were asked")
    olive.send("Save", method="email", **ON)
    olive.open("/enquiries/").see("Nothing is on this list.").follow("We wait for an answer")
    olive.see("Police", "Ask again on")
    assert "Police" not in Visitor(people.max).open("/enquiries/?list=waiting").text


def test_a_day_long_ago_is_asked_back_and_nobody_is_to_be_chased_in_the_past(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/")
    given = {"step": "police", "state": "asked", "method": "email"}
    olive.send("Save", **given, on_day="1", on_month="1", on_year="2020")
    olive.see("Day it was done must be on or after")
    long_ago = timezone.localdate() - timedelta(days=100)
    day = {"on_day": str(long_ago.day), "on_month": str(long_ago.month)}
    olive.send("Save", **day, on_year=str(long_ago.year))
    assert Enquiry.objects.get().deadlines.get().due_on == timezone.localdate()
