"""The schools of the made-up borough are nobody's, and so is everything else in it."""

import csv
from datetime import date

from onroll.demo import Year, tell, write_rolls
from onroll.demo.schools import ST_ANNS, TALLIS_WOOD
from onroll.demo.terms import school_year_ends, school_year_starts, terms
from tests.demo.conftest import World

REAL = {
    "Alexandra", "Avanti", "Aylward", "Belmont", "Bentley", "Camrose", "Cannon", "Canons", "Cedars",
    "Earlsmead", "Elmgrove", "Glebe", "Grange", "Grimsdyke", "Harrow", "Hatch End", "Heathland",
    "Hujjat", "Kenmore", "Kingsley", "Krishna", "Longfield", "Marlborough", "Newton", "Norbury",
    "Nower", "Park High", "Pinner", "Priestmead", "Rooks", "Roxbourne", "Roxeth", "Sacred Heart",
    "Salvatorian", "Shaftesbury", "St Anselm", "St Bernadette", "St Dominic", "St George",
    "St Jerome", "St John", "St Joseph", "St Teresa", "Stag Lane", "Stanburn", "Vaughan", "Weald",
    "Welldon", "West Lodge", "Whitchurch", "Whitefriars", "Whitmore", "Woodlands",
}  # fmt: skip
"""Words in the names of real schools of the borough this one is modelled on."""


def schools(year: Year):
    return [*year.borough.schools.values(), *year.borough.outside.values()]


def test_no_school_is_named_like_a_real_one(borough_of_harrows_size: Year):
    names = [school.name for school in schools(borough_of_harrows_size)]
    assert [name for name in names for real in REAL if real in name] == []


def test_no_school_has_the_number_of_another(borough_of_harrows_size: Year):
    every = schools(borough_of_harrows_size)
    numbers = [n for s in every for n in (s.number, s.former_number) if n]
    urns = [urn for s in every for urn in (s.urn, s.former_urn) if urn]
    assert len(set(numbers)) == len(numbers)
    assert len(set(urns)) == len(urns)
    names = [school.name for school in borough_of_harrows_size.borough.schools.values()]
    assert len(set(names)) == len(names)


def test_urns_lie_where_no_real_school_has_one(borough_of_harrows_size: Year):
    assert all(int(school.urn) >= 990_000 for school in schools(borough_of_harrows_size))


def test_a_county_has_schools_enough_and_no_number_twice():
    year = tell(pupils=60_000, weeks=1)
    numbers = [n for s in schools(year) for n in (s.number, s.former_number) if n]
    assert len(set(numbers)) == len(numbers)


def test_the_schools_of_sam_and_tess_are_there_at_any_scale(world: World):
    borough = world.year.borough
    assert borough.schools[ST_ANNS].name == "St Ann's Primary School"
    assert borough.schools[TALLIS_WOOD].name == "Tallis Wood High School"


def test_telephone_numbers_and_addresses_are_nobodys(world: World):
    for family in world.year.families.values():
        assert family.address.postcode[-1] in "CKMV"
        for adult in family.adults:
            assert all(number.startswith(("071", "0200")) for _, number in adult.phones)
            assert adult.email.endswith("@example.com") or not adult.email


def test_every_child_lives_with_an_adult(world: World):
    for family in world.year.families.values():
        assert any(adult.lives_with for adult in family.adults)


def test_terms_begin_and_end_when_english_terms_do():
    autumn, *_, summer = terms(2025)
    assert autumn.starts_on == date(2025, 9, 2)
    assert school_year_starts(2026) == date(2026, 9, 2)
    assert school_year_ends(2025) == summer.ends_on == date(2026, 7, 22)
    for year in range(2020, 2035):
        days = [day for term in terms(year) for day in (term.starts_on, term.ends_on)]
        assert days == sorted(days)


def test_lists_have_the_headings_of_gias_and_of_school_systems(world: World, tmp_path):
    lists = write_rolls(world.year, tmp_path)
    with lists.establishments.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"URN", "LA (code)", "EstablishmentNumber", "EstablishmentName"} <= rows[0].keys()
    known = {row["LA (code)"] + row["EstablishmentNumber"] for row in rows}
    assert {school.number for school in schools(world.year)} <= known
    closed = [row for row in rows if row["EstablishmentStatus (name)"] == "Closed"]
    assert closed


def test_rolls_hold_each_pupil_once_whether_whole_or_by_school(world: World, tmp_path):
    by_school = write_rolls(world.year, tmp_path / "one")
    whole = write_rolls(world.year, tmp_path / "all", whole=True)
    assert len(whole.rolls) == 1
    upns = []
    for path in by_school.rolls:
        with path.open(encoding="utf-8", newline="") as file:
            upns += [row["UPN"] for row in csv.DictReader(file)]
    with whole.rolls[0].open(encoding="utf-8", newline="") as file:
        assert sorted(row["UPN"] for row in csv.DictReader(file)) == sorted(upns)
    assert len(set(upns)) == 2_000


def test_a_later_roll_is_that_of_its_day(world: World, tmp_path):
    day = date(2026, 1, 15)
    path = write_rolls(world.year, tmp_path, on=day, whole=True).rolls[0]
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["UPN"] for row in csv.DictReader(file)}
    assert listed == {child.upn for child, _ in world.year.on_roll(day)}
