"""A page on no side of the wall is nobody's; a page of anyone is open to who is signed in too."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from onroll.accounts.middleware import Walls
from tests.people import People
from tests.test_crawler import leaks


@pytest.mark.parametrize("who", [None, "olive", "sam"])
def test_a_page_on_no_side_is_refused_to_everybody(
    people: People, rf: RequestFactory, who: str | None
) -> None:
    request = rf.get("/sideless/")
    request.user = getattr(people, who) if who else AnonymousUser()
    with pytest.raises(PermissionDenied, match="on no side"):
        Walls(leaks).process_view(request, leaks, (), {})


@pytest.mark.urls("tests.test_crawler")
@pytest.mark.parametrize("who", [None, "olive", "sam"])
def test_a_page_of_anyone_is_open_to_who_is_signed_in_too(
    people: People, client: Client, who: str | None
) -> None:
    if who:
        client.force_login(getattr(people, who))
    assert client.get("/open/").status_code == 200
