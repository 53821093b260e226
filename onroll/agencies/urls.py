"""Addresses of the partner agencies."""

from django.urls import path

from onroll.agencies import views

app_name = "agencies"

urlpatterns = [
    path("", views.agencies, name="agencies"),
    path("add/", views.add, name="add"),
    path("<ref:ref>/", views.agency, name="agency"),
    path("<ref:ref>/code/", views.give_code, name="give_code"),
    path("<ref:ref>/code/<number:pk>/end/", views.end_code, name="end_code"),
]
