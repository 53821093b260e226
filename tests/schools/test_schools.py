"""Schools on file: finding, showing and loading them, and their term dates."""

from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from onroll.audit.models import ChangeEvent
from onroll.formats.gias import COLUMNS
from onroll.schools import actions
from onroll.schools.models import Closure, School, Term
from onroll.schools.queries import calendar_for, find_school
from tests.cases import world as worlds
from tests.reading import Page

pytestmark = pytest.mark.django_db
SCHOOLS = "/schools/"
HEAD = "School,What,Name,First day,Last day\n"
TERMS = (
    f"{HEAD},term,Summer,13/04/2027,28/05/2027\n"
    "3102001,term,Spring,04/01/2027,26/03/2027\n"
    "3102001,term,Summer,14/04/2027,28/05/2027\n"
    "310/2001,closed,INSET,2027-05-04,\n"
)


def gias(*rows):
    """Return a schools file with these rows, each a dictionary of the columns that matter."""
    usual = {
        "la_code": "310",
        "status": "Open",
        "phase": "Primary",
        "kind": "Community school",
    }
    lines = [",".join(f'"{heading}"' for heading in COLUMNS.values())]
    for row in rows:
        said = usual | row
        lines.append(",".join(f'"{said.get(field, "")}"' for field in COLUMNS))
    return "\r\n".join(lines).encode("cp1252")


OLD = {"urn": "100001", "establishment": "2009", "name": "Hill School"}


def shown(answer):
    assert answer.status_code == 200
    return Page(answer.content)


def upload(client, page, content, name="list.csv"):
    return client.post(reverse(f"schools:{page}"), {"file": SimpleUploadedFile(name, content)})


# Finding and showing


@pytest.mark.parametrize("words", ["ann", "school ann", "3102001", "310/2001", "2001", "102001"])
def test_a_school_is_found_by_part_of_its_name_or_a_number(world, people, as_, words):
    page = shown(as_(people.olive).get(SCHOOLS, {"words": words}))
    assert "St Ann" in page.text
    assert "Mill Lane" not in page.text


def test_a_school_is_found_by_a_number_it_had_before(world, people, as_):
    """files.md 11.6."""
    actions.record_former_number(school=world.st_anns, la_code="310", establishment="5400")
    client = as_(people.olive)
    assert "St Ann" in shown(client.get(SCHOOLS, {"words": "3105400"})).text
    assert "310/5400" in shown(client.get(reverse("schools:school", args=["3102001"]))).text


def test_each_empty_list_says_what_to_do(people, as_):
    client = as_(people.olive)
    assert "No school is on file yet" in shown(client.get(SCHOOLS)).text
    assert "No school fits" in shown(client.get(SCHOOLS, {"words": "nobody"})).text


@pytest.mark.shows("readme.clocks")
def test_a_school_says_whether_it_reports_and_whose_terms_it_keeps(world, people, as_):
    client = as_(people.olive)
    address = reverse("schools:school", args=["3102001"])
    page = shown(client.get(address))
    assert "Reports leavers and joiners to us" in page.text
    assert "The authority’s terms" in page.text
    today = worlds.today()
    actions.set_term(name="Own term", starts_on=today, ends_on=today, school=world.st_anns)
    actions.close_on(on=today, why="Burst pipe", school=world.st_anns)
    page = shown(client.get(address))
    assert "Own term" in page.text
    assert "Burst pipe" in page.text


def test_the_terms_that_count_are_shown_and_whose_each_is(world, people, as_):
    """One term of its own does not hide the authority's for the rest of the year."""
    Term.objects.all().delete()
    for name, first, last in (
        ("Autumn 1", date(2027, 9, 1), date(2027, 10, 22)),
        ("Autumn 2", date(2027, 11, 1), date(2027, 12, 17)),
        ("Spring 1", date(2028, 1, 4), date(2028, 2, 11)),
    ):
        actions.set_term(name=name, starts_on=first, ends_on=last)
    late = {"starts_on": date(2027, 11, 8), "ends_on": date(2027, 12, 10)}
    actions.set_term(name="Late autumn", **late, school=world.st_anns)
    client = as_(people.olive)
    page = shown(client.get(reverse("schools:school", args=["3102001"])))
    assert "and the authority’s for the rest of the time" in page.text
    assert [row for row in page.cells if row[-1].endswith("’s")] == [
        ["Autumn 1", "1 September 2027", "22 October 2027", "The authority’s"],
        ["Late autumn", "8 November 2027", "10 December 2027", "The school’s"],
        ["Spring 1", "4 January 2028", "11 February 2028", "The authority’s"],
    ]
    other = shown(client.get(reverse("schools:school", args=["3102002"])))
    assert "The authority’s terms; the school has told us none" in other.text
    autumn = ["Autumn 2", "1 November 2027", "17 December 2027", "The authority’s"]
    assert autumn in other.cells


