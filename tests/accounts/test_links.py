"""Whom the authority makes is confirmed by their link; what a link says when it works no more."""

import importlib
import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from onroll.accounts import actions
from onroll.accounts.models import User
from onroll.audit.models import SecurityEvent
from onroll.rules.policy_file import HARROW
from tests.accounts.links import choose_password, open_link, printed_link
from tests.people import AT, People
from tests.reading import Page

PASSWORD = "correct horse battery staple"


@pytest.fixture
def olive(people: People) -> User:
    cache.clear()
    return people.olive


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    rows = EmailAddress.objects.filter(user=user).order_by("email")
    return list(rows.values_list("email", "primary", "verified"))


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post("/account/login/", {"login": user.email, "password": password})


def words(answer) -> str:
    """Return the words of a page."""
    return Page(answer.content).text


def test_an_address_is_confirmed_when_the_link_is_used_and_not_before(olive: User) -> None:
    assert addresses(olive) == [(olive.email, True, False)]
    printed_link(olive)
    open_link(Client(), olive)
    assert addresses(olive) == [(olive.email, True, False)]
    choose_password(Client(), olive, PASSWORD)
    assert addresses(olive) == [(olive.email, True, True)]
    event = SecurityEvent.objects.get(event="address_confirmed")
    assert (event.actor_id, event.about) == (olive.pk, f"person {olive.pk}")


@pytest.mark.parametrize("factor", ["totp/activate", "webauthn/add"])
def test_who_used_their_link_may_set_up_a_second_factor(
    client: Client, olive: User, factor: str
) -> None:
    """Without it, allauth answers that the address has to be verified first."""
    choose_password(client, olive, PASSWORD)
    sign_in(client, olive)
    assert client.get(f"/account/2fa/{factor}/").status_code == 200


def test_an_address_that_is_changed_stays_confirmed_and_alone(client: Client, olive: User) -> None:
    choose_password(client, olive, PASSWORD)
    call_command("person", "change", olive.email, "--email", "O.Obi@harrow.example")
    olive.refresh_from_db()
    assert olive.email == "o.obi@harrow.example"
    assert addresses(olive) == [("o.obi@harrow.example", True, True)]
    sign_in(client, olive)
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_a_change_of_name_and_team_leaves_the_address(olive: User) -> None:
    call_command("person", "change", olive.email, "--name", "Olive Orr", "--team", "")
    olive.refresh_from_db()
    assert (olive.name, olive.team, olive.email) == ("Olive Orr", "", "olive@harrow.example")
    assert addresses(olive) == [(olive.email, True, False)]


def test_an_address_of_somebody_else_is_refused(people: People) -> None:
    for taken in ("MAX@harrow.example", "max"):
        with pytest.raises(CommandError, match=r"has an account already|is not an e-mail address"):
            call_command("person", "change", people.olive.email, "--email", taken)


def test_people_of_earlier_versions_are_confirmed_if_they_have_used_their_link(
    people: People,
) -> None:
    """Until now a link left an unconfirmed row, or none."""
    people.olive.set_password(PASSWORD)
    people.olive.save()
    EmailAddress.objects.all().delete()
    EmailAddress.objects.create(user=people.olive, email=people.olive.email)
    EmailAddress.objects.create(user=people.olive, email="old@harrow.example", primary=True)
    name = "onroll.accounts.migrations.0003_confirmed_addresses"
    importlib.import_module(name).confirm(apps, None)
    assert addresses(people.olive) == [(people.olive.email, True, True)]
    assert addresses(people.max) == [(people.max.email, True, False)]


def test_a_link_is_an_address_that_can_be_opened_as_it_is_and_says_until_when(
    olive: User, settings
) -> None:
    settings.BASE_URL = "https://children.harrow.example"
    out = StringIO()
    call_command("person", "link", olive.email, stdout=out)
    assert "https://children.harrow.example/account/password/reset/key/" in out.getvalue()
    ends = timezone.localtime(timezone.now() + timedelta(hours=24))
    assert f"It works once, until {ends:%-d %B %Y} at " in out.getvalue()


def test_a_link_that_was_used_says_whom_to_ring(client: Client, olive: User) -> None:
    link = printed_link(olive)
    page = client.get(link, follow=True).request["PATH_INFO"]
    client.post(page, {"password1": PASSWORD, "password2": PASSWORD})
    said = words(Client().get(link, follow=True))
    assert "This link no longer works" in said
    assert f"ring the {HARROW.cme_name} on {HARROW.cme_phone}" in said
    assert "ask for a new link" in said


def test_a_link_ends_after_a_day(client: Client, olive: User, settings) -> None:
    link = printed_link(olive)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "This link no longer works" in words(client.get(link, follow=True))


def test_a_link_that_lost_its_end_says_whom_to_ring(client: Client, olive: User) -> None:
    assert HARROW.cme_phone in words(client.get(printed_link(olive)[:-6] + "/", follow=True))


def test_a_link_by_email_is_offered_only_where_mail_can_be_sent(
    client: Client, olive: User, settings
) -> None:
    settings.SENDS_MAIL = False
    page = client.get("/account/password/reset/")
    assert "email" not in Page(page.content).answers
    assert HARROW.cme_phone in words(page)
    settings.SENDS_MAIL = True
    assert "email" in Page(client.get("/account/password/reset/").content).answers


def test_a_link_by_email_confirms_the_address_too(
    client: Client, olive: User, mailoutbox: list, settings
) -> None:
    client.post("/account/password/reset/", {"email": olive.email})
    (message,) = mailoutbox
    link = re.search(r"http\S+", message.body).group()
    page = client.get(link, follow=True).request["PATH_INFO"]
    client.post(page, {"password1": PASSWORD, "password2": PASSWORD})
    assert addresses(olive) == [(olive.email, True, True)]
    assert olive.name not in message.body


def test_a_lost_device_takes_everything_that_may_be_in_wrong_hands(
    client: Client, olive: User
) -> None:
    choose_password(client, olive, PASSWORD)
    totp.TOTP.activate(olive, totp.generate_totp_secret())
    RecoveryCodes.activate(olive)
    client.force_login(User.objects.get(pk=olive.pk))
    assert client.get("/account/").status_code == 200
    link = printed_link(olive, "lost-device")
    assert client.get("/account/").status_code == 302  # signed out
    assert not Authenticator.objects.filter(user=olive).exists()
    assert sign_in(Client(), olive).status_code == 200  # the password works no more
    assert "Choose your password" in words(Client().get(link, follow=True))
    event = SecurityEvent.objects.get(event="credentials_taken")
    assert (event.actor, event.about) == ("command:person", f"person {olive.pk}")


def test_who_is_disabled_gets_no_link(olive: User) -> None:
    actions.disable(user=olive, by=None, at=AT)
    for verb in ("link", "lost-device"):
        with pytest.raises(CommandError, match="is disabled"):
            call_command("person", verb, olive.email)


def test_the_list_says_who_has_yet_to_take_which_step(
    people: People, capsys: pytest.CaptureFixture
) -> None:
    cache.clear()
    choose_password(Client(), people.max, PASSWORD)
    choose_password(Client(), people.olive, PASSWORD)
    totp.TOTP.activate(people.olive, totp.generate_totp_secret())
    call_command("person", "list")
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["mo@harrow.example"].endswith("[mash]  no password yet, no second factor yet")
    assert lines["max@harrow.example"].endswith("[mgr]  no second factor yet")
    assert lines["olive@harrow.example"].endswith("Olive Obi  [loc]")
