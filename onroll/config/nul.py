"""The character NUL, which PostgreSQL keeps in no text, dropped from what people send."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from onroll.tables import without_nul

Next = Callable[[HttpRequest], HttpResponse]


class DropNul:
    """Stand outside everything that looks up what a browser sends: sessions, tokens, forms.

    Whoever pastes a text with a NUL in it has typed nothing wrong. A cookie with one was made up;
    what is left of it is known to nobody.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop it from cookies before anything looks them up."""
        for name, value in request.COOKIES.items():
            request.COOKIES[name] = without_nul(value)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Drop it from what a form sends, before the page sees it."""
        sent = request.POST
        if any("\0" in value for values in sent.lists() for value in values[1]):
            clean = QueryDict(mutable=True, encoding=sent.encoding)
            for name, values in sent.lists():
                clean.setlist(name, [without_nul(value) for value in values])
            clean._mutable = False
            request.POST = clean  # type: ignore[assignment]  # the type stubs know one that cannot change
