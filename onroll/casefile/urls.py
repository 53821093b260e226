"""Addresses of pages that show several features."""

from django.urls import path

from onroll.casefile.views import case, child, search, today

app_name = "casefile"

urlpatterns = [
    path("today/", today.today, name="today"),
    path("cases/new/", search.find_first, name="add_first"),
    path("cases/<ref:ref>/", case.case, name="case"),
    path("cases/<ref:ref>/child/", child.child_of_case, name="case_child"),
    path("cases/<ref:ref>/chronology/", case.chronology, name="chronology"),
    path("cases/<ref:ref>/team/", case.team, name="team"),
    path("children/find/", search.find, name="find"),
    path("children/find/<handle:handle>/", search.answer, name="found"),
    path("children/<ref:ref>/", child.child, name="child"),
    path("school/find/", search.find, name="school_find"),
    path("school/find/<handle:handle>/", search.answer, name="school_found"),
]
