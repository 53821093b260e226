"""The name under which Django knows this package."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "onroll.casefile"
    label = "casefile"
