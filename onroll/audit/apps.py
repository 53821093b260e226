"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, and who saw what."""

    name = "onroll.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
