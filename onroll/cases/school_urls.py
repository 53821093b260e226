"""Addresses of what school staff see of the register."""

from django.urls import path

from onroll.cases.views import school, search

app_name = "school"
urlpatterns = [
    path("children/", school.children, name="children"),
    path("find/", search.find, name="find"),
    path("find/<handle:handle>/", search.found, name="found"),
]
