"""The authority's own colour, made safe to read. Source: WCAG 2.2, criteria 1.4.3 and 1.4.11.

GOV.UK Frontend takes its colours from custom properties, so a style sheet of a few lines repaints
every
page. Any colour may be asked for: what is written on it is black or white, whichever reads
better, and
where the colour itself must be read on white it is darkened until it can be.
"""

import re

WHITE = "#ffffff"
BLACK = "#000000"
READABLE = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def contrast(foreground: str, background: str) -> float:
    """Return how far two `#rrggbb` colours stand apart: 1 is the same, 21 black on white."""
    lighter, darker = sorted((_luminance(foreground), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return the colour of words that reads best on `colour`: white or black."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, colour))


def darkened(colour: str) -> str:
    """Return `colour`, darkened as little as makes it readable on white."""
    for step in range(21):
        darker = _mixed(colour, BLACK, step / 20)
        if contrast(darker, WHITE) >= READABLE:
            return darker
    return BLACK


def stylesheet(colour: str) -> str:
    """Return the style sheet that gives pages the authority's colour.

    Raises ValueError, in a sentence, when `colour` is not written `#rrggbb`.
    """
    if not _HEX.fullmatch(colour):
        raise ValueError(f"The authority's colour must be written like #0f4c5c, not {colour!r}.")
    colour = colour.lower()
    properties = {
        "--onroll-brand": colour,
        "--onroll-brand-text": text_on(colour),
        "--govuk-brand-colour": darkened(colour),
        "--onroll-brand-tint": _mixed(colour, WHITE, 0.95),
    }
    lines = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{lines}}}\n"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, second: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
