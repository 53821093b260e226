"""What every page's frame reads that depends on nobody: whose service this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def authority(_request: HttpRequest) -> dict[str, Any]:
    """Return the `parts.Authority` that the settings hold, if they hold one."""
    return {"authority": getattr(settings, "AUTHORITY", None)}
