"""Addresses of opening a case for a child on file, and of putting records right."""

from django.urls import path

from onroll.cases.views import corrections, entry

app_name = "children"

urlpatterns = [
    path("<ref:ref>/open-a-case/", entry.start, name="start"),
    path("<ref:ref>/correct/<slug:part>/", corrections.correct, name="correct"),
]