def test_a_school_that_never_was_is_not_there(world, people, as_):
    assert as_(people.olive).get(reverse("schools:school", args=["9999999"])).status_code == 404


@pytest.mark.parametrize("page", ["schools", "load", "terms"])
@pytest.mark.parametrize("who", ["sam", "ola", "pat", "ari", "cat"])
def test_who_keeps_no_lists_is_refused(people, as_, page, who):
    """Access matrix, row 27."""
    assert as_(getattr(people, who)).get(reverse(f"schools:{page}")).status_code == 403


# Loading schools


def test_schools_are_loaded_by_upload(people, as_):
    answer = upload(
        as_(people.dee), "load", gias(OLD, {**OLD, "urn": "2", "establishment": "2010"})
    )
    assert answer["Location"] == SCHOOLS
    assert School.objects.filter(is_reporting=True).count() == 2


def test_a_file_that_is_no_schools_file_is_refused_in_words(people, as_):
    page = shown(upload(as_(people.dee), "load", b"a,b\n1,2\n"))
    assert "has no column for “URN”" in page.text
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"establishment": "29X3"}, "Row 3: “29X3” under “EstablishmentNumber” is no number."),
        ({"opened": "yesterday"}, "Row 3: “yesterday” under “OpenDate” is no day."),
    ],
)
def test_a_wrong_value_is_named_with_its_row_and_what_to_do(
    people, as_, tmp_path, spoilt, sentence
):
    content = gias(OLD, {**OLD, "urn": "100002", **spoilt})
    page = shown(upload(as_(people.dee), "load", content))
    assert f"{sentence} Correct it and load the file again." in page.text
    assert "Save it again" not in page.text
    (tmp_path / "gias.csv").write_bytes(content)
    with pytest.raises(CommandError, match="Correct it and load the file again"):
        command("load", str(tmp_path / "gias.csv"))
    assert not School.objects.exists()


def test_a_row_cut_short_is_named_with_what_to_do(people, as_):
    content = gias(OLD) + b'\r\n"100002","310"'
    page = shown(upload(as_(people.dee), "load", content))
    assert "Row 3 has 2 values where the first row has" in page.text
    assert "Correct the row, or download the file again, and load that." in page.text


def test_a_file_of_the_whole_country_is_sent_to_the_server(people, as_):
    rows = [{**OLD, "urn": str(n), "establishment": f"{n:04}"} for n in range(1000, 4001)]
    assert "ask whoever runs the server" in shown(upload(as_(people.dee), "load", gias(*rows))).text
    assert not School.objects.exists()


def command(*arguments):
    out = StringIO()
    call_command("schools", *arguments, stdout=out)
    return out.getvalue()


def test_schools_are_loaded_by_command_and_twice_is_once(tmp_path):
    file = tmp_path / "gias.csv"
    file.write_bytes(gias(OLD, {**OLD, "urn": "100002", "la_code": "304"}))
    assert command("load", str(file), "--reporting-to", "310") == "2 added, 0 brought up to date.\n"
    assert command("load", str(file)) == "0 added, 2 brought up to date.\n"
    assert [s.number for s in School.objects.filter(is_reporting=True)] == ["3102009"]


@pytest.mark.parametrize("is_first", [True, False])
def test_an_academy_with_the_number_of_the_school_it_replaced_is_the_school(tmp_path, is_first):
    """The closed school's row must not close the open one, whichever comes first."""
    closed = {**OLD, "status": "Closed"}
    academy = {**OLD, "urn": "100009", "name": "Hill Academy"}
    file = tmp_path / "gias.csv"
    file.write_bytes(gias(*((academy, closed) if is_first else (closed, academy))))
    command("load", str(file))
    command("load", str(file))
    school = School.objects.get()
    assert (school.name, school.is_open, school.urn) == ("Hill Academy", True, "100009")


def test_a_school_that_changed_its_number_is_still_found_by_the_old_one(tmp_path):
    """files.md 11.6."""
    file = tmp_path / "gias.csv"
    file.write_bytes(gias(OLD))
    command("load", str(file))
    file.write_bytes(gias({**OLD, "establishment": "4009"}))
    command("load", str(file))
    school = School.objects.get()
    assert school.number == "3104009"
    assert find_school(la_code="310", establishment="2009") == school


