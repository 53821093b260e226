"""Who sends a file is told how its reading goes, what is right, and what to put right where."""

import importlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection
from django.test import Client
from django.utils import timezone

from onroll.accounts.models import User
from onroll.audit.models import AccessEvent
from onroll.documents import queries as documents
from onroll.intake import actions, tasks
from onroll.intake.models import Attachment, ListKind, Problem, Row, Transfer, Upload
from onroll.lists.models import Finding
from onroll.schools.actions import add_staff
from onroll.schools.models import School
from tests import files
from tests.formats.files import LOCKED
from tests.intake.world import (
    AT,
    LEFT_ON,
    TODAY,
    going_to,
    joins,
    leaves,
    pupil,
    sam,
    schools,
    take_in,
)
from tests.people import People
from tests.proof import as_form, confirmed, facts
from tests.reading import Page, spoken

pytestmark = pytest.mark.django_db
Do = Callable[[], None]
NAME = "3102001_CML_310LLLL_001.xml"
GOOD = files.cml(pupil(left_on=LEFT_ON, reason="UK"), made=TODAY)
FAULTY = (
    files.cml(
        pupil(left_on=LEFT_ON, reason="UK"),
        pupil(left_on=LEFT_ON, reason="UK", forename="Kim", upn="", sex="Q"),
        made=TODAY,
    )
    .replace(b"2015-03-04", b"04/03/2015", 1)
    .replace(b"J3102", b"Z3102", 1)
)
HEALTH = b"Surname,Forename,Date of Birth\nExample,Sam,04/03/15\n"


@pytest.fixture(autouse=True)
def _schools(people: People) -> None:
    st_anns, mill_lane = schools()
    add_staff(user=people.sam, school=st_anns, on=TODAY)
    add_staff(user=people.tess, school=mill_lane, on=TODAY)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(page: bytes) -> str:
    return spoken(Page(page).tree)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return words_of(answer.content)


def green_tags(answer: Any) -> list[Any]:
    """Return the labels of a page that say by their colour that all is well."""
    return list(Page(answer.content).main.find_class("govuk-tag--green"))


def send(client: Client, *sent: tuple[str, bytes], school: bool = True) -> tuple[str, str]:
    """Send files; return where it leads and what stands there."""
    path = "/school/files/upload/" if school else "/files/upload/"
    uploads = [SimpleUploadedFile(name, content) for name, content in sent]
    answer = client.post(path, {"files": uploads}, follow=True)
    return answer.request["PATH_INFO"], words_of(answer.content)


@pytest.fixture
def worked() -> Do:
    """Give a function that does what the worker would."""

    def work() -> None:
        for transfer in Transfer.objects.filter(stage__in=["received", "read"]).order_by("pk"):
            tasks.process(transfer.pk)

    return work


# A school sends a file


def test_nothing_is_called_done_before_it_was_read(people: People, worked: Do) -> None:
    path, page = send(as_(people.sam), (NAME, GOOD))
    assert path == f"/school/files/{Transfer.objects.get().ref}/"
    assert "The file is being read" in page
    assert "a sender who is not named" not in page
    assert "See how far it is now" in page
    assert "The file is kept as it came, so nothing is lost." in page
    for words in ("Done", "taken in", "Taken in", "right"):
        assert words not in page
    assert not green_tags(as_(people.sam).get("/school/"))
    worked()
    page = read(as_(people.sam), path)
    assert "being read" not in page
    assert "Read: 1 pupil; 0 right; 2 things to put right" in page


def test_a_file_that_is_right_is_called_so_and_nothing_is_to_do(people: People, worked: Do) -> None:
    client = as_(people.sam)
    contact = "<Contacts><Contact><Surname>Example</Surname><Forename>Ann</Forename>"
    contact += "<Relationship>PAM</Relationship></Contact></Contacts>"
    right = pupil(left_on=LEFT_ON, reason="UK", ground="I", upn="B310200022001", extra=contact)
    path, _ = send(client, (NAME, files.cml(right, made=TODAY)))
    worked()
    page = read(client, path)
    assert not Problem.objects.exclude(severity="info").exists()
    assert "Read: 1 pupil, all right" in page
    assert "There is nothing to put right. All records are kept as you sent them." in page
    assert "Right" in page
    assert "Taken in" in read(client, "/school/")


