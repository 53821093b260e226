"""The form of a professional: what is asked where, kept on the way, and never lost (P10-P13)."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from onroll.children.actions import ChildFacts
from onroll.documents.models import Document
from onroll.drafts.models import Draft, DraftFile
from onroll.govuk.fields import FILES_TAKEN, in_words
from onroll.referrals import actions
from onroll.referrals.facts import EnquiryWords, FileWords
from onroll.referrals.models import Referral
from onroll.rules.urgency import GONE_MISSING, PROTECTION_NAMED
from tests.cases.world import AT, World
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import WHY, YOU, day, professional, rest, risk
from tests.referrals.made import hand_over, refer

pytestmark = pytest.mark.django_db

TALK = {
    "talk_lead": "Lea Lead",
    "talk_manager": "Max Manager",
    "talk_advice": "Refer.",
    **day("talk_on", timezone.localdate()),
}
DANGER = {"danger": "yes", "danger_why": "He was hit."}


def at(visitor: Visitor, page: str) -> Visitor:
    """Open another page of the form that is open."""
    return visitor.open(f"{visitor.address.rsplit('/', 2)[0]}/{page}/")


def begun(**why: str) -> Visitor:
    """Return a visitor who has answered the first two pages."""
    visitor = Visitor(None).open("/refer/professional/")
    visitor.send("Continue", **{**WHY, "whereabouts": "no", **why})
    return visitor.send("Continue", forename="Rowan", surname="Merlinton", sex="M")


# Risk


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_a_yes_or_a_not_sure_asks_for_the_talk_before_it_is_sent(db: None, answer: str) -> None:
    """P13, policy p.16."""
    hana = professional(Visitor(None), risks=risk(young_carer=answer), talk=TALK)
    at(hana, "talk").send("Continue", **dict.fromkeys(TALK, ""))
    hana.see("Enter the safeguarding lead", "Enter the manager", "Enter the day")
    at(hana, "check")
    assert hana.address.endswith("/talk/")


def test_no_on_all_questions_asks_for_no_talk(db: None) -> None:
    hana = professional(Visitor(None))
    hana.see("Check your answers")
    assert at(hana, "talk").status == 404


def test_an_urgent_one_is_sent_without_the_talks_which_are_still_owed(people: People) -> None:
    """P13: neither ever blocks an urgent one."""
    hana = begun(**DANGER)
    for _ in ("home", "adults", "siblings", "school"):
        hana.send("Continue")
    hana.send("Continue", social_worker="no", family_told="yes")
    answers = risk(sexual_exploitation="yes")
    hana.send("Continue").send("Continue", **answers[1]).send("Continue")
    hana.see("The talk about the risk").send("Continue")
    hana.see("The talk about sexual exploitation").send("Continue").send("Continue")
    rest(hana).see("Still owed", "This is urgent. Send it now")
    hana.send("Send").see("We have your form")
    referral = Referral.objects.get()
    assert referral.is_urgent
    assert set(referral.missing) >= {"risk", "talk", "exploitation"}
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    hub.see("Still owed The talk with the safeguarding lead", "14 of 21 questions have no answer")


def test_an_urgent_call_is_sent_at_once_and_one_that_is_not_is_gone_through(
    people: People,
) -> None:
    """No page that may be empty stands between an urgent call and the hub."""
    ada = Visitor(people.ada).open("/referrals/typed/")
    contact = "nora@example.org"
    ada.send("Continue", channel="telephone", relation="neighbour", referrer_contact=contact)
    calm = {"worry": "A man took her into a van.", "danger": "no"}
    ada.send("Continue", **calm).send("Continue", forename="Rowan")
    assert "This is urgent" not in ada.text
    at(ada, "worry").send("Continue", **{**calm, **DANGER})
    at(ada, "form").see("Not yet started", "Check and send now")
    at(ada, "home").send("Check and send now", home="Elm Road, by the shop")
    ada.see("Elm Road, by the shop", "Nothing written").send("Send")
    ada.see("The referral is typed in", "and was typed in on", "We send it to their email address")
    ada.see("What we have Children: 1", "How it came", "Where the child lives")
    assert "your email" not in ada.text
    assert "within 1 working day" not in ada.text
    referral = Referral.objects.get()
    assert (referral.is_urgent, referral.children.get().home) == (True, "Elm Road, by the shop")


def test_a_page_that_needs_a_name_or_a_word_that_there_is_none_asks_for_it_itself(
    people: People,
) -> None:
    """It let nothing pass, and complained a page later; urgent forms are not kept back for it."""
    ada = Visitor(people.ada).open("/referrals/typed/")
    ada.send("Continue", channel="telephone", relation="neighbour")
    ada.send("Continue", worry="He plays outside all day.", danger="no")
    ada.see("Which child is it?", "Enter one, or tick that nobody could give one.")
    ada.send("Continue").see(
        "Which child is it?", "Enter the child’s forename or surname, or tick that nobody could"
    )
    ada.send("Continue", no_name="yes").see("You gave no name. So we need where the child lives")


def test_a_page_that_is_sent_again_leads_to_the_one_that_follows(people: People) -> None:
    """Not to the first that nobody has opened: what lies between is looked at as well."""
    ada = Visitor(people.ada).open("/referrals/typed/")
    contact = "nora@example.org"
    ada.send("Continue", channel="telephone", relation="neighbour", referrer_contact=contact)
    calm = {"worry": "A man took her into a van.", "danger": "no"}
    ada.send("Continue", **calm).send("Continue", forename="Rowan")
    assert at(ada, "worry").send("Continue", **calm).address.endswith("/child/")


def test_an_urgent_form_at_work_needs_who_sends_it_and_no_other_page(people: People) -> None:
    """P13: what it went without is owed, on the receipt, to its sender later, and to the hub."""
    hana = begun(**DANGER)
    hana.send("Check and send now")
    assert hana.address.endswith("/you/")
    hana.send("Check and send now", **YOU)
    assert late_pages_of(hana) == ["“Who works with the family”"]
    hana.send("Send").see("We have your form", "What we have Children: 1", "Still owed")
    referral = Referral.objects.get()
    assert {"risk", "page_known"} <= set(referral.missing)
    assert "page_abroad" not in referral.missing
    lacks = ["“Who works with the family”"]
    assert late_pages_of(hana) == lacks
    hana.open(hana.page.xpath("//a[contains(@href, '/refer/')]/@href")[-1])
    assert late_pages_of(hana) == lacks
    assert late_pages_of(Visitor(people.mo).open(f"/referrals/{referral.ref}/")) == lacks


def test_what_an_urgent_form_went_without_before_each_page_was_named_reads_well(
    people: People,
) -> None:
    referral = refer(urgent_why="x", depth="professional", missing=("pages", "enquiries"))
    lacks = "The school, who works with the family, or whether they went abroad"
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(lacks, "Any enquiry")
    key = actions.make_link(referral=referral, at=AT)
    for page in ("received", "status"):
        Visitor(None).open(f"/refer/{page}/{key}/").see(lacks, "Any enquiry")


def late_pages_of(visitor: Visitor) -> list[str]:
    """Return which pages a page says were left out, in its order."""
    return re.findall(r"The page (“[^”]*”)", visitor.text)


def test_the_short_way_of_something_urgent_says_what_it_does(db: None) -> None:
    why = (
        "Send it now. What says “optional” can wait, and so can the pages that you have not opened."
    )
    hana = begun(**DANGER).see(why)
    at(hana, "worry").send("Continue", danger="no", danger_why="")
    assert why not in at(hana, "home").text


def test_the_receipt_of_something_urgent_says_the_day_and_the_time(db: None) -> None:
    hana = professional(Visitor(None), why=DANGER).send("Send").see("We have your form")
    sent = timezone.localtime(Referral.objects.get().sent_at)
    hana.see(f"It came on {in_words(sent.date())} at {sent.hour % 12 or 12}:{sent.minute:02}")


def test_the_caller_of_something_urgent_is_not_told_that_it_takes_a_day(db: None) -> None:
    hana = professional(Visitor(None), why={"reason": "gone_missing"}).send("Send")
    hana.see("We have your form")
    assert "within 1 working day" not in hana.text


def test_a_likely_slip_is_asked_about_and_stops_nothing(people: People) -> None:
    """P10: the number is kept as it was written, and the hub sees that it does not check."""
    unsure = {"nhs_number": "943 476 5918", "nhs_number_unsure": "yes"}
    child = {**unsure, **day("born", date(1998, 5, 3))}
    hana = professional(Visitor(None), child=child).see("Check your answers")
    hana.see("Please look at this again", "The NHS number does not check.")
    hana.see("By the date of birth the child is", "Is the year right?")
    hana.send("Send", missing_why="It cannot wait.").see("We have your form")
    referral = Referral.objects.get()
    assert referral.answers["nhs_number"] == "943 476 5918"
    hub = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    hub.see("943 476 5918 (does not check)", "I am not sure of the number")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("123", "An NHS number has ten digits."),
        ("943 476 591x", "An NHS number has ten digits."),
        ("943 476 5918", "The last digit of this number does not fit the others"),
        ("1111111111", "The last digit of this number does not fit the others"),
    ],
)
def test_an_nhs_number_that_is_none_is_refused_unless_somebody_is_unsure_of_it(
    db: None, number: str, sentence: str
) -> None:
    hana = at(begun(), "child").send("Continue", nhs_number=number)
    hana.see(sentence, "Look at it again, or tick that you are not sure of it.")
    assert hana.page.xpath("//input[@name='nhs_number']/@value") == [number]
    hana.send("Continue", nhs_number_unsure="yes")
    assert "does not fit" not in hana.text
    at(hana, "child")
    assert hana.page.xpath("//input[@name='nhs_number']/@value") == [number]


def test_an_urgent_form_is_not_held_up_by_an_nhs_number(db: None) -> None:
    hana = Visitor(None).open("/refer/professional/").send("Continue", **WHY | {"danger": "yes"})
    hana.send("Continue", forename="Rowan", surname="Merlinton", sex="U", nhs_number="123")
    assert "An NHS number has ten digits." not in hana.text


def test_a_postcode_that_cannot_be_is_asked_about_with_the_way_to_mend_it(db: None) -> None:
    hana = professional(Visitor(None))
    assert "Please look at this again" not in hana.text
    for postcode, is_doubted in (("HA1 9ZZ9", True), ("ha11aa", False)):
        at(hana, "home").send("Continue", postcode=postcode)
        at(hana, "check")
        assert ("The postcode is none that there can be." in hana.text) == is_doubted
        if is_doubted:
            links = hana.page.xpath("//main//ul/li[contains(., 'postcode')]/a/@href")
            assert links == [hana.address.replace("/check/", "/home/")]


def test_of_a_brother_or_sister_an_age_does_where_nobody_knows_the_birthday(db: None) -> None:
    hana = professional(Visitor(None))
    row = {"row1-sibling_forename": "Wren", "row1-sibling_is_referred": "yes"}
    at(hana, "siblings").send("Continue", **row, **{"row1-sibling_age": "45"})
    hana.see("Age must be 19 or less").send("Continue", **{"row1-sibling_age": "about 7"})
    at(hana, "check").see("about how old are they?: about 7")
    hana.send("Send", missing_why="It cannot wait.").see("We have your form")
    wren = Referral.objects.get().children.get(forename="Wren")
    assert (wren.age, wren.age_words, wren.born_on) == (7, "", None)


def test_no_slip_is_said_of_what_checks(db: None) -> None:
    child = {"nhs_number": "943 476 5919", **day("born", date(2018, 5, 3))}
    hana = professional(Visitor(None), child=child)
    assert "Please look at this again" not in hana.text


def test_a_plan_that_the_assessment_names_makes_it_urgent(db: None) -> None:
    """Policy p.16."""
    hana = professional(Visitor(None), risks=risk(plan_or_need="yes"), talk=TALK)
    hana.see("This is urgent").send("Send").see("We have your form")
    assert Referral.objects.get().urgent_why == PROTECTION_NAMED


def test_a_child_who_ran_away_is_urgent_though_nobody_ticked_it(people: People) -> None:
    """P07: policy p.4; the hub has it first, and its clock is that of urgent ones."""
    hana = professional(Visitor(None), why={"reason": "gone_missing"})
    hana.see("This is urgent").send("Send").see("We have your form")
    referral = Referral.objects.get()
    assert referral.urgent_why == GONE_MISSING
    assert referral.deadlines.get().clock == "referral_decision_urgent"
    Visitor(people.mo).open("/referrals/").see(f"{referral.ref} Urgent")


def test_the_lead_officer_reads_the_assessment_only_once_it_is_theirs(people: People) -> None:
    """Access matrix, row 9."""
    hana = professional(Visitor(None), risks=risk(young_carer="yes"), talk=TALK)
    hana.send("Send", missing_why="It cannot wait.")
    referral = Referral.objects.get()
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Is the child a young carer?")
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/")
    assert "Is the child a young carer?" not in olive.text
    hand_over(referral, by=people.mo)
    olive.open(f"/referrals/{referral.ref}/").see("Is the child a young carer?")
    olive.open(f"/referrals/{referral.ref}/accept/1/")
    olive.send("Accept", child="new", sex="M", because="On no roll.")
    olive.open(f"/referrals/{referral.ref}/").see("Is the child a young carer?")


# Groups, rows


def test_a_group_is_kept_with_who_said_so_and_when(db: None) -> None:
    """P06."""
    hana = professional(Visitor(None))
    before = timezone.localdate() - timedelta(days=2)
    at(hana, "groups").send(
        "Continue",
        groups_national=["service_family"],
        groups_local=["young_carer"],
        group_young_carer_by="His teacher",
        **day("groups_on", before),
    )
    hana.send("Send", missing_why="It cannot wait.")
    groups = Referral.objects.get().groups.all()
    assert {(group.group, group.said_by, group.said_on) for group in groups} == {
        ("service_family", "Hana Healthvisitor", before),
        ("young_carer", "His teacher", before),
    }


def test_a_row_is_added_and_removed_and_the_others_stay(db: None) -> None:
    """P12."""
    hana = at(begun(), "adults")
    hana.send("Add another", **{"row1-adult_name": "Ann"})
    hana.send("Add another", **{"row2-adult_name": "Bea"})
    hana.send("Remove adult 1", **{"row3-adult_name": "Cay"})
    kept = [hana.page.get_element_by_id(f"id_row{n}-adult_name").value for n in (1, 2)]
    assert kept == ["Bea", "Cay"]
    assert "Adult 3" not in hana.text


def test_what_is_half_filled_in_is_said_beside_its_row_and_kept(db: None) -> None:
    hana = at(begun(), "enquiries").send("Continue", **{"row1-enquiry_outcome": "No answer."})
    hana.see("Select what was tried", "Enter the day of the enquiry", "No answer.")
    assert hana.page.findtext(".//title").startswith("Error: ")
    links = hana.page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert "#id_row1-enquiry_step" in links


def test_what_stands_in_no_list_is_said_in_words_and_read_by_the_hub(people: People) -> None:
    """P12: no list of enquiries is complete."""
    tried = {
        "enquiry_step": "other",
        "enquiry_outcome": "Nobody knows.",
        **day("enquiry_on", timezone.localdate()),
    }
    hana = at(professional(Visitor(None)), "enquiries")
    row = {f"row1-{code}": words for code, words in tried.items()}
    hana.send("Continue", **row).see("Enter what was tried", "Nobody knows.")
    hana.send("Continue", **{"row1-enquiry_other": "Asked at the made-up mosque"})
    at(hana, "check").see("Something else", "Asked at the made-up mosque").send("Send")
    enquiry = Referral.objects.get().enquiries.get()
    assert enquiry.title == "Something else: Asked at the made-up mosque"
    hub = Visitor(people.mo).open(f"/referrals/{Referral.objects.get().ref}/")
    hub.see("Something else: Asked at the made-up mosque")


def test_a_made_up_number_of_rows_asks_for_no_more_than_twenty(db: None) -> None:
    hana = at(begun(), "adults").send("Add another", rows="999")
    assert len(hana.page.xpath("//fieldset[starts-with(@id, 'row-')]")) == 20
    assert "Add another" not in hana.text


# Files


def test_a_file_that_is_refused_costs_no_other_and_no_answer(db: None) -> None:
    hana = at(begun(), "files").see(str(FILES_TAKEN))
    hana.send("Attach", files={"a.pdf": PDF, "b.exe": b"MZ"}, file_words="Letters")
    hana.see("b.exe: We cannot take a file of this type", "a.pdf", "Letters")
    assert DraftFile.objects.get().name == "a.pdf"
    assert hana.page.xpath("//input[@name='file_words']/@value") == ["Letters"]
    hana.send("Attach", file_words="Of May").see("Choose a file", "a.pdf")
    assert hana.page.xpath("//input[@name='file_words']/@value") == ["Of May"]
    hana.send("Attach", files={"a.pdf": PDF}).see("This file is attached already.")
    hana.send("Remove a.pdf").see("Nothing is attached yet.")
    assert not DraftFile.objects.exists()
    assert Draft.objects.get().answers["child"]["forename"] == ["Rowan"]


def test_there_are_at_most_twenty_files_and_continue_keeps_a_chosen_one_too(db: None) -> None:
    hana = at(begun(), "files")
    hana.send("Continue", files={f"{n}.txt": b"A letter." for n in range(20)})
    at(hana, "files").send("Attach", files={"21.txt": b"A letter."})
    hana.see("21.txt: There are 20 files already.")
    assert DraftFile.objects.count() == 20


def test_very_much_from_one_address_is_not_kept_and_costs_no_answer(db: None, settings) -> None:
    settings.SENDER_MAX_SIZE = 15
    hana = at(begun(), "files")
    hana.send("Attach", files={"a.txt": b"A letter."}).see("a.txt")
    hana.send("Attach", files={"b.txt": b"Another letter."})
    hana.see("b.txt: Very much was attached from your connection today", "a.txt")
    assert DraftFile.objects.get().name == "a.txt"


def test_what_is_sent_is_a_document_and_a_deleted_form_leaves_no_file(db: None) -> None:
    hana = professional(Visitor(None))
    at(hana, "files").send("Attach", files={"a.pdf": PDF}).send("Continue")
    hana.send("Send", missing_why="It cannot wait.").see("We have your form")
    assert bytes(Referral.objects.get().files.get().document.content) == PDF
    assert not DraftFile.objects.exists()
    other = at(begun(), "files").send("Attach", files={"b.pdf": PDF})
    at(other, "delete").send("Delete the form")
    assert not DraftFile.objects.exists()
    assert Document.objects.count() == 1


# Ready


def test_what_is_missing_is_shown_as_it_is_filled_in_and_needs_a_reason(db: None) -> None:
    """Practice 4.3."""
    hana = professional(Visitor(None))
    hana.see("Not ready yet", "Any enquiry", "With the form go the enquiries made")
    hana.see("Nothing written Change What was tried to find the child")
    at(hana, "enquiries").follow("All pages, and what is still missing")
    hana.see("Not ready yet", "Any enquiry")
    at(hana, "check").send("Send").see("Say why you send it without this")
    hana.send("Send", missing_why="Nobody opened.").see("We have your form")
    referral = Referral.objects.get()
    assert (referral.missing, referral.missing_why) == (["enquiries"], "Nobody opened.")


def test_the_talk_that_is_missing_is_said_to_come_first(db: None) -> None:
    """Policy p.16: no reason stands for the talk; only an urgent referral goes before it."""
    hana = begun()
    for number, answers in enumerate(risk(young_carer="yes"), start=1):
        at(hana, f"risk-{number}").send("Continue", **answers)
    text = at(hana, "form").text
    first, sep, for_a_reason = text.partition("You can send it without these if you say why.")
    assert sep
    _, sep, needed = first.partition("These must be recorded first, unless the referral is urgent.")
    assert sep
    assert "The talk with the safeguarding lead and the manager" in needed
    assert "The talk with" not in for_a_reason
    assert "Any enquiry" in for_a_reason


def test_a_child_without_a_name_needs_a_place(db: None) -> None:
    visitor = Visitor(None).open("/refer/professional/")
    visitor.send("Continue", **WHY, whereabouts="no").send("Continue", sex="U").send("Continue")
    visitor.see("Enter where the child lives or was seen, since you gave no name")


def test_a_professional_with_an_account_is_named_as_who_sent_it(people: People) -> None:
    professional(Visitor(people.hal)).send("Send", missing_why="It cannot wait.")
    referral = Referral.objects.get()
    assert (referral.made_by, referral.referrer_name) == (people.hal, YOU["referrer_name"])


# Who may know and open what came (access matrix, rows 10 and 15)


def test_an_officer_reads_who_refers_only_of_what_they_accepted(db: None, people: People) -> None:
    referral = hand_over(
        refer(
            answers={
                "referrer_job": "Health visitor, team 4",
                "agency": "A clinic",
                "reason": "other",
            },
            enquiries=(
                EnquiryWords(
                    step="neighbours",
                    on=timezone.localdate(),
                    outcome="Nobody knows.",
                    by="Hana Health",
                ),
            ),
        ),
        by=people.mo,
    )
    page = f"/referrals/{referral.ref}/"
    hub, officer = Visitor(people.mo).open(page), Visitor(people.olive).open(page)
    hub.see("Health visitor, team 4", "A clinic", "Hana Health", "Nobody knows.")
    officer.see("Your role does not show who it was.", "Nobody knows.")
    for words in ("Health visitor, team 4", "A clinic", "Hana Health"):
        assert words not in officer.text


def test_who_has_no_case_of_the_child_opens_no_file_of_it(world: World, people: People) -> None:
    referral = hand_over(
        refer(files=(FileWords(name="letter.pdf", read=lambda: PDF),)), by=people.mo
    )
    file = f"/referrals/{referral.ref}/files/{referral.files.get().pk}/"
    officer = Visitor(people.olive)
    assert officer.client.get(file).status_code == 200
    sam = ChildFacts(forename="Sam", surname="Example")
    entry = referral.children.get()
    actions.accept_child(entry=entry, child=sam, because="x", by=people.max, at=AT)
    officer.open(f"/referrals/{referral.ref}/").see("Your role does not open this file.")
    assert officer.client.get(file).status_code == 404
    assert Visitor(people.mo).client.get(file).status_code == 200
