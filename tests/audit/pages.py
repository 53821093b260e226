"""Pages for the tests of the request's transaction, and nothing else."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path

from onroll.accounts import actions as accounts
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.accounts.sides import Side, on
from onroll.audit import actions

AT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


@needs(Permission.CASE_VIEW)
def show(request: HttpRequest) -> HttpResponse:
    actions.saw(by=request.user, children=[7], page="a case", ground="all", at=AT, fields=["name"])
    return HttpResponse("CANARY of child 7")


@needs(Permission.CASE_CLOSE)
def change(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    accounts.give_role(user=request.user, role=Role.ANA, by=request.user, at=AT)
    return HttpResponse("done")


@needs(Permission.CASE_CLOSE)
def half(request: HttpRequest) -> HttpResponse:
    change(request)
    raise RuntimeError("half-way")


@needs(Permission.CASE_CLOSE)
def answers_badly(request: HttpRequest) -> HttpResponse:
    change(request)
    return HttpResponse("no", status=503)


@needs(Permission.CASE_VIEW)
def stream(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["CANARY"]))


def unnamed(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("CANARY")


@needs(Permission.CASE_VIEW)
def at_school(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("school")


urlpatterns = [
    path("", include("onroll.accounts.urls")),
    *on(
        Side.COUNCIL,
        routes=[
            path("show/", show),
            path("change/", change),
            path("half/", half),
            path("badly/", answers_badly),
            path("stream/", stream),
            path("unnamed/", unnamed),
        ],
    ),
    *on(Side.SCHOOL, routes=[path("school/here/", at_school)]),
]
