"""The people of the made-up borough: who they are, how they are named and numbered."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from onroll.demo.chance import Deck, Weighted
from onroll.demo.families import Child
from onroll.demo.movement import Year
from onroll.demo.names import draw_child_name, draw_house, respelt, spellings, traditions
from onroll.demo.upns import Register, with_wrong_letter
from onroll.rules.age import year_group
from onroll.rules.identifiers import check_upn
from tests.demo.conftest import World

YEARS = {"N2": -1, "R": 0} | {str(n): n for n in range(1, 14)}


def on_roll(year: Year) -> list[Child]:
    return [year.borough.children[spell.child] for spell in year.borough.spells]


def test_the_borough_has_exactly_as_many_pupils_as_asked_for(world: World):
    assert len({spell.child for spell in world.year.borough.spells}) == 2_000


def test_a_borough_of_harrows_size_has_sixty_schools(borough_of_harrows_size: Year):
    year = borough_of_harrows_size
    assert len(year.borough.schools) == 60
    assert len(year.borough.spells) == 38_000


def test_no_two_children_have_one_upn(borough_of_harrows_size: Year):
    numbers = Counter(
        number
        for child in borough_of_harrows_size.children.values()
        for number in (child.upn, child.former_upn, child.temporary_upn)
        if number
    )
    assert [number for number, many in numbers.items() if many > 1] == []


def test_every_upn_has_the_right_check_letter(world: World):
    """law.md 9: the letter is the sum modulo 23; temporary numbers end in a letter."""
    for child in world.year.children.values():
        for number, kind in ((child.upn, "permanent"), (child.temporary_upn, "temporary")):
            if number:
                assert check_upn(number).is_valid
                assert check_upn(number).kind == kind


def test_every_child_on_roll_has_a_upn(world: World):
    assert all(world.year.children[spell.child].upn for spell in world.year.spells)


def test_a_slip_in_a_upn_is_one_that_the_letter_gives_away():
    assert not check_upn(with_wrong_letter("R674123101121")).is_valid


def test_a_school_numbers_on_when_a_year_is_full():
    register = Register()
    given = [register.permanent("3102701", 2025) for _ in range(1_100)]
    assert len(set(given)) == 1_100
    assert all(check_upn(number).is_valid for number in given)


def test_twins_share_a_birthday_and_a_home_but_not_a_name(borough_of_harrows_size: Year):
    year = borough_of_harrows_size
    born = defaultdict(list)
    for child in on_roll(year):
        born[child.family, child.born].append(child)
    twins = [pair for pair in born.values() if len(pair) > 1]
    assert len(twins) > 200
    for pair in twins:
        assert len({child.forename for child in pair}) == len(pair)


def test_siblings_are_at_least_thirteen_months_apart_unless_they_are_twins(world: World):
    for family in world.year.families.values():
        days = sorted({world.year.children[key].born for key in family.children})
        assert all((b - a).days >= 400 for a, b in pairwise(days))


def test_siblings_who_came_together_have_neighbouring_upns(borough_of_harrows_size: Year):
    year = borough_of_harrows_size
    neighbours = 0
    for family in year.families.values():
        numbers = sorted(n for key in family.children if (n := year.children[key].upn[1:]))
        neighbours += sum(int(b) - int(a) == 1 for a, b in pairwise(numbers))
    assert neighbours > 500


def test_each_child_is_at_a_school_that_teaches_their_year(world: World):
    year = world.year
    for spell in year.borough.spells:
        group = year_group(year.children[spell.child].born, on=year.borough.opens_on)
        assert year.borough.schools[spell.school].teaches(YEARS[group])


def test_no_child_is_on_two_rolls_at_once(borough_of_harrows_size: Year):
    free_from: dict[str, date] = {}
    for spell in borough_of_harrows_size.spells:
        assert free_from.get(spell.child, date.min) < spell.from_on
        free_from[spell.child] = spell.to_on or date.max


def test_the_names_are_those_of_a_very_diverse_borough(borough_of_harrows_size: Year):
    year = borough_of_harrows_size
    shares = Counter(family.tradition for family in year.families.values())
    everyone = sum(shares.values())
    assert len(shares) >= 18
    assert 0.13 < shares["gujarati"] / everyone < 0.21
    assert 0.08 < shares["romanian"] / everyone < 0.15
    assert all(many / everyone > 0.003 for many in shares.values())


def test_one_name_is_written_in_several_ways(borough_of_harrows_size: Year):
    written = {
        word for child in on_roll(borough_of_harrows_size) for word in child.forename.split()
    }
    assert {"Mohammed", "Muhammad", "Mohamed", "Md"} <= written
    assert {"Aisha", "Ayesha"} <= written


@pytest.mark.parametrize(
    ("code", "check"),
    [
        ("punjabi", lambda girl, boy, house: {girl, boy} in ({"Kaur", "Singh"}, {house.surname})),
        ("tamil", lambda girl, boy, house: girl == boy == house.father),
        ("chain", lambda girl, boy, house: girl == boy == house.surname),
        ("portuguese_brazilian", lambda girl, boy, house: girl.endswith(f" {house.surname}")),
    ],
)
def test_surnames_follow_the_tradition(code: str, check):
    chance, seen = Random(1), 0
    for _ in range(3_000):
        house = draw_house(chance)
        if code in (house.tradition.code, house.tradition.style):
            girl = draw_child_name(house, "F", (), chance).surname
            boy = draw_child_name(house, "M", (), chance).surname
            assert check(girl, boy, house)
            seen += 1
    assert seen > 10


def test_polish_sisters_and_brothers_differ_in_the_ending():
    chance = Random(2)
    pairs = set()
    for _ in range(3_000):
        house = draw_house(chance)
        if house.tradition.code == "polish":
            girl, boy = (draw_child_name(house, sex, (), chance).surname for sex in "FM")
            pairs.add((girl, boy))
    assert ("Kowalska", "Kowalski") in pairs


def test_a_name_written_again_is_another_spelling():
    chance = Random(3)
    for name in ("Mohammed", "Aisha", "Oliver", "Lily-Mae", "Ka Ho", "Ștefan"):
        assert respelt(name, chance) != name
    assert respelt("Muhammad", chance) in spellings()["Mohammed"]


def test_no_tradition_has_an_empty_list():
    seen = {id(one): one for one in (traditions().draw(Random(n)) for n in range(2_000))}
    assert len(seen) >= 18
    assert all(one.girls and one.boys and one.surnames for one in seen.values())


def test_a_rare_thing_is_dealt_early_and_then_at_its_rate():
    deck = Deck(Random(4), rate=0.1, soonest=5)
    dealt = [deck.draw() for _ in range(5_000)]
    assert any(dealt[:5])
    assert 350 < sum(dealt) < 650


def test_a_thing_without_weight_is_never_drawn():
    chance, things = Random(5), Weighted({"a": 1.0, "b": 0.0})
    assert {things.draw(chance) for _ in range(500)} == {"a"}
