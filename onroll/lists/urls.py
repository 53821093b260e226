"""Addresses of what lists show; they stand under the review."""

from django.urls import path

from onroll.lists import views

app_name = "lists"

urlpatterns = [
    path("<number:pk>/", views.answer, name="finding"),
    path("<number:pk>/<slug:way>/", views.answer_with_place, name="finding_place"),
]
