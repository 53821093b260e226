"""Before a child is added, likely ones are shown, most likely first, and why (matching.md 6.6)."""

from datetime import date

import pytest
from django.urls import reverse

from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child
from tests.cases.test_entry import look_for, shown
from tests.reading import lasting

pytestmark = pytest.mark.django_db
BORN = date(2015, 3, 4)


def found_by(client, forename, surname, born=BORN):
    return shown(client.get(look_for(client, forename, surname, born)["Location"]))


@pytest.mark.parametrize(
    ("forename", "surname", "words"),
    [
        ("Muhammad", "Chowdhury", "The forenames are two ways to write one name."),
        ("Mohamed", "Choudhury", "The surnames are two ways to write one name."),
        ("Chowdhury", "Mohammed", "Forename and surname have changed places."),
        ("Mohammed", "Chowdury", "The surnames are "),
        ("Md", "Chowdhury", "The forenames are "),
    ],
)
def test_a_child_is_found_however_the_name_is_written(world, people, as_, forename, surname, words):
    world.child("Mohammed", "Chowdhury")
    page = found_by(as_(people.olive), forename, surname)
    assert "Mohammed Chowdhury" in page.headings
    assert words in page.text


@pytest.mark.parametrize("typed", [("Bill", "Okonkwo"), ("William", "Okonkwo-Hale")])
def test_short_forms_and_double_names_are_found(world, people, as_, typed):
    world.child("William", "Okonkwo")
    assert "William Okonkwo" in found_by(as_(people.olive), *typed).headings


def test_a_former_name_is_found_and_shown(world, people, as_):
    facts = ChildFacts(forename="Amina", surname="Okafor", former_surname="Hale", born_on=BORN)
    children.add_child(facts=facts, source=world.source)
    page = found_by(as_(people.olive), "Amina", "Hale")
    assert "Amina Okafor" in page.headings
    assert "Also on record as" in page.text


@pytest.mark.parametrize("typed", [date(2015, 4, 3), date(2015, 3, 14), date(2016, 3, 4), None])
def test_a_wrong_or_missing_birthday_still_finds(world, people, as_, typed):
    world.child("Quentin", "Quillfeather")
    page = found_by(as_(people.olive), "Quentin", "Quillfeather", typed)
    assert "Quentin Quillfeather" in page.headings


def test_the_likeliest_stands_first(world, people, as_):
    world.child("Samira", "Example", BORN)
    world.child("Sam", "Example", BORN)
    world.child("Sam", "Example", date(2012, 9, 1))
    page = found_by(as_(people.olive), "Sam", "Example")
    names = [name for name in page.headings if name.endswith("Example")]
    assert names.index("Sam Example") < names.index("Samira Example")
    first, _, _ = page.text.partition("Samira Example")
    assert "The same date of birth." in first


def test_all_who_bear_a_common_name_are_shown(world, people, as_):
    for n in range(1, 7):
        world.child("Mohammed", "Khan", date(2010 + n, n, 9))
    page = found_by(as_(people.olive), "Mohammed", "Khan", None)
    assert page.headings.count("Mohammed Khan") == 6


def test_of_a_protected_child_the_page_is_the_one_of_nobody_known(world, people, as_):
    """Not even the order or the number of the others changes (access matrix, row 8)."""
    world.child("Mohammed", "Khan")
    client = as_(people.olive)
    where = look_for(client, "Mohammed", "Khan")["Location"]
    before = shown(client.get(where))
    home = AddressFacts(lines=("1 Canary Wharf",), postcode="HA9 9ZZ")
    hidden = world.child("Muhammad", "Khan", addresses=[home])
    children.protect(child=hidden, is_protected=True)
    after = shown(client.get(where))
    assert "Muhammad Khan" not in after.source
    assert lasting(after.tree) == lasting(before.tree)


def test_nobody_is_found_who_is_plainly_another(world, people, as_):
    world.child("Zoe", "Abernathy", date(2011, 8, 30))
    assert "This search found nobody" in found_by(as_(people.olive), "Sam", "Example").text
    assert Child.objects.count() == 1
    assert reverse("casefile:add_first")
