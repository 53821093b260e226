"""What offers, leavers, no-shows, services and home education show (P04, P05)."""

from datetime import date

import pytest

from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children.models import Place
from onroll.intake import actions, queries, tasks
from onroll.intake.models import ListKind
from onroll.lists import actions as lists
from onroll.lists import words as finding_words
from onroll.lists.models import Finding
from onroll.rules.refusal import Refused
from onroll.schools.actions import set_term
from onroll.schools.models import School
from tests.intake.world import AT, TODAY, UPN, joins, places, sam
from tests.lists.world import LATER, LEFT, NOOR, SAM, TWIN, WEEK, at_st_anns, found, later, listed
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db


def test_an_offer_that_nobody_took_up_never_arrived() -> None:
    offer = SAM.replace("02/09/2020", "02/09/2026")
    listed(offer, kind=ListKind.OFFERS)
    assert found() == [("never_arrived", "Sam")]
    assert Place.objects.get().kind == "offered"


def test_an_offer_for_later_is_asked_about_when_that_schools_roll_comes() -> None:
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=ListKind.OFFERS)
    assert found() == []
    later(NOOR)
    assert found() == [("never_arrived", "Sam")]


def a_night(after: int) -> int:
    """Pass the night so many weeks after today."""
    at = AT + after * WEEK
    return lists.find_late_starts(on=at.date(), at=at)


@pytest.mark.parametrize("kind", [ListKind.OFFERS, ListKind.JOINERS])
def test_a_place_nobody_took_up_is_found_at_night_though_no_list_comes(kind: ListKind) -> None:
    """P04: once the school days have passed that the policy waits, and once only."""
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=kind)
    assert (a_night(1), found()) == (0, [])
    assert a_night(12) == 1
    assert found() == [("never_arrived", "Sam")]
    assert "no roll" in Finding.objects.get().because
    assert a_night(12) == 0


def test_a_child_on_a_roll_is_nothing_to_the_night() -> None:
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=ListKind.OFFERS)
    joins(entry_on=TODAY)
    assert (a_night(12), found()) == (0, [])


def test_an_offer_that_was_taken_up_is_no_finding() -> None:
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=ListKind.OFFERS)
    later(SAM.replace("02/09/2020", "25/11/2026"), NOOR)
    assert found() == []
    assert places(TODAY + WEEK) == ["St Ann's School"]


@pytest.mark.parametrize("kind", [ListKind.HEALTH, ListKind.HOUSING])
def test_a_child_other_services_know_and_no_school_has_is_on_none(kind: ListKind) -> None:
    listed(SAM)
    listed(SAM, NOOR, kind=kind, name="others.csv")
    assert found() == [("on_none", "Noor")]
    assert Place.objects.count() == 1


def test_home_education_is_a_place_and_who_is_off_the_list_has_vanished() -> None:
    listed(SAM, NOOR, kind=ListKind.HOME_EDUCATION)
    assert places() == ["Home education"]
    later(NOOR, kind=ListKind.HOME_EDUCATION)
    assert found() == [("vanished", "Sam")]


def test_leavers_whom_no_school_has_have_vanished_and_left_that_day() -> None:
    listed(SAM, NOOR, TWIN)
    joins(upn="", forename="Alex", sex="M", estab="2002", entry_on=TODAY)
    gone = [f"{line.strip()},13/11/2026\n" for line in (SAM, TWIN)]
    listed(*gone, kind=ListKind.LEAVERS, name="leavers.csv", headings=LEFT)
    assert found() == [("vanished", "Sam")]
    assert places() == []
    assert places(date(2026, 11, 13)) == ["St Ann's School"]


def test_joiners_no_roll_has_never_arrived() -> None:
    listed(NOOR)
    mill_lane = SAM.replace("2001", "2002", 1).replace("02/09/2020", "16/11/2026")
    listed(mill_lane, kind=ListKind.JOINERS, name="joiners.csv")
    assert found() == [("never_arrived", "Sam")]
    later(mill_lane, "\n", name="roll.csv")
    assert found() == []
    assert places(TODAY + WEEK) == ["Mill Lane School"]


