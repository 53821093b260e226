"""A leaver's record held against what others said before and since (P03, P14, P42; files 11.3)."""

from datetime import date, timedelta

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.intake import actions
from onroll.intake.models import Row
from onroll.schools.actions import record_former_number
from tests import files
from tests.intake.world import (
    AT,
    BORN,
    ENTRY_ON,
    LEFT_ON,
    TODAY,
    enrolled,
    going_to,
    joins,
    leaves,
    places,
    pupil,
    sam,
    school,
    schools,
    take_in,
)
from tests.proof import facts

pytestmark = pytest.mark.django_db
LOST_NAME = "3102001_CTF_XXXXXXX_001.xml"


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def only_case() -> Case:
    return Case.objects.get()


# Another school has the child


def test_a_leaver_who_has_joined_elsewhere_since_is_no_case() -> None:
    """The joiner came first, the leaver after it."""
    enrolled()
    joins(entry_on=date(2026, 11, 16))
    row = leaves(reason="UK")
    assert (row.effect, row.is_to_confirm) == ("place_ended", False)
    assert "already at Mill Lane School" in row.effect_words
    assert not Case.objects.exists()
    assert places() == ["Mill Lane School"]


def test_a_joining_a_few_days_before_the_last_day_is_the_same_move() -> None:
    enrolled()
    joins(entry_on=date(2026, 11, 9))
    assert leaves(reason="UK").effect == "place_ended"


def test_an_older_roll_that_nobody_took_the_child_off_is_no_proof() -> None:
    """files.md 11.3: schools forget leavers. A missing child must not hide behind a stale roll."""
    enrolled(estab="2002", entry_on=date(2019, 9, 3))
    enrolled(estab="2001", entry_on=ENTRY_ON)
    row = leaves(reason="MI")
    assert (row.effect, row.is_to_confirm) == ("place_ended", True)
    assert "still recorded at Mill Lane School from before" in row.effect_words


def test_a_late_leaver_of_a_child_who_moved_on_and_left_again_is_history() -> None:
    """A leaver's file of the first school, months late, opens no case for a gap long closed."""
    joins(entry_on=date(2026, 9, 3), made=date(2026, 9, 4))
    leaves(estab="2002", entry_on=date(2026, 9, 3), left_on=date(2026, 10, 9), reason="EL")
    row = leaves(estab="2001", left_on=date(2026, 8, 31), reason="UK")
    assert row.effect == "place_ended"
    assert "was at Mill Lane School after that" in row.effect_words
    assert not Case.objects.exists()


def test_a_place_elsewhere_that_begins_later_is_put_to_a_person() -> None:
    enrolled()
    joins(entry_on=date(2026, 12, 1))
    row = leaves(reason="UK")
    assert (row.effect, row.is_to_confirm) == ("place_ended", True)
    assert "was to start at Mill Lane School on 1 December 2026" in row.effect_words


def test_home_education_nobody_has_confirmed_does_not_count_as_elsewhere() -> None:
    leaves(reason="EL")
    row = take_in(files.lost(pupil(left_on=LEFT_ON, reason="MI"), made=TODAY), LOST_NAME).rows.get()
    assert row.effect == "case_opened"


# Again and again


def test_a_child_who_left_joined_and_left_again_is_lost_again() -> None:
    """The case that said *found* goes back to enquiries and tells its owner."""
    leaves(reason="UK")
    joins(entry_on=date(2026, 11, 16))
    assert only_case().stage == "located"
    row = leaves(estab="2002", entry_on=date(2026, 11, 16), left_on=date(2026, 11, 20), reason="MI")
    case = only_case()
    assert row.effect == "case_joined"
    assert (case.stage, case.is_whereabouts_known) == ("enquiries", False)
    assert case.alerts.filter(kind="lost_again").count() == 1
    assert places() == []


def test_a_second_file_about_the_first_leaving_does_not_lose_the_child_again() -> None:
    leaves(reason="UK")
    joins(entry_on=date(2026, 11, 16))
    late = files.lost(pupil(left_on=LEFT_ON, reason="MI"), made=TODAY)
    assert take_in(late, LOST_NAME).rows.get().effect == "place_ended"
    assert only_case().stage == "located"