def test_each_thing_names_the_pupil_the_field_what_is_wrong_and_what_would_be_right(
    people: People, worked: Do
) -> None:
    client = as_(people.sam)
    path, _ = send(client, (NAME, FAULTY))
    worked()
    page = read(client, path)
    assert "Read: 2 pupils; 0 right; " in page
    for words in (
        "Date of birth Must be put right The date of birth is written 04/03/2015; this kind of",
        "file needs 2015-03-04. Correct it in your system and export the file again.",
        "export the file again. EXAMPLE, Sam (record 1) In the file: Pupil 1, DOB",
        "Sex Please check The sex is “Q”; it should be M, F or U.",
        "EXAMPLE, Kim (record 2)",
        "The pupil has no UPN.",
        "All records are kept as you sent them, those with something to put right too.",
    ):
        assert words in page
    for words in ("sk the school", "sk whoever", "RemovalGrounds is", "element", "not a real date"):
        assert words not in page


def test_the_list_of_files_has_how_much_is_to_put_right_and_no_green_for_it(
    people: People, worked: Do
) -> None:
    client = as_(people.sam)
    send(client, (NAME, FAULTY))
    worked()
    number = Problem.objects.exclude(severity="info").count()
    assert number > 3
    for who, path in ((people.sam, "/school/"), (people.olive, "/files/")):
        answer = as_(who).get(path)
        assert f"Read: {number} things to put right" in words_of(answer.content)
        cells = [cell.text_content().strip() for cell in Page(answer.content).main.iter("td")]
        assert str(number) in cells
        assert not green_tags(answer)
    assert "Right" not in read(client, f"/school/files/{Transfer.objects.get().ref}/").split("UPN")


def test_a_file_that_could_not_be_read_says_why_and_what_to_do_to_each(
    people: People, worked: Do
) -> None:
    path, _ = send(as_(people.sam), (NAME, GOOD[:900]))
    worked()
    page = read(as_(people.sam), path)
    assert "This file could not be read" in page
    assert "The file stops before its end, at line 7. It was cut short while" in page
    assert "Export it again and send it whole." in page
    assert "Nothing in it was used. The file itself is kept as it came." in page
    assert "Leavers (CML)" in page
    assert "Could not be read" in read(as_(people.sam), "/school/")
    page = read(as_(people.olive), path.replace("/school", ""))
    assert "Ask the school to export it again." in page
    assert "your system" not in page


def test_a_file_of_another_school_is_told_to_each_in_their_words(
    people: People, worked: Do
) -> None:
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK", estab="2002"), made=TODAY, estab="2002")
    path, _ = send(as_(people.sam), (NAME, content))
    worked()
    assert "You send files for St Ann's School (3102001)" in read(as_(people.sam), path)
    officers = read(as_(people.olive), path.replace("/school", ""))
    assert "Whoever brought it sends files for St Ann's School (3102001)." in officers
    assert "Check that your system" not in officers


def test_what_cannot_be_used_yet_is_said_to_be_nothing_for_the_school(
    people: People, worked: Do
) -> None:
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK", estab="2077"), made=TODAY, estab="2077")
    path, _ = send(as_(people.sam), (NAME, content))
    worked()
    page = read(as_(people.sam), path)
    assert "0 right; 3 things to put right; 1 cannot be used yet" in page
    assert "An officer of the council sees it; you need not send it again." in page


def test_who_was_named_among_what_is_wrong_is_written_down(people: People, worked: Do) -> None:
    client = as_(people.sam)
    path, _ = send(client, (NAME, FAULTY))
    worked()
    read(client, path)
    children = sorted(Row.objects.values_list("child_id", flat=True))
    seen = AccessEvent.objects.filter(page="school's own file")
    assert sorted(set(seen[0].child_ids)) == children


# Several at once


def test_an_empty_file_is_named_and_the_others_are_kept(people: People, worked: Do) -> None:
    client = as_(people.sam)
    path, page = send(client, ("leavers.xml", GOOD), ("blank.xml", b""), ("letter.docx", b"PK"))
    upload = Upload.objects.get()
    assert path == f"/school/files/uploads/{upload.ref}/"
    assert [item.name for item in upload.items.all()] == ["leavers.xml", "blank.xml", "letter.docx"]
    assert "leavers.xml The file is being read" in page
    assert "blank.xml Not taken The file is empty. Export it again." in page
    assert "letter.docx Not taken letter.docx is not a file Onroll reads." in page
    worked()
    page = read(client, path)
    assert "leavers.xml Read: 1 pupil; 0 right; 2 things to put right" in page
    assert "EXAMPLE, Sam (record 1)" in page
    assert Transfer.objects.get().name == "leavers.xml"


