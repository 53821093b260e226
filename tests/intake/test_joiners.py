"""A joiner's record, and lines of rolls: how gaps close, and what must not close one (P05, P42)."""

from datetime import date

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.children.queries import where_is
from tests import files
from tests.intake.world import (
    ENTRY_ON,
    TODAY,
    UPN,
    enrolled,
    going_to,
    joins,
    leaves,
    places,
    sam,
    school,
    schools,
    take_in,
)

pytestmark = pytest.mark.django_db
HEADINGS = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Date of Admission,Postcode\n"
LINE = f"310,2001,{UPN},Example,Sam,04/03/2015,F,02/09/2020,HA1 2AB\n"


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def roll(*lines: str) -> bytes:
    return (HEADINGS + "".join(lines)).encode()


def test_home_education_ends_where_a_school_says_the_child_joined() -> None:
    leaves(reason="EL")
    joins(entry_on=date(2026, 11, 23))
    assert places() == ["Mill Lane School"]
    at_home = Place.objects.get(kind="home_education")
    assert at_home.to_on == date(2026, 11, 22)


def test_a_joiner_answers_the_claim_that_waited_for_an_officer() -> None:
    leaver = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    assert leaver.is_to_confirm
    joins(entry_on=date(2026, 11, 16))
    leaver.refresh_from_db()
    assert not leaver.is_to_confirm
    assert "Since then: Joined Mill Lane School on 16 November 2026." in leaver.result
    assert Place.objects.get(kind="named").to_on is not None


def test_a_joiner_does_not_answer_a_claim_of_death() -> None:
    died = leaves(reason="DD")
    row = joins(entry_on=date(2026, 11, 16))
    died.refresh_from_db()
    assert died.is_to_confirm
    assert row.is_to_confirm
    assert "may have died" in row.result


def test_a_joining_told_after_the_leaving_of_the_same_stay_finds_nobody() -> None:
    """The leaver's file was quicker than the joiner's: the child is still missing."""
    leaves(estab="2002", entry_on=date(2026, 9, 16), reason="UK")
    row = joins(entry_on=date(2026, 9, 16), made=date(2026, 9, 18))
    assert row.effect == "joined_and_left"
    assert places() == []
    assert Case.objects.get().stage == "reported"


def test_a_joining_long_before_the_gap_is_a_lead_and_finds_nobody() -> None:
    leaves(reason="UK")
    row = joins(entry_on=date(2026, 1, 5), made=date(2026, 1, 6))
    case = Case.objects.get()
    assert (row.effect, row.case, case.stage) == ("place_started", case, "reported")
    assert case.alerts.filter(kind="lead").exists()


def test_two_schools_that_both_have_the_child_are_both_kept_and_said() -> None:
    third = school("3102003", "Third School")
    joins(entry_on=date(2026, 11, 2))
    row = joins(estab="2003", entry_on=date(2026, 11, 9))
    assert "Mill Lane School had not said that the child left" in row.effect_words
    assert sorted(places()) == sorted(["Mill Lane School", third.name])


def test_a_joiner_without_a_number_is_the_child_only_if_all_else_agrees() -> None:
    leaves(reason="UK")
    row = joins(upn="")
    assert (row.answer, row.child, row.effect) == ("same", sam(), "gap_closed")


def test_a_joiner_without_a_number_from_another_home_waits_for_a_person() -> None:
    leaves(reason="UK")
    row = joins(upn="", postcode="HA9 9ZZ")
    assert (row.stage, row.answer) == ("unsure", "unsure")
    assert Case.objects.get().stage == "reported"


def test_a_joiner_from_abroad_without_a_number_is_a_new_child() -> None:
    row = joins(upn="", forename="Nikola", surname="Invented")
    assert (row.answer, row.effect) == ("new", "place_started")


