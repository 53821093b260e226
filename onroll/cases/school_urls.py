"""Addresses of what school staff see of the register."""

from django.urls import path

from onroll.cases.views import new_files, school

app_name = "school"
urlpatterns = [
    path("children/", school.children, name="children"),
    path("new-file/<ref:ref>/", new_files.new_file, name="new_file"),
]
