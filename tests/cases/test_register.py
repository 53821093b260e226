"""The register page: what it shows to whom, what it finds, and how few queries it takes (P30)."""

import csv
import re
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from onroll.audit.models import AccessEvent
from onroll.cases import actions, queries
from onroll.cases.models import AlertKind, Case, SavedView
from onroll.cases.queries.register import SORTS, Filters
from onroll.children.models import Flag
from onroll.rules.day import working_days_before
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling
from onroll.tables.formulas import RUNS, harmless
from tests.cases.world import AT, TODAY, today
from tests.proof import facts
from tests.reading import Page

pytestmark = pytest.mark.django_db
REGISTER = "/cases/"
NOT_ABOUT_ROWS = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK|SELECT set_config)")


def shown(answer):
    assert answer.status_code == 200, answer.status_code
    return Page(answer.content)


def found(user, **asked):
    return [case.child.name for case in queries.register(user, Filters(**asked), on=TODAY)]


def data_queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return [q["sql"] for q in seen.captured_queries if not NOT_ABOUT_ROWS.match(q["sql"])]


# Who sees what


def test_the_register_shows_open_cases_with_their_clocks(world, people, as_):
    """P30, P32."""
    case = world.case(world.child("Amina", "Okonkwo"), owner=people.olive, on=TODAY)
    page = shown(as_(people.olive).get(REGISTER))
    for words in ("Amina Okonkwo", "St Ann's School", "Left a school, destination not known"):
        assert words in page.text
    for words in ("Reported", "Olive Obi", "Looked at by an officer"):
        assert words in page.text
    assert f"/cases/{case.ref}/" in page.addresses


def test_no_name_stands_in_the_title_or_an_address_of_the_page(world, people, as_):
    """P58 and trust.md 1.1 (ASVS 14.2.1)."""
    world.case(world.child("Amina", "Okonkwo"))
    page = shown(as_(people.olive).get(REGISTER))
    assert "Okonkwo" not in page.title
    actions_of_forms = page.tree.xpath(".//form/@action")
    assert not [link for link in (*page.addresses, *actions_of_forms) if "konkwo" in link]


@pytest.mark.parametrize("who", ["hal", "cat", "ada", "sen"])
def test_who_works_on_assigned_cases_sees_those_and_no_others(world, people, as_, who):
    """Access matrix, row 5, `A`."""
    mine, other = world.case(world.child("Mine")), world.case(world.child("Other"))
    user = getattr(people, who)
    actions.add_member(case=mine, user=user, by=people.max, at=AT)
    page = shown(as_(user).get(REGISTER))
    assert f"/cases/{mine.ref}/" in page.addresses
    assert other.ref not in page.source


def test_names_are_masked_for_admissions(world, people, as_):
    """Access matrix, row 6, `AM`: initials and year only, on the page and in its sheet."""
    case = world.case(world.child("Amina", "Okonkwo"))
    actions.add_member(case=case, user=people.ada, by=people.max, at=AT)
    client = as_(people.ada)
    for path in (REGISTER, reverse("cases:download", args=["csv"])):
        page = shown(client.get(path))
        assert "A. O." in page.source
        assert "Okonkwo" not in page.source


@pytest.mark.parametrize("who", ["sam", "dee", "ola", "ari"])
def test_the_register_refuses_who_has_no_business_there(world, people, as_, who):
    world.case()
    assert as_(getattr(people, who)).get(REGISTER).status_code == 403


def test_the_auditor_gives_a_reason_first(world, people, as_):
    """Access matrix, row 5, `J`."""
    assert as_(people.pat).get(REGISTER)["Location"].startswith("/reason/")


def test_who_saw_which_children_is_written_down_before_the_page_is_served(world, people, as_):
    case = world.case(owner=people.olive)
    as_(people.olive).get(REGISTER)
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.actor) == ("register", people.olive.email)
    assert (event.child_ids, event.case_refs) == ([case.child_id], [case.ref])


# Finding


