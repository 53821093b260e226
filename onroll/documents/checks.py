"""What Django's `check` says of a service in production that looks for no viruses."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

NO_SCANNER = checks.Warning(
    "No virus scanner is set: what people attach is handed out unchecked, and pages say so.",
    hint="Run ClamAV's clamd and set ONROLL_CLAMD (docs/running.md, Viruses).",
    id="documents.W001",
)


@checks.register(checks.Tags.security)
def scanner_is_set(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Return a warning where the service is in production and has no scanner."""
    return [NO_SCANNER] if settings.IS_PRODUCTION and not settings.CLAMD else []