def test_no_shows_whom_no_other_school_has_never_arrived() -> None:
    listed(TWIN.replace("2001", "2002", 1))
    listed(SAM, TWIN, kind=ListKind.NO_SHOWS, name="no_shows.csv")
    assert found() == [("never_arrived", "Sam")]


def test_a_no_show_put_on_the_roll_in_advance_is_taken_off_with_the_answer(people: People) -> None:
    listed(SAM)
    later(SAM, "\n", kind=ListKind.NO_SHOWS, name="no_shows.csv")
    one = Finding.objects.get()
    lists.answer_finding(finding=one, why="No.", by=people.olive, at=LATER)
    assert places(TODAY + WEEK) == []
    assert Case.objects.get().reason == "never_arrived"


@pytest.mark.parametrize(
    ("highest", "born", "kind"),
    [
        (7, "04/03/2019", "never_arrived"),  # year 2 to 3
        (11, "04/03/2015", "never_arrived"),  # year 6 to 7
        (11, "04/03/2016", "vanished"),
    ],
)
def test_who_was_to_change_school_is_told_apart(highest: int, born: str, kind: str) -> None:
    """P04: year 2 to 3, year 6 to 7."""
    listed(SAM.replace("04/03/2015", born), NOOR)
    School.objects.filter(establishment="2001").update(highest_age=highest)
    later(NOOR)
    assert found() == [(kind, "Sam")]


@pytest.mark.parametrize(("first", "kind"), [(27, "never_arrived"), (31, "vanished")])
def test_the_schools_own_first_term_says_when_its_year_turns(first: int, kind: str) -> None:
    """EA96 s.579(1): a year begins with the first term to begin after July, here in August."""
    on = date(2026, 8, 28)
    listed(SAM, NOOR, on=on - WEEK)
    school = School.objects.get(establishment="2001")
    School.objects.filter(pk=school.pk).update(highest_age=11)
    set_term(
        name="Autumn 1", starts_on=date(2026, 8, first), ends_on=date(2026, 10, 16), school=school
    )
    later(NOOR, on=on)
    assert found() == [(kind, "Sam")]


def test_a_reception_place_nobody_took_up_is_found_at_compulsory_school_age() -> None:
    """P04: reception. A child of four need not be at school yet (EA96 s.8)."""
    starter = SAM.replace("02/09/2020", "02/09/2026").replace(UPN, "")
    of_age, not_yet = starter.replace("2015", "2021"), starter.replace("2015", "2022")
    listed(of_age, not_yet.replace("Sam", "Robin"), kind=ListKind.OFFERS)
    assert found() == [("never_arrived", "Sam")]


def test_a_child_back_on_the_roll_is_no_longer_asked_about() -> None:
    listed(SAM, NOOR)
    later(NOOR)
    later(SAM, NOOR, "\n", at=LATER + WEEK, on=TODAY + 2 * WEEK)
    assert found() == []
    said = finding_words.evidence(Finding.objects.get())
    assert "Since then: on the roll of St Ann's School of 7 December 2026." in said