def test_an_establishment_without_a_number_is_left_out(tmp_path):
    file = tmp_path / "gias.csv"
    file.write_bytes(gias({**OLD, "establishment": ""}, {**OLD, "urn": "3", "establishment": ""}))
    assert command("load", str(file)) == "0 added, 0 brought up to date.\n"


# Loading term dates


def test_term_dates_and_closures_are_loaded_by_upload(world, people, as_):
    upload(as_(people.olive), "terms", TERMS.encode())
    calendar = calendar_for(world.st_anns)
    assert not calendar.is_school_day(date(2027, 4, 13))  # its own term starts a day later
    assert not calendar.is_school_day(date(2027, 5, 4))  # INSET
    assert calendar.is_school_day(date(2027, 5, 5))
    assert calendar_for(world.mill_lane).is_school_day(date(2027, 4, 13))


def test_a_corrected_list_corrects(world, people, as_):
    client = as_(people.olive)
    upload(client, "terms", TERMS.encode())
    upload(client, "terms", TERMS.replace("28/05/2027", "27/05/2027").encode())
    assert Term.objects.filter(name="Summer", ends_on=date(2027, 5, 27)).count() == 2
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",holiday,X,01/09/2026,02/09/2026", "should be “term” or “closed”"),
        (",term,X,31/02/2026,02/09/2026", "is not a date"),
        (",term,X,01/09/2026,", "is not a date"),
        (",term,X,02/09/2026,01/09/2026", "ends before it starts"),
        (",term,X,01/09/2026,01/09/2027", "too long to be right"),
        ("31O2001,term,X,01/09/2026,02/09/2026", "seven-digit number"),
        ("3109999,term,X,01/09/2026,02/09/2026", "not on file: 3109999"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(world, people, as_, row, sentence):
    before = Term.objects.count()
    content = f"{HEAD},term,Fine,01/09/2027,02/09/2027\n{row}\n".encode()
    assert sentence in shown(upload(as_(people.olive), "terms", content)).text
    assert Term.objects.count() == before


def test_term_dates_are_loaded_by_command(world, tmp_path):
    file = tmp_path / "terms.csv"
    file.write_text(TERMS)
    assert command("terms", str(file)).startswith("4 added")
    file.write_text(f"{HEAD},term,X,1,2\n")
    with pytest.raises(CommandError, match="Row 2"):
        command("terms", str(file))
    with pytest.raises(CommandError, match="there is no"):
        command("terms", str(tmp_path / "missing.csv"))


def test_a_calendar_is_its_own_terms_and_closures_over_the_authoritys_in_one_query(
    world, people, as_, django_assert_num_queries
):
    upload(as_(people.olive), "terms", TERMS.encode())
    school = find_school(la_code="310", establishment="2001")
    with django_assert_num_queries(1):
        own = calendar_for(school)
    with django_assert_num_queries(1):
        general = calendar_for(None)
    summer, spring, later = date(2027, 4, 13), date(2027, 1, 4), date(2027, 4, 14)
    assert summer in [term.starts_on for term in general.terms]
    autumn = [date(2026, 9, 1), date(2026, 11, 2)]  # of which the school's own list says nothing
    assert [term.starts_on for term in own.terms] == [*autumn, spring, later]
    inset = date(2027, 5, 4)
    assert general.is_school_day(inset)
    assert not own.is_school_day(inset)


def test_who_leaves_a_school_sees_nothing_of_it_from_then_on(people, client):
    """Row 26, O: without this nobody but the demo could join a school, and nobody could leave."""
    School.objects.create(la_code="310", establishment="2001", name="St Ann's School")
    before = ChangeEvent.objects.values_list("pk", flat=True).first() or 0  # the trail is kept
    client.force_login(people.sam)
    assert command("join", people.sam.email, "3102001") == "Sam Sharp works at St Ann's School.\n"
    assert "St Ann's" in shown(client.get("/school/")).text
    assert command("leave", people.sam.email, "3102001") == (
        "Sam Sharp no longer works at St Ann's School.\n"
    )
    assert "St Ann's" not in shown(client.get("/school/")).text
    for wrong in (("leave", people.sam.email, "3102001"), ("join", "nobody@x.example", "3102001")):
        with pytest.raises(CommandError):
            command(*wrong)
    changes = ChangeEvent.objects.filter(table_name="schools_staff", pk__gt=before)
    actors = {change.actor for change in changes}
    assert actors == {"command:schools"}
