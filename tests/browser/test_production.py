"""The first steps in production, as docs/running.md tells them: from `person add` to the register.

Real settings of production, https, Chromium with an authenticator of its own. Each test has its own
person, and every page on the way is looked at for faults.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.browser import production
from tests.browser.conftest import Tab, committed

PASSWORD = "teapot glacier violin marmot"
LOOKED_AT: set[tuple[str, int]] = set()


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
        return first_link(
            self.service.onroll("person", "add", self.email, "--name", name, "--role", "loc")
        )

    def sees(self, heading: str) -> None:
        """Expect a page with this heading; look for faults the first time it is seen so wide."""
        assert self.page.get_by_role("heading", level=1).inner_text() == heading
        if (heading, self.tab.width) not in LOOKED_AT:
            LOOKED_AT.add((heading, self.tab.width))
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

    def signs_in_with_passkey(self) -> None:
        self.tab.open("/account/login/")
        self.tab.press("Use a passkey")

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
        self.tab.press("Set up an authenticator app")
        self.sees("Set up an authenticator app")
        self.secret = self.page.locator("code").inner_text()
        self.enters_code("Continue")
        return self.keeps_codes()

    def sets_up_passkey(self) -> list[str]:
        """Set up a passkey; return the recovery codes."""
        self.tab.press("Set up a passkey")
        self.sees("Set up a passkey")
        self.tab.press("Set up the passkey")
        return self.keeps_codes()

    def keeps_codes(self) -> list[str]:
        self.sees("Keep these recovery codes")
        codes = self.page.locator(".onroll-codes li").all_inner_texts()
        assert len(codes) == 10
        self.tab.press("I have kept them: go on")
        return codes

    def follows(self, name: str) -> None:
        """Follow a link and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).click()

    def opens_register(self) -> None:
        if self.tab.width < 500:
            self.page.get_by_role("button", name="Menu").click()
        self.follows("Register")
        assert self.page.url == f"{self.service.url}/cases/"


def first_link(printed: str) -> str:
    """Return the address in what a command printed."""
    return re.search(r"https://\S+", printed).group()


@pytest.fixture(scope="module")
def service(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    app_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[production.Service]:
    folder = tmp_path_factory.mktemp("https")
    running = production.running(database_url=app_url, folder=folder)
    with django_db_blocker.unblock(), committed(), running as service:
        yield service


@pytest.fixture(scope="module")
def computers(service: production.Service) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = service.browser(playwright)
        yield browser
        browser.close()


@pytest.fixture
def person(service: production.Service, computers: Browser) -> Iterator[Callable[..., Person]]:
    """Give what seats somebody at a computer: their first name, and how wide its window is."""
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


def has_authenticator(page: Page) -> None:
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


def test_from_a_new_account_to_the_register_with_an_authenticator_app(person):
    olive = person("olive", width=320)
    olive.chooses_password(olive.is_added())
    olive.signs_in()
    olive.sees("Set up a second way to prove it is you")
    olive.tab.open("/cases/")  # nothing opens before
    olive.sees("Set up a second way to prove it is you")
    olive.sets_up_app()
    olive.opens_register()
    olive.signs_out()
    olive.signs_in()
    olive.sees("Prove that it is you")
    olive.enters_code("Continue")
    olive.opens_register()


def test_from_a_new_account_to_the_register_with_a_passkey(person):
    max_ = person("max")
    has_authenticator(max_.page)
    max_.chooses_password(max_.is_added())
    max_.signs_in()
    max_.sets_up_passkey()
    max_.opens_register()
    max_.signs_out()
    max_.signs_in_with_passkey()
    max_.opens_register()


def test_a_passkey_opens_while_passwords_and_codes_are_locked_until_it_is_disabled(person):
    """Wrong ones were entered at the owner's own address; from elsewhere nothing is locked."""
    mo = person("mo")
    has_authenticator(mo.page)
    mo.chooses_password(mo.is_added())
    mo.signs_in()
    mo.sets_up_passkey()
    mo.signs_out()
    mo.signs_in()
    for _ in range(6):
        mo.page.get_by_label("Code", exact=True).fill("000000")
        mo.tab.press("Continue")
    assert mo.page.get_by_text("A wrong code was entered 5 times").first.is_visible()
    mo.tab.press("Use a passkey or security key")
    mo.opens_register()
    mo.signs_out()
    mo.password = "wrong " + PASSWORD
    for _ in range(6):
        mo.signs_in()
    assert mo.page.get_by_text("If you have a passkey, it works now").first.is_visible()
    mo.signs_in_with_passkey()
    mo.opens_register()
    mo.service.onroll("person", "disable", mo.email)
    mo.tab.open("/cases/")
    mo.signs_in_with_passkey()
    mo.sees("Your account is closed")


def test_a_passkey_that_is_not_there_is_told_on_the_page(person):
    tess = person("tess")
    has_authenticator(tess.page)
    tess.tab.open("/account/login/")
    tess.page.get_by_role("button", name="Use a passkey").click()
    alert = tess.page.get_by_role("alert")
    alert.get_by_text("has no passkey for this site").wait_for()
    tess.sees("Sign in")


def test_after_a_lost_phone_with_a_recovery_code(person):
    ada = person("ada", width=320)
    ada.chooses_password(ada.is_added())
    ada.signs_in()
    codes = ada.sets_up_app()
    ada.signs_out()
    ada.signs_in()
    assert ada.page.get_by_role("heading", name="If your phone or key is lost").is_visible()
    ada.page.get_by_label("Code", exact=True).fill(f"{codes[3][:4]} {codes[3][4:]}")
    ada.tab.press("Continue")
    assert ada.page.get_by_text("You used a recovery code; 9 are left.").is_visible()
    ada.tab.open("/account/2fa/")
    ada.follows("Remove authenticator app")
    ada.sees("Remove the authenticator app?")
    ada.tab.press("Remove it")
    ada.sees("Set up a second way to prove it is you")
    ada.sets_up_app()
    ada.opens_register()


def test_after_a_lost_phone_without_recovery_codes(person):
    """The authority checks who it is, takes everything away, and gives a link to start afresh."""
    cat = person("cat")
    cat.chooses_password(cat.is_added())
    cat.signs_in()
    cat.sets_up_app()
    link = first_link(cat.service.onroll("person", "lost-device", cat.email))
    cat.tab.open("/cases/")
    cat.sees("Sign in")
    cat.signs_in()
    assert cat.page.get_by_text("The email address or the password is not right").first.is_visible()
    cat.password = "marmot cello thimble orchard"
    cat.chooses_password(link)
    cat.signs_in()
    cat.sets_up_app()
    cat.opens_register()


def test_after_a_forgotten_password(person):
    """The second factor stays, and is asked for."""
    sam = person("sam")
    sam.chooses_password(sam.is_added())
    sam.signs_in()
    sam.sets_up_app()
    sam.signs_out()
    sam.follows("Sign in")
    sam.follows("I have forgotten my password")
    sam.sees("Choose a new password")
    assert sam.page.get_by_text("Ask for a link to choose a password").is_visible()
    link = first_link(sam.service.onroll("person", "link", sam.email))
    sam.password = "marmot cello thimble orchard"
    sam.chooses_password(link)
    sam.signs_in()
    sam.sees("Prove that it is you")
    sam.enters_code("Continue")
    sam.opens_register()
    sam.signs_out()
    sam.tab.open(link)
    sam.sees("This link no longer works")
    assert sam.page.get_by_text("and ask for a new link").is_visible()
