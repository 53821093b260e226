"""Adding a child by hand as an officer does it: page by page, and then all of it sent."""

from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

DRAFT = "/cases/new/form/"


def filled_in(client: Client, handle: str, answers: Mapping[str, Any]) -> str:
    """Answer each page with what it asks, and return the address of check-your-answers."""
    answer = client.post(reverse("cases:add", args=[handle]), answers)
    while not answer["Location"].endswith("/check/"):
        answer = client.post(answer["Location"], answers)
    return answer["Location"]


def enter(client: Client, handle: str, answers: Mapping[str, Any]) -> Any:
    """Answer each page with what it asks, and send; return the case's page or what is refused."""
    answer = client.post(reverse("cases:add", args=[handle]), answers)
    while answer.status_code == 302 and answer["Location"].startswith(DRAFT):
        answer = client.post(answer["Location"], answers)
    return answer
