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

from onroll.accounts import actions, middleware
from onroll.accounts.models import User
from onroll.audit.models import ChangeEvent, SecurityEvent
from tests.people import AT, People
from tests.reading import Page

PASSWORD = "correct horse battery staple"
ODD_PASSKEYS = (
    *("", "no json", "[]", "5", '{"id": "x"}'),
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": null}}',
)


@pytest.fixture
def olive(people: People) -> User:
    """Give Olive, who has a password."""
    cache.clear()
    people.olive.set_password(PASSWORD)
    people.olive.save()
    actions.confirm_address(user=people.olive, at=AT)
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
    assert "cannot make an account" in Page(client.post("/account/signup/", form).content).text
    assert not User.objects.filter(email="x@harrow.example").exists()


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


def test_the_password_is_asked_for_again_only_some_time_after_sign_in(
    client: Client, olive: User
) -> None:
    sign_in(client)
    for page in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        assert client.get(f"/account/2fa/{page}").status_code == 200, page
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 5 * 60 + 1
    session.save()
    asked = client.get("/account/2fa/totp/activate/")["Location"]
    assert asked.startswith("/account/reauthenticate/")
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_who_lacks_a_second_factor_is_shown_no_way_that_leads_back(
    client: Client, olive: User, settings
) -> None:
    settings.REQUIRE_MFA = True
    sign_in(client)
    page = Page(client.get("/account/2fa/").content)
    assert "Set up a second way to prove it is you" in page.text
    links = page.tree.xpath("//body//a[not(ancestor::footer)]/@href")
    leads_to = {url for url in links if "#" not in url} - {"/"}  # the service's name
    assert leads_to >= {"/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"}
    assert all(url.startswith(("/account/2fa/", "mailto:", "tel:")) for url in leads_to), leads_to


@pytest.mark.parametrize("credential", ODD_PASSKEYS)
def test_a_passkey_that_cannot_be_set_up_is_refused_in_words(
    client: Client, olive: User, credential: str
) -> None:
    sign_in(client)
    client.get("/account/2fa/webauthn/add/")
    form = {"credential": credential, "name": "My laptop", "passwordless": "on"}
    refused = client.post("/account/2fa/webauthn/add/", form)
    assert refused.status_code == 200
    assert "There is a problem" in Page(refused.content).headings
    assert not Authenticator.objects.exists()


def test_a_page_that_is_not_there_shows_no_menu_to_who_lacks_a_second_factor(
    client: Client, olive: User, settings
) -> None:
    settings.REQUIRE_MFA = True
    sign_in(client)
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert "/cases/" not in Page(missing.content).addresses


@pytest.mark.parametrize("credential", ODD_PASSKEYS)
def test_a_passkey_that_is_not_known_is_refused_in_words_about_passkeys(
    client: Client, olive: User, credential: str
) -> None:
    client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    form = {"credential": credential}
    refused = client.post("/account/2fa/webauthn/login/", form, follow=True)
    assert client.get("/account/").status_code == 302
    assert "There is a problem" in Page(refused.content).headings
    assert "code" not in refused.context["messages"]._loaded_data[0].message


def test_the_words_of_sign_in_are_plain(client: Client, olive: User) -> None:
    page = Page(client.get("/account/login/").content)
    assert not page.tree.xpath("//*[@placeholder]")
    behind = page.tree.xpath("//input[@name='password']/following::a")
    assert any("forgotten my password" in link.text_content() for link in behind)
    refused = Page(sign_in(client, password="wrong").content)
    assert "The email address or the password is not right." in refused.text
    empty = Page(sign_in(client, email="", password="").content)
    assert "Enter your email address" in empty.text
    assert "Enter your password" in empty.text
    odd = Page(sign_in(client, email="olive").content)
    assert "Enter an email address in the correct format" in odd.text


@pytest.mark.shows("security.sessions")
@pytest.mark.parametrize(
    ("who", "idle", "most"),
    [("olive", 30, 12), ("sam", 20, 8), ("pat", 15, 8), ("ari", 15, 8), ("max", 30, 12)],
)
def test_a_session_ends_by_itself(
    client: Client, people: People, who: str, idle: int, most: int
) -> None:
    person: User = getattr(people, who)
    for key, ago in ((middleware.LAST_SEEN, idle * 60 + 1), (middleware.BEGAN, most * 3600 + 1)):
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
    assert "asked for /audit/ and was refused" in Page(found.content).text
    searched = SecurityEvent.objects.get(event="audit_searched")
    assert searched.actor_id == people.pat.pk
    client.force_login(people.ada)
    assert client.get("/audit/").status_code == 403


def test_a_manager_finds_their_team_and_nobody_else(client: Client, people: People) -> None:
    for person in (people.olive, people.ada):
        client.force_login(person)
        client.get("/audit/")
    client.force_login(people.max)
    found = Page(client.post("/audit/", {"kind": "", "actor": "", "day": ""}).content)
    assert "olive@harrow.example (" in found.text
    assert "ada@harrow.example (" not in found.source


def test_signing_in_without_a_password_is_not_there_outside_the_demo(
    client: Client, people: People, settings
) -> None:
    assert settings.IS_DEMO is False
    client.force_login(people.olive)
    assert client.get("/demo/sign-in/").status_code == 404
    with pytest.raises(ImportError, match="in the demo only"):
        importlib.import_module("onroll.demo.views")


@pytest.mark.shows("security.policy")
def test_every_answer_is_kept_out_of_caches_and_runs_nothing_inline(
    client: Client, people: People
) -> None:
    client.force_login(people.olive)
    for page in ("/account/", "/account/2fa/totp/activate/", "/reason/", "/audit/"):
        answer = client.get(page, follow=True)
        assert answer["Cache-Control"] == "no-store, private"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert not Page(answer.content).tree.xpath("//*[@style or @onclick]")


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
    for path in ("/refer/professional/form/222-222-222/files/", "/refer/status/none/add/"):
        assert client.get(path, **large).status_code != 413
        refused = client.post(path, {}, CONTENT_LENGTH=str(102 * 1024**2))
        assert refused.status_code == 413
        assert "This is larger than 101 MB. Send it in parts." in Page(refused.content).text
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
