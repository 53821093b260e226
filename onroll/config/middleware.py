"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: Next) -> Next:
    """Keep pages out of browser and proxy caches; styles and scripts are answered before this."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cache-Control"] = "no-store, private"
        return response

    return answer
