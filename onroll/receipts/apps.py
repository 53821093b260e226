"""The receipts app."""

from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    """A form that is sent twice is done once."""

    name = "onroll.receipts"
    label = "receipts"
    default_auto_field = "django.db.models.BigAutoField"
