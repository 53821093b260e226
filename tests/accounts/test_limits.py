"""Who tries too often is locked out; nobody can lock out somebody else (docs/adr/0010)."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client

from onroll.accounts.models import User
from onroll.audit.models import SecurityEvent
from tests.accounts.links import choose_password
from tests.people import People
from tests.reading import Page

PASSWORD = "correct horse battery staple"
OURS, STRANGERS = "192.0.2.10", "203.0.113.99"
LOCKED = "A wrong password was entered 5 times."


@pytest.fixture
def olive(people: People, settings) -> User:
    """Give Olive, who has a password, as everyone has: a quick one, for hundreds are tried."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    for person in people.all():
        person.set_password(PASSWORD)
        person.save()
    return people.olive


def sign_in(address: str, *, email: str = "olive@harrow.example", password: str = PASSWORD):
    """Enter address and password at a browser of its own."""
    form = {"login": email, "password": password}
    return Client(REMOTE_ADDR=address).post("/account/login/", form)


def guess(address: str, *, times: int, email: str = "olive@harrow.example") -> None:
    for n in range(times):
        sign_in(address, email=email, password=f"wrong {n}")


@pytest.mark.shows("security.guessing")
def test_a_stranger_locks_themselves_out_and_not_the_owner(olive: User) -> None:
    guess(STRANGERS, times=9)
    locked = sign_in(STRANGERS)
    assert locked.status_code == 200  # even the right one
    assert LOCKED in Page(locked.content).text
    assert sign_in(OURS).status_code == 302


def test_strangers_at_many_addresses_do_not_lock_the_owner_out(olive: User) -> None:
    for n in range(12):
        guess(f"203.0.113.{n}", times=5)
    assert sign_in(OURS).status_code == 302


def test_behind_a_proxy_the_visitors_own_addresses_are_told_apart(olive: User, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    form = {"login": olive.email, "password": "wrong"}
    stranger, owner = (
        Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"198.51.100.1, {address}")
        for address in (STRANGERS, OURS)
    )
    for _ in range(6):
        stranger.post("/account/login/", form)
    right = form | {"password": PASSWORD}
    assert stranger.post("/account/login/", right).status_code == 200
    assert owner.post("/account/login/", right).status_code == 302


def test_the_lock_is_on_the_account_at_the_address_not_on_the_address(olive: User) -> None:
    """Everyone at a council comes from one address."""
    guess(OURS, times=6)
    assert sign_in(OURS, email="max@harrow.example").status_code == 302
    for n in range(35):
        sign_in(OURS, email=f"nobody{n}@harrow.example", password="wrong")
    assert sign_in(OURS, email="mo@harrow.example").status_code == 302


def test_the_lock_ends_after_five_minutes(olive: User, monkeypatch: pytest.MonkeyPatch) -> None:
    guess(OURS, times=6)
    assert sign_in(OURS).status_code == 200
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 5 * 60 + 1)
    assert sign_in(OURS).status_code == 302


def test_a_password_that_is_right_does_not_count(olive: User) -> None:
    for _ in range(3):
        guess(OURS, times=1)
        assert sign_in(OURS).status_code == 302
    guess(OURS, times=1)
    assert sign_in(OURS).status_code == 302


def test_a_new_password_by_a_link_ends_the_lock(olive: User) -> None:
    guess(OURS, times=6)
    other = PASSWORD + " again"
    choose_password(Client(REMOTE_ADDR=OURS), olive, other)
    assert sign_in(OURS, password=other).status_code == 302


def test_an_unknown_account_is_locked_in_the_same_words(olive: User) -> None:
    """A stranger cannot tell by the lock who has an account."""
    guess(STRANGERS, times=5)
    guess(STRANGERS, times=5, email="nobody@harrow.example")
    words = [
        sign_in(STRANGERS, email=f"{name}@harrow.example").context["form"].errors
        for name in ("olive", "nobody")
    ]
    assert words[0] == words[1]
    assert LOCKED in str(words[0])


