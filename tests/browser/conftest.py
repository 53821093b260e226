"""Chromium, and the service on a port of this machine as the role of web and worker.

One world for each module: made once, committed, visited by many tests, and emptied by the owner.
Nothing here asks the database once the browser runs: its loop forbids it.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser import world
from tests.govuk.axe import breaches

WIDTHS, HEIGHT = (320, 1280), 900


@dataclass
class Site:
    """The service as it runs, who is signed in to it, and where things are."""

    url: str
    sessions: dict[str, str]
    places: world.Places | None = None
    browser: Browser | None = None
    contexts: dict[tuple[str, int, bool], BrowserContext] = field(default_factory=dict)
    idle: dict[BrowserContext, list[Page]] = field(default_factory=lambda: defaultdict(list))
    """Tabs that were closed, for who opens one next: a new one is a new process."""

    def tab(self, who: str = "", *, width: int = 1280, scripts: bool = True) -> "Tab":
        """Open an empty tab of somebody's browser; of a stranger's without a name."""
        key = (who, width, scripts)
        if key not in self.contexts:
            self.contexts[key] = self._context(who, width, scripts)
        context = self.contexts[key]
        idle = self.idle[context]
        return Tab(self.url, idle.pop() if idle else context.new_page(), width, idle)

    def _context(self, who: str, width: int, scripts: bool) -> BrowserContext:
        assert self.browser is not None
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        if who:
            session = {"name": "sessionid", "value": self.sessions[who], "url": self.url}
            context.add_cookies([session])  # type: ignore[list-item]  # a dictionary of these keys
        return context


class Tab:
    """One tab, which keeps what the browser complained of and asked of others."""

    def __init__(self, url: str, page: Page, width: int, idle: list[Page] | None = None) -> None:
        self.url, self.page, self.width = url, page, width
        self.idle = [] if idle is None else idle
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for event, listener in self._listeners():
            page.on(event, listener)

    def _listeners(self) -> tuple[tuple[Any, Any], ...]:
        return ("console", self._hear), ("pageerror", self._keep), ("request", self._watch)

    def _keep(self, error: Any) -> None:
        self.complaints.append(str(error))

    def _hear(self, said: Any) -> None:
        # A refused page is one the browser says it could not load.
        if said.type in {"error", "warning"} and "server responded with a status" not in said.text:
            self.complaints.append(said.text)

    def _watch(self, request: Any) -> None:
        if urlparse(request.url).netloc != urlparse(self.url).netloc:
            self.strangers.append(request.url)

    def open(self, address: str, *, status: int = 200) -> "Tab":
        """Open an address and expect this answer."""
        response: Response | None = self.page.goto(address)
        assert response is not None
        assert response.status == status
        return self

    def press(self, name: str) -> "Tab":
        """Press a button and wait for the page it leads to."""
        button = self.page.get_by_role("button", name=name, exact=True).first
        there = self.page.get_by_role("button").all_inner_texts()
        assert button.count(), f"no button “{name}” at {self.page.url}, only {there}"
        with self.page.expect_navigation():
            button.click()
        return self

    def faults(self, *, of_contrast: bool = True) -> list[str]:
        """Return everything that is wrong with the page as it stands."""
        title = self.page.title()
        wide = int(self.page.evaluate("document.documentElement.scrollWidth"))
        headings = self.page.get_by_role("heading", level=1).count()
        names = (*world.SURNAMES, *world.FORENAMES)
        return [
            *breaches(self.page, of_contrast=of_contrast),
            *self.complaints,
            *(f"asks another server for {url}" for url in self.strangers),
            *([f"scrolls sideways: {wide} px"] if wide > self.width else []),
            *([f"{headings} main headings"] if headings != 1 else []),
            *([f"a name in the title: {title}"] if any(n in title for n in names) else []),
        ]

    def faults_at_each_width(self) -> list[tuple[int, str]]:
        """Return what is wrong with the page as it stands, on a telephone and on a desk.

        No colour of ours depends on the width, so contrast is looked at once, on a desk.
        """
        faults = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.width = width
            of_contrast = width == max(WIDTHS)
            faults += [(width, fault) for fault in self.faults(of_contrast=of_contrast)]
        return faults

    def close(self) -> None:
        """Leave the tab to who opens one next."""
        for event, listener in self._listeners():
            self.page.remove_listener(event, listener)
        self.idle.append(self.page)


@pytest.fixture(scope="module")
def council(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Site]:
    """Give the running service: a busy council, or an empty one where a module says `IS_EMPTY`."""
    with django_db_blocker.unblock(), committed():
        cache.clear()
        people = world.build_empty()
        is_empty = getattr(request.module, "IS_EMPTY", False)
        places = None if is_empty else world.Filling(people).fill()
        sessions = world.cookies(people)
        server = LiveServer("127.0.0.1")
        yield Site(server.url, sessions, places)
        server.stop()


@contextmanager
def committed() -> Iterator[None]:
    """Empty the tables in the end: what was written here was written for good."""
    try:
        yield
    finally:
        call_command("flush", verbosity=0, interactive=False)
        connections.close_all()


@pytest.fixture(scope="module")
def site(council: Site) -> Iterator[Site]:
    """Give the running service with a browser to look at it."""
    with sync_playwright() as playwright:
        council.browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield council
        council.contexts.clear()
        council.idle.clear()
        council.browser.close()
