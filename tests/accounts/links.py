"""Links to choose a password, as the command prints them."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client

from onroll.accounts.models import User


def printed_link(user: User, verb: str = "link") -> str:
    """Run `onroll person VERB` and return the link at the end of what it prints."""
    out = StringIO()
    call_command("person", verb, user.email, stdout=out)
    return out.getvalue().rsplit(maxsplit=1)[-1]


def open_link(client: Client, user: User) -> Any:
    """Return the page that a new link of this person's leads to."""
    return client.get(printed_link(user), follow=True)


def choose_password(client: Client, user: User, password: str) -> Any:
    """Choose a password by a new link; return the answer."""
    address = open_link(client, user).request["PATH_INFO"]
    return client.post(address, {"password1": password, "password2": password})
