"""The page on which the policy and the law stand side by side (law 11)."""

import pytest
from django.test import Client

from onroll.rules.departures import DEPARTURES
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_every_difference_is_shown_with_both_sources(client: Client) -> None:
    """P75: where the policy and the law differ, page by page."""
    page = Page(client.get("/policy-and-law/").content).text
    for one in DEPARTURES:
        assert one.title in page
        assert one.page in page
    assert "the law decides" in page
