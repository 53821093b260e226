"""The drafts app."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Forms that somebody has not finished."""

    name = "onroll.drafts"
    label = "drafts"
    default_auto_field = "django.db.models.BigAutoField"
