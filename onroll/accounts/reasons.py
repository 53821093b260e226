"""The reason a person states before seeing records that are not theirs (`J` in the matrix)."""

import time

from django.http import HttpRequest

KEY = "reason"
LASTS = 60 * 60  # seconds


def keep(request: HttpRequest, text: str) -> None:
    """Store the reason in the session, for the acting role and one hour."""
    role = getattr(request.user, "role", "")
    request.session[KEY] = {"text": text, "role": role, "until": time.time() + LASTS}


def stated(request: HttpRequest) -> str:
    """Return the reason that still holds, or an empty string."""
    entry = request.session.get(KEY)
    if (
        not entry
        or entry["role"] != getattr(request.user, "role", "")
        or time.time() > entry["until"]
    ):
        return ""
    return str(entry["text"])
