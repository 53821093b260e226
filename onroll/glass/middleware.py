"""What a session opened by break-glass is put on its user, for `accounts.access`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from onroll.accounts import glass
from onroll.accounts.models import User
from onroll.glass import queries


def opened(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Put on the user the children whose sealed case is open to this session, each with why."""

    def answer(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and (uses := glass.uses(request)):
            request.user.opened = queries.open_to(request.user, uses)
        return get_response(request)

    return answer
