"""Addresses of pages that show several features."""

from django.urls import path

from onroll.accounts.sides import SIGNED_IN, Side, on
from onroll.casefile.views import case, child, chronology, manager, search, shortcuts, today

app_name = "casefile"

of_everyone_signed_in = [
    path("today/", today.today, name="today"),
    path("shortcuts/", shortcuts.shortcuts, name="shortcuts"),
]
of_council = [
    path("today/all/", today.all_of_today, name="all_of_today"),
    path("manager/", manager.manager, name="manager"),
    path("cases/new/", search.find_first, name="add_first"),
    path("cases/<ref:ref>/", case.case, name="case"),
    path("cases/<ref:ref>/child/", child.child_of_case, name="case_child"),
    path("cases/<ref:ref>/chronology/", chronology.chronology, name="chronology"),
    path("cases/<ref:ref>/team/", case.team, name="team"),
    path("children/find/", search.find, name="find"),
    path("children/find/<handle:handle>/", search.answer, name="found"),
    path("children/<ref:ref>/", child.child, name="child"),
]
of_schools = [
    path("school/find/", search.find, name="school_find"),
    path("school/find/<handle:handle>/", search.answer, name="school_found"),
]

urlpatterns = [
    *on(*SIGNED_IN, routes=of_everyone_signed_in),
    *on(Side.COUNCIL, routes=of_council),
    *on(Side.SCHOOL, routes=of_schools),
]
