"""The first steps in production, as docs/running.md tells them: from `person add` to the register.

Real settings of production, https, Chromium with an authenticator of its own. Each test has its own
person, and every page on the way is looked at for faults.
"""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.browser import production
from tests.browser.conftest import Tab, _committed

PASSWORD = "teapot glacier violin marmot"


class Person:
    """Somebody at a computer of their own, with what they know and have."""

    def __init__(self, service: production.Service, page: Page, first: str, width: int) -> None:
        self.service, self.page = service, page
        self.email = f"{first}@harrow.example"
        self.tab = Tab(service.url, page, width)
        self.password, self.secret = PASSWORD, ""

    def is_added(self) -> str:
        """Let the authority make an account; return the link it prints."""
        name = self.email.partition("@")[0].capitalize()
        return _link(
            self.service.onroll("person", "add", self.email, "--name", name, "--role", "loc")
        )

    def sees(self, heading: str) -> None:
        """Expect a page with this heading and without faults."""
        assert self.page.get_by_role("heading", level=1).inner_text() == heading
        assert self.tab.faults() == []

    def chooses_password(self, link: str) -> None:
        self.tab.open(link)
        self.sees("Choose your password")
        for label in ("New password", "The new password once more"):
            self.page.get_by_label(label, exact=True).fill(self.password)
        self.tab.press("Save the password")
        self.sees("Now sign in")

    def signs_in(self) -> None:
        """Enter address and password."""
        self.tab.open("/account/login/")
        self.page.get_by_label("Email address").fill(self.email)
        self.page.get_by_label("Password", exact=True).fill(self.password)
        self.tab.press("Sign in")

    def signs_out(self) -> None:
        self.tab.press("Sign out")

    def enters_code(self, button: str) -> None:
        """Enter what the app shows; once more when it changed while it was typed."""
        for _ in range(2):
            code = format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))
            self.page.get_by_label("Code", exact=True).fill(code)
            self.tab.press(button)
            if not self.page.get_by_text("This code is not right").count():
                return

    def sets_up_app(self) -> list[str]:
        """Set up an authenticator app; return the recovery codes."""
        self.page.get_by_role("button", name="Set up an authenticator app").click()
        self.sees("Set up an authenticator app")
        self.secret = self.page.locator("code").inner_text()
        self.enters_code("Continue")
        return self.keeps_codes()

    def sets_up_passkey(self) -> list[str]:
        """Set up a passkey; return the recovery codes."""
        self.page.get_by_role("button", name="Set up a passkey").click()
        self.sees("Set up a passkey")
        self.tab.press("Set up the passkey")
        return self.keeps_codes()

    def keeps_codes(self) -> list[str]:
        self.sees("Keep these recovery codes")
        codes = self.page.locator(".onroll-codes li").all_inner_texts()
        self.page.get_by_role("button", name="I have kept them: go on").click()
        assert len(codes) == 10
        return codes

    def opens_register(self) -> None:
        self.page.get_by_role("link", name="Register", exact=True).click()
        assert self.page.url == f"{self.service.url}/cases/"


def _link(printed: str) -> str:
    return re.search(r"https://\S+", printed).group()


@pytest.fixture(scope="module")
def service(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    app_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[production.Service]:
    folder = tmp_path_factory.mktemp("https")
    with django_db_blocker.unblock(), _committed():
        with production.running(database_url=app_url, folder=folder) as service:
            yield service


@pytest.fixture(scope="module")
def computers(service: production.Service) -> Iterator[object]:
    with sync_playwright() as playwright:
        browser = service.browser(playwright)
        yield browser
        browser.close()


@pytest.fixture
def person(service, computers, request) -> Iterator[object]:
    contexts = []

    def sit_down(first: str, *, width: int = 1280) -> Person:
        context = computers.new_context(
            base_url=service.url, viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Person(service, context.new_page(), first, width)

    yield sit_down
    for context in contexts:
        context.close()


def with_authenticator(page: Page) -> CDPSession:
    """Give the computer a reader of fingerprints that always knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.parametrize("width", [320, 1280])
def test_with_an_authenticator_app(person, width):
    olive = person(f"olive{width}", width=width)
    olive.chooses_password(olive.is_added())
    olive.signs_in()
    olive.sees("Set up a second way to prove it is you")
    olive.sets_up_app()
    olive.sees("Today")


def test_with_a_passkey(person):
    max_ = person("max")
    with_authenticator(max_.page)
    max_.chooses_password(max_.is_added())
    max_.signs_in()
    max_.sets_up_passkey()
    max_.opens_register()
    max_.signs_out()
    max_.tab.open("/account/login/")
    max_.tab.press("Use a passkey")
    max_.opens_register()
