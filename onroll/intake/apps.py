"""The name under which Django knows this package."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "onroll.intake"
    label = "intake"
