"""Sign in on the copy as a user would: a link, a new password, a second factor.

`python -m onroll.config.backup.sign_in`, with `DATABASE_URL` of the copy. Prints the role and the
factor as JSON; nothing of it reaches the real service.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402  # after setup
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402  # after setup
from allauth.mfa.totp.internal import auth as totp  # noqa: E402  # after setup
from allauth.mfa.utils import decrypt  # noqa: E402  # after setup
from django.conf import settings  # noqa: E402  # after setup
from django.core.management import call_command  # noqa: E402  # after setup
from django.test import Client  # noqa: E402  # after setup
from django.urls import reverse  # noqa: E402  # after setup

from onroll.accounts.models import User  # noqa: E402  # after setup

Code = Authenticator.Type


def main() -> int:
    """Sign in the first person possible; return 1 if nobody can."""
    for user in User.objects.filter(is_active=True).exclude(role=None).order_by("pk"):
        how = _sign_in(user)
        if how:
            sys.stdout.write(json.dumps({"role": user.role_title, "how": how}))
            return 0
    return 1


def _sign_in(user: User) -> str:
    """Sign a person in and open their first page; return the factor used, empty if it failed."""
    client = _client()
    password = secrets.token_urlsafe(30)
    page = client.get(_link(user), follow=True)
    new = {"password1": password, "password2": password}
    client.post(page.request["PATH_INFO"], new)
    client = _client()
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    if _is_in(client, user):
        return "a password" if client.get("/", follow=True).status_code == 200 else ""
    for factor, code in _codes(user):
        client.post(reverse("mfa_authenticate"), {"code": code})
        if _is_in(client, user):
            well = client.get("/", follow=True).status_code == 200
            return f"a password and {factor}" if well else ""
    return ""


def _client() -> Client:
    """Return a client whose requests look as if they came through the configured proxies."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    addresses = ", ".join(["127.0.0.1"] * settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    headers = {"host": host, "x-forwarded-for": addresses, "x-forwarded-proto": "https"}
    over_https: dict[str, Any] = {"wsgi.url_scheme": "https"}
    return Client(headers=headers, **over_https)


def _link(user: User) -> str:
    output = StringIO()
    call_command("person", "link", user.email, stdout=output)
    return urlsplit(output.getvalue().split()[-1]).path


def _is_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


def _codes(user: User) -> Iterator[tuple[str, str]]:
    """Yield the code that this person's phone would show now, and their recovery codes."""
    for factor in Authenticator.objects.filter(user=user, type=Code.TOTP):
        secret = decrypt(factor.data["secret"])
        for counter in totp.yield_hotp_counters_from_time():
            yield (
                "an authenticator's code",
                totp.format_hotp_value(totp.hotp_value(secret, counter)),
            )
    for factor in Authenticator.objects.filter(user=user, type=Code.RECOVERY_CODES):
        for code in RecoveryCodes(factor).get_unused_codes():
            yield "a recovery code", code


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    sys.exit(main())
