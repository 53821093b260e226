"""The name under which Django knows this package."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "onroll.sharing"
    label = "sharing"
