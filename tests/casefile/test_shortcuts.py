"""The keys that lead to the pages that are opened most: as listed, so they work."""

import pytest

from onroll.accounts.models import User
from onroll.casefile.navigation import LIST_KEY
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People


def keys_on(user: User, path: str) -> dict[str, str]:
    """Return the keys of a page, each with the words of what it opens."""
    drawn = list(Visitor(user).open(path).page.iterfind(".//*[@accesskey]"))
    keys = {element.attrib["accesskey"]: element.text_content().strip() for element in drawn}
    assert len(keys) == len(drawn), "a key leads to one place"
    return keys


@pytest.mark.parametrize("name", ["olive", "mo", "max", "sam"])
def test_each_key_on_the_list_is_on_the_page(people: People, name: str) -> None:
    user = getattr(people, name)
    rows = Visitor(user).open("/shortcuts/").page.findall(".//table")[0].findall("tbody/tr")
    listed = {row[0].text_content().strip(): row[1].text_content().strip() for row in rows}
    drawn = keys_on(user, "/shortcuts/")
    assert {"1", LIST_KEY} <= set(drawn)
    assert set(listed) - set(drawn) <= {"7"}, "a note is added from a case"
    assert {key: listed[key] for key in drawn if key != LIST_KEY} == {
        key: words.split(" (")[0] for key, words in drawn.items() if key != LIST_KEY
    }


def test_a_note_is_added_from_a_case_by_a_key(world: World, people: People) -> None:
    case = world.case(world.child("Sam", "Example"), owner=people.olive)
    assert keys_on(people.olive, f"/cases/{case.ref}/")["7"] == "Add a note"
    assert "7" not in keys_on(people.olive, "/today/")
