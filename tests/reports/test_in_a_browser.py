"""The pages of this part in Chromium: accessible (WCAG 2.2 AA) and no wider than the screen.

Pages are drawn first, as Olive and as a stranger, and served to the browser from memory.
"""

import mimetypes

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from onroll.reports.models import WeeklyReport
from tests.govuk.axe import breaches
from tests.govuk.test_in_a_browser import HOST, size
from tests.govuk.test_pages import BUILT
from tests.people import People

pytestmark = pytest.mark.django_db
FOR_ANYONE = ("/", "/accessibility/", "/privacy/", "/policy-and-law/")
FOR_OFFICERS = ("/today/", "/reports/weekly/", "/reports/weekly/so-far/")


def test_pages_are_accessible_and_fit(people: People, report: WeeklyReport) -> None:
    pages = _drawn(people, report)
    faults = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for width in (320, 1280):
            page = chromium.new_context(**size(width)).new_page()
            page.route("**/*", lambda route: _answer(route, pages))
            for path in pages:
                faults += _faults(page, path, width) if path.endswith("/") else []
        chromium.close()
    assert faults == []


def _drawn(people: People, report: WeeklyReport) -> dict[str, bytes]:
    stranger, olive, ari = Client(), Client(), Client()
    olive.force_login(people.olive)
    ari.force_login(people.ari)
    pages = {path: stranger.get(path).content for path in FOR_ANYONE}
    addresses = (*FOR_OFFICERS, f"/reports/weekly/{report.ref}/")
    pages |= {path: olive.get(path).content for path in addresses}
    pages["/ari/"] = ari.get("/today/").content
    pages["/theme.css"] = stranger.get("/theme.css").content
    return pages


def _answer(route: Route, pages: dict[str, bytes]) -> None:
    asked = route.request.url.removeprefix(HOST).partition("#")[0]
    file = BUILT / asked.removeprefix("/static/onroll/")
    body = pages[asked] if asked in pages else file.read_bytes()
    kind = mimetypes.guess_type(asked)[0] or "text/html"
    route.fulfill(body=body, headers={"Content-Type": f"{kind}; charset=utf-8"})


def _faults(page: Page, path: str, width: int) -> list[str]:
    page.goto(HOST + path)
    found = [f"{path} {width}: {breach}" for breach in breaches(page)]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"{path} is wider than {width}.")
    return found
