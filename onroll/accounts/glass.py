"""Which sealed cases a person has opened by break-glass, and until when (access matrix, row 34).

It holds for one session, in the role in which the glass was broken, and for an hour.
"""

import time

from django.http import HttpRequest

KEY = "glass"
LASTS = 60 * 60  # seconds


def keep(request: HttpRequest, child: int) -> None:
    """Open the sealed case of a child to this session, from now on for an hour."""
    role = getattr(request.user, "role", "")
    standing = [entry for entry in request.session.get(KEY, []) if entry["child"] != child]
    entry = {"child": child, "role": role, "until": time.time() + LASTS}
    request.session[KEY] = [*standing, entry]


def shut(request: HttpRequest, child: int) -> None:
    """Shut the sealed case of a child again before its hour is over."""
    standing = request.session.get(KEY, [])
    request.session[KEY] = [entry for entry in standing if entry["child"] != child]


def opened(request: HttpRequest) -> frozenset[int]:
    """Return the ids of the children whose sealed case is open to this request."""
    role, now = getattr(request.user, "role", ""), time.time()
    return frozenset(
        entry["child"]
        for entry in request.session.get(KEY, [])
        if entry["role"] == role and now <= entry["until"]
    )