def test_a_child_who_came_back_and_is_gone_again_is_asked_about_at_once(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    one = Finding.objects.get()
    lists.answer_finding(
        finding=one, way="attendance", facts=at_st_anns(), why="Ill.", by=people.olive, at=LATER
    )
    later(SAM, NOOR, "\n", at=LATER + WEEK, on=TODAY + 2 * WEEK)
    later(NOOR, "\n\n", at=LATER + 2 * WEEK, on=TODAY + 3 * WEEK)
    assert found() == [("vanished", "Sam")]


def test_a_child_lost_again_after_a_case_is_asked_about_again(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    one = Finding.objects.get()
    lists.answer_finding(finding=one, why="No.", by=people.olive, at=LATER)
    back = SAM.replace("02/09/2020", "03/12/2026")
    later(back, NOOR, at=LATER + WEEK, on=TODAY + 2 * WEEK)
    on = (LATER + WEEK).date()
    school = School.objects.get(establishment="2001")
    casework.close_case(
        case=Case.objects.get(), outcome="on_roll", facts=facts(on=on, school=school),
        why="Seen.", by=people.olive, at=LATER + WEEK,
    )  # fmt: skip
    later(NOOR, "\n", at=LATER + 2 * WEEK, on=TODAY + 3 * WEEK)
    assert found() == [("vanished", "Sam")]


def test_who_is_settled_to_be_on_another_roll_is_no_longer_asked_about(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    unclear = SAM.replace("2001", "2002", 1).replace(UPN, "").replace("02/09/2020", "25/11/2026")
    later(unclear.replace("HA1 2AB", "HA9 9ZZ").replace("Sam", "Samm"), name="mill_lane.csv")
    row = queries.waiting_rows(people.max).get()
    actions.settle_row(row=row, child=sam(), why="Rang.", by=people.olive, at=LATER + WEEK)
    assert found() == []
    assert places(TODAY + WEEK) == ["Mill Lane School"]


def test_who_is_settled_to_be_an_unclear_record_of_the_same_roll_has_not_vanished(
    people: People,
) -> None:
    listed(SAM, NOOR)
    later(NOOR, SAM.replace(UPN, "").replace("Sam", "Samm").replace("HA1 2AB", "HA9 9ZZ"))
    row = queries.waiting_rows(people.max).get()
    actions.settle_row(row=row, child=sam(), why="Rang.", by=people.olive, at=LATER + WEEK)
    assert found() == []
    assert places(TODAY + WEEK) == ["St Ann's School"]


def test_who_is_back_on_the_home_education_list_is_no_longer_asked_about() -> None:
    listed(SAM, NOOR, kind=ListKind.HOME_EDUCATION)
    later(NOOR, kind=ListKind.HOME_EDUCATION)
    later(SAM, NOOR, "\n", kind=ListKind.HOME_EDUCATION, at=LATER + WEEK, on=TODAY + 2 * WEEK)
    assert found() == []


def test_a_list_of_others_with_bad_rows_finds_whom_it_can() -> None:
    listed(NOOR, ",,,,,,,,HA1\n", ",,,Sample,Alex,32/13/2015,?,never,\n", kind=ListKind.HEALTH)
    assert found() == [("on_none", "Alex"), ("on_none", "Noor")]


def test_what_is_no_list_or_is_of_tomorrow_is_refused() -> None:
    with pytest.raises(Refused):
        listed(SAM, name="roll.xml")
    with pytest.raises(Refused):
        listed(SAM, on=TODAY + WEEK)
    listed(SAM, kind=ListKind.HEALTH)
    with pytest.raises(Refused, match=r"stands under Files: Health list .*as “Housing list”"):
        listed(SAM, kind=ListKind.HOUSING)


def test_a_file_that_waits_for_its_columns_is_found_again_when_it_is_sent_as_a_list() -> None:
    """Whoever sends what a school sent before is told where it is, and what to do."""
    content = b"Name,Number\nExample,1\n"
    (first,) = actions.receive(content=content, name="sams.csv", how="upload", at=AT)
    tasks.take_through(first.transfer.pk, at=AT, actor="test")
    with pytest.raises(Refused) as refusal:
        actions.receive_list(
            content=content, name="gp.csv", kind=ListKind.HEALTH, on=TODAY, how="upload", at=LATER
        )
    assert str(refusal.value) == (
        f"gp.csv was here already. It came on {AT.day} {AT:%B %Y} as sams.csv, and stands under"
        " Files: File of a school (columns unclear). Open it there to go on with it. To send it as"
        " “Health list”, copy its rows into a new file."
    )
