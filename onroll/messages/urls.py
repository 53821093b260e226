"""Addresses of the outbox, and of how often a person is written to."""

from django.urls import path

from onroll.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("yours/", views.choose, name="choose"),
    path("again/", views.again, name="again"),
]
