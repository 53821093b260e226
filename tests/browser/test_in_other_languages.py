"""Pages in other languages, narrow and wide: WCAG 2.2 AA, and mirrored where it must be."""

import pytest

from tests.browser.conftest import HEIGHT, WIDTHS

IS_EMPTY = True
PAGES = (
    ("ar", "/"),
    ("ar", "/start/anyone/gone-missing/yes/"),
    ("ar", "/start/anyone/own-child/?sent=yes"),
    ("ta", "/"),
    ("ta", "/start/school/which/"),
)


@pytest.mark.parametrize(("code", "path"), PAGES)
def test_a_page_in_another_language(site, code: str, path: str) -> None:
    tab = site.tab().open(f"/start/?language={code}").open(path)
    try:
        assert tab.page.locator("html").get_attribute("lang") == code
        assert tab.faults_at_each_width() == []
    finally:
        tab.open("/start/?language=en-gb").close()


@pytest.mark.parametrize("width", WIDTHS)
def test_arabic_is_read_from_the_right(site, width: int) -> None:
    tab = (
        site.tab(width=width).open("/start/?language=ar").open("/start/anyone/own-child/?sent=yes")
    )
    try:
        middle = width / 2
        tab.page.set_viewport_size({"width": width, "height": HEIGHT})
        for part in ("main .govuk-radios__input", ".govuk-back-link", ".govuk-warning-text__icon"):
            box = tab.page.locator(part).first.bounding_box()
            assert box["x"] > middle, part
    finally:
        tab.open("/start/?language=en-gb").close()
