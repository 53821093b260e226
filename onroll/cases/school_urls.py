"""Addresses of what school staff see of the register."""

from django.urls import path

from onroll.cases.views import school

app_name = "school"
urlpatterns = [
    path("children/", school.children, name="children"),
]
