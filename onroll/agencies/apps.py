"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Partner agencies, their contacts, and codes for their people."""

    name = "onroll.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
