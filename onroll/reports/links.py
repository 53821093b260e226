"""Where a figure leads: addresses of other parts' pages, left out where a part is not there."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: str, **query: str) -> str:
    """Return the address of a page by its name, or nothing when there is no such page.

    The part of the page that `#` names comes last.
    """
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    part = query.pop("#", "")
    found += f"?{urlencode(query)}" if query else ""
    return f"{found}#{part}" if part else found
