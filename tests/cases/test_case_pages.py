"""The pages of one case."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ("case", "child", "history", "team")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_a_case_opens(world, people, as_, page):
    child = world.child(upn="H801200001001", flags=["young_carer"])
    world.at_school(child)
    world.left(child)
    case = world.case(child, owner=people.olive)
    answer = as_(people.olive).get(reverse(f"cases:{page}", args=[case.ref]))
    assert answer.status_code == 200
    assert b"Sam Example" in answer.content


@pytest.mark.parametrize("page", ["close", "note", "assign", "join"])
def test_each_question_opens(world, people, as_, page):
    case = world.case(owner=people.olive)
    answer = as_(people.olive).get(reverse(f"cases:{page}", args=[case.ref]))
    assert answer.status_code == 200
