"""What the frame of every page shows of the signed-in person. Set in TEMPLATES."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from onroll.accounts.middleware import seconds_left
from onroll.accounts.models import User
from onroll.govuk.parts import Link

WARN = 120  # seconds before the end; WCAG 2.2, criterion 2.2.1, asks for 20 at least


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """Return the role in words, links beside the name, and how long the session lasts."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"sign_in_url": reverse("account_login")}
    return {
        "role_name": user.role_title,
        "account_links": [] if user.is_held else [Link("Your account", reverse("account"))],
        "is_held": user.is_held,
        "sign_out_url": reverse("account_logout"),
        "session": {
            "seconds": seconds_left(request, user),
            "warn": WARN,
            "keep_url": reverse("account_stay"),
            "end_url": reverse("account_login"),
        },
    }
