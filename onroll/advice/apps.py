"""The advice app."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    """What we answer to professionals and schools who ask."""

    name = "onroll.advice"
    label = "advice"
    default_auto_field = "django.db.models.BigAutoField"
