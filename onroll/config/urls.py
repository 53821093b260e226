"""Every address of the service: anyone's, officers', and a school's under /school/."""

from django.conf import settings
from django.urls import include, path

from onroll.accounts.decorators import public
from onroll.config import views
from onroll.govuk import views as looks
from onroll.schools.queries import our_policy

handler500 = "onroll.config.views.server_error"

urlpatterns = [
    path("health/", public(views.health), name="health"),
    path("theme.css", public(looks.theme), {"colour": our_policy().colour}, name="theme"),
    path("", include("onroll.accounts.urls")),
    path("", include("onroll.reports.urls")),
    path("review/findings/", include("onroll.lists.urls")),
    path("", include("onroll.intake.urls")),
    path("review/merges/", include("onroll.duplicates.urls")),
    path("cases/", include("onroll.cases.urls")),
    path("children/", include("onroll.cases.child_urls")),
    path("schools/", include("onroll.schools.urls")),
    path("school/", include("onroll.cases.school_urls")),
    path("school/", include("onroll.intake.school_urls")),
]

if settings.MODE != "production":
    urlpatterns.append(path("style/", public(looks.style_guide), name="style"))
