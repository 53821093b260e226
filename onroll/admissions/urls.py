"""Addresses of families that ask about places: for every school and officer."""

from django.urls import path

from onroll.admissions import views

app_name = "admissions"

urlpatterns = [
    path("", views.families, name="families"),
    path("tell/", views.tell, name="tell"),
    path("<ref:ref>/", views.family, name="family"),
]
