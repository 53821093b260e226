"""Addresses of break-glass and of its review."""

from django.urls import path

from onroll.glass import views

app_name = "glass"

urlpatterns = [
    path("", views.open_sealed, name="open"),
    path("reviews/", views.reviews, name="reviews"),
    path("<ref:ref>/", views.review, name="review"),
]