def test_every_filter_keeps_what_it_says_and_nothing_else(world, people):
    early = world.case(
        world.child("Early", born=date(2016, 1, 1)), on=date(2026, 9, 1), owner=people.olive
    )
    child = world.child("Late", born=date(2012, 10, 1), flags=["young_carer"])
    world.case(child, reason="moved_in", school=world.mill_lane)
    world.at_school(child, world.mill_lane, TODAY)
    actions.update_whereabouts(child=child, on=TODAY, at=AT)
    olive = people.olive
    for asked, name in (
        ({"stage": "reported"}, "Early"),
        ({"stage": "located"}, "Late"),
        ({"owner": "me"}, "Early"),
        ({"owner": "nobody"}, "Late"),
        ({"owner": str(olive.pk)}, "Early"),
        ({"reason": "moved_in"}, "Late"),
        ({"school": str(world.mill_lane.pk)}, "Late"),
        ({"year": "6"}, "Early"),
        ({"year": "9"}, "Late"),
        ({"group": "young_carer"}, "Late"),
        ({"overdue": "yes"}, "Early"),
        ({"whereabouts": "known"}, "Late"),
        ({"whereabouts": "unknown"}, "Early"),
    ):
        assert found(olive, **asked) == [f"{name} Example"], asked
    assert early.child.name in found(olive, year="6", overdue="yes")


def test_a_flag_that_ended_is_no_longer_a_reason_to_be_found(world, people):
    world.case(world.child(flags=["young_carer"]))
    Flag.objects.update(to_on=TODAY)
    assert found(people.olive, group="young_carer") == []


def test_a_second_reason_is_found_as_well_as_the_first(world, people):
    child = world.child()
    world.case(child)
    world.case(child, reason="referral")
    assert found(people.olive, reason="referral") == found(people.olive) == ["Sam Example"]


def test_closed_cases_are_there_when_asked_for(world, people):
    case = world.case()
    actions.close_case(
        case=case,
        outcome="attendance",
        facts=facts("attendance", on=AT.date()),
        why="On roll",
        by=people.olive,
        at=AT,
    )
    assert found(people.olive) == []
    assert found(people.olive, stage="closed") == found(people.olive, stage="all") != []


@pytest.mark.parametrize("year", ["R", *map(str, range(1, 12))])
def test_year_groups_are_those_of_the_school_year(world, people, year):
    """From 1 September to 31 August."""
    n = 0 if year == "R" else int(year)
    first, last = date(2021 - n, 9, 1), date(2022 - n, 8, 31)
    world.case(world.child("First", born=first))
    world.case(world.child("Last", born=last))
    world.case(world.child("Older", born=first - timedelta(1)))
    world.case(world.child("Younger", born=last + timedelta(1)))
    assert sorted(found(people.olive, year=year)) == ["First Example", "Last Example"]


@pytest.mark.parametrize("words", ["nonsense", "'; drop table", "-999", "stage__in"])
@pytest.mark.parametrize("name", ["stage", "owner", "reason", "school", "year", "group", "sort"])
def test_a_filter_nobody_offers_does_no_harm(world, people, as_, name, words):
    world.case()
    assert as_(people.olive).get(REGISTER, {name: words}).status_code == 200


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
def test_every_order_works_both_ways(world, people, sort):
    names = {"Ann Adam", "Bea Brook"}
    world.case(world.child("Ann", "Adam", date(2014, 1, 1)), on=date(2026, 9, 1))
    world.case(world.child("Bea", "Brook", date(2016, 1, 1)), owner=people.olive)
    assert set(found(people.olive, sort=sort)) == names


def test_the_nearest_clock_comes_first(world, people):
    world.case(world.child("Late"), on=date(2026, 11, 16))
    world.case(world.child("Early"), on=date(2026, 9, 2))
    assert found(people.olive) == ["Early Example", "Late Example"]
    assert found(people.olive, sort="-due") == ["Late Example", "Early Example"]


# Searching


def search(client, **typed):
    return client.post(reverse("cases:search"), typed)


def test_what_is_looked_for_is_sent_by_post_and_kept_behind_a_handle(world, people, as_):
    """Names are never in a URL (ASVS 14.2.1)."""
    world.case(world.child("Mohammed", "Chowdhury"))
    world.case(world.child("Grace", "Brennan"))
    client = as_(people.olive)
    answer = search(client, words="muhammad choudhury")
    assert "choudhury" not in answer["Location"].lower()
    page = shown(client.get(answer["Location"]))
    assert "Mohammed Chowdhury" in page.text
    assert "Brennan" not in page.source


