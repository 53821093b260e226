"""Adding a child by hand as an officer does it: page by page, and then all of it sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

DRAFT = "/cases/new/form/"


def filled_in(client: Client, handle: str, answers: Mapping[str, Any]) -> str:
    """Answer each page with what it asks, and return the address of check-your-answers."""
    *_, page = _pages(client, handle, answers, until="/check/")
    assert page["Location"].endswith("/check/"), "a page has something wrong on it"
    return str(page["Location"])


def enter(client: Client, handle: str, answers: Mapping[str, Any]) -> Any:
    """Answer each page with what it asks, and send; return the case's page or what is refused."""
    *_, page = _pages(client, handle, answers)
    return client.get(page["Location"]) if _goes_on(page) else page


def _pages(
    client: Client, handle: str, answers: Mapping[str, Any], *, until: str = ""
) -> Iterator[Any]:
    """Yield what each page answers, up to one that leads back to itself: something is wrong there.

    `until` is the end of an address that is not sent to any more.
    """
    asked, answer = "", client.post(reverse("cases:add", args=[handle]), answers)
    yield answer
    while _goes_on(answer) and answer["Location"] != asked:
        asked = answer["Location"]
        if until and asked.endswith(until):
            return
        answer = client.post(asked, answers)
        yield answer


def _goes_on(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"].startswith(DRAFT))
