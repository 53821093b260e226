"""Which uses of break-glass a session holds, and until when (access matrix, row 34).

Each holds for one session, in the role in which the glass was broken, and for an hour. Whether it
still opens its case is asked of `glass.queries.open_to`.
"""

import time

from django.http import HttpRequest

KEY = "glass"
LASTS = 60 * 60  # seconds


def keep(request: HttpRequest, use: int) -> None:
    """Keep the id of a use of break-glass in this session, from now on for an hour."""
    role = getattr(request.user, "role", "")
    entry = {"use": use, "role": role, "until": time.time() + LASTS}
    request.session[KEY] = [*request.session.get(KEY, []), entry]


def uses(request: HttpRequest) -> list[int]:
    """Return the ids of the uses of break-glass that this request holds."""
    role, now = getattr(request.user, "role", ""), time.time()
    return [
        entry["use"]
        for entry in request.session.get(KEY, [])
        if entry["role"] == role and now <= entry["until"]
    ]
