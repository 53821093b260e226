"""How many questions each page asks of the database: a number that is kept, page by page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import crawler, routes

MOST = 15
MORE = {
    "weekly_so_far": 20,  # each section is a list, and whose sealed cases this person does not see
    "intake:settle": 24,  # everything known of two children, beside the record
    "duplicates:merge": 29,  # likewise of two records, and what would move
    "duplicates:apart": 29,
    "duplicates:propose": 34,
    "casefile:child": 16,
    # of each child who it may be and where it lives, what else is referred of it and not decided,
    # all that came, and who has it next
    "referrals:referral": 21,
    "referrals:grade": 21,
    "referrals:decide": 22,  # and the authorities
    "referrals:answered": 23,  # and what is owed, of additions and of answers
    "referrals:accept": 18,
    "referrals:turn_back": 18,
}
"""The pages that ask more, how much, and what for."""
LESS = {
    **dict.fromkeys(("casefile:case", "casefile:chronology", "cases:manager_review"), 12),
    **dict.fromkeys(("casefile:today", "referrals:queue", "referrals:status"), 12),
}
"""The pages that are held to less: every feature would add to them, or anyone may open them."""
AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


def test_no_page_asks_more_of_the_database_than_it_needs(world: routes.World) -> None:
    asked: dict[str, int] = {}
    for user in (world.people.olive, world.people.sam, world.people.max):
        client = Client()
        client.force_login(user)
        for page in crawler.pages():
            route = routes.ROUTES.get(page.name, crawler.NEW_ROUTE)
            path = crawler.path_of(page, route.seen(world, user) or route.never or {})
            if client.get(path).status_code == 200:
                with CaptureQueriesContext(connection) as captured:
                    client.get(path)
                number = sum(not query["sql"].startswith(AROUND) for query in captured)
                asked[page.name] = max(number, asked.get(page.name, 0))
    assert len(asked) > 60
    allowed = MORE | LESS
    assert {name: n for name, n in asked.items() if n > allowed.get(name, MOST)} == {}
