"""A form that cannot be sent yet leads back to its page, which says why and has what was typed.

So a browser that goes back to it later finds a page, and not the question whether to send again.
"""

import pytest

from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import professional

pytestmark = pytest.mark.django_db
ASKED = "Say why you send it without this"


def written(visitor: Visitor) -> str:
    """Return what stands in the question of why it is sent without what is missing."""
    [box] = visitor.page.xpath(".//textarea[@name='missing_why']")
    return str(box.text or "").strip()


def test_a_form_without_its_reason_leads_back_to_its_page(people: People) -> None:
    visitor = professional(Visitor(None))
    answer = visitor.client.post(visitor.address, visitor.fill_in("Send").whole())
    assert (answer.status_code, answer["Location"]) == (302, visitor.address)
    visitor.open(visitor.address).see("There is a problem", ASKED)
    visitor.open(visitor.address).see(ASKED)
    assert not Referral.objects.exists()


def test_a_reason_that_is_too_long_is_there_with_what_is_wrong(people: People) -> None:
    visitor = professional(Visitor(None))
    long = "Nobody opened. " * 150
    visitor.send("Send", missing_why=long).see("There is a problem")
    assert written(visitor) == long.strip()


def test_a_reason_stays_where_the_answers_changed_in_another_window(people: People) -> None:
    first = professional(Visitor(people.hal))
    second = Visitor(None)
    second.client.cookies = first.client.cookies
    second.open(first.address.replace("/check/", "/child/")).send("Continue", forename="Robin")
    first.send("Send", missing_why="It cannot wait.")
    first.see("Your answers have changed since this page was shown")
    assert written(first) == "It cannot wait."
    first.send("Send").see("We have your form")
    assert Referral.objects.get().missing_why == "It cannot wait."


def test_the_reason_alone_does_not_count_as_a_change_of_the_answers(people: People) -> None:
    first = professional(Visitor(people.hal))
    second = Visitor(None)
    second.client.cookies = first.client.cookies
    second.open(first.address).send("Send").see(ASKED)
    first.send("Send", missing_why="It cannot wait.").see("We have your form")