def test_a_handle_of_someone_else_finds_nothing(world, people, as_):
    world.case()
    address = search(as_(people.olive), words="Example")["Location"]
    assert as_(people.max).get(address).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"words": "Okonkwo"},
        {"words": "amina okonkwo"},
        {"words": "H801 2000 01001"},
        {"words": "h801200001001"},
        {"born_day": "4", "born_month": "3", "born_year": "2015"},
    ],
)
def test_a_child_is_found_by_name_number_or_birthday(world, people, as_, typed):
    world.case(world.child("Amina", "Okonkwo", upn="H801200001001"))
    world.case(world.child("Grace", "Brennan", date(2013, 1, 1)))
    client = as_(people.olive)
    page = shown(client.get(search(client, **typed)["Location"]))
    assert "Amina Okonkwo" in page.text
    assert "Brennan" not in page.source


def test_a_case_is_found_by_its_reference_in_any_case_of_letters(world, people, as_):
    case = world.case()
    client = as_(people.olive)
    page = shown(client.get(search(client, words=case.ref.lower())["Location"]))
    assert f"/cases/{case.ref}/" in page.addresses


def test_the_exact_spelling_comes_before_what_sounds_alike(world, people):
    world.case(world.child("Muhammad", "Ali"), on=date(2026, 9, 1))
    world.case(world.child("Mohammed", "Ali"))
    assert found(people.olive, words="Mohammed Ali") == ["Mohammed Ali", "Muhammad Ali"]


def test_a_search_does_not_reach_cases_out_of_sight(world, people, as_):
    world.case(world.child("Amina", "Okonkwo"))
    client = as_(people.cat)
    page = shown(client.get(search(client, words="Okonkwo")["Location"]))
    assert not [words for words in page.links if "Okonkwo" in words]


def test_an_empty_search_is_refused_in_a_sentence(people, as_):
    page = shown(search(as_(people.olive)))
    assert "Enter a name, a number, a reference or a date of birth" in page.text


def test_an_impossible_birthday_is_refused_and_what_was_typed_stays(people, as_):
    page = shown(
        search(as_(people.olive), words="Sam", born_day="31", born_month="2", born_year="2015")
    )
    assert "Date of birth must be a real date" in page.text
    assert "Sam" in page.answers.values()


def test_each_empty_register_says_why_it_is_empty(world, people, as_):
    client = as_(people.olive)
    assert "No case is open." in shown(client.get(REGISTER)).text
    page = shown(client.get(REGISTER, {"stage": "located"}))
    assert "No case that you may see fits these filters" in page.text
    page = shown(client.get(search(client, words="Nobody")["Location"]))
    assert "No case that you may see fits this search" in page.text


# Seen and looked at


def sighting(case, by, *, days, is_safe=RiskAnswer.YES):
    telling = Telling(
        seen=Seen.ALONE,
        on=working_days_before(TODAY, days),
        by="Ama Boateng",
        role="social worker",
        spot=Spot.ELSEWHERE,
        place="The library",
        is_safe=is_safe,
        safe_words="" if is_safe is RiskAnswer.YES else "Thin.",
        wishes="To go to school.",
        fostering=RiskAnswer.NO,
    )
    return actions.record_sighting(case=case, telling=telling, by=by, at=AT)


def test_children_whom_nobody_has_seen_and_found_safe_are_found_by_working_days(world, people, as_):
    """P66."""
    names = ("Never", "Longago", "Lately", "Unsafe", "Mistaken")
    _never, long_ago, lately, unsafe, mistaken = (world.case(world.child(n)) for n in names)
    sighting(long_ago, people.olive, days=11)
    sighting(lately, people.olive, days=10)
    sighting(unsafe, people.olive, days=0, is_safe=RiskAnswer.NO)
    row = sighting(mistaken, people.olive, days=0)
    actions.withdraw_sighting(sighting=row, why="Another child", by=people.olive, at=AT)

    def left_out(value):
        shown = {name.split()[0] for name in found(people.olive, unseen=value)}
        return set(names) - shown

    assert left_out("never") == left_out("20") == {"Longago", "Lately"}
    assert left_out("10") == {"Lately"}
    assert left_out("x") == set()
    page = shown(as_(people.olive).get(REGISTER, {"unseen": "10"}))
    assert "Seen and safe: Not for 10 working days" in page.text


