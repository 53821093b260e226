"""Who sees what of files and of the review; every sight is written down (rows 16, 26 and 27)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.accounts.models import User
from onroll.audit.models import AccessEvent
from onroll.cases.actions import add_member
from onroll.children.actions import protect
from onroll.children.models import Child
from onroll.children.side_by_side.words import COMPARED
from onroll.documents import queries as documents
from onroll.intake.actions import settle_row
from onroll.intake.models import Row, Transfer
from onroll.matching.model import LEVELS
from onroll.matching.scoring.waterfall import BEFORE, OTHERS
from onroll.schools.actions import add_staff
from onroll.schools.models import School
from tests import files
from tests.intake.world import (
    AT,
    LEFT_ON,
    TODAY,
    UPN,
    joins,
    leaves,
    pupil,
    sam,
    school,
    schools,
    take_in,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db
HEADINGS = "UPN,Family,Given,Born on,Sex,LA,Estab,Date of Admission,Postcode\n"
LIST = f"{HEADINGS}{UPN},Example,Sam,04/03/2015,F,310,2001,02/09/2020,HA1 2AB\n"


@pytest.fixture
def st_anns() -> School:
    return schools()[0]


@pytest.fixture(autouse=True)
def _staff(st_anns: School, people) -> None:
    add_staff(user=people.sam, school=st_anns, on=TODAY)
    add_staff(user=people.tess, school=School.objects.get(establishment="2002"), on=TODAY)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_at(client: Client, path: str, status: int = 200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status, path
    return Page(answer.content)


def unsure() -> Row:
    leaves(reason="UK")
    return joins(upn="", postcode="HA9 9ZZ")


def test_officers_see_each_record_whom_it_matched_and_what_was_done(people) -> None:
    row = leaves(reason="UK", upn="J310200025002")
    page = page_at(as_(people.olive), f"/files/{row.transfer.ref}/")
    for words in ("EXAMPLE, Sam", "4 March 2015", "A new child", "Case opened", row.case.ref):
        assert words in page.text
    assert "its first letter should be" in page.text


def test_the_background_a_file_tells_of_is_shown_in_words(people) -> None:
    spoken = (
        "<BasicDetails><Ethnicity>ANEP</Ethnicity><Languages><Type><LanguageType>F</LanguageType>"
        "<Language>NEP</Language></Type></Languages></BasicDetails>"
    )
    row = leaves(reason="UK", extra=spoken)
    page = page_at(as_(people.olive), f"/files/{row.transfer.ref}/records/1/")
    assert "First language" in page.text
    assert page.text.count("Nepali") == 2  # the ethnicity and the language
    assert "Free school meals" not in page.source


def test_data_people_see_how_many_and_no_names(people) -> None:
    """Row 27: load and see reject counts."""
    row = leaves(reason="UK", upn="J310200025002")
    page = page_at(as_(people.dee), f"/files/{row.transfer.ref}/")
    assert "your role sees only how many there are" in page.text
    for name in ("Example", "EXAMPLE", "4 March 2015", "J310200025002"):
        assert name not in page.source
    assert as_(people.dee).get(f"/files/{row.transfer.ref}/records/1/").status_code == 403
    assert as_(people.dee).get(f"/files/{row.transfer.ref}/as-it-came/").status_code == 403
    assert as_(people.dee).get("/review/").status_code == 403


@pytest.mark.parametrize("who", ["pat", "ari", "ada", "hal", "cat", "sen", "ola", "sam"])
def test_others_may_neither_open_files_nor_settle(people, who: str) -> None:
    row = unsure()
    client = as_(getattr(people, who))
    for path in ("/files/", f"/files/{row.transfer.ref}/", "/review/"):
        assert client.get(path).status_code == 403
    assert client.get(f"/review/{row.transfer.ref}/1/").status_code == 403


def test_mash_may_settle_without_opening_files(people) -> None:
    row = unsure()
    client = as_(people.mo)
    assert client.get("/files/").status_code == 403
    page = page_at(client, f"/review/{row.transfer.ref}/1/")
    answer = {"answer": "0", "why": "The health visitor knows them.", "shown": sam().ref}
    assert "Sam Example" in page.text
    assert client.post(f"/review/{row.transfer.ref}/1/", answer).status_code == 302
    row.refresh_from_db()
    assert (row.child, row.effect) == (sam(), "gap_closed")


def test_a_school_sees_its_own_files_and_another_school_gets_404(people) -> None:
    row = leaves(reason="UK")
    path = f"/school/files/{row.transfer.ref}/"
    page = page_at(as_(people.sam), path)
    assert "EXAMPLE, Sam" in page.text
    assert row.case.ref not in page.source
    assert as_(people.tess).get(path).status_code == 404
    assert row.transfer.name not in page_at(as_(people.tess), "/school/").source
    assert as_(people.tess).get(f"{path}progress/").status_code == 404
    assert as_(people.tess).get(f"{path}columns/").status_code == 404


def test_every_sight_of_a_child_is_written_down(people) -> None:
    row = unsure()
    child, ref = sam().pk, row.transfer.ref
    client = as_(people.olive)
    for path in (f"/review/{ref}/1/", "/review/", f"/files/{ref}/", f"/files/{ref}/records/1/"):
        page_at(client, path)
    seen = AccessEvent.objects.filter(actor="olive@harrow.example")
    assert [event.child_ids for event in seen] == [[child]] * 4
    assert {event.page for event in seen} == {
        "two records side by side",
        "review list",
        "file",
        "record of a file",
    }


def test_the_review_lists_what_waits_and_says_so_when_nothing_does(people) -> None:
    client = as_(people.olive)
    assert "No record waits" in page_at(client, "/review/").text
    assert "Nothing that schools say waits" in page_at(client, "/review/?list=claims").text
    assert "Every record could be used" in page_at(client, "/review/?list=held").text
    unsure()
    leaves(reason="EL", forename="Alex", surname="Sample", upn="")
    leaves(estab="2077", reason="UK")
    assert "Who is this? (1)" in page_at(client, "/review/").text
    assert "SAMPLE, Alex" in page_at(client, "/review/?list=claims").text
    assert "not on file" in page_at(client, "/review/?list=held").text


def test_the_letters_that_differ_are_marked(people) -> None:
    leaves(reason="UK")
    row = joins(upn="", surname="Exampel")
    page = page_at(as_(people.olive), f"/review/{row.transfer.ref}/1/")
    assert [mark.text_content() for mark in page.main.iter("mark")]
    assert "Nearly" in page.text


def test_a_protected_child_s_postcode_is_not_shown_beside_the_record(people) -> None:
    row = unsure()
    Child.objects.update(is_protected=True)
    page = page_at(as_(people.max), f"/review/{row.transfer.ref}/1/")
    assert "HA1 2AB" not in page.source
    assert "Home and family" not in page.source


def test_to_whom_a_protected_child_is_not_theirs_no_record_waits(people) -> None:
    """Row 8: the review is as it is when nobody like the record is known."""
    row = unsure()
    olive = as_(people.olive)
    assert "EXAMPLE, Sam" in page_at(olive, "/review/").text
    Child.objects.update(is_protected=True)
    page = page_at(olive, "/review/")
    assert "EXAMPLE, Sam" not in page.source
    assert "Who is this? (0)" in page.text
    page_at(olive, f"/review/{row.transfer.ref}/1/", 404)
    assert "EXAMPLE, Sam" in page_at(as_(people.mo), "/review/").text
    assert "EXAMPLE, Sam" in page_at(as_(people.max), "/review/").text
    add_member(case=sam().cases.get(), user=people.olive, by=people.max, at=AT)
    assert "EXAMPLE, Sam" in page_at(olive, "/review/").text


def test_an_answer_on_an_old_page_is_refused_in_words(people) -> None:
    row = unsure()
    answer = {"answer": "0", "why": "Sure.", "shown": "000-000-000"}
    page = Page(as_(people.olive).post(f"/review/{row.transfer.ref}/1/", answer).content)
    assert "have changed since you opened the page" in page.text
    row.refresh_from_db()
    assert row.stage == "unsure"


def test_the_address_of_a_settled_record_says_who_settled_it_and_why(people) -> None:
    row = unsure()
    client = as_(people.olive)
    answer = {"answer": "none", "why": "Cousins.", "shown": sam().ref}
    client.post(f"/review/{row.transfer.ref}/1/", answer)
    page = page_at(client, f"/review/{row.transfer.ref}/1/")
    for words in ("This record is settled.", "none of the children shown", "Olive Obi", "Cousins."):
        assert words in page.text, words
    assert "Save this answer" not in page.buttons
    assert AccessEvent.objects.latest("id").page == "answered record"


def test_a_record_of_a_list_that_names_no_school_says_who_sent_it(people) -> None:
    row = unsure()
    row.transfer.sender, row.transfer.sender_text = None, ""
    row.transfer.received_by = people.olive
    row.transfer.save()
    client = as_(people.max)
    assert "from Olive Obi, record 1" in page_at(client, f"/review/{row.transfer.ref}/1/").text
    assert "Olive Obi" in page_at(client, "/review/?list=unsure").text


def test_who_answers_second_is_told_and_loses_nothing_typed(people) -> None:
    row = unsure()
    answer = {"answer": "none", "why": "Cousins.", "shown": sam().ref}
    as_(people.olive).post(f"/review/{row.transfer.ref}/1/", answer)
    mine = {**answer, "answer": "0", "why": "The mother rang me."}
    page = Page(as_(people.max).post(f"/review/{row.transfer.ref}/1/", mine).content)
    assert "Someone answered before you. Nothing was changed." in page.text
    assert "The mother rang me." in page.text
    row.refresh_from_db()
    assert row.child != sam()


def test_a_settled_record_of_a_child_one_may_not_know_of_is_not_there(people) -> None:
    """As before it was settled: row 8."""
    row = unsure()
    protect(child=sam(), is_protected=True)
    settle_row(row=row, child=None, why="Cousins.", by=people.max, at=AT)
    where = f"/review/{row.transfer.ref}/1/"
    assert as_(people.olive).get(where).status_code == 404
    assert "Cousins." in page_at(as_(people.max), where).text


@pytest.mark.parametrize("is_known", [True, False])
def test_a_settled_record_keeps_the_address_it_brought(people, is_known: bool) -> None:
    """Whoever it is said to be of: the home the file names stands with the child, once."""
    row = unsure()
    child = sam() if is_known else None
    settle_row(row=row, child=child, why="Rang.", by=people.olive, at=AT)
    row.refresh_from_db()
    assert row.child is not None
    homes = [home.postcode for home in row.child.addresses.order_by("pk")]
    assert homes == (["HA1 2AB", "HA9 9ZZ"] if is_known else ["HA9 9ZZ"])
    new = row.child.addresses.get(postcode="HA9 9ZZ")
    assert new.source == row.transfer.source


@pytest.mark.parametrize(
    ("path", "client_of"), [("/files/upload/", "olive"), ("/school/files/upload/", "sam")]
)
def test_a_wrong_upload_is_refused_in_words(people, path: str, client_of: str) -> None:
    client = as_(getattr(people, client_of))
    assert "Choose at least one file" in Page(client.post(path, {}).content).text
    wrong = {"files": SimpleUploadedFile("photo.png", b"PNG")}
    page = Page(client.post(path, wrong).content)
    assert "photo.png is not a file Onroll reads" in page.text
    assert not Transfer.objects.exists()


def test_two_files_and_one_of_them_again(people) -> None:
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK"), made=TODAY)
    client = as_(people.olive)
    both = [SimpleUploadedFile("a.xml", content), SimpleUploadedFile("again.xml", content)]
    page = Page(client.post("/files/upload/", {"files": both}, follow=True).content)
    assert "The file is being read" in page.text
    assert "again.xml was here already" in page.text
    assert Transfer.objects.get().arrivals.get().by == people.olive


def test_the_bytes_come_back_exactly_and_the_download_is_written_down(people) -> None:
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK"), made=TODAY)
    transfer = take_in(content)
    answer = as_(people.olive).get(f"/files/{transfer.ref}/as-it-came/")
    assert answer.content == content
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert AccessEvent.objects.get().child_ids == [sam().pk]


def test_how_far_a_file_has_come_is_said_in_figures(people) -> None:
    transfer = leaves(reason="UK").transfer
    said = as_(people.olive).get(f"/files/{transfer.ref}/progress/").json()
    assert said == {"done": 1, "of": 1, "is_working": False}


# A list whose headings do not tell


def test_a_list_with_unknown_headings_asks_which_column_is_which(people, worked) -> None:
    client = as_(people.olive)
    upload = {"files": SimpleUploadedFile("roll.csv", LIST.encode())}
    path = client.post("/files/upload/", upload)["Location"]
    worked()
    assert "Columns unclear" in page_at(client, path).text
    page = Page(client.post(f"{path}columns/", {}).content)
    assert "Select the column for surname" in page.text
    chosen = {"surname": "Family", "forename": "Given", "born": "Born on", "upn": "UPN"}
    page = Page(client.post(f"{path}columns/", {**chosen, "forename": "Family"}).content)
    assert "is chosen twice" in page.text
    chosen |= {"la": "LA", "estab": "Estab", "entry_on": "Date of Admission", "sex": "Sex"}
    assert client.post(f"{path}columns/", chosen).status_code == 302
    worked()
    row = Row.objects.get()
    assert (row.stage, row.child.born_on) == ("applied", date(2015, 3, 4))
    assert Transfer.objects.get().mapped_by == people.olive
    assert client.get(f"{path}columns/").status_code == 302


@pytest.fixture
def worked():
    """Give a function that does what the worker would."""
    from onroll.intake.tasks import process

    def work() -> None:
        for transfer in Transfer.objects.filter(stage__in=["received", "read"]):
            process(transfer.pk)

    return work


# Whose file


def test_a_file_of_another_school_is_kept_and_refused_in_words(people, worked) -> None:
    """Row 26, O: a school brings its own files only."""
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK", estab="2002"), made=TODAY, estab="2002")
    client = as_(people.sam)
    client.post("/school/files/upload/", {"files": SimpleUploadedFile("x.xml", content)})
    worked()
    transfer = Transfer.objects.get()
    assert (transfer.stage, documents.content(transfer.document_id)) == ("refused", content)
    words = "comes from Mill Lane School (3102002). You send files for St Ann’s"
    assert words.replace("’", "'") in transfer.refused_because
    assert not Row.objects.exists()
    assert "Mill Lane" in page_at(client, f"/school/files/{transfer.ref}/").text


def test_what_was_refused_for_its_bringer_is_read_when_the_right_school_brings_it(
    people, worked
) -> None:
    """Otherwise anybody could block another school's file by sending its bytes first."""
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK", estab="2002"), made=TODAY, estab="2002")
    for who in ("sam", "tess"):
        upload = {"files": SimpleUploadedFile(f"{who}.xml", content)}
        as_(getattr(people, who)).post("/school/files/upload/", upload)
        worked()
    transfer = Transfer.objects.get()
    assert (transfer.stage, transfer.received_by) == ("applied", people.tess)
    assert [(a.name, a.by) for a in transfer.arrivals.all()] == [("sam.xml", people.sam)]
    assert as_(people.sam).get(f"/school/files/{transfer.ref}/").status_code == 404


