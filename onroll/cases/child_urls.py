"""Addresses of finding a child, of a child with or without a case, and of putting records right."""

from django.urls import path

from onroll.cases.views import child, correcting, search

app_name = "children"

urlpatterns = [
    path("find/", search.find, name="find"),
    path("find/<handle:handle>/", search.found, name="found"),
    path("<ref:ref>/", child.child, name="child"),
    path("<ref:ref>/open-a-case/", child.start, name="start"),
    path("<ref:ref>/correct/<slug:part>/", correcting.correct, name="correct"),
]
