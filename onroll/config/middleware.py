"""What every answer carries and how long a session lasts."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
BEGAN = "began"


def no_store(get_response: Next) -> Next:
    """Keep pages out of browser and proxy caches; styles and scripts are answered before this."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cache-Control"] = "no-store, private"
        return response

    return answer


def end_long_sessions(get_response: Next) -> Next:
    """Sign people out `SESSION_LONGEST` seconds after they signed in, however busy they are."""

    def answer(request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            began = session.setdefault(BEGAN, int(time.time()))
            if time.time() - began > settings.SESSION_LONGEST:
                session.flush()
        return get_response(request)

    return answer