def test_a_list_with_one_line_of_another_school_is_refused_whole(people, worked) -> None:
    lines = LIST.replace("Family", "Surname").replace("Given", "Forename").replace("Born on", "DOB")
    lines += ",Sample,Alex,05/04/2016,M,310,2002,01/09/2021,HA1 1AA\n"
    upload = {"files": SimpleUploadedFile("roll.csv", lines.encode())}
    as_(people.sam).post("/school/files/upload/", upload)
    worked()
    assert Transfer.objects.get().stage == "refused"
    assert not Child.objects.exists()


def test_a_school_s_file_under_an_unknown_number_waits_for_an_officer(people, worked) -> None:
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK", estab="2077"), made=TODAY, estab="2077")
    upload = {"files": SimpleUploadedFile("x.xml", content)}
    as_(people.sam).post("/school/files/upload/", upload)
    worked()
    assert Row.objects.get().stage == "held"


# Cost


def test_pages_ask_the_database_as_often_for_many_records_as_for_few(
    people, django_assert_max_num_queries
) -> None:
    def some(number: int, estab: str) -> Transfer:
        school(f"310{estab}", f"School {estab}")
        names = [f"{chr(65 + n)}ster" for n in range(number)]
        records = [
            pupil(upn="", forename=n, surname=f"Ex{n}", left_on=LEFT_ON, reason="UK", estab=estab)
            for n in names
        ]
        name = f"310{estab}_CML_310LLLL_001.xml"
        return take_in(files.cml(*records, made=TODAY, estab=estab), name)

    few, many = some(2, "2011"), some(20, "2012")
    client = as_(people.olive)
    client.get("/files/")  # what the session keeps for a minute is counted by then
    assert queries(client, f"/files/{few.ref}/") == queries(client, f"/files/{many.ref}/")
    first = queries(client, "/files/")
    some(2, "2013")
    assert queries(client, "/files/") == first


