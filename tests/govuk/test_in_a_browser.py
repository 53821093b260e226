"""Every part in Chromium: accessible (WCAG 2.2 AA), narrow and wide, with and without scripts.

Pages are drawn once and served to the browser from memory, so that no database is needed.
"""

import mimetypes
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, sync_playwright

from onroll.govuk import specimens, theme, views
from onroll.govuk.parts import Authority
from onroll.rules import policy_file
from tests.govuk.axe import breaches
from tests.govuk.test_pages import BUILT

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HOST = "http://onroll.test"
pytestmark = pytest.mark.urls("tests.govuk.urls")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def pages(settings: Any) -> dict[str, bytes]:
    settings.AUTHORITY = Authority.of(policy_file.HARROW, at=datetime(2026, 11, 25, 20, tzinfo=UTC))
    context = specimens.everything() | {"authority": settings.AUTHORITY, "user": Signed()}
    context["session"] = {"seconds": 121, "warn": 120, "keep_url": "/stay/", "end_url": "/out/"}
    forms = {"/style/": specimens.QuestionsForm(), "/errors/": specimens.QuestionsForm({})}
    drawn: dict[str, str] = {
        path: render_to_string("govuk/style_guide.html", context | {"form": form})
        for path, form in forms.items()
    }
    still = context | {"form": forms["/style/"], "session": None}  # nothing opens by itself
    drawn["/still/"] = render_to_string("govuk/style_guide.html", still)
    drawn["/fault/"] = render_to_string("500.html", {"authority": settings.AUTHORITY})
    drawn["/theme.css"] = theme.stylesheet(policy_file.HARROW.colour)
    drawn["/stay/"] = ""
    return {path: page.encode() for path, page in drawn.items()}


class Signed:
    """Somebody who is signed in."""

    is_authenticated = True
    name = "Olive Obi"


def opened(browser: Browser, pages: dict[str, bytes], path: str, **options: Any) -> Page:
    """Open one page; anything the browser complains of is kept in `page.said`."""

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(HOST)
        file = BUILT / asked.removeprefix("/static/onroll/")
        body = pages[asked] if asked in pages else file.read_bytes()
        kind = mimetypes.guess_type(asked)[0] or "text/html"
        headers = {"Content-Security-Policy": POLICY, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(body=body, headers=headers)

    page = browser.new_context(**options).new_page()
    page.route("**/*", answer)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(HOST + path)
    assert not complaints
    return page


def size(width: int) -> dict[str, Any]:
    """Return the options of a browser so wide."""
    return {"viewport": {"width": width, "height": 900}}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/style/", "/errors/", "/fault/"])
def test_every_part_is_accessible_and_fits(browser, pages, path, width):
    page = opened(browser, pages, path, **size(width))
    assert breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


FAINT = {
    "the text itself": "text.style.color = '#bbbbbb'",
    "what it stands in": "text.closest('main').style.backgroundColor = '#555555'",
    "one behind another": "text.closest('form').style.backgroundColor = 'rgb(60 60 60 / 90%)'",
    "a veil over a part of the page": "text.closest('form').style.opacity = '0.4'",
    "a box laid beneath it": """
        text.style.position = 'relative';
        text.style.zIndex = 1;
        const at = text.getBoundingClientRect(), box = document.createElement('div');
        box.style = `position: absolute; left: 0; top: ${at.top + scrollY}px;
            width: 100vw; height: ${at.height}px; background: #333333`;
        document.body.append(box);
    """,
}


@pytest.mark.parametrize("change", FAINT.values(), ids=FAINT)
def test_faint_text_is_found_though_its_like_was_measured_before(browser, pages, change):
    page = opened(browser, pages, "/still/", **size(1280))
    assert breaches(page) == []
    page.evaluate(f"{{ const text = document.querySelector('form .govuk-hint'); {change} }}")
    found = breaches(page)
    assert any(fault.startswith("color-contrast") and "govuk-hint" in fault for fault in found)


def test_everything_can_be_read_without_scripts(browser, pages):
    page = opened(browser, pages, "/style/", java_script_enabled=False, **size(1280))
    assert page.get_by_role("button", name="Apply filters").is_visible()
    assert page.get_by_text("What was known before.").is_visible()
    assert not page.get_by_role("button", name="Print this page").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_shows_when_its_choice_is_made(browser, pages, scripts):
    page = opened(browser, pages, "/style/", java_script_enabled=scripts, **size(1280))
    page.get_by_label("What is it?").wait_for(state="hidden")
    page.get_by_label("Something else").check()
    page.get_by_label("What is it?").wait_for(state="visible")


def test_filters_hide_on_a_telephone_until_asked_for(browser, pages):
    page = opened(browser, pages, "/style/", **size(320))
    assert not page.get_by_role("button", name="Apply filters").is_visible()
    page.get_by_role("button", name="Show filters").click()
    assert page.get_by_role("button", name="Apply filters").is_visible()
    assert breaches(page) == []


def test_the_summary_of_errors_is_read_first_and_leads_to_the_question(browser, pages):
    page = opened(browser, pages, "/errors/", **size(1280))
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Enter the child's full name").click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_a_person_is_warned_before_the_session_ends_and_can_stay(browser, pages):
    page = opened(browser, pages, "/style/", **size(1280))
    warning = page.get_by_role("dialog", name="You will be signed out soon")
    warning.wait_for()
    assert breaches(page) == []
    page.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")


def test_paper_shows_what_the_screen_folds_away_and_no_controls(browser, pages):
    page = opened(browser, pages, "/style/", **size(1280))
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Apply filters").is_visible()
    assert page.get_by_text("Anything a careful person would try").is_visible()
    assert page.get_by_text("Made-Up").first.is_visible()


def test_the_style_guide_itself_answers(settings):
    request = RequestFactory().get("/style/")
    CsrfViewMiddleware(lambda _request: None).process_request(request)
    assert views.style_guide(request).status_code == 200