def test_where_none_is_taken_each_is_named_on_the_form(people: People) -> None:
    path, page = send(as_(people.sam), ("one.xml", b""), ("two.pdf", b"%PDF-1.7"))
    assert path == "/school/files/upload/"
    assert "one.xml: The file is empty. Export it again." in page
    assert "two.pdf is not a file Onroll reads. It looks like a PDF." in page
    assert not Upload.objects.exists()


def test_each_file_of_a_zip_has_its_own_result(people: People, worked: Do) -> None:
    from tests.intake.test_page_and_check_agree import zipped

    client = as_(people.sam)
    path, _ = send(client, ("week.zip", zipped(a_xml=GOOD, b_xml=GOOD[:900])))
    worked()
    page = read(client, path)
    assert "a.xml Read: 1 pupil; 0 right; 2 things to put right" in page
    assert "b.xml This file could not be read" in page


def test_an_upload_is_its_senders_and_the_councils(people: People, worked: Do) -> None:
    path, _ = send(as_(people.sam), ("a.xml", GOOD), ("b.xml", b""))
    assert as_(people.tess).get(path).status_code == 404
    assert as_(people.mat).get(path).status_code == 404
    worked()
    officers = read(as_(people.olive), path.replace("/school", ""))
    assert "What was sent together" in officers
    assert "b.xml Not taken The file is empty. Ask the school to export it again." in officers
    data = read(as_(people.dee), path.replace("/school", ""))
    assert "EXAMPLE" not in data


def test_a_file_that_came_before_from_elsewhere_is_told_without_a_look_into_it(
    people: People, worked: Do
) -> None:
    """The bytes are another's: that they are here is all that is said."""
    take_in(GOOD, "elsewhere.xml")
    path, page = send(as_(people.tess), ("mine.xml", GOOD))
    assert "/uploads/" in path
    assert "mine.xml was here already, and is shown as the first one." in page
    assert "See what became of it" not in page
    assert "EXAMPLE" not in page


# A fault of ours


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_is_shown_and_the_file_is_read_once_it_is_mended(
    people: People, owner_connection: psycopg.Connection
) -> None:
    client = as_(people.sam)
    path, _ = send(client, (NAME, GOOD))
    owner_connection.execute(
        "create function public.out_of_order() returns trigger language plpgsql as "
        "$$ begin raise exception 'made up'; end $$"
    )
    owner_connection.execute(
        "create trigger broken before insert on intake_row execute function out_of_order()"
    )
    try:
        with pytest.raises(ProgrammingError):
            tasks.process(Transfer.objects.get().pk)
    finally:
        owner_connection.execute("drop trigger broken on intake_row")
        owner_connection.execute("drop function public.out_of_order()")
    page = read(client, path)
    assert "Something went wrong on our side while the file was being read" in page
    assert "you need not send it again" in page
    assert "Not read yet" in read(client, "/school/")
    tasks.process(Transfer.objects.get().pk)
    assert "Read: 1 pupil" in read(client, path)
    assert "our side" not in read(client, path)


# A list to compare


def test_who_has_to_mend_a_list_of_no_school_is_whoever_made_it(people: People) -> None:
    form = {"kind": "health", "on_day": "1", "on_month": "10", "on_year": "2026"}
    for name, content, words in (
        ("gp.xlsx", LOCKED, "gp.xlsx: The file has a password: it cannot be read until that is"),
        ("gp.xls", LOCKED[:90], "It looks like an old Excel or Word file"),
    ):
        sent = {**form, "file": SimpleUploadedFile(name, content)}
        page = Page(as_(people.olive).post("/files/compare/", sent).content)
        assert words in page.text
        assert "Ask whoever made it" in page.text
        assert "Ask the school" not in page.text


def test_a_chosen_list_is_not_lost_when_a_field_is_missing(people: People, worked: Do) -> None:
    client = as_(people.olive)
    chosen = SimpleUploadedFile("health.csv", HEALTH)
    page = Page(client.post("/files/compare/", {"kind": "health", "file": chosen}).content)
    assert "Enter the day of the list" in page.text
    assert "health.csv is attached. Choose another only to send that instead." in page.text
    token = Attachment.objects.get().token
    assert page.main.xpath(".//input[@name='attached']/@value") == [str(token)]
    form = {"kind": "health", "on_day": "1", "on_month": "10", "on_year": "2026"}
    again = client.post("/files/compare/", {**form, "on_year": "26", "attached": token})
    assert "health.csv is attached" in Page(again.content).text
    answer = client.post("/files/compare/", {**form, "attached": token})
    assert answer.status_code == 302
    transfer = Transfer.objects.get()
    assert (transfer.name, documents.content(transfer.document_id), transfer.list_kind) == (
        "health.csv",
        HEALTH,
        "health",
    )
    assert not Attachment.objects.exists()