def queries(client: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        page_at(client, path)
    return len(captured)


# What only row 8 may see


def test_a_protected_address_is_on_no_page_about_a_record(people) -> None:
    """Row 8: also when the address alone is protected, and while it is unsure whose it is."""
    row = unsure()
    first = Row.objects.exclude(pk=row.pk).get()
    sam().addresses.update(is_protected=True)
    client = as_(people.olive)
    for path in (
        f"/files/{first.transfer.ref}/records/1/",
        f"/files/{row.transfer.ref}/records/1/",
        f"/review/{row.transfer.ref}/1/",
    ):
        page = page_at(client, path)
        for secret in ("HA1 2AB", "HA9 9ZZ", "Invented Road", "postcode in common"):
            assert secret not in page.source, path


def test_a_file_with_a_protected_address_is_handed_out_on_the_case_and_for_a_reason(people) -> None:
    """Row 8, AJ."""
    ref = unsure().transfer.ref
    sam().addresses.update(is_protected=True)
    client, path = as_(people.olive), f"/files/{ref}/as-it-came/"
    assert client.get(path).status_code == 403
    assert as_(people.max).get(path).status_code == 403
    add_member(case=sam().cases.get(), user=people.olive, by=people.max, at=AT)
    assert client.get(path)["Location"] == f"/reason/?next={path.replace('/', '%2F')}"
    client.post("/reason/", {"text": "The school asks what it sent.", "next": path})
    assert b"Invented Road" in client.get(path).content
    entry = AccessEvent.objects.first()
    assert (entry.child_ids, entry.fields) == ([sam().pk], ["content", "protected address"])
    assert entry.reason == "The school asks what it sent."


def test_a_list_without_headings_shows_its_first_child_to_nobody_who_sees_no_names(
    people, worked
) -> None:
    """Row 27: data people see counts. The first line of such a list stands where headings do."""
    line = LIST.splitlines()[1]
    upload = {"files": SimpleUploadedFile("roll.csv", f"{line}\n{line}\n".encode())}
    path = as_(people.olive).post("/files/upload/", upload)["Location"]
    worked()
    assert as_(people.dee).get(f"{path}columns/").status_code == 403
    assert f"{path}columns/" not in page_at(as_(people.dee), path).addresses
    assert "Example" in page_at(as_(people.olive), f"{path}columns/").text
    assert AccessEvent.objects.first().page == "columns of a list"


def test_who_goes_to_another_school_leaves_the_files_of_the_first_behind(
    people, st_anns: School, worked
) -> None:
    """Row 26, O: what they sent themselves is the school's, not theirs."""
    content = files.cml(pupil(left_on=LEFT_ON, reason="UK"), made=TODAY)
    client = as_(people.sam)
    client.post("/school/files/upload/", {"files": SimpleUploadedFile("x.xml", content)})
    worked()
    path = f"/school/files/{Transfer.objects.get().ref}/"
    assert "EXAMPLE, Sam" in page_at(client, path).text
    people.sam.schools.all().delete()
    add_staff(user=people.sam, school=School.objects.get(establishment="2002"), on=TODAY)
    assert client.get(path).status_code == 404


@pytest.mark.shows("readme.reasons")
def test_what_speaks_for_and_against_is_drawn_and_tabled_and_each_answer_says_what_it_does(
    people,
) -> None:
    row = unsure()
    page = page_at(as_(people.olive), f"/review/{row.transfer.ref}/1/")
    assert len(page.drawings) == 1
    for words in (
        "Child 1: what speaks for and against",
        "Home and family",
        "All together",
        "This answer starts a place at Mill Lane School for the child. The open case is told",
        "A new child is added, on the roll of Mill Lane School. No open case is told.",
    ):
        assert words in page.text
    assert not page.tree.xpath(".//*[@style]")


def test_of_a_hidden_home_no_figure_tells_whether_it_agrees(people) -> None:
    """Row 8: neither a mark nor the length of a bar."""
    row = unsure()
    sam().addresses.update(is_protected=True)
    page = page_at(as_(people.olive), f"/review/{row.transfer.ref}/1/")
    assert "All together" in page.text
    assert "Home and family" not in page.source


def test_every_comparison_of_the_model_has_a_name_on_the_page() -> None:
    assert set(COMPARED) == {*LEVELS, BEFORE, OTHERS}
