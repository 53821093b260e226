"""The name under which Django knows this package."""

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "onroll.duplicates"
    label = "duplicates"