def test_cases_at_which_nobody_looked_for_ten_working_days_are_found(world, people):
    early = working_days_before(TODAY, 11)
    world.at = datetime.combine(early, time(12), ENGLAND)
    for name in ("Old", "Noted"):
        world.case(world.child(name), on=early)
    world.case(world.child("Younger"), on=working_days_before(TODAY, 10))
    noted = Case.objects.get(child__forename="Noted")
    actions.add_note(case=noted, text="Rang.", by=people.olive, at=AT)
    assert found(people.olive, unlooked="yes") == ["Old Example"]
    assert len(found(people.olive)) == 3


# Kept views


def test_filters_are_kept_under_a_name_and_hold_nothing_else(world, people, as_):
    client = as_(people.olive)
    kept = f"{reverse('cases:keep_view')}?owner=me&overdue=yes&found=secret&words=Sam"
    client.post(kept, {"name": "Mine, late"})
    view = SavedView.objects.get()
    assert view.filters == {"owner": "me", "overdue": "yes"}
    page = shown(client.get(REGISTER))
    assert page.links["Mine, late"] == "/cases/?owner=me&overdue=yes"
    assert shown(client.get("/today/")).links["Mine, late"] == "/cases/?owner=me&overdue=yes"
    client.post(reverse("cases:forget_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_kept_view_is_its_owners_alone(people, as_):
    view = actions.save_view(user=people.olive, name="Mine", filters={"owner": "me"})
    client = as_(people.max)
    assert "Mine" not in shown(client.get(REGISTER)).links
    client.post(reverse("cases:forget_view", args=[view.pk]))
    assert SavedView.objects.filter(pk=view.pk).exists()


# Sheets

HOSTILE = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx")


def test_a_sheet_holds_the_rows_of_the_page_and_is_written_down(world, people, as_):
    for n in range(27):
        world.case(world.child(f"Child{n:02}"))
    client = as_(people.olive)
    answer = client.get(reverse("cases:download", args=["csv"]), {"page": "2"})
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Case", "Child"]
    assert len(rows) == 3
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.count, len(event.child_ids)) == ("register export", 2, 2)
    assert "Child" not in answer["Content-Disposition"]


def test_a_sheet_as_excel_opens_and_says_the_same(world, people, as_):
    case = world.case(world.child("Amina", "Okonkwo"))
    answer = as_(people.olive).get(reverse("cases:download", args=["xlsx"]))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == [case.ref, "Amina Okonkwo"]


@pytest.mark.parametrize("bad", HOSTILE)
def test_nothing_in_a_sheet_is_a_formula(world, people, as_, bad):
    """ASVS 1.2.10; trust.md T17."""
    world.case(world.child(bad, "Example"))
    client = as_(people.olive)
    cells = list(
        csv.reader(
            StringIO(
                client.get(reverse("cases:download", args=["csv"])).content.decode("utf-8-sig"),
                newline="",
            )
        )
    )[1]
    assert not [cell for cell in cells if cell.startswith(RUNS)]
    book = client.get(reverse("cases:download", args=["xlsx"])).content
    assert b"<f>" not in book
    row = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()[1]
    assert not [cell for cell in row if cell.startswith(RUNS)]


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_cell_that_would_run_is_shown_with_an_apostrophe(bad):
    assert harmless(bad) == f"'{bad}"


# How much it asks of the database


@pytest.mark.parametrize("path", [REGISTER, f"{REGISTER}?stage=all&overdue=yes&sort=name"])
def test_the_register_takes_the_same_few_queries_for_5_rows_and_for_50(world, people, as_, path):
    """Constant in rows, and 12 at most."""
    client = as_(people.olive)
    client.get(path)  # what the session keeps for a minute is counted by then
    for n in range(5):
        world.case(world.child(f"Child{n}"), owner=people.olive, on=today() - timedelta(90))
    few = data_queries(client, path)
    for n in range(45):
        owner = people.max if n % 2 else None
        case = world.case(world.child(f"More{n}"), owner=owner, on=today() - timedelta(90))
        actions.raise_alert(case=case, kind=AlertKind.LEAD, at=AT)
    many = data_queries(client, path)
    assert len(few) == len(many)
    assert len(many) <= 12, "\n".join(many)
