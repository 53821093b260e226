"""Addresses of the outbox."""

from django.urls import path

from onroll.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("again/", views.again, name="again"),
]
