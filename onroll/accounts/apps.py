"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are and what they may do."""

    name = "onroll.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