def test_another_list_may_be_chosen_in_its_place(people: People) -> None:
    client = as_(people.olive)
    client.post("/files/compare/", {"file": SimpleUploadedFile("old.csv", HEALTH)})
    token = Attachment.objects.get().token
    form = {"kind": "health", "on_day": "1", "on_month": "10", "on_year": "2026"}
    new = SimpleUploadedFile("new.csv", HEALTH + b"Sample,Alex,05/04/2016\n")
    client.post("/files/compare/", {**form, "attached": token, "file": new})
    assert Transfer.objects.get().name == "new.csv"
    assert not Attachment.objects.exists()


def test_an_attached_list_is_nobody_elses_and_goes_after_a_day(people: People) -> None:
    olive, max_ = as_(people.olive), as_(people.max)
    olive.post("/files/compare/", {"file": SimpleUploadedFile("health.csv", HEALTH)})
    token = Attachment.objects.get().token
    form = {"kind": "health", "on_day": "1", "on_month": "10", "on_year": "2026"}
    answer = max_.post("/files/compare/", {**form, "attached": token})
    assert "Choose a list" in Page(answer.content).text
    assert not Transfer.objects.exists()
    now = timezone.now()
    assert actions.drop_old_attachments(at=now + timedelta(hours=23)) == 0
    assert actions.drop_old_attachments(at=now + timedelta(hours=25)) == 1


def test_a_list_of_another_kind_is_called_what_it_is(people: People, worked: Do) -> None:
    """Nobody asks "the school" about a list of the health service."""
    received = actions.receive_list(
        content=HEALTH, name="health.csv", kind=ListKind.HEALTH, on=TODAY, how="command", at=AT
    )
    worked()
    client = as_(people.olive)
    for path in (
        f"/files/{received.transfer.ref}/",
        f"/files/{received.transfer.ref}/records/1/",
    ):
        page = read(client, path)
        assert "What should be put right in the list" in page
        assert "What the school should put right" not in page
        assert "sk the school" not in page
        assert "Ask whoever made it for the year with four figures." in page
        assert "In the file: row 2, Date of Birth" in page
    page = read(client, f"/files/{received.transfer.ref}/")
    assert "Health list of 23 November 2026" in page
    assert "Read: 1 record; 0 right; 1 thing to put right" in page
    assert "no school" not in page


def test_a_file_read_before_facts_were_kept_still_says_what_was_wrong(people: People) -> None:
    row = leaves(reason="UK")
    Problem.objects.filter(transfer=row.transfer).delete()
    Problem.objects.create(
        transfer=row.transfer, row=row, severity="error", rule="dob-old", message="As it was said."
    )
    client = as_(people.olive)
    assert "As it was said." in read(client, f"/files/{row.transfer.ref}/")
    assert "As it was said." in read(client, f"/files/{row.transfer.ref}/records/1/")
    assert "As it was said." not in read(as_(people.dee), f"/files/{row.transfer.ref}/")


# What was settled keeps its page


def unsure() -> Row:
    leaves(reason="UK")
    return joins(upn="", postcode="HA9 9ZZ")


def test_a_settled_record_says_what_was_decided_by_whom_and_leads_on(people: People) -> None:
    row = unsure()
    path = f"/review/{row.transfer.ref}/1/"
    client = as_(people.olive)
    client.post(path, {"answer": "0", "why": "Rang both schools.", "shown": sam().ref})
    page = read(as_(people.max), path)
    for words in (
        "This record is settled.",
        "It is a child on record.",
        "Sam Example",
        "Olive Obi",
        "Rang both schools.",
        "All that it said",
    ):
        assert words in page
    assert AccessEvent.objects.first().page == "answered record"
    assert AccessEvent.objects.first().child_ids == [sam().pk]
    again = client.post(path, {"answer": "none", "why": "No.", "shown": sam().ref})
    assert "Someone answered before you. Nothing was changed." in words_of(again.content)
    listed = read(client, "/review/?list=settled")
    assert "EXAMPLE, Sam" in listed
    assert "Rang both schools." in listed