def test_a_joiner_with_no_day_joined_by_the_day_of_the_file_not_an_earlier_schools() -> None:
    """The earlier school's entry date must not be taken for this one's."""
    before = going_to("3102001", "St Ann's", date(2020, 9, 2))
    record = files.pupil(
        surname="Example",
        forename="Sam",
        born=date(2015, 3, 4),
        upn=UPN,
        estab="2002",
        later=before,
    )
    take_in(files.cmj(record, made=date(2026, 11, 20)), "3102002_CMJ_310LLLL_001.xml")
    assert Place.objects.get(school__establishment="2002").from_on == date(2026, 11, 20)


def test_the_same_joining_told_twice_is_one_place() -> None:
    joins(entry_on=date(2026, 11, 16))
    joins(entry_on=date(2026, 11, 16), made=date(2026, 11, 19))
    assert Place.objects.count() == 1


# Rolls


def test_a_roll_adds_children_once_and_a_second_one_changes_nothing() -> None:
    take_in(roll(LINE), "roll.csv")
    row = take_in(roll(LINE, "310,2001,,Sample,Alex,5/4/2016,M,1/9/2021,HA1 1AA\n"), "two.csv")
    assert list(row.rows.values_list("effect", flat=True)) == ["roll_kept", "roll_kept"]
    assert (Child.objects.count(), Place.objects.count()) == (2, 2)
    assert Place.objects.get(child=sam()).from_on == ENTRY_ON


def test_a_list_that_still_has_a_child_who_left_puts_nobody_back() -> None:
    """A roll exported before the leaving must not hide a missing child."""
    enrolled()
    leaves(reason="UK")
    row = take_in(roll(LINE), "roll.csv").rows.get()
    assert (row.effect, row.is_to_confirm) == ("roll_contradicts", True)
    assert places() == []
    assert Case.objects.get().stage == "reported"


def test_a_roll_that_has_a_missing_child_closes_the_gap() -> None:
    """P05: comparing rolls finds children."""
    leaves(reason="UK")
    found = LINE.replace("2001", "2002", 1).replace("02/09/2020", "16/11/2026")
    row = take_in(roll(found), "roll.csv").rows.get()
    assert row.effect == "gap_closed"
    assert Case.objects.get().stage == "located"


def test_a_roll_of_many_schools_puts_each_child_at_its_own() -> None:
    other = "310,2002,,Sample,Alex,05/04/2016,M,01/09/2021,HA1 1AA\n"
    take_in(roll(LINE, other, other.replace("2002", "2099").replace("Alex", "Noor")), "all.csv")
    alex = Child.objects.get(forename="Alex")
    assert [p.title for p in where_is(alex, on=TODAY).places] == ["Mill Lane School"]
    assert places() == ["St Ann's School"]
    assert not Child.objects.filter(forename="Noor").exists()


# Joinings that lie ahead


def test_a_joiner_of_next_term_is_a_plan_and_the_child_is_still_missing() -> None:
    """P42: until the first day nobody has the child; a clock waits for it."""
    case = leaves(reason="UK").case
    row = joins(entry_on=date(2027, 1, 5))
    case.refresh_from_db()
    assert (row.effect, row.case) == ("joining_later", case)
    assert "Is to start at Mill Lane School on 5 January 2027." in row.effect_words
    assert (case.stage, case.is_open, case.is_whereabouts_known) == ("reported", True, False)
    assert case.deadlines.get(clock="place_begins").due_on == date(2027, 1, 5)
    assert not case.alerts.exists()
    assert places() == []
    assert places(on=date(2027, 1, 5)) == ["Mill Lane School"]


def test_a_first_day_more_than_a_year_ahead_is_held_and_asked_about() -> None:
    leaves(reason="UK")
    row = joins(entry_on=date(2206, 9, 5))
    assert row.stage == "held"
    assert "which is more than a year ahead" in row.effect_words
    assert places(on=date(2206, 9, 5)) == []


def test_a_joining_ahead_answers_no_claim_yet() -> None:
    leaver = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    joins(entry_on=date(2027, 1, 5))
    leaver.refresh_from_db()
    assert leaver.is_to_confirm
