"""Addresses of the diary: its page for officers, and the calendar for whoever has its address."""

from django.urls import path

from onroll.accounts.sides import Side, on
from onroll.diary import views

app_name = "diary"
of_council = [
    path("diary/", views.diary, name="diary"),
    path("diary/address/", views.make, name="make"),
    path("diary/address/withdraw/", views.withdraw, name="withdraw"),
]
of_anyone = [path("diary/<link_key:key>/onroll.ics", views.feed, name="feed")]

urlpatterns = [*on(Side.COUNCIL, routes=of_council), *on(Side.ANYONE, routes=of_anyone)]
