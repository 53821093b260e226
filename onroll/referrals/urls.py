"""Addresses of the first pages for who is worried about a child, under /start/."""

from django.urls import path

from onroll.referrals.views import start

app_name = "referrals"

urlpatterns = [
    path("", start.asker, name="start"),
    path("<step:asker>/<step:code>/", start.question, name="question"),
    path("<step:asker>/<step:code>/<step:answer>/", start.end, name="end"),
]
