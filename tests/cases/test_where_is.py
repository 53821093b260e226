"""Where a child is on a day, worked out from places and age (P01)."""

from datetime import date

import pytest

from onroll.children import actions as children
from onroll.children.models import PlaceKind
from onroll.children.queries import where_is
from tests.cases.world import LEFT_ON, TODAY

pytestmark = pytest.mark.django_db


def names(places):
    return [place.title for place in places]


def test_a_child_on_a_roll_is_there_and_is_not_missing(world):
    child = world.child()
    world.at_school(child)
    found = where_is(child, on=TODAY)
    assert names(found.places) == ["St Ann's School"]
    assert not found.is_missing


def test_the_last_day_at_a_school_still_counts_and_the_next_does_not(world):
    child = world.child()
    world.at_school(child)
    world.left(child)
    assert not where_is(child, on=LEFT_ON).is_missing
    assert where_is(child, on=date(2026, 11, 7)).is_missing


def test_a_gap_between_two_schools_is_a_gap_only_in_between(world):
    child = world.child()
    world.at_school(child)
    world.left(child, date(2026, 9, 30))
    world.at_school(child, world.mill_lane, date(2026, 10, 12))
    assert names(where_is(child, on=date(2026, 9, 30)).places) == ["St Ann's School"]
    assert where_is(child, on=date(2026, 10, 5)).is_missing
    assert names(where_is(child, on=date(2026, 10, 12)).places) == ["Mill Lane School"]


def test_two_schools_that_both_claim_a_child_are_both_shown(world):
    """Facts that disagree are both kept."""
    child = world.child()
    world.at_school(child)
    world.at_school(child, world.mill_lane, date(2026, 9, 1))
    assert names(where_is(child, on=TODAY).places) == ["St Ann's School", "Mill Lane School"]


def test_a_place_whose_first_day_nobody_gave_holds_since_ever(world):
    child = world.child()
    world.at_school(child, from_on=None)
    assert not where_is(child, on=date(2020, 9, 10)).is_missing


def test_a_place_that_has_not_started_does_not_hold_yet(world):
    child = world.child()
    world.at_school(child, from_on=date(2026, 11, 19))
    assert where_is(child, on=TODAY).is_missing
    assert not where_is(child, on=date(2026, 11, 19)).is_missing


@pytest.mark.parametrize("kind", [PlaceKind.NAMED, PlaceKind.OFFERED, PlaceKind.ABROAD])
def test_where_a_child_is_only_expected_does_not_end_the_search(world, kind):
    """A school named by the one before is no school until it says that the child came."""
    child = world.child()
    children.start_place(
        child=child, kind=kind, from_on=LEFT_ON, source=world.source, school=world.mill_lane
    )
    found = where_is(child, on=TODAY)
    assert names(found.expected) == ["Mill Lane School"]
    assert (found.places, found.is_missing) == ((), True)


@pytest.mark.parametrize("kind", [PlaceKind.HOME_EDUCATION, PlaceKind.ALTERNATIVE])
def test_education_otherwise_than_at_a_school_on_file_is_education(world, kind):
    child = world.child()
    children.start_place(
        child=child, kind=kind, from_on=LEFT_ON, source=world.source, provision="At home"
    )
    assert not where_is(child, on=TODAY).is_missing


@pytest.mark.parametrize(
    ("born", "is_missing"),
    [
        (date(2022, 3, 4), False),  # four
        (date(2021, 11, 17), False),  # five yesterday; of age from 31 December
        (date(2021, 8, 31), True),  # of age since the day they turned five
        (date(2010, 9, 1), True),  # sixteen already, of age until June 2027
        (date(2010, 8, 31), False),  # school leaving date was 26 June 2026
        (None, False),
    ],
)
def test_only_a_child_of_compulsory_school_age_can_be_missing(world, born, is_missing):
    """EA96 s.8; without a birthday nobody can say."""
    assert where_is(world.child(born=born), on=TODAY).is_missing is is_missing


def test_a_child_who_died_is_not_missing(world):
    child = world.child()
    children.record_death(child=child, on=LEFT_ON)
    child.refresh_from_db()
    assert not where_is(child, on=TODAY).is_missing


def test_it_takes_one_query_however_many_places(world, django_assert_num_queries):
    child = world.child()
    world.at_school(child)
    world.at_school(child, world.mill_lane)
    with django_assert_num_queries(1):
        found = where_is(child, on=TODAY)
        assert [str(place.source) for place in found.places] == [str(world.source)] * 2
        assert len(names(found.places)) == 2
