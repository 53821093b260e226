"""Where a figure leads: addresses of other parts' pages, left out where a part is not there."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: str, **query: str) -> str:
    """Return the address of a page by its name, or nothing when there is no such page."""
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query)}" if query else found
