"""The name under which Django knows this package."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "onroll.meetings"
    label = "meetings"