def test_a_leaver_told_after_the_case_was_closed_is_put_to_a_person(people) -> None:
    from onroll.cases.actions import close_case

    leaves(reason="UK")
    close_case(
        case=only_case(),
        outcome="reported_in_error",
        facts=facts("reported_in_error", on=AT.date()),
        why="The school mixed two children up.",
        by=people.max,
        at=AT,
    )
    late = files.lost(pupil(left_on=LEFT_ON, reason="MI"), made=TODAY)
    row = take_in(late, LOST_NAME).rows.get()
    assert (row.effect, row.is_to_confirm) == ("told_after_closing", True)
    assert Case.objects.count() == 1


def test_two_records_of_one_leaver_in_one_file_are_one_child_one_end_and_one_case() -> None:
    record = pupil(left_on=LEFT_ON, reason="UK")
    transfer = take_in(files.cml(record, record, made=TODAY))
    assert list(transfer.rows.values_list("effect", flat=True)) == ["case_opened", "case_joined"]
    assert (Child.objects.count(), Place.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_a_ctf_to_a_known_school_and_a_leavers_file_ask_an_officer_once() -> None:
    named = files.ctf(pupil(left_on=LEFT_ON, reason="IM"), made=TODAY, to="3102002")
    first = take_in(named, "3102001_CTF_3102002_001.xml").rows.get()
    second = leaves(reason="IM", later=going_to("3102002", "Mill Lane School"))
    assert (first.effect, first.is_to_confirm) == ("named_destination", True)
    assert (second.effect, second.is_to_confirm) == ("named_destination", False)
    assert "waiting for an officer already" in second.effect_words
    assert Place.objects.filter(kind="named").count() == 1


# The school that left


def test_a_file_under_an_academys_old_number_ends_the_place_at_todays_school() -> None:
    """files.md 11.6."""
    academy = school("3104009", "St Ann's Academy")
    record_former_number(school=academy, la_code="310", establishment="2009")
    row = leaves(estab="2009", reason="UK")
    assert row.effect == "case_opened"
    assert (only_case().school, Place.objects.get().school) == (academy, academy)


def test_the_school_that_is_left_is_no_destination_by_whatever_number() -> None:
    """A number in the wrong box must not make a missing child look placed."""
    record_former_number(
        school=school("3104009", "An academy"), la_code="310", establishment="2009"
    )
    row = leaves(estab="4009", reason="IM", later=going_to("3102009", on=date(2026, 11, 16)))
    assert row.effect == "case_opened"
    assert not Place.objects.filter(kind="named").exists()


def test_a_closed_school_still_ends_its_places() -> None:
    closed = school("3102010", "Closed School")
    closed.is_open = False
    closed.save()
    assert leaves(estab="2010", reason="UK").effect == "case_opened"


# Days


def test_a_leaver_with_no_day_left_by_the_day_the_file_was_made() -> None:
    row = leaves(left_on=None, reason="UK", made=date(2026, 11, 20))
    assert row.effect == "case_opened"
    assert Place.objects.get().to_on == date(2026, 11, 20)
    assert row.problems.filter(rule__contains="leaving").exists()


def test_a_child_who_is_still_to_leave_is_asked_about_and_not_yet_missing() -> None:
    enrolled()
    row = leaves(left_on=date(2026, 12, 4), reason="UK")
    assert (row.effect, row.is_to_confirm) == ("leaving_later", True)
    assert not Case.objects.exists()
    assert places() == ["St Ann's School"]
    assert places(on=date(2026, 12, 5)) == []


# Where to


def test_a_confirmed_destination_is_kept_as_named_until_that_school_says_so() -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane", date(2026, 11, 16)))
    assert (row.effect, row.is_to_confirm) == ("confirmed_destination", False)
    named = Place.objects.get(kind="named")
    assert (named.title, named.is_confirmed) == ("Mill Lane School", False)


def test_a_school_named_without_a_day_is_a_destination_to_confirm() -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    assert (row.effect, row.is_to_confirm) == ("named_destination", True)
    assert Place.objects.get(kind="named").from_on == LEFT_ON + timedelta(days=1)


def test_a_school_of_long_ago_is_no_destination() -> None:
    row = leaves(reason="UK", later=going_to("3102002", "Mill Lane", date(2019, 9, 2)))
    assert row.effect == "case_opened"


def test_moved_abroad_with_an_address_there_waits_and_without_one_is_a_case() -> None:
    """P14: unproved moves abroad go onto the register."""
    abroad = (
        "<Address><AddressLines><AddressLine1>1 Invented Street</AddressLine1></AddressLines>"
        "<Country>Ireland</Country><AddressStartDate>2026-11-15</AddressStartDate></Address>"
    )
    row = leaves(reason="LC", extra=abroad)
    assert (row.effect, row.is_to_confirm) == ("moved_abroad", True)
    other = leaves(reason="LC", forename="Alex", surname="Sample", upn="")
    assert (other.effect, other.case.reason) == ("case_opened", "moved_abroad")


@pytest.mark.parametrize(
    ("reason", "effect", "has_case"),
    [("EL", "home_education", False), ("LC", "case_opened", True), ("MI", "case_opened", True)],
)
def test_a_lost_pupil_file_is_read_by_its_reason(reason: str, effect: str, has_case: bool) -> None:
    """files.md 11.5: schools send home-educated and moved-abroad pupils to XXXXXXX too."""
    content = files.lost(pupil(left_on=LEFT_ON, reason=reason), made=TODAY)
    row = take_in(content, LOST_NAME).rows.get()
    assert (row.effect, Case.objects.exists()) == (effect, has_case)


def test_an_excluded_child_with_a_new_school_keeps_it_as_a_claim() -> None:
    row = leaves(reason="PE", later=going_to("3102002", "Mill Lane", date(2026, 11, 16)))
    assert (row.effect, row.is_to_confirm) == ("excluded", True)
    assert Place.objects.filter(kind="named").exists()
    other = leaves(reason="PE", forename="Alex", surname="Sample", upn="")
    assert (other.effect, other.case.reason) == ("case_opened", "excluded")


def test_the_end_of_a_phase_in_summer_asks_where_the_child_goes() -> None:
    row = leaves(reason="PM", left_on=date(2026, 7, 22), born=date(2015, 3, 4))
    assert (row.effect, row.is_to_confirm) == ("end_of_phase", True)


def test_a_missing_child_with_a_school_named_is_a_case_that_knows_the_lead() -> None:
    row = leaves(reason="MI", later=going_to("3102002", "Mill Lane", date(2026, 11, 16)))
    assert (row.effect, row.is_to_confirm) == ("case_opened", False)
    assert Place.objects.filter(kind="named").exists()


def test_what_a_school_says_later_reaches_the_open_case() -> None:
    leaves(reason="UK")
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane", date(2026, 11, 16)))
    assert (row.effect, row.case) == ("confirmed_destination", only_case())
    assert only_case().alerts.filter(kind="lead").exists()
    assert only_case().is_open


# Death


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_claim_of_death_is_always_put_to_a_person(is_elsewhere: bool) -> None:
    """Even when another school has the child: the two cannot both be so."""
    enrolled()
    if is_elsewhere:
        joins(entry_on=date(2026, 11, 16))
    row = leaves(reason="DD", ground="")
    assert (row.effect, row.is_to_confirm) == ("died", True)
    assert sam().died_on is None


def test_a_letter_that_may_mean_death_is_asked_about() -> None:
    row = leaves(reason="", ground="K")
    assert (row.effect, row.is_to_confirm) == ("perhaps_died", True)
    assert not Case.objects.exists()


# Held


def test_a_record_held_for_its_school_is_applied_once_the_school_is_on_file() -> None:
    row = leaves(estab="2077", reason="UK")
    assert (row.stage, row.child) == ("held", None)
    school("3102077", "New School")
    assert actions.try_again(transfer=row.transfer) == 1
    from onroll.intake import tasks

    tasks.take_through(row.transfer.pk, at=AT, actor="test")
    row.refresh_from_db()
    assert (row.stage, row.effect) == ("applied", "case_opened")


def test_a_held_record_is_matched_anew_when_it_is_tried_again() -> None:
    """Between the two, another file may have added the child."""
    from onroll.intake import tasks

    row = leaves(estab="2077", reason="UK")
    joins(entry_on=date(2025, 9, 1), made=date(2025, 9, 2))
    school("3102077", "New School")
    actions.try_again(transfer=row.transfer)
    tasks.take_through(row.transfer.pk, at=AT, actor="test")
    assert Child.objects.count() == 1
    assert Row.objects.filter(child=sam()).count() == 2


def test_a_record_without_any_name_is_held_and_says_so() -> None:
    row = take_in(files.cml(files.pupil(surname="", forename="", born=BORN), made=TODAY)).rows.get()
    assert (row.stage, row.effect) == ("held", "held")
    assert "no name at all" in row.effect_words
