"""`onroll person`: add, change and disable people, give or take roles, replace lost devices."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import actions, limits, queries
from onroll.accounts.management import arguments
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.actions import acting


class Command(BaseCommand):
    """Runs on the server, for administrators; recorded as `command:person`."""

    help = "Add, list, change and disable people, give or take roles, help who lost a device."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.person(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        with acting(actor="command:person"):
            getattr(self, f"_{options['do'].replace('-', '_')}")(options, timezone.now())

    def _add(self, options: dict[str, Any], at: datetime) -> None:
        _check_free(options["email"])
        details = {key: options[key] for key in ("email", "name", "team")}
        user = actions.add_person(**details, role=Role(options["role"]), by=None, at=at)
        self.stdout.write(f"Added {user.name} as {user.role_title}.")
        self._show_link(user, at)

    def _change(self, options: dict[str, Any], at: datetime) -> None:
        user = self._find(options)
        email = options["new_email"] or user.email
        if email.strip().lower() != user.email:
            _check_free(email)
        name, team = options["name"] or user.name, options["team"]
        team = user.team if team is None else team
        user = actions.change_person(user=user, email=email, name=name, team=team, by=None, at=at)
        self.stdout.write(f"{user.name} signs in as {user.email}.")

    def _list(self, _options: dict[str, Any], _at: datetime) -> None:
        for user in queries.people():
            roles = ", ".join(sorted(role.role for role in user.roles_held.all()))
            states = [words for words, holds in _states(user) if holds]
            line = "  ".join([user.email, user.name, f"[{roles}]", ", ".join(states)])
            self.stdout.write(line.rstrip())

    def _disable(self, options: dict[str, Any], at: datetime) -> None:
        actions.disable(user=self._find(options), by=None, at=at)
        self.stdout.write("Disabled, and signed out everywhere.")

    def _enable(self, options: dict[str, Any], at: datetime) -> None:
        actions.enable(user=self._find(options), by=None, at=at)
        self.stdout.write("Enabled.")

    def _give(self, options: dict[str, Any], at: datetime) -> None:
        actions.give_role(user=self._find(options), role=Role(options["role"]), by=None, at=at)
        self.stdout.write("Given.")

    def _take(self, options: dict[str, Any], at: datetime) -> None:
        actions.take_role(user=self._find(options), role=Role(options["role"]), by=None, at=at)
        self.stdout.write("Taken, and signed out everywhere.")

    def _link(self, options: dict[str, Any], at: datetime) -> None:
        self._show_link(self._find(options), at)

    def _lost_device(self, options: dict[str, Any], at: datetime) -> None:
        user = actions.take_credentials(user=self._find(options), by=None, at=at)
        limits.forget_codes(user)
        self.stdout.write("Password, second factors and recovery codes are taken away.")
        self._show_link(user, at)

    def _find(self, options: dict[str, Any]) -> User:
        user = queries.find_person(options["email"])
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        return user

    def _show_link(self, user: User, at: datetime) -> None:
        if not user.is_active:
            raise CommandError(
                f"{user.email} is disabled. First: onroll person enable {user.email}"
            )
        key = default_token_generator.make_token(user)
        where = {"uidb36": user_pk_to_url_str(user), "key": key}
        path = reverse("account_reset_password_from_key", kwargs=where)
        ends = timezone.localtime(at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
        self.stdout.write(
            f"Give this link to {user.name} and to nobody else. It works once, until "
            f"{ends:%-d %B %Y at %H:%M}; with it they choose a password, then they sign in.\n"
            f"{settings.BASE_URL}{path}"
        )


def _check_free(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email} is not an e-mail address.") from None
    if queries.find_person(email):
        raise CommandError(f"{email} has an account already.")


def _states(user: User) -> list[tuple[str, bool]]:
    return [
        ("disabled", not user.is_active),
        ("no password yet", not user.has_usable_password()),
        ("no second factor yet", not user.has_factor),  # type: ignore[attr-defined]  # of queries.people
    ]
