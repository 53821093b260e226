"""The name under which Django knows this package."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "onroll.clocks"
    label = "clocks"