def test_a_locked_attempt_is_recorded(olive: User) -> None:
    guess(STRANGERS, times=6)
    last = SecurityEvent.objects.filter(event="sign_in").first()
    assert (last.outcome, last.about) == ("limit_reached", f"person {olive.pk}")


def test_a_flood_of_sign_ins_meets_a_page_that_says_what_to_do(olive: User, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    guess(STRANGERS, times=3)
    flooded = sign_in(STRANGERS)
    assert flooded.status_code == 429
    assert "Wait a few minutes" in Page(flooded.content).text


def at_second_factor(address: str) -> Client:
    """Return a browser whose password was right."""
    client = Client(REMOTE_ADDR=address)
    client.post("/account/login/", {"login": "olive@harrow.example", "password": PASSWORD})
    return client


def enter_code(client: Client, code: str):
    return client.post("/account/2fa/authenticate/", {"code": code})


def right_code(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


@pytest.fixture
def secret(olive: User, settings) -> str:
    """Give Olive an authenticator app, and return its secret."""
    settings.MFA_TOTP_TOLERANCE = 1  # a code may change while a test enters it
    made = str(totp.generate_totp_secret())
    totp.TOTP.activate(olive, made)
    return made


def test_wrong_codes_lock_their_own_address_only(secret: str) -> None:
    thief = at_second_factor(STRANGERS)
    for _ in range(5):
        enter_code(thief, "000000")
    locked = enter_code(thief, right_code(secret))
    assert "A wrong code was entered 5 times" in Page(locked.content).text
    assert enter_code(at_second_factor(OURS), right_code(secret)).status_code == 302


def test_codes_cannot_be_guessed_from_many_addresses(olive: User, secret: str, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"wrong_code_anywhere": "6/d/key"}
    for n in range(3):
        thief = at_second_factor(f"203.0.113.{n}")
        enter_code(thief, "000000")
        enter_code(thief, "000001")
    stopped = enter_code(at_second_factor(OURS), right_code(secret))
    assert "no code is taken today" in Page(stopped.content).text
    call_command("person", "lost-device", olive.email)
    choose_password(Client(), olive, PASSWORD)
    new = totp.generate_totp_secret()
    totp.TOTP.activate(olive, new)
    assert enter_code(at_second_factor(OURS), right_code(new)).status_code == 302


@pytest.mark.parametrize("code", ["", "٣٤٥٦٧٨", "½", "x" * 5000, "12 34-56"])
def test_an_odd_code_is_refused_in_words(secret: str, code: str) -> None:
    answer = enter_code(at_second_factor(OURS), code)
    assert answer.status_code == 200
    assert "There is a problem" in Page(answer.content).headings


def test_a_code_may_be_typed_as_the_app_shows_it(secret: str) -> None:
    code = right_code(secret)
    answer = enter_code(at_second_factor(OURS), f" {code[:3]} {code[3:]}")
    assert answer.status_code == 302


def test_a_wrong_code_is_recorded(olive: User, secret: str) -> None:
    enter_code(at_second_factor(STRANGERS), "000000")
    event = SecurityEvent.objects.get(event="second_factor")
    assert (event.outcome, event.about, event.actor_id) == ("failed", f"person {olive.pk}", None)


def test_nobody_can_fill_a_mailbox_with_links(olive: User, mailoutbox: list[EmailMessage]) -> None:
    """The owner who asks sixth hears that a link is on its way, and one is."""
    for n in range(5):
        Client(REMOTE_ADDR=f"203.0.113.{n}").post(
            "/account/password/reset/", {"email": olive.email}
        )
    asked = Client(REMOTE_ADDR=OURS).post("/account/password/reset/", {"email": olive.email})
    assert asked["Location"] == "/account/password/reset/done/"
    assert len(mailoutbox) == 3
