"""Addresses of merges and of answers that records are two children; they belong to the review."""

from django.urls import path

from onroll.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("", views.listing, name="merges"),
    path("<number:pk>/", views.merge, name="merge"),
    path("apart/<number:pk>/", views.apart, name="apart"),
    path("of/<ref:ref>/", views.perhaps_same, name="perhaps_same"),
    path("of/<ref:ref>/and/<ref:other>/", views.propose, name="propose"),
]
