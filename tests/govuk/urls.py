"""The service's addresses, and some that only tests of the design system need."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from onroll.accounts.sides import Side, on
from onroll.config.urls import urlpatterns as service
from onroll.govuk import views


@login_not_required
def breaks(_request: HttpRequest) -> HttpResponse:
    """Fail, as a fault would."""
    raise RuntimeError("a fault")


of_anyone = [
    path("style/", views.style_guide),
    path("theme.css", views.theme, {"colour": "#0f4c5c"}, name="theme"),
    path("breaks/", breaks),
]
urlpatterns = [*on(Side.ANYONE, routes=of_anyone), *service]
handler500 = "onroll.govuk.views.server_error"
