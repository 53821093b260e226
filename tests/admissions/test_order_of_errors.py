"""What is wrong with a form is listed in the order in which its page asks."""

import pytest

from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def test_an_empty_form_about_a_family_lists_its_errors_as_the_page_asks(people: People) -> None:
    sam = Visitor(people.sam).open("/families/tell/").send("Send")
    links = sam.page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    anchors = [link.removeprefix("#") for link in links]
    assert {"id_adult", "id_phone", "id_forename_1"} <= set(anchors)
    on_page = [each for each in sam.page.xpath("//form//@id") if each in anchors]
    assert anchors == on_page