def test_a_birthday_that_cannot_be_read_is_said_to_be_that_and_not_to_be_missing(
    people: People,
) -> None:
    leaves(reason="UK")
    row = joins(upn="", born="04/03/2015")
    page = read(as_(people.olive), f"/review/{row.transfer.ref}/1/")
    assert "“04/03/2015” is no day as school files write it: not compared." in page
    assert "has no date of birth" not in page


def test_a_claim_that_another_file_answers_keeps_its_page(people: People) -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    client, path = as_(people.olive), f"/review/{row.transfer.ref}/1/claim/"
    assert "This claim is answered." not in read(client, path)
    joins(entry_on=date(2026, 11, 16))
    page = read(client, path)
    assert "Something known since answers this claim." in page
    assert "Since then: Joined Mill Lane School on 16 November 2026." in page
    again = client.post(path, {"answer": "as_said", "why": "They rang."})
    assert "Someone answered before you. Nothing was changed." in words_of(again.content)


def test_a_record_settled_as_nobody_shown_says_that_a_child_was_added(people: People) -> None:
    row = unsure()
    actions.settle_row(row=row, child=None, why="Cousins.", by=people.olive, at=AT)
    page = read(as_(people.olive), f"/review/{row.transfer.ref}/1/")
    assert "It is none of the children shown." in page
    assert "A new child" in read(as_(people.olive), "/review/?list=settled")
    later = joins(upn="", postcode="HA9 9ZZ", made=TODAY - timedelta(1))
    page = read(as_(people.olive), f"/review/{later.transfer.ref}/1/")
    assert "This record is settled." in page
    assert "Cousins." in page


def test_a_settled_record_of_a_protected_child_is_shown_to_who_may_see_them(
    people: People,
) -> None:
    """Row 8: neither whose it is nor, of who was weighed and not chosen, the reason."""
    row = unsure()
    child = sam()
    actions.settle_row(row=row, child=None, why="Not the hidden one.", by=people.max, at=AT)
    path = f"/review/{row.transfer.ref}/1/"
    assert "Not the hidden one." in read(as_(people.olive), path)
    child.is_protected = True
    child.save()
    assert as_(people.olive).get(path).status_code == 404
    assert "Not the hidden one." not in read(as_(people.olive), "/review/?list=settled")
    assert "Not the hidden one." in read(as_(people.max), path)


@pytest.mark.parametrize("who", ["sam", "dee", "ada", "pat"])
def test_who_may_not_settle_may_not_see_what_was_settled(people: People, who: str) -> None:
    row = unsure()
    actions.settle_row(row=row, child=sam(), why="Rang.", by=people.olive, at=AT)
    client = as_(getattr(people, who))
    assert client.get(f"/review/{row.transfer.ref}/1/").status_code == 403
    assert client.get("/review/?list=settled").status_code == 403


def test_a_later_record_with_the_same_details_names_the_answer_that_settled_it(
    people: People,
) -> None:
    first = unsure()
    actions.settle_row(row=first, child=sam(), why="Rang.", by=people.olive, at=AT)
    later = joins(upn="", postcode="HA9 9ZZ", made=TODAY - timedelta(1))
    assert later.decision is not None
    assert (later.decision.by, later.decision.row) == (people.olive, first)
    client = as_(people.olive)
    assert "Rang." in read(client, f"/review/{later.transfer.ref}/1/")
    assert "Settled by a person" in read(client, f"/files/{later.transfer.ref}/")
    page = read(client, f"/files/{later.transfer.ref}/records/1/")
    assert "Whose it is Settled by Olive Obi, 23 November 2026" in page


def test_no_page_reads_from_a_sentence_whether_a_person_settled_it(people: People) -> None:
    row = leaves(reason="UK")
    Row.objects.filter(pk=row.pk).update(because="Settled on their own, the surnames agree.")
    page = read(as_(people.olive), f"/files/{row.transfer.ref}/")
    assert "Settled by a person" not in page
    assert "A new child" in page


def test_records_settled_before_keep_who_settled_them(people: People) -> None:
    first = unsure()
    actions.settle_row(row=first, child=sam(), why="Rang.", by=people.olive, at=AT)
    later = joins(upn="", postcode="HA9 9ZZ", made=TODAY - timedelta(1))
    before = {row.pk: row.decision_id for row in Row.objects.all()}
    Row.objects.update(decision=None)
    Row.objects.filter(pk=later.pk).update(because="Settled by Olive Obi: Rang.")
    migration = importlib.import_module("onroll.intake.migrations.0011_facts_of_what_is_settled")
    with connection.cursor() as cursor:
        cursor.execute(migration.SETTLED, [])
    assert {row.pk: row.decision_id for row in Row.objects.all()} == before
    later.refresh_from_db()
    assert later.because == ""


