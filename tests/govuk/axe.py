"""What axe finds on a page in a browser: each breach of WCAG 2.2 AA, and of good practice."""

from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "resultTypes": ["violations"],  # what passed is not asked for
    "rules": {"color-contrast": {"enabled": False}},  # see contrast.js
    "preload": False,  # all styles are our own, which the browser lets axe read
}
_measured: set[str] = set()
"""The looks of text whose contrast was found right, on whichever page."""


def breaches(page: Page, *, of_contrast: bool = True) -> list[str]:
    """Return what axe finds on a page as it stands, each as the rule and the element."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    measured = sorted(_measured) if of_contrast else None
    faults, right = page.evaluate(_look(), {"options": OPTIONS, "measured": measured})
    _measured.update(right)
    return list(faults)


@cache
def _look() -> str:
    return Path(__file__).with_name("contrast.js").read_text("utf-8")
