"""The senders app."""

from django.apps import AppConfig


class SendersConfig(AppConfig):
    """How many forms come from one sender."""

    name = "onroll.senders"
    label = "senders"
    default_auto_field = "django.db.models.BigAutoField"
