"""The admissions app."""

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    """Families that ask about school places."""

    name = "onroll.admissions"
    label = "admissions"
    default_auto_field = "django.db.models.BigAutoField"
