"""What every answer carries."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: Next) -> Next:
    """Keep pages out of browser and proxy caches; styles and scripts are answered before this."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cache-Control"] = "no-store, private"
        return response

    return answer


def no_nul(get_response: Next) -> Next:
    """Refuse a question with a NUL in it: PostgreSQL keeps and compares none, so no page has it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("A NUL stands in the address.")
        return get_response(request)

    return answer
