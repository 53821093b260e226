"""Signing in: the second factor, the limits, and what a stranger cannot learn (trust.md 1.12)."""

import importlib
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from onroll.accounts import middleware
from onroll.accounts.models import User
from onroll.audit.models import ChangeEvent, SecurityEvent
from tests.people import People

PASSWORD = "correct horse battery staple"


@pytest.fixture
def olive(people: People) -> User:
    """Give Olive, who has a password."""
    cache.clear()
    people.olive.set_password(PASSWORD)
    people.olive.save()
    return people.olive


def sign_in(client: Client, email: str = "olive@harrow.example", password: str = PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def test_our_own_user_is_the_user() -> None:
    assert get_user_model() is User


def test_signing_in_and_out_is_recorded(client: Client, olive: User) -> None:
    assert sign_in(client).status_code == 302
    assert client.post("/account/logout/").status_code == 302
    outcomes = SecurityEvent.objects.filter(event="sign_in").values_list("outcome", "actor_id")
    assert list(outcomes) == [("signed_out", olive.pk), ("allowed", olive.pk)]


def test_a_failed_attempt_is_recorded_without_what_was_typed(client: Client, olive: User) -> None:
    sign_in(client, password="my secret, mistyped")
    sign_in(client, email="my secret in the wrong box")
    events = SecurityEvent.objects.filter(event="sign_in", outcome="failed")
    assert {event.about for event in events} >= {f"person {olive.pk}"}
    assert all(event.actor_id is None for event in events)
    assert not ChangeEvent.objects.filter(after__icontains="my secret").exists()


def test_a_stranger_cannot_tell_who_has_an_account(
    client: Client, olive: User, mailoutbox: list[EmailMessage]
) -> None:
    """ASVS 6.3.8: the same words for an unknown person as for a wrong password."""
    known = sign_in(client, password="wrong")
    unknown = sign_in(client, email="nobody@harrow.example", password="wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors
    reset = [
        client.post("/account/password/reset/", {"email": email})
        for email in ("olive@harrow.example", "nobody@harrow.example")
    ]
    assert reset[0].status_code == reset[1].status_code == 302
    assert reset[0]["Location"] == reset[1]["Location"]
    assert [message.to for message in mailoutbox] == [["olive@harrow.example"]]


def test_nobody_signs_themselves_up(client: Client, db: None) -> None:
    form = {"email": "x@harrow.example", "password1": PASSWORD, "password2": PASSWORD}
    assert b"cannot make an account" in client.post("/account/signup/", form).content
    assert not User.objects.filter(email="x@harrow.example").exists()


@pytest.mark.shows("security.guessing")
def test_guessing_a_password_meets_a_limit(client: Client, olive: User) -> None:
    for _ in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 200  # even the right one, for five minutes
    assert client.get("/account/").status_code == 302


def test_a_second_factor_is_asked_for_and_cannot_be_walked_round(
    client: Client, olive: User
) -> None:
    totp.TOTP.activate(olive, totp.generate_totp_secret())
    answer = sign_in(client)
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/account/").status_code == 302
    assert client.get("/audit/").status_code == 302


def test_a_new_password_does_not_skip_the_second_factor(
    client: Client, olive: User, capsys: pytest.CaptureFixture
) -> None:
    """ASVS 6.4.3."""
    from django.core.management import call_command

    totp.TOTP.activate(olive, totp.generate_totp_secret())
    call_command("person", "link", olive.email)
    page = client.get(capsys.readouterr().out.rsplit(maxsplit=1)[-1], follow=True)
    other = PASSWORD + " again"
    client.post(page.request["PATH_INFO"], {"password1": other, "password2": other})
    assert client.get("/account/").status_code == 302
    assert sign_in(client, password=other)["Location"].startswith("/account/2fa/authenticate/")


def test_without_a_second_factor_there_is_nothing_but_setting_one_up(
    client: Client, olive: User, settings
) -> None:
    settings.REQUIRE_MFA = True
    sign_in(client)
    assert client.get("/account/")["Location"] == "/account/2fa/"
    assert client.get("/reason/")["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200
    RecoveryCodes.activate(olive)
    assert client.get("/account/").status_code == 302  # codes alone are no factor
    totp.TOTP.activate(olive, totp.generate_totp_secret())
    assert client.get("/account/").status_code == 200


def test_the_second_factors_secret_is_not_in_the_trail(olive: User) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(olive, secret)
    made = ChangeEvent.objects.filter(table_name="mfa_authenticator").first()
    assert made is not None
    assert secret not in str(made.after)
    assert Authenticator.objects.count() == 1


def test_the_pages_that_set_up_a_second_factor_open(client: Client, olive: User) -> None:
    sign_in(client)
    asked = client.get("/account/2fa/totp/activate/")["Location"]
    assert asked.startswith("/account/reauthenticate/")
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/account/2fa/totp/activate/"
    for page in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        assert client.get(f"/account/2fa/{page}").status_code == 200, page


@pytest.mark.shows("security.sessions")
@pytest.mark.parametrize(
    ("who", "idle", "most"),
    [("olive", 30, 12), ("sam", 20, 8), ("pat", 15, 8), ("ari", 15, 8), ("max", 30, 12)],
)
def test_a_session_ends_by_itself(
    client: Client, people: People, who: str, idle: int, most: int
) -> None:
    person: User = getattr(people, who)
    for key, ago in ((middleware.SEEN, idle * 60 + 1), (middleware.BEGAN, most * 3600 + 1)):
        client.force_login(person)
        assert client.get("/account/").status_code == 200
        session = client.session
        session[key] = time.time() - ago
        session.save()
        assert client.get("/account/").status_code == 302
        assert client.get("/account/").status_code == 302
    assert SecurityEvent.objects.filter(outcome="ended_by_time").count() == 2


def test_staying_signed_in_is_one_request(client: Client, people: People) -> None:
    client.force_login(people.olive)
    assert client.get("/account/stay/").status_code == 204


def test_a_reason_lasts_an_hour_and_is_recorded(client: Client, people: People) -> None:
    client.force_login(people.pat)
    assert client.get("/reason/?next=//evil.example/").context["next"] == "/"
    stated = {"text": "Complaint 12 of a father", "next": "/audit/"}
    assert client.post("/reason/", stated)["Location"] == "/audit/"
    event = SecurityEvent.objects.get(event="reason")
    assert (event.reason, event.about, event.actor_id) == (
        "Complaint 12 of a father",
        "/audit/",
        people.pat.pk,
    )
    assert client.get("/account/").wsgi_request.user.stated_reason == stated["text"]
    session = client.session
    session["reason"] = {**session["reason"], "until": time.time() - 1}
    session.save()
    assert client.get("/account/").wsgi_request.user.stated_reason == ""


def test_a_reason_is_more_than_a_word(client: Client, people: People) -> None:
    client.force_login(people.pat)
    assert client.post("/reason/", {"text": "because", "next": "/"}).status_code == 200
    assert not SecurityEvent.objects.filter(event="reason").exists()


def test_the_trail_is_searched_by_the_dpo_and_the_search_is_recorded(
    client: Client, people: People
) -> None:
    client.force_login(people.olive)
    client.get("/audit/")
    client.force_login(people.pat)
    found = client.post("/audit/", {"kind": "security", "actor": "olive", "day": ""})
    assert "asked for /audit/ and was refused" in found.content.decode()
    searched = SecurityEvent.objects.get(event="audit_searched")
    assert searched.actor_id == people.pat.pk
    client.force_login(people.ada)
    assert client.get("/audit/").status_code == 403


def test_a_manager_finds_their_team_and_nobody_else(client: Client, people: People) -> None:
    for person in (people.olive, people.ada):
        client.force_login(person)
        client.get("/audit/")
    client.force_login(people.max)
    found = client.post("/audit/", {"kind": "", "actor": "", "day": ""}).content.decode()
    assert "</strong> olive@harrow.example (" in found
    assert "</strong> ada@harrow.example (" not in found


def test_signing_in_without_a_password_is_not_there_outside_the_demo(
    client: Client, people: People, settings
) -> None:
    assert settings.IS_DEMO is False
    client.force_login(people.olive)
    assert client.get("/demo/sign-in/").status_code == 404
    with pytest.raises(ImportError, match="in the demo only"):
        importlib.import_module("onroll.accounts.views.demo")


@pytest.mark.shows("security.policy")
def test_every_answer_is_kept_out_of_caches_and_runs_nothing_inline(
    client: Client, people: People
) -> None:
    client.force_login(people.olive)
    for page in ("/account/", "/account/2fa/totp/activate/", "/reason/", "/audit/"):
        answer = client.get(page)
        assert answer["Cache-Control"] == "no-store, private"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert " style=" not in answer.content.decode()
        assert " onclick=" not in answer.content.decode()


def test_the_counts_of_attempts_outlast_a_flood_of_others(db: None) -> None:
    """A cache that holds 300 entries forgets whose limit was reached as others come."""
    cache.clear()
    cache.set("zz-limit", "reached")
    for n in range(400):
        cache.set(f"attempt-{n}", n)
    cache.set("0-limit", "reached")
    assert all(cache.get(f"attempt-{n}") == n for n in range(400))
    assert cache.get("zz-limit") == "reached"


def test_a_form_larger_than_may_be_is_refused_before_it_is_read(
    client: Client, olive: User
) -> None:
    """Who is not signed in could fill the disk otherwise; who is, has a limit too."""
    large = {"CONTENT_LENGTH": str(3 * 1024**2)}
    assert client.post("/account/login/", {"login": "x"}, **large).status_code == 413
    client.force_login(olive)
    assert client.get("/files/upload/", **large).status_code == 200
    larger = {"CONTENT_LENGTH": str(201 * 1024**2)}
    assert client.post("/files/upload/", {}, **larger).status_code == 413


def test_ended_sessions_are_deleted_in_the_night(client: Client, olive: User) -> None:
    """Names that were looked for stand in them."""
    from onroll.accounts.tasks import nightly

    client.force_login(olive)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    Client().force_login(olive)
    nightly(timestamp=0)
    assert Session.objects.get().expire_date > timezone.now()
