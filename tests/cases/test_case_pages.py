"""The pages of one case: what they say, to whom, and what they hold back."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.cases import actions, queries
from onroll.cases.models import AlertKind, Case
from onroll.children import actions as children
from onroll.children.facts import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import Address, PlaceKind, Source
from onroll.rules.dated import in_words
from onroll.rules.pathway import START
from tests.cases.test_register import NOT_ABOUT_ROWS
from tests.cases.world import AT, LEFT_ON, TODAY, today
from tests.proof import facts
from tests.reading import Page

pytestmark = pytest.mark.django_db
PAGES = ("case", "case_child", "chronology", "team")
HOME = AddressFacts(lines=("12 Owlbarn Row",), town="Harrow", postcode="HA1 1AA")
MOTHER = AdultFacts(
    title="Ms",
    forename="Ada",
    surname="Wrenfield",
    phones=("020 7946 0001",),
    lives_with_child=True,
)


@pytest.fixture
def case(world, people):
    child = world.child(
        "Amina",
        "Okonkwo",
        upn="H801200001001",
        addresses=[HOME],
        adults=[MOTHER],
        flags=["young_carer"],
    )
    world.at_school(child)
    world.left(child)
    case = world.case(child, owner=people.olive)
    for user in (people.ada, people.cat, people.hal, people.sen):
        actions.add_member(case=case, user=user, by=people.max, at=AT)
    return case


def page(client, name, case):
    answer = client.get(reverse(f"casefile:{name}", args=[case.ref]))
    assert answer.status_code == 200
    return Page(answer.content)


# What the pages say


def test_a_reason_that_two_files_give_stands_once_with_both(world, case, as_, people):
    world.source = Source.objects.create(
        kind="file", said_by="Third School", said_on=TODAY, recorded_at=AT
    )
    assert world.case(case.child) == case
    shown = page(as_(people.olive), "case", case).text
    assert shown.count("The school did not say where the child went.") == 1
    said_by = [str(reason.source) for reason in queries.reasons_of(case)]
    assert len(said_by) == 2
    assert f"Told by {said_by[0]} and by {said_by[1]}." in shown


@pytest.mark.shows("policy.basis", "policy.four_weeks", "readme.clocks", "readme.reasons")
def test_a_case_says_who_why_and_what_is_due(case, people, as_):
    """P30, P32: each clock with its clause, and whether it is law or local."""
    shown = page(as_(people.olive), "case", case)
    for words in (
        "Amina Okonkwo",
        "Born 4 March 2015",
        "Compulsory school age until 27 June 2031",
        "UPN H801200001001",
    ):
        assert words in shown.identity
    for words in (
        "Left a school, destination not known",
        "The school did not say where the child went.",
        "policy p.18",
        "St Ann's School, 18 November 2026",
        "Four school weeks since the absence began",
        "Four calendar weeks since the report",
        "policy p.10, read with Regs 2024 reg 9(1)(i)",
        "Local",
    ):
        assert words in shown.text, words
    assert shown.drawings


def test_a_clock_of_the_law_cannot_be_moved_on_the_page(world, people, as_):
    case = world.case(world.child(), reason="no_answer", owner=people.olive)
    clock = case.deadlines.get(clock="absence_20")
    assert reverse("cases:move_clock", args=[case.ref, clock.pk]) not in (
        page(as_(people.olive), "case", case).addresses
    )


def test_a_guessed_school_day_says_so(world, people, as_):
    """A due day reckoned past the terms on file is not certain."""
    case = world.case(on=TODAY.replace(year=2028), owner=people.olive)
    assert "counted by the usual terms" in page(as_(people.olive), "case", case).text


def test_no_title_names_the_child(case, people, as_):
    client = as_(people.olive)
    addresses = (
        *(reverse(f"casefile:{name}", args=[case.ref]) for name in PAGES),
        *(reverse(f"cases:{name}", args=[case.ref]) for name in ("close", "note")),
    )
    for address in addresses:
        title = Page(client.get(address).content).title
        assert case.ref in title
        assert "Okonkwo" not in title


@pytest.mark.shows("privacy.what")
def test_the_child_page_shows_home_and_risk_groups_and_how_we_know(case, people, as_):
    """P06: what files said of risk, and when."""
    shown = page(as_(people.olive), "case_child", case)
    for words in ("12 Owlbarn Row", "Ada Wrenfield", "020 7946 0001", "Young carer", "St Ann"):
        assert words in shown.text


def test_a_place_nobody_there_has_confirmed_says_so(world, case, people, as_):
    children.start_place(
        child=case.child,
        kind=PlaceKind.NAMED,
        from_on=LEFT_ON,
        source=world.source,
        provision="A school in Leicester",
    )
    shown = page(as_(people.olive), "case_child", case)
    assert "A school in Leicester" in shown.text
    assert "Not confirmed there" in shown.text


def test_the_chronology_tells_everything_that_was_done(case, people, as_):
    actions.move_case(case=case, move=START, why="Nobody at home", at=AT, by=people.olive)
    shown = page(as_(people.olive), "chronology", case)
    for words in ("Case opened", "Assigned to Olive Obi", "Start enquiries", "Nobody at home"):
        assert words in shown.text


def test_the_manager_sees_who_has_seen_the_case_and_officers_see_their_own(case, people, as_):
    """Access matrix, row 38."""
    page(as_(people.cat), "case", case)
    assert people.cat.email in page(as_(people.max), "team", case).text
    mine = page(as_(people.olive), "team", case)
    assert people.cat.email not in mine.source
    assert "When you opened this child" in mine.text


# Who may see what


@pytest.mark.shows("privacy.every_look")
@pytest.mark.parametrize("name", PAGES)
def test_every_page_writes_down_who_is_about_to_see_what(case, people, as_, name):
    page(as_(people.olive), name, case)
    event = AccessEvent.objects.latest("id")
    assert (event.child_ids, event.case_refs) == ([case.child_id], [case.ref])
    assert event.page.startswith("case")
    assert "name" in event.fields


def test_each_sensitive_part_is_named_in_the_trail(case, people, as_):
    """Trust.md 4.3: fields shown, never values."""
    actions.add_note(case=case, text="Secret", by=people.mo, at=AT, is_safeguarding=True)
    page(as_(people.olive), "case_child", case)
    assert {"addresses", "contacts"} <= set(AccessEvent.objects.latest("id").fields)
    page(as_(people.olive), "chronology", case)
    assert "safeguarding notes" in AccessEvent.objects.latest("id").fields


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["ada", "cat", "hal", "sen"])
def test_a_case_one_does_not_work_on_does_not_exist(world, people, as_, who, name):
    """Access matrix, row 6, `A`: 404, as for a case that never was."""
    case = world.case()
    client = as_(getattr(people, who))
    theirs = client.get(reverse(f"casefile:{name}", args=[case.ref]))
    never = client.get(reverse(f"casefile:{name}", args=["222-222-222"]))
    assert (theirs.status_code, never.status_code) == (404, 404)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["sam", "tess", "dee", "ola", "ari"])
def test_a_case_is_refused_to_who_has_no_business_there(case, people, as_, who, name):
    address = reverse(f"casefile:{name}", args=[case.ref])
    assert as_(getattr(people, who)).get(address).status_code == 403


def test_admissions_see_initials_and_year_only(case, people, as_):
    """Access matrix, row 6, `AM`."""
    for name in ("case", "chronology", "team"):
        shown = page(as_(people.ada), name, case)
        assert "A. O." in shown.identity
        assert "Year 7" in shown.identity
        for hidden in ("Okonkwo", "Amina", "4 March 2015", "H801200001001", "did not say where"):
            assert hidden not in shown.source


def protect(case):
    Address.objects.filter(child=case.child).update(is_protected=True)


@pytest.mark.parametrize("who", ["olive", "ada", "cat", "hal", "sen"])
def test_a_protected_address_is_not_shown(case, people, as_, who):
    """Access matrix, row 8; Olive must give a reason first."""
    protect(case)
    shown = page(as_(getattr(people, who)), "case_child", case)
    assert "Owlbarn" not in shown.source
    assert "Protected address" in shown.text
    assert ("say why you need it" in shown.links) is (who == "olive")


def test_a_reason_opens_the_protected_address_to_the_officer_of_the_case(case, people, as_):
    protect(case)
    client = as_(people.olive)
    client.post("/reason/", {"text": "Visit to the home this afternoon", "next": "/cases/"})
    assert "Owlbarn" in page(client, "case_child", case).text
    event = AccessEvent.objects.latest("id")
    assert "protected address" in event.fields
    assert event.reason == "Visit to the home this afternoon"


def test_a_reason_does_not_open_it_to_an_officer_who_does_not_work_on_the_case(world, people, as_):
    case = world.case(world.child(addresses=[HOME]))
    protect(case)
    client = as_(people.olive)
    client.post("/reason/", {"text": "Curiosity about the family", "next": "/cases/"})
    assert "Owlbarn" not in page(client, "case_child", case).source


def test_a_manager_sees_a_protected_address_only_on_a_case_of_theirs(case, people, as_):
    protect(case)
    assert "Owlbarn" not in page(as_(people.max), "case_child", case).source
    actions.add_member(case=case, user=people.max, by=people.olive, at=AT)
    assert "Owlbarn" in page(as_(people.max), "case_child", case).text


def test_every_address_of_a_child_hidden_for_safety_is_protected(world, people, as_):
    child = world.child(addresses=[HOME], is_protected=True)
    case = world.case(child, owner=people.olive)
    assert "Owlbarn" not in page(as_(people.olive), "case_child", case).source


def test_a_child_is_hidden_for_safety_with_their_contacts_by_a_command(world, people, as_):
    """Row 8. By a telephone number a child is found as easily as by an address."""
    carer = AdultFacts(forename="Grace", surname="Carer", phones=("020 7946 0999",))
    case = world.case(world.child(addresses=[HOME], adults=[carer]), owner=people.olive)
    client = as_(people.olive)
    assert "020 7946 0999" in page(client, "case_child", case).text
    call_command("protect", case.ref)
    shown = page(client, "case_child", case)
    for hidden in ("Owlbarn", "020 7946 0999", "Carer"):
        assert hidden not in shown.source
    assert "contacts" not in AccessEvent.objects.latest("id").fields
    client.post("/reason/", {"text": "Visit to the home this afternoon", "next": "/cases/"})
    assert "020 7946 0999" in page(client, "case_child", case).text
    changed = ChangeEvent.objects.filter(table_name="children_child", verb="update").latest("id")
    assert (changed.actor, changed.after) == ("command:protect", {"is_protected": True})


@pytest.mark.parametrize(
    ("who", "reads", "knows"),
    [
        ("olive", True, True),
        ("max", True, True),
        ("mo", True, True),
        ("hal", False, True),
        ("sen", False, True),
        ("cat", False, True),
        ("ada", False, True),
    ],
)
def test_a_safeguarding_note_is_for_those_the_matrix_names(case, people, as_, who, reads, knows):
    """Access matrix, row 9: text, or only that there is one."""
    actions.add_note(case=case, text="Vexillology", by=people.mo, at=AT, is_safeguarding=True)
    shown = page(as_(getattr(people, who)), "chronology", case)
    assert ("Vexillology" in shown.source) is reads
    assert ("afeguarding" in shown.text) is knows


def test_an_officer_of_another_case_does_not_read_safeguarding_notes(world, people, as_):
    """Row 9 is `A` for the officers themselves."""
    case = world.case(owner=people.max)
    actions.add_note(case=case, text="Vexillology", by=people.mo, at=AT, is_safeguarding=True)
    assert "Vexillology" not in page(as_(people.olive), "chronology", case).source


def test_what_cannot_be_done_has_no_button(case, people, as_):
    shown = page(as_(people.cat), "case", case)
    for name in ("close", "assign", "take"):
        assert reverse(f"cases:{name}", args=[case.ref]) not in shown.source
    assert reverse("cases:note", args=[case.ref]) in shown.addresses


# How much it asks of the database


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_the_same_few_queries_however_long_the_case(world, case, people, as_, name):
    client = as_(people.olive)
    page(client, name, case)

    def count():
        with CaptureQueriesContext(connection) as seen:
            page(client, name, case)
        return [q["sql"] for q in seen.captured_queries if not NOT_ABOUT_ROWS.match(q["sql"])]

    few = count()
    for n in range(20):
        actions.raise_alert(
            case=case, kind=AlertKind.LEAD, source=world.source, row=n, quote=f"Seen {n}", at=AT
        )
        actions.add_note(case=case, text=f"Note {n}", by=people.olive, at=AT)
        children.start_place(
            child=case.child,
            kind=PlaceKind.NAMED,
            from_on=today(),
            source=world.source,
            provision=f"Place {n}",
        )
    many = count()
    assert len(few) == len(many)
    # Each kind of fact about a child is one query, and each kind of thing that a case waits for.
    most = {"case": 12, "case_child": 15, "chronology": 14}.get(name, 13)
    assert len(many) <= most, "\n".join(many)


def test_the_table_of_places_says_how_each_is_known(world, case):
    places = queries.places_of(case.child, cases=[case], on=TODAY)
    assert [(row.title, row.source) for row in places.rows] == [
        ("St Ann's School", "St Ann's School, 18 November 2026")
    ]
    assert places.drawing is not None
    assert "Nobody knows of a place" in places.drawing.svg


def test_the_drawing_shows_the_gap_once_the_case_is_closed_too(world, case, people):
    """P01, P43: the weeks nowhere stay a fact when the child is found."""
    actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=TODAY, school=world.mill_lane),
        why="Rang the school",
        by=people.max,
        at=AT,
    )
    found = queries.places_of(case.child, cases=[Case.objects.get()], on=date(2027, 1, 8))
    assert found.drawing is not None
    gap = [row for row in found.drawing.table.rows if row[1] == "Not known to be anywhere"]
    assert [row[0] for row in gap] == ["Nobody knew of a place"]
    assert [row[2:] for row in gap] == [("7 November 2026", "17 November 2026")]


def test_a_case_about_no_gap_draws_none(world, case, people):
    stated = facts("reported_in_error", on=TODAY)
    actions.close_case(
        case=case, outcome="reported_in_error", facts=stated, why="A slip", by=people.max, at=AT
    )
    found = queries.places_of(case.child, cases=[Case.objects.get()], on=TODAY)
    assert found.drawing is not None
    assert "Nobody knew of a place" not in found.drawing.svg


def test_a_child_typed_in_with_no_last_day_is_not_known_since_when(world, people, as_):
    case = actions.report_child(
        key="1",
        child=ChildFacts(forename="Ana", surname="Example", born_on=date(2015, 3, 4)),
        reason="unknown_destination",
        because="A neighbour told us.",
        said_by="Mrs Neighbour",
        by=people.olive,
        on=TODAY,
        at=AT,
    )
    answer = as_(people.olive).get(reverse("casefile:case", args=[case.ref]))
    assert "Not known since when; we were told on" in Page(answer.content).text


def test_the_head_of_a_case_and_its_chart_have_one_day_since_which_no_place_is_known(
    world, people, as_
):
    """The roll had ended a week before; the head said that nobody knows since when."""
    child, ended = world.child(), TODAY - timedelta(days=7)
    world.at_school(child)
    world.left(child, on=ended)
    case = actions.report_child(
        key="1",
        child=child,
        reason="unknown_destination",
        because="A neighbour told us.",
        said_by="Mrs Neighbour",
        by=people.olive,
        on=TODAY,
        at=AT,
    )
    assert not case.is_since_known
    text = Page(as_(people.olive).get(reverse("casefile:case", args=[case.ref])).content).text
    since = in_words(ended + timedelta(days=1))
    assert f"No school or other education known since {since} Last known: St Ann's" in text
    assert f", until {in_words(ended)}" in text
    assert "Not known since when" not in text


def test_a_child_opened_again_says_when_first_reported_and_when_again(world, people, as_):
    first = world.case(world.child(), on=TODAY - timedelta(days=40))
    believed = {"outcome": "abroad_believed", "facts": facts("abroad_believed", on=TODAY)}
    actions.close_case(case=first, **believed, why="A ticket was seen.", by=people.max, at=AT)
    again = world.case(first.child, on=TODAY)
    actions.assign_case(case=again, owner=people.olive, by=people.max, at=AT)
    shown = page(as_(people.olive), "case", again).text
    assert f"First reported{in_words(TODAY - timedelta(days=40))}" in shown.replace("\n", "")
    assert f"Opened again{in_words(TODAY)}" in shown.replace("\n", "")


def test_a_case_opened_again_says_so_beside_the_day_it_was_first_reported(case, people, as_):
    assert "First reported" not in page(as_(people.olive), "case", case).text
    believed = {"outcome": "abroad_believed", "facts": facts("abroad_believed", on=TODAY)}
    case = actions.close_case(case=case, **believed, why="A ticket.", by=people.max, at=AT)
    case = actions.reopen_case(case=case, why="He is here.", by=people.max, at=AT + timedelta(1))
    shown = page(as_(people.olive), "case", case).text.replace("\n", "")
    assert "First reported" in shown
    assert f"Opened again{in_words(TODAY + timedelta(1))}" in shown
