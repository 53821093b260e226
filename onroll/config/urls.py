"""Every address of the service: anyone's, the council's, and a school's under /school/.

Each stands on a side of the wall, said here or in the file that is included.
"""

from django.conf import settings
from django.urls import include, path

from onroll.accounts.decorators import public
from onroll.accounts.sides import SIGNED_IN, Routes, Side, on
from onroll.config import views
from onroll.govuk import views as looks
from onroll.schools.queries import our_policy

handler400 = "onroll.config.views.bad_request"
handler403 = "onroll.config.views.permission_denied"
handler404 = "onroll.config.views.page_not_found"
handler500 = "onroll.config.views.server_error"

of_anyone: Routes = [
    path("health/", public(views.health), name="health"),
    path("theme.css", public(looks.theme), {"colour": our_policy().colour}, name="theme"),
]
of_everyone_signed_in = [
    path("forms/", include("onroll.drafts.urls")),
    path("families/", include("onroll.admissions.urls")),
]
of_council = [
    path("", include("onroll.reports.urls")),  # whose front page and texts are anyone's
    path("", include("onroll.referrals.urls")),  # whose first pages and form are anyone's
    path("review/findings/", include("onroll.lists.urls")),
    path("", include("onroll.intake.urls")),
    path("review/merges/", include("onroll.duplicates.urls")),
    path("", include("onroll.enquiries.urls")),
    path("", include("onroll.sharing.urls")),
    path("", include("onroll.record.urls")),
    path("meetings/", include("onroll.meetings.urls")),
    path("case-audits/", include("onroll.case_audits.urls")),
    path("", include("onroll.letters.urls")),  # where families answer by a private link
    path("break-glass/", include("onroll.glass.urls")),
    path("cases/", include("onroll.cases.urls")),
    path("children/", include("onroll.cases.child_urls")),
    path("messages/", include("onroll.messages.urls")),
    path("schools/", include("onroll.schools.urls")),
    path("agencies/", include("onroll.agencies.urls")),
    path("", include("onroll.advice.urls")),  # whose question about a roll is anyone's with a code
]
of_schools = [
    path("school/", include("onroll.cases.school_urls")),
    path("school/enquiries/", include("onroll.enquiries.school_urls")),
    path("school/", include("onroll.intake.school_urls")),
]
if settings.MODE != "production":
    of_anyone.append(path("style/", public(looks.style_guide), name="style"))
if settings.IS_DEMO:
    from onroll.demo.views import sign_in

    of_anyone.append(path("demo/sign-in/", sign_in, name="demo_sign_in"))

urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    path("", include("onroll.accounts.urls")),
    path("", include("onroll.casefile.urls")),
    path("", include("onroll.diary.urls")),
    *on(*SIGNED_IN, routes=of_everyone_signed_in),
    *on(Side.COUNCIL, routes=of_council),
    *on(Side.SCHOOL, routes=of_schools),
]
