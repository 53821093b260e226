"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are and what they may do."""

    name = "onroll.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the types used in addresses, before any address is read."""
        import onroll.addresses  # noqa: F401 - read for what it registers
