"""A child is found before it is created again, in whatever letters the name was written."""

from datetime import date

import pytest

from onroll.children.candidates import find_candidates
from onroll.children.models import Child
from onroll.matching import Person
from onroll.matching.blocking.search_keys import pair_keys, search_keys
from tests.intake.world import AT, schools, take_in

pytestmark = pytest.mark.django_db
BORN = date(2016, 4, 5)
HEADINGS = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Date of Admission,Postcode\n"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (("Łukasz", "Łapiński"), ("Lukasz", "Lapinski")),
        (("Lukasz", "Lapinski"), ("Łukasz", "Łapiński")),
        (("Дмитро", "Шевченко"), ("Dmytro", "Shevchenko")),
        (("Đorđe", "Đokić"), ("Dorde", "Dokic")),
    ],
)
@pytest.mark.parametrize("born", [BORN, None])
def test_who_is_typed_in_other_letters_is_a_candidate(
    stored: tuple[str, str], typed: tuple[str, str], born: date | None
) -> None:
    schools()
    line = f"310,2001,,{stored[1]},{stored[0]},05/04/2016,M,01/09/2021,HA1 1AA\n"
    take_in((HEADINGS + line).encode(), "roll.csv", AT)
    asked = Person(
        forenames=frozenset({typed[0]}), surnames=frozenset({typed[1]}), born=born, sex="M"
    )
    child = Child.objects.get(born_on=BORN)
    assert [person.key for person in find_candidates([asked])[0]] == [child.pk]
    keys = {*search_keys(stored), *pair_keys(stored[:1], stored[1:], BORN)}
    assert keys <= set(child.search_keys)
