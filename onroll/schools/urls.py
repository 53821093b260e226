"""Addresses of schools. A school's number is public."""

from django.urls import path, re_path

from onroll.schools import views

app_name = "schools"
urlpatterns = [
    path("", views.schools, name="schools"),
    path("load/", views.load, name="load"),
    path("terms/", views.load_terms, name="terms"),
    re_path(r"^(?P<number>\d{7})/$", views.school, name="school"),
]
