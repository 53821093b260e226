"""`onroll person`: add, list and disable people, and give or take roles."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import actions, queries
from onroll.accounts.management import arguments
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.actions import acting


class Command(BaseCommand):
    """Run on the server, by whoever may read its settings; recorded as `command:person`."""

    help = "Add, list and disable people, and give or take roles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        arguments.person(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the one thing asked for."""
        with acting(actor="command:person"):
            getattr(self, f"_{options['do']}")(options, timezone.now())

    def _add(self, options: dict[str, Any], at: datetime) -> None:
        email = options["email"]
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        if queries.find_person(email):
            raise CommandError(f"{email} has an account already.")
        given = {key: options[key] for key in ("email", "name", "team")}
        user = actions.add_person(**given, role=Role(options["role"]), by=None, at=at)
        self.stdout.write(f"Added {user.name} as {user.role_title}.")
        self._show_link(user)

    def _list(self, _options: dict[str, Any], _at: datetime) -> None:
        for user in queries.people():
            held = ", ".join(sorted(role.role for role in user.roles_held.all()))
            state = "" if user.is_active else "  disabled"
            self.stdout.write(f"{user.email}  {user.name}  [{held}]{state}")

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

    def _link(self, options: dict[str, Any], _at: datetime) -> None:
        self._show_link(self._find(options))

    def _find(self, options: dict[str, Any]) -> User:
        user = queries.find_person(options["email"])
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        return user

    def _show_link(self, user: User) -> None:
        key = default_token_generator.make_token(user)
        at = {"uidb36": user_pk_to_url_str(user), "key": key}
        path = reverse("account_reset_password_from_key", kwargs=at)
        self.stdout.write(f"Give them this address to choose a password, once: {path}")