def test_an_answered_claim_and_finding_keep_their_page(people: People, worked: Do) -> None:
    client = as_(people.olive)
    row = leaves(reason="EL")
    path = f"/review/{row.transfer.ref}/1/claim/"
    stated = as_form(confirmed(row.effect, on=TODAY))
    client.post(path, {"answer": "as_said", "why": "The parent wrote.", **stated})
    page = read(client, path)
    assert "A parent has written that the child is educated at home" in page
    assert "Olive Obi" in page
    assert "The parent wrote." in page
    actions.receive_list(
        content=b"Surname,Forename,Date of Birth\nSample,Alex,05/04/2016\n",
        name="health.csv",
        kind=ListKind.HEALTH,
        on=TODAY,
        how="command",
        at=AT,
    )
    worked()
    finding = Finding.objects.get()
    stated = as_form(facts(on=TODAY))
    client.post(f"/review/findings/{finding.pk}/on-roll/", {"why": "At a school.", **stated})
    page = read(client, f"/review/findings/{finding.pk}/")
    for words in ("This finding is answered.", "Olive Obi", "At a school."):
        assert words in page


# Which school a file named


def test_files_from_before_keep_the_number_they_named(people: People) -> None:
    transfer = leaves(estab="2077", reason="UK").transfer
    assert transfer.sender_text == "Made-up School 3102077"
    Transfer.objects.update(sender_number="")
    migration = importlib.import_module("onroll.intake.migrations.0011_facts_of_what_is_settled")
    with connection.cursor() as cursor:
        cursor.execute(migration.SENDERS, [])
    transfer.refresh_from_db()
    assert transfer.sender_number == "3102077"


def test_held_records_find_the_school_by_its_number_and_not_by_a_sentence(people: People) -> None:
    row = leaves(estab="2077", reason="UK")
    assert (row.stage, row.transfer.sender_number) == ("held", "3102077")
    Transfer.objects.update(sender_text="Made-up School of another name")
    School.objects.create(la_code="310", establishment="2077", name="New", phase="primary")
    actions.try_again(transfer=row.transfer)
    transfer = Transfer.objects.get()
    assert transfer.sender is not None
    assert transfer.sender.name == "New"


# Sentences that stay true

DAY_BOUND = re.compile(
    r"\b(now|today|tomorrow|yesterday|ago|currently|so far|has come|will|is to (leave|start)"
    r"|nobody there has|still to come|not yet)\b",
    re.IGNORECASE,
)


def test_no_stored_sentence_is_true_on_its_own_day_only(people: People, worked: Do) -> None:
    """Facts are stored. What is kept as a sentence has its day in it, or is of the past."""
    unsure()
    leaves(reason="EL", upn="", forename="Alex", surname="Sample")
    leaves(reason="EL", upn="", forename="Alex", surname="Sample", made=TODAY - timedelta(1))
    others: list[dict[str, Any]] = [
        {"left_on": TODAY + timedelta(30)},
        {"reason": "NT"},
        {"reason": "IM", "later": going_to("3102002", on=TODAY + timedelta(20))},
        {"reason": "PE"},
        {"estab": "2077"},
    ]
    for number, other in enumerate(others):
        who = {"upn": "", "forename": "Kai", "surname": f"{'ABCDE'[number] * 3}mple"}
        leaves(**{"reason": "UK", **who, "born": date(2014, 1 + number, 1), **other})
    for number, kind in enumerate(ListKind, start=1):
        lines = "LA,Estab,Surname,Forename,Date of Birth,Date of Admission\n"
        lines += f"310,2002,{kind.name.title()},{kind.value},{number:02}/04/2016,01/09/2026\n"
        actions.receive_list(
            content=lines.encode(), name=f"{kind}.csv", kind=kind, on=TODAY, how="command", at=AT
        )
    worked()
    said = {
        *Row.objects.exclude(purpose__in=["joiner", "roll"]).values_list("effect_words", flat=True),
        *Row.objects.values_list("because", flat=True),
        *Finding.objects.values_list("because", flat=True),
    }
    assert len(said) > 12, said
    assert {words for words in said if DAY_BOUND.search(words)} == set()
