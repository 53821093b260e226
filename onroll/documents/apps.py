"""The name under which Django knows this package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "onroll.documents"
    label = "documents"

    def ready(self) -> None:
        """Register the check of the scanner's setting."""
        from onroll.documents import checks  # noqa: F401 - it registers itself
