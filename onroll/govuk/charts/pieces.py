"""What drawings have in common.

They have no `viewBox`: lengths along the page are per cent and letters are in pixels, so words stay
as large on a telephone as on a desk, and on paper. Everything is a presentation attribute, because
the pages' Content-Security-Policy forbids inline style. docs/adr/0007 says why we draw ourselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.parts import Table

INK = "#0b0c0c"
BRAND = "#0f4c5c"


@dataclass(frozen=True)
class Drawing:
    """A picture and the table that says the same."""

    title: str
    svg: SafeString
    table: Table


def svg(name: str, title: str, words: str, height: int, drawn: Sequence[SafeString]) -> SafeString:
    """Return a drawing as wide as its place, with its title and what it shows in words."""
    shape = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{height}" '
        'font-size="16" font-family="sans-serif" aria-labelledby="{name}-title" '
        'aria-describedby="{name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{said}</desc>{drawn}</svg>'
    )
    return format_html(
        shape, name=name, title=title, said=words, height=height, drawn=joined(drawn)
    )


def joined(shapes: Iterable[SafeString]) -> SafeString:
    """Return shapes as one."""
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def per_cent(part: float) -> str:
    """Return a share of the width as SVG writes it."""
    return f"{part:.2f}%"
