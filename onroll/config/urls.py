"""Every address of the service."""

from django.urls import include, path

from onroll.config import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("", include("onroll.accounts.urls")),
    path("", include("onroll.reports.urls")),
    path("cases/", include("onroll.cases.urls")),
    path("school/", include("onroll.cases.school_urls")),
]
